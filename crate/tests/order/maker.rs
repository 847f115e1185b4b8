use std::rc::Rc;

use loopscope::{Duration, WaitUntil};

use crate::dice::Dice;

/// A body is its number and its steps.
pub(crate) struct Body {
    pub(crate) number: usize,
    pub(crate) steps: Vec<Step>,
}

/// What a body does, one by one. The names are those of the twin.
pub(crate) enum Step {
    Say(usize),
    Sleep(Duration),
    Cancel(usize, bool),
    Join(usize),
    Shield(usize),
    Raise(usize),
    Wait(WaitUntil, Duration),
    Set(usize),
    Clear(usize),
    Await(usize),
    Put(usize),
    Get,
    Hear(usize),
    Spawn(Rc<Body>),
    Gather(bool, Vec<Rc<Body>>),
    Timeout(Option<Duration>, Rc<Body>),
    Group(Vec<Rc<Body>>, Rc<Body>),
    Finally(Rc<Body>, Rc<Body>),
    Try(Rc<Body>),
    Refuse(Rc<Body>),
    WaitFor(Option<Duration>, Rc<Body>),
    AsCompleted(Option<Duration>, Vec<Rc<Body>>),
    Lock(Rc<Body>),
    Generate(Rc<Body>, Rc<Body>),
    Uncancel,
}

const SPANS: [u64; 6] = [0, 0, 250, 250, 500, 1000];
const LIMITS: [Option<u64>; 6] = [None, Some(0), Some(250), Some(500), Some(750), Some(2000)];
const MODES: [WaitUntil; 3] = [WaitUntil::FirstCompleted, WaitUntil::FirstException, WaitUntil::All];

/// Makes a program. Each number is rolled in the order in which the twin rolls it.
pub(crate) struct Maker {
    dice: Dice,
    bodies: usize,
}

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        Maker { dice: Dice::new(seed), bodies: 0 }
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.dice.roll(sides)
    }

    pub(crate) fn body(&mut self, depth: usize) -> Rc<Body> {
        let number = self.bodies;
        self.bodies += 1;
        let count = if number == 0 { 8 } else { 2 + self.roll(4) };
        Rc::new(Body { number, steps: (0..count).map(|_| self.step(depth)).collect() })
    }

    fn several(&mut self, depth: usize) -> Vec<Rc<Body>> {
        let count = 1 + self.roll(3);
        (0..count).map(|_| self.body(depth)).collect()
    }

    fn span(&mut self) -> Duration {
        Duration::from_millis(SPANS[self.roll(6)])
    }

    fn limit(&mut self) -> Option<Duration> {
        LIMITS[self.roll(6)].map(Duration::from_millis)
    }

    fn step(&mut self, depth: usize) -> Step {
        match self.roll(if depth > 0 { 26 } else { 13 }) {
            0 | 1 => Step::Say(self.roll(100)),
            2..=4 => Step::Sleep(self.span()),
            5 => Step::Cancel(self.roll(16), self.roll(3) > 0),
            6 => Step::Join(self.roll(8)),
            7 => Step::Shield(self.roll(8)),
            8 => Step::Raise(self.roll(8)),
            9 => Step::Wait(MODES[self.roll(3)], self.span()),
            10 => match self.roll(3) {
                0 => Step::Set(self.roll(2)),
                1 => Step::Clear(self.roll(2)),
                _ => Step::Await(self.roll(2)),
            },
            11 => match (self.roll(2), self.roll(100)) {
                (0, what) => Step::Put(what),
                _ => Step::Get,
            },
            12 => Step::Hear(self.roll(16)),
            13 | 14 => Step::Spawn(self.body(depth - 1)),
            15 => Step::Gather(self.roll(2) > 0, self.several(depth - 1)),
            16 => Step::Timeout(self.limit(), self.body(depth - 1)),
            17 => Step::Group(self.several(depth - 1), self.body(depth - 1)),
            18 => Step::Finally(self.body(depth - 1), self.body(depth - 1)),
            19 => Step::Try(self.body(depth - 1)),
            20 => Step::Refuse(self.body(depth - 1)),
            21 => Step::WaitFor(self.limit(), self.body(depth - 1)),
            22 => Step::AsCompleted(self.limit(), self.several(depth - 1)),
            23 => Step::Lock(self.body(depth - 1)),
            24 => Step::Generate(self.body(depth - 1), self.body(depth - 1)),
            _ => Step::Uncancel,
        }
    }
}
