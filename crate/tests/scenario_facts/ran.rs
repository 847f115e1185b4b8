//! One run of a scenario on the virtual clock, and what it tells.

use std::rc::Rc;

use loopscope::scenario::Params;
use loopscope::trace::{Batch, Event, Kind, Recorder};
use loopscope::{VirtualLoop, scenarios};
use serde_json::Value;

pub(crate) struct Ran {
    pub(crate) result: Value,
    recorder: Rc<Recorder>,
    batch: Batch,
}

/// Runs a scenario with these parameters, and the defaults of the others.
pub(crate) fn ran(id: &str, given: &[(&str, f64)]) -> Ran {
    ran_seeded(id, given, 0)
}

/// As `ran`, with a seed.
pub(crate) fn ran_seeded(id: &str, given: &[(&str, f64)], seed: u64) -> Ran {
    let scenario = scenarios::find(id).unwrap();
    let given: Vec<_> = given.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let given = given.iter().map(|(name, value)| (*name, value.as_str()));
    let params = Params::new(scenario.manifest(), given).unwrap().seeded(seed);
    let recorder = Rc::new(Recorder::default());
    let result = VirtualLoop::with_recorder(recorder.clone()).run(scenario.program(&params)).unwrap();
    let result = serde_json::from_str(&result.to_string()).unwrap();
    let batch = recorder.take();
    assert_eq!(batch.dropped, 0);
    Ran { result, recorder, batch }
}

impl Ran {
    /// Returns a number of the result.
    pub(crate) fn number(&self, field: &str) -> f64 {
        self.result[field].as_f64().unwrap_or_else(|| panic!("{field} of {}", self.result))
    }

    /// Returns a list of numbers of the result.
    pub(crate) fn numbers(&self, field: &str) -> Vec<u64> {
        numbers(&self.result[field])
    }

    /// Returns the events of a kind.
    pub(crate) fn events(&self, kind: Kind) -> impl Iterator<Item = &Event> {
        self.batch.events.iter().filter(move |event| event.kind == kind)
    }

    /// Returns the texts of the events of a kind.
    pub(crate) fn texts(&self, kind: Kind) -> Vec<String> {
        self.events(kind).map(|event| self.recorder.text(event.text).to_string()).collect()
    }

    /// Returns the events of these kinds in their order, as the kind's name and the text.
    pub(crate) fn order(&self, kinds: &[Kind]) -> Vec<String> {
        let events = self.batch.events.iter().filter(|event| kinds.contains(&event.kind));
        let told = events.map(|event| format!("{} {}", event.kind.name(), self.recorder.text(event.text)));
        told.map(|text| text.trim_end().to_owned()).collect()
    }

    /// Returns what the program said.
    pub(crate) fn said(&self) -> Vec<String> {
        self.texts(Kind::Print)
    }

    /// Returns what the program said that begins with this.
    pub(crate) fn said_of(&self, start: &str) -> Vec<String> {
        self.said().into_iter().filter(|text| text.starts_with(start)).collect()
    }

    /// Returns when the last event was, in seconds.
    pub(crate) fn end(&self) -> f64 {
        self.batch.events.last().map_or(0.0, |event| event.t.as_secs_f64())
    }

    /// Returns what tasks waited for at the resource of this name.
    pub(crate) fn waits_at(&self, name: &str) -> Vec<String> {
        let id = self.id(name);
        let waits = self.events(Kind::Wait).filter(|event| event.subject == id);
        waits.map(|event| self.recorder.text(event.text).to_string()).collect()
    }

    /// Returns what happened to the contexts of this name: every use of one must be entered and left once.
    pub(crate) fn uses(&self, name: &str) -> usize {
        let of = |kind| self.events(kind).map(|event| event.subject).filter(|id| self.name(*id) == name);
        let entered: Vec<_> = of(Kind::Entered).collect();
        let mut exited: Vec<_> = of(Kind::Exited).collect();
        exited.sort_unstable();
        assert_eq!(entered, exited, "a {name} was not left, or left twice");
        entered.len()
    }

    /// Returns the events of a kind on the resource of this name.
    pub(crate) fn events_on(&self, kind: Kind, name: &str) -> impl Iterator<Item = &Event> {
        let id = self.id(name);
        self.events(kind).filter(move |event| event.subject == id)
    }

    /// Returns what was acquired and released of the resource of this name, with how much was held then.
    pub(crate) fn held(&self, name: &str) -> Vec<(Kind, i64)> {
        let id = self.id(name);
        let kinds = [Kind::Acquire, Kind::Release];
        let moved = |event: &&Event| kinds.contains(&event.kind) && event.subject == id;
        self.batch.events.iter().filter(moved).map(|event| (event.kind, event.value)).collect()
    }

    /// Returns when the task of this name had its turns, in seconds.
    pub(crate) fn turns_of(&self, name: &str) -> Vec<f64> {
        let spawned = self.events(Kind::Spawn).find(|event| &*self.recorder.text(event.text) == name);
        let task = spawned.unwrap_or_else(|| panic!("there is no task {name}")).task;
        let turns = self.events(Kind::PollStart).filter(|event| event.task == task);
        turns.map(|event| event.t.as_secs_f64()).collect()
    }

    fn name(&self, id: u32) -> &str {
        &self.batch.resources[id as usize - 1].name
    }

    fn id(&self, name: &str) -> u32 {
        let found = self.batch.resources.iter().find(|resource| resource.name == name);
        found.unwrap_or_else(|| panic!("there is no {name} in the trace")).id
    }
}

/// Returns a list of numbers.
pub(crate) fn numbers(list: &Value) -> Vec<u64> {
    list.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

/// Says whether two times are the same but for what floats lose.
#[track_caller]
pub(crate) fn assert_seconds(measured: f64, expected: f64, what: &str) {
    assert!((measured - expected).abs() < 1e-6, "{what}: {measured} s and not {expected} s");
}
