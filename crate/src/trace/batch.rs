use std::rc::Rc;

use super::{Event, Resource, Text};

/// What was recorded since the last batch, ready to be handed over.
#[derive(Debug, Default)]
pub struct Batch {
    /// The sequence number of the first event.
    pub first: u64,
    /// The events in their order.
    pub events: Vec<Event>,
    /// The file of each event's place, by index in the string table.
    pub files: Vec<Text>,
    /// What was appended to the string table.
    pub strings: Vec<Rc<str>>,
    /// The resources that are new.
    pub resources: Vec<Resource>,
    /// How much is missing so far because there was no room for it: events, texts of events, and resources.
    pub dropped: u64,
}
