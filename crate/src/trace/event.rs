use std::panic::Location;

use super::{Kind, Text};
use crate::time::Instant;

/// The place in a program's source that an event speaks of.
pub type Place = &'static Location<'static>;

/// One event as it is recorded. Its sequence number is its position in the record.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// When it happened.
    pub t: Instant,
    /// The turn of the loop in which it happened.
    pub turn: u32,
    /// The task that did it; 0 for the loop itself.
    pub task: u32,
    /// What happened.
    pub kind: Kind,
    /// A task or a resource, as [`Kind::subject`] says; 0 for none.
    pub subject: u32,
    /// A number, as [`Kind::value_name`] says.
    pub value: i64,
    /// A text, as [`Kind::text_name`] says.
    pub text: Text,
    /// Where in the source, if that is known.
    pub place: Option<Place>,
}

/// An event to be: what the core says, before the recorder adds when and who.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) kind: Kind,
    pub(crate) subject: u32,
    pub(crate) value: i64,
    pub(crate) text: &'a str,
    pub(crate) place: Option<Place>,
}

impl<'a> Entry<'a> {
    pub(crate) fn new(kind: Kind) -> Self {
        Entry { kind, subject: 0, value: 0, text: "", place: None }
    }

    pub(crate) fn on(self, subject: u32) -> Self {
        Entry { subject, ..self }
    }

    pub(crate) fn value(self, value: i64) -> Self {
        Entry { value, ..self }
    }

    pub(crate) fn text(self, text: &'a str) -> Self {
        Entry { text, ..self }
    }

    pub(crate) fn at(self, place: impl Into<Option<Place>>) -> Self {
        Entry { place: place.into(), ..self }
    }
}
