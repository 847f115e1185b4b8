use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::hash::Hash;
use super::repeats::Repeats;
use super::sampler::Sampler;
use super::strings::Strings;
use super::{Batch, Entry, Event, Finding, Kind, Observer, Resource, Seen, Subject, Text};
use crate::memory::{aside, hand_over};
use crate::time::Instant;

/// Cuts a file's name down to what follows its last `src`: what lies before is about the machine, not the program.
fn short(file: &str) -> &str {
    let after = |src: &[u8; 4]| file.as_bytes().windows(4).rposition(|part| part == src);
    after(b"src/").or_else(|| after(b"src\\")).and_then(|at| file.get(at + 4..)).unwrap_or(file)
}

/// How many resources are told apart: each use of a context manager is one.
const RESOURCES: usize = 1 << 20;

/// Takes down what happens. Made by the loop of a run, emptied batch by batch.
#[derive(Debug)]
pub struct Recorder {
    record: RefCell<Record>,
    /// Looks on, and has something to say at times.
    observer: RefCell<Option<Box<dyn Observer>>>,
    sampler: Sampler,
    /// How many events are kept until the next batch is taken; further ones are counted as dropped.
    limit: usize,
    /// Tells recorders apart; from 1.
    serial: u64,
}

static RECORDERS: AtomicU64 = AtomicU64::new(0);

#[derive(Debug, Default)]
struct Record {
    events: Vec<Event>,
    strings: Strings,
    resources: Vec<Resource>,
    hash: Hash,
    repeats: Repeats,
    /// Events, strings and resources that are with the consumer already.
    taken: (u64, usize, usize),
    /// Events and resources for which there was no room.
    dropped: u64,
}

/// When an event happens, in which turn, and who does it.
type When = (Instant, u32, u32);

impl Record {
    /// Appends an event. The hash takes in dropped ones too, since they did happen, and no lints, which are said of what
    /// happened.
    fn append(&mut self, limit: usize, when: When, entry: Entry<'_>) {
        let (t, turn, task) = when;
        if entry.kind != Kind::Lint {
            self.hash.number(t.as_nanos());
            self.hash.number((u64::from(turn) << 32) | u64::from(task));
            self.hash.number((u64::from(entry.subject) << 8) | entry.kind as u64);
            self.hash.number(entry.value as u64);
            self.hash.bytes(entry.text.as_bytes());
        }
        self.push(limit, when, entry);
    }

    /// Appends figures of the memory, past the hash: they are measured and no part of the schedule, and are not the same
    /// on every target.
    fn tell_memory(&mut self, limit: usize, when: When, (peak, live): (Option<i64>, Option<i64>)) {
        for bytes in [peak, live].into_iter().flatten() {
            self.push(limit, when, Entry::new(Kind::Memory).value(bytes.max(0)));
        }
    }

    /// Appends what an observer says, past the hash as other lints.
    fn tell(&mut self, limit: usize, when: When, finding: &Finding) {
        self.push(limit, when, Entry::new(Kind::Lint).on(finding.of).text(&finding.text).at(finding.place));
    }

    /// Shows an event to those who look on.
    fn seen<'a>(&'a self, t: Instant, task: u32, entry: &Entry<'a>) -> Seen<'a> {
        let Entry { kind, subject, value, text, place } = *entry;
        let index = (subject as usize).checked_sub(1).filter(|_| kind.subject() == Subject::Resource);
        let resource = index.and_then(|index| self.resources.get(index));
        Seen { t, task, kind, subject, value, text, place, resource }
    }

    /// Keeps an event if there is room for it.
    fn push(&mut self, limit: usize, (t, turn, task): When, entry: Entry<'_>) {
        if self.events.len() >= limit {
            self.dropped += 1;
            return;
        }
        let Entry { kind, subject, value, text, place } = entry;
        let text = self.strings.intern(text);
        self.events.push(Event { t, turn, task, kind, subject, value, text, place });
    }
}

impl Record {
    fn take(&mut self) -> Batch {
        let events = std::mem::take(&mut self.events);
        // They were taken aside, and are the taker's now, as the rest of the batch.
        hand_over(events.capacity() * size_of::<Event>());
        let strings = &mut self.strings;
        let mut file = |event: &Event| {
            event.place.map_or(Text::default(), |at| aside(|| strings.intern(short(at.file()))))
        };
        let files = events.iter().map(&mut file).collect();
        let (first, strings, resources) = self.taken;
        let batch = Batch {
            first,
            files,
            strings: self.strings.from(strings).to_vec(),
            resources: self.resources[resources..].to_vec(),
            dropped: self.dropped + self.strings.lost(),
            events,
        };
        self.taken = (first + batch.events.len() as u64, self.strings.len(), self.resources.len());
        batch
    }
}

