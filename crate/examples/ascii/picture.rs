//! Lanes under an axis, from what was recorded, and below them what the program said.

use std::collections::{BTreeMap, BTreeSet};

use loopscope::trace::{Batch, Event, Kind, Recorder};

use crate::axis::Axis;
use crate::lane::{Lane, Mark};

/// More lanes than this do not fit on a screen.
const LANES: usize = 24;

/// More lines of output than this do not, either.
const LINES: usize = 40;

/// Whose lane it is: a task's, or that of a generator, a lock, a queue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Task(u32),
    Resource(u32),
}

/// A picture that is being drawn.
struct Picture<'r> {
    recorder: &'r Recorder,
    batch: &'r Batch,
    axis: Axis,
    lanes: Vec<(Whose, Lane)>,
    /// Those that have no lane because there are too many.
    left_out: BTreeSet<Whose>,
    /// The generators in whose bodies each task is.
    inside: BTreeMap<u32, Vec<u32>>,
}

/// Draws what was recorded, `width` columns wide.
pub(crate) fn draw(recorder: &Recorder, width: usize) -> String {
    let batch = recorder.take();
    let (tasks, resources) =
        (batch.events.iter().filter(|event| event.kind == Kind::Spawn), &batch.resources);
    let names = tasks.map(|event| recorder.text(event.text).chars().count());
    let longest = names.chain(resources.iter().map(|resource| resource.name.chars().count())).max();
    let room = longest.unwrap_or_default().min(width / 4);
    let (lanes, left_out, inside) = Default::default();
    let axis = Axis::new(&batch.events, width - room - 2);
    let mut picture = Picture { recorder, batch: &batch, axis, lanes, left_out, inside };
    for (index, event) in batch.events.iter().enumerate() {
        picture.add(event, index);
    }
    let end = picture.axis.columns - 1;
    picture.lanes.iter_mut().for_each(|(_, lane)| lane.change(end, Mark::Nothing));
    picture.text(room) + &output(&batch, recorder)
}

impl Picture<'_> {
    fn add(&mut self, event: &Event, index: usize) {
        let column = self.axis.column(index, event.t);
        let (task, resource) = (Whose::Task(event.task), Whose::Resource(event.subject));
        let text = self.recorder.text(event.text);
        let end = match &*text {
            "returned" => Mark::Returned,
            "cancelled" => Mark::Cancelled,
            _ => Mark::Raised,
        };
        match event.kind {
            Kind::Spawn | Kind::Wake => self.change(task, column, Mark::Ready),
            Kind::PollStart => self.change_with_generators(event.task, column, Mark::Runs),
            // Its last turn: it waits for nothing more.
            Kind::PollEnd if self.is_over(event.task, index + 1) => {}
            Kind::PollEnd => self.change_with_generators(event.task, column, Mark::Waits),
            Kind::Done => self.end(task, column, end, Mark::Nothing),
            Kind::Block => {
                let start = loopscope::Instant::from_nanos(event.t.as_nanos() - event.value as u64);
                let start = self.axis.column(index, start);
                self.with(task, |lane| lane.fill(start, column, Mark::Blocks));
            }
            Kind::Resume => {
                self.inside.entry(event.task).or_default().push(event.subject);
                self.change(resource, column, Mark::Runs);
            }
            Kind::Yield | Kind::Return => {
                if let Some(inside) = self.inside.get_mut(&event.task) {
                    inside.retain(|generator| *generator != event.subject);
                }
                let (mark, next) = match event.kind {
                    Kind::Yield => (Mark::Yields, Mark::Frozen),
                    _ => (end, Mark::Nothing),
                };
                self.end(resource, column, mark, next);
            }
            // Yields that were only counted.
            Kind::Repeat => self.with(resource, |lane| lane.fill(column, column, Mark::Yields)),
            kind if ["held", "depth"].contains(&kind.value_name()) => {
                self.change(resource, column, Mark::Level(event.value.clamp(0, 10) as u8));
            }
            _ => {}
        }
    }

    fn is_over(&self, task: u32, next: usize) -> bool {
        self.batch.events.get(next).is_some_and(|next| next.kind == Kind::Done && next.task == task)
    }

    fn change(&mut self, whose: Whose, column: usize, state: Mark) {
        self.with(whose, |lane| lane.change(column, state));
    }

    /// What a task does, the generators do in whose bodies it is.
    fn change_with_generators(&mut self, task: u32, column: usize, state: Mark) {
        self.change(Whose::Task(task), column, state);
        for generator in self.inside.get(&task).cloned().unwrap_or_default() {
            self.change(Whose::Resource(generator), column, state);
        }
    }

    fn end(&mut self, whose: Whose, column: usize, mark: Mark, next: Mark) {
        self.with(whose, |lane| {
            lane.change(column, next);
            lane.fill(column, column, mark);
        });
    }

    /// Finds the lane, or makes it.
    fn with(&mut self, whose: Whose, draw: impl FnOnce(&mut Lane)) {
        let found = self.lanes.iter().position(|(other, _)| *other == whose);
        if found.is_none() && self.lanes.len() >= LANES {
            self.left_out.insert(whose);
            return;
        }
        let index = found.unwrap_or_else(|| {
            self.lanes.push((whose, Lane::new(self.name(whose), self.axis.columns)));
            self.lanes.len() - 1
        });
        draw(&mut self.lanes[index].1);
    }

    fn name(&self, whose: Whose) -> String {
        match whose {
            Whose::Task(id) => task_name(self.batch, self.recorder, id),
            Whose::Resource(id) => self.batch.resources[id as usize - 1].name.clone(),
        }
    }

    fn text(&self, room: usize) -> String {
        let mut text = format!("{:room$}  {}\n", "", self.axis.line());
        for (_, lane) in &self.lanes {
            let name: String = lane.name.chars().take(room).collect();
            text += format!("{name:room$}  {}", lane.line()).trim_end();
            text.push('\n');
        }
        if !self.left_out.is_empty() {
            text += &format!("… and {} more\n", self.left_out.len());
        }
        let seen = |mark: &Mark| self.lanes.iter().any(|(_, lane)| lane.has(*mark));
        let legend = Mark::LEGEND.iter().filter(|(mark, _)| seen(mark));
        let mut legend: Vec<_> = legend.map(|(mark, words)| format!("{} {words}", mark.sign())).collect();
        if self.lanes.iter().any(|(_, lane)| lane.has_levels()) {
            legend.push("0-9+ so many held or queued".to_owned());
        }
        text + &format!("\n{}\n", legend.join("   "))
    }
}

fn task_name(batch: &Batch, recorder: &Recorder, id: u32) -> String {
    let spawn = batch.events.iter().find(|event| event.kind == Kind::Spawn && event.task == id);
    spawn.map_or_else(|| "the loop".to_owned(), |event| recorder.text(event.text).to_string())
}

/// What the program said, at its times.
fn output(batch: &Batch, recorder: &Recorder) -> String {
    let said: Vec<_> = batch.events.iter().filter(|event| event.kind == Kind::Print).collect();
    let mut text = String::new();
    for event in said.iter().take(LINES) {
        let name = task_name(batch, recorder, event.task);
        text += &format!("\n{:9.3} s  {name}: {}", event.t.as_secs_f64(), recorder.text(event.text));
    }
    if said.len() > LINES {
        text += &format!("\n… and {} more lines", said.len() - LINES);
    }
    if text.is_empty() { text } else { text + "\n" }
}
