//! What a run leaves behind, read off its trace.

use std::collections::BTreeMap;
use std::rc::Rc;

use loopscope::trace::{Batch, Event, Kind, Recorder, Subject};

/// The record of a run in which nothing was left open.
pub(crate) struct Ledger {
    batch: Batch,
    texts: Vec<Rc<str>>,
    what: String,
}

impl Ledger {
    /// Takes what was recorded, and checks what must hold of every run.
    #[track_caller]
    pub(crate) fn new(recorder: &Recorder, what: &str) -> Self {
        let batch = recorder.take();
        assert_eq!(batch.dropped, 0, "{what}: the trace is not whole");
        let texts = batch.events.iter().map(|event| recorder.text(event.text)).collect();
        let ledger = Ledger { batch, texts, what: what.to_owned() };
        ledger.check_tasks();
        for resource in &ledger.batch.resources {
            let name = format!("{what}: {} {}", resource.kind, resource.name);
            let story = ledger.story(resource.id);
            match resource.kind {
                "context" => check_context(&story, &name),
                "generator" => check_generator(&story, &name),
                "queue" => check_queue(&story, resource.capacity.into(), &name),
                "lock" | "semaphore" | "pool" => check_held(&story, resource.capacity.into(), &name),
                _ => {}
            }
        }
        ledger
    }

    /// Returns what the program said that begins with this, without the beginning.
    pub(crate) fn said(&self, start: &str) -> Vec<&str> {
        let prints = self.events().filter(|(event, _)| event.kind == Kind::Print);
        prints.filter_map(|(_, text)| text.strip_prefix(start)).collect()
    }

    /// Returns how often a context of this name was entered. That it was left as often is sure.
    pub(crate) fn uses(&self, name: &str) -> usize {
        let named = self.batch.resources.iter().filter(|resource| resource.name == name);
        let entered = |id| self.story(id).iter().any(|(event, _)| event.kind == Kind::Entered);
        named.filter(|resource| entered(resource.id)).count()
    }

    /// Returns the texts of the events of this kind at each resource of this name.
    pub(crate) fn texts(&self, name: &str, kind: Kind) -> Vec<Vec<&str>> {
        let named = self.batch.resources.iter().filter(|resource| resource.name == name);
        named.map(|resource| values(&self.story(resource.id), kind)).collect()
    }

    /// Returns when there were events of this kind at each resource of this name, in nanoseconds.
    pub(crate) fn times(&self, name: &str, kind: Kind) -> Vec<Vec<u64>> {
        let named = self.batch.resources.iter().filter(|resource| resource.name == name);
        let times = |id| {
            let story = self.story(id).into_iter().filter(|(event, _)| event.kind == kind);
            story.map(|(event, _)| event.t.as_nanos()).collect()
        };
        named.map(|resource| times(resource.id)).collect()
    }

    /// Checks that what was said after this beginning are the numbers from 1 on: none left out, none twice.
    #[track_caller]
    pub(crate) fn expect_numbers(&self, start: &str) -> usize {
        let said = self.said(start);
        let numbers: Vec<_> = (1..=said.len()).map(|number| number.to_string()).collect();
        assert_eq!(said, numbers, "{}: {start}", self.what);
        said.len()
    }

    fn events(&self) -> impl Iterator<Item = (&Event, &str)> {
        self.batch.events.iter().zip(self.texts.iter().map(|text| &**text))
    }

    /// Returns what happened at a resource.
    fn story(&self, id: u32) -> Vec<(&Event, &str)> {
        let at = |event: &Event| event.kind.subject() == Subject::Resource && event.subject == id;
        self.events().filter(|(event, _)| at(event)).collect()
    }

    /// Every task has ended once, and did nothing after that.
    #[track_caller]
    fn check_tasks(&self) {
        let mut alive = BTreeMap::new();
        for (event, _) in self.events() {
            match event.kind {
                Kind::Spawn => assert_eq!(alive.insert(event.task, true), None, "{}", self.what),
                Kind::Done => assert_eq!(alive.insert(event.task, false), Some(true), "{}", self.what),
                _ => assert_ne!(alive.get(&event.task), Some(&false), "{}: {event:?}", self.what),
            }
        }
        let left: Vec<_> = alive.iter().filter(|(_, alive)| **alive).map(|(task, _)| task).collect();
        assert!(left.is_empty(), "{}: tasks {left:?} are left", self.what);
    }
}

/// A context is entered once and left once, or not entered at all.
#[track_caller]
fn check_context(story: &[(&Event, &str)], name: &str) {
    let kinds: Vec<_> =
        story.iter().map(|(event, _)| event.kind).filter(|kind| *kind != Kind::Wait).collect();
    let entered = [Kind::EnterStart, Kind::Entered, Kind::ExitStart, Kind::Exited];
    let not_entered = [Kind::EnterStart, Kind::Exited];
    assert!(kinds == entered || kinds == not_entered, "{name}: {kinds:?}");
}

/// A generator that has begun has ended, and every value that it handed out was received.
#[track_caller]
fn check_generator(story: &[(&Event, &str)], name: &str) {
    let ends = story.iter().filter(|(event, _)| event.kind == Kind::Return).count();
    assert_eq!(ends, 1, "{name} has ended so often");
    assert_eq!(story.last().unwrap().0.kind, Kind::Return, "{name} went on after its end");
    assert_eq!(values(story, Kind::Yield), values(story, Kind::Receive), "{name}: a value is lost");
}

/// A queue gives in its order what was put, never holds more than it has room for, and counts right.
#[track_caller]
fn check_queue(story: &[(&Event, &str)], capacity: i64, name: &str) {
    let (put, got) = (values(story, Kind::Put), values(story, Kind::Get));
    assert!(put.starts_with(&got), "{name}: got {got:?} of {put:?}");
    let depths: Vec<_> =
        story.iter().filter(|(event, _)| event.kind == Kind::Depth).map(|(event, _)| event.value).collect();
    assert!(capacity == 0 || depths.iter().all(|depth| *depth <= capacity), "{name} is too full");
    let left = (put.len() - got.len()) as i64;
    assert_eq!(depths.last().copied().unwrap_or_default(), left, "{name}: an item is lost");
}

/// Nobody holds anything in the end, and never more was held than there is.
#[track_caller]
fn check_held(story: &[(&Event, &str)], capacity: i64, name: &str) {
    let uses = story.iter().filter(|(event, _)| [Kind::Acquire, Kind::Release].contains(&event.kind));
    let held: Vec<_> = uses.map(|(event, _)| event.value).collect();
    assert!(held.iter().all(|held| (0..=capacity).contains(held)), "{name}: {held:?} of {capacity} held");
    assert_eq!(held.last().unwrap_or(&0), &0, "{name} is still held");
}

fn values<'s>(story: &[(&Event, &'s str)], kind: Kind) -> Vec<&'s str> {
    story.iter().filter(|(event, _)| event.kind == kind).map(|(_, text)| *text).collect()
}