impl Default for Recorder {
    fn default() -> Self {
        Self::with_limit(1 << 21)
    }
}

impl Recorder {
    /// Creates a recorder that keeps at most `limit` events between two batches.
    pub fn with_limit(limit: usize) -> Self {
        let strings = aside(Strings::new);
        let record = Record { strings, taken: (0, 1, 0), ..Record::default() };
        let serial = RECORDERS.fetch_add(1, Ordering::Relaxed) + 1;
        let (record, observer) = (RefCell::new(record), RefCell::default());
        Recorder { record, observer, sampler: Sampler::new(), limit, serial }
    }

    /// Returns a number that no other recorder has.
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    /// Lets somebody look on, unless somebody does.
    pub(crate) fn observe(&self, observer: impl FnOnce() -> Box<dyn Observer>) {
        aside(|| {
            self.observer.borrow_mut().get_or_insert_with(observer);
        });
    }

    /// Calls a part of the run that is recorded: the bytes that it takes are the run's.
    pub(crate) fn charge<R>(&self, run: impl FnOnce() -> R) -> R {
        self.sampler.account().charge(run)
    }

    /// Appends an event, after what was only counted before it, and what memory there is if that has changed.
    pub(crate) fn record(&self, t: Instant, turn: u32, task: u32, entry: Entry<'_>) {
        let figures = self.sampler.look(entry.kind);
        aside(|| {
            let record = &mut *self.record.borrow_mut();
            for repeat in record.repeats.take() {
                let entry = Entry::new(Kind::Repeat).on(repeat.generator).value(repeat.times as i64);
                record.append(self.limit, (t, turn, repeat.task), entry);
            }
            record.tell_memory(self.limit, (t, turn, task), figures);
            record.append(self.limit, (t, turn, task), entry);
            if let Some(observer) = &mut *self.observer.borrow_mut() {
                for finding in observer.see(&record.seen(t, task, &entry)) {
                    record.tell(self.limit, (t, turn, task), &finding);
                }
            }
        });
    }

    /// Says whether a cycle of a generator that begins in this turn need only be counted when it has ended.
    pub(crate) fn repeats(&self, generator: u32, turn: u32) -> bool {
        self.record.borrow_mut().repeats.begin(generator, turn)
    }

    /// Counts a cycle of a generator that is not recorded. Memory is told in the midst of such cycles too.
    pub(crate) fn count(&self, now: impl FnOnce() -> Instant, turn: u32, task: u32, generator: u32) {
        let record = &mut *self.record.borrow_mut();
        record.repeats.count(task, generator);
        let figures = self.sampler.glance();
        if figures != (None, None) {
            aside(|| record.tell_memory(self.limit, (now(), turn, task), figures));
        }
    }

    /// Adds a resource and returns its number; 0 when there are too many.
    pub(crate) fn resource(&self, kind: &'static str, name: &str, capacity: u32) -> u32 {
        aside(|| {
            let Record { resources, dropped, .. } = &mut *self.record.borrow_mut();
            if resources.len() >= RESOURCES {
                // What it does cannot be told.
                *dropped += 1;
                return 0;
            }
            let id = resources.len() as u32 + 1;
            let name = if name.is_empty() { format!("{kind} {id}") } else { name.to_owned() };
            resources.push(Resource { id, kind, name, capacity });
            id
        })
    }

    /// Takes what was recorded since the last batch.
    pub fn take(&self) -> Batch {
        self.record.borrow_mut().take()
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

/// What was taken aside is given back aside.
impl Drop for Recorder {
    fn drop(&mut self) {
        aside(|| drop((self.record.take(), self.observer.take())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_for_which_there_is_no_room_are_counted() {
        let recorder = Recorder::default();
        let last = (0..RESOURCES).map(|_| recorder.resource("lock", "", 1)).last();
        assert_eq!((last, recorder.resource("lock", "", 1)), (Some(RESOURCES as u32), 0));
        assert_eq!(recorder.take().dropped, 1);
    }
}
