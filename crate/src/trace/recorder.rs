use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::hash::Hash;
use super::repeats::Repeats;
use super::strings::Strings;
use super::{Batch, Entry, Event, Kind, Resource, Text};
use crate::time::Instant;

/// Cuts a file's name down to what follows its last `src`: what lies before is about the machine, not the program.
fn short(file: &str) -> &str {
    ["src/", "src\\"].iter().find_map(|src| file.rsplit_once(src)).map_or(file, |(_, short)| short)
}

/// Takes down what happens. Made by the loop of a run, emptied batch by batch.
#[derive(Debug)]
pub struct Recorder {
    record: RefCell<Record>,
    /// How many events are kept until the next batch is taken; further ones are counted as dropped.
    limit: usize,
    /// Tells recorders apart; from 1.
    serial: u64,
}

static RECORDERS: AtomicU64 = AtomicU64::new(0);

#[derive(Debug)]
struct Record {
    events: Vec<Event>,
    strings: Strings,
    resources: Vec<Resource>,
    hash: Hash,
    repeats: Repeats,
    /// Events, strings and resources that are with the consumer already.
    taken: (u64, usize, usize),
    dropped: u64,
}

impl Default for Recorder {
    fn default() -> Self {
        Self::with_limit(1 << 21)
    }
}

impl Recorder {
    /// Creates a recorder that keeps at most `limit` events between two batches.
    pub fn with_limit(limit: usize) -> Self {
        let record = Record {
            events: Vec::new(),
            strings: Strings::new(),
            resources: Vec::new(),
            hash: Hash::new(),
            repeats: Repeats::default(),
            taken: (0, 1, 0),
            dropped: 0,
        };
        let serial = RECORDERS.fetch_add(1, Ordering::Relaxed) + 1;
        Recorder { record: RefCell::new(record), limit, serial }
    }

    /// Returns a number that no other recorder has.
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    /// Appends an event, after what was only counted before it.
    pub(crate) fn record(&self, t: Instant, turn: u32, task: u32, entry: Entry<'_>) {
        let record = &mut *self.record.borrow_mut();
        for repeat in record.repeats.take() {
            let entry = Entry::new(Kind::Repeat).on(repeat.generator).value(repeat.times as i64);
            record.append(self.limit, (t, turn, repeat.task), entry);
        }
        record.append(self.limit, (t, turn, task), entry);
    }

    /// Says whether a cycle of a generator that begins in this turn need only be counted when it has ended.
    pub(crate) fn repeats(&self, generator: u32, turn: u32) -> bool {
        self.record.borrow_mut().repeats.begin(generator, turn)
    }

    /// Counts a cycle of a generator that is not recorded.
    pub(crate) fn count(&self, task: u32, generator: u32) {
        self.record.borrow_mut().repeats.count(task, generator);
    }

    /// Adds a resource and returns its number.
    pub(crate) fn resource(&self, kind: &'static str, name: &str, capacity: u32) -> u32 {
        let resources = &mut self.record.borrow_mut().resources;
        let id = resources.len() as u32 + 1;
        let name = if name.is_empty() { format!("{kind} {id}") } else { name.to_owned() };
        resources.push(Resource { id, kind, name, capacity });
        id
    }

    /// Takes what was recorded since the last batch.
    pub fn take(&self) -> Batch {
        let record = &mut *self.record.borrow_mut();
        let events = std::mem::take(&mut record.events);
        let file =
            |event: &Event| event.place.map_or(Text::default(), |at| record.strings.intern(short(at.file())));
        let files = events.iter().map(file).collect();
        let (first, strings, resources) = record.taken;
        let batch = Batch {
            first,
            files,
            strings: record.strings.from(strings).to_vec(),
            resources: record.resources[resources..].to_vec(),
            dropped: record.dropped,
            events,
        };
        record.taken = (first + batch.events.len() as u64, record.strings.len(), record.resources.len());
        batch
    }

    /// Says how many events wait to be taken.
    pub fn pending(&self) -> usize {
        self.record.borrow().events.len()
    }

    /// Returns the hash over all events so far: the same for the same schedule, on every target.
    pub fn hash(&self) -> String {
        self.record.borrow().hash.hex()
    }

    /// Returns a text of an event.
    pub fn text(&self, text: Text) -> Rc<str> {
        self.record.borrow().strings.get(text)
    }
}

impl Record {
    /// The hash takes in dropped ones too: they did happen.
    fn append(&mut self, limit: usize, (t, turn, task): (Instant, u32, u32), entry: Entry<'_>) {
        let Entry { kind, subject, value, text, place } = entry;
        self.hash.number(t.as_nanos());
        self.hash.number((u64::from(turn) << 32) | u64::from(task));
        self.hash.number((u64::from(subject) << 8) | kind as u64);
        self.hash.number(value as u64);
        self.hash.bytes(text.as_bytes());
        if self.events.len() >= limit {
            self.dropped += 1;
            return;
        }
        let text = self.strings.intern(text);
        self.events.push(Event { t, turn, task, kind, subject, value, text, place });
    }
}
