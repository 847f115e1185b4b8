use std::fmt;

use super::{Kind, Place, Resource};
use crate::time::Instant;

/// An event as those see it who look on while it is recorded.
pub(crate) struct Seen<'a> {
    pub(crate) t: Instant,
    pub(crate) task: u32,
    pub(crate) kind: Kind,
    pub(crate) subject: u32,
    pub(crate) value: i64,
    pub(crate) text: &'a str,
    pub(crate) place: Option<Place>,
    /// The subject, if it is a resource.
    pub(crate) resource: Option<&'a Resource>,
}

impl Seen<'_> {
    /// Returns the resource if it is of this kind.
    pub(crate) fn of_kind(&self, kind: &str) -> Option<&Resource> {
        self.resource.filter(|resource| resource.kind == kind)
    }
}

/// Something to be told in the trace.
pub(crate) struct Finding {
    /// The task that it is about.
    pub(crate) of: u32,
    pub(crate) text: String,
    pub(crate) place: Option<Place>,
}

/// Looks on while a run is recorded, and has something to say at times.
pub(crate) trait Observer {
    /// Sees an event that has just been recorded.
    fn see(&mut self, seen: &Seen<'_>) -> Vec<Finding>;
}

impl fmt::Debug for dyn Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<Observer>")
    }
}
