use crate::memory::aside;

/// How many cycles of one generator within one turn are recorded step by step. A loop over a million values is one
/// turn, and three million events would say no more than the first thousand cycles and the number of the others.
const SHOWN: u32 = 1_000;

/// Counts what happens again and again within a turn.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// For each resource: the turn in which it went on last, and how often it did in that turn.
    begun: Vec<(u32, u32)>,
    /// What was counted since the last event.
    counted: Vec<Repeat>,
}

/// Cycles of a generator that were counted and not recorded.
#[derive(Debug)]
pub(super) struct Repeat {
    pub(super) task: u32,
    pub(super) generator: u32,
    pub(super) times: u64,
}

impl Repeats {
    /// Says whether the cycle that begins need only be counted.
    pub(super) fn begin(&mut self, generator: u32, turn: u32) -> bool {
        let place = generator as usize;
        if self.begun.len() <= place {
            aside(|| self.begun.resize(place + 1, (0, 0)));
        }
        let (last, times) = &mut self.begun[place];
        *times = if *last == turn { times.saturating_add(1) } else { 1 };
        *last = turn;
        *times > SHOWN
    }

    /// Counts a cycle that has ended.
    pub(super) fn count(&mut self, task: u32, generator: u32) {
        let same = |repeat: &&mut Repeat| (repeat.task, repeat.generator) == (task, generator);
        match self.counted.iter_mut().find(same) {
            Some(repeat) => repeat.times += 1,
            None => aside(|| self.counted.push(Repeat { task, generator, times: 1 })),
        }
    }

    /// Takes what was counted since the last event.
    pub(super) fn take(&mut self) -> Vec<Repeat> {
        std::mem::take(&mut self.counted)
    }
}
