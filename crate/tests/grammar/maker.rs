use std::rc::Rc;

use crate::step::{Body, Step};

/// Letters, each with how many bodies it has, how many digits it knows, and how often it comes.
const STEPS: &[(char, usize, usize, usize)] = &[
    ('z', 0, 4, 6),
    ('l', 1, 2, 4),
    ('s', 1, 1, 3),
    ('c', 1, 1, 3),
    ('n', 0, 3, 4),
    ('e', 0, 1, 1),
    ('E', 0, 1, 1),
    ('F', 0, 1, 1),
    ('p', 0, 3, 4),
    ('P', 0, 3, 1),
    ('g', 0, 3, 4),
    ('G', 0, 3, 1),
    ('d', 0, 3, 2),
    ('j', 0, 3, 1),
    ('q', 0, 6, 1),
    ('t', 1, 1, 5),
    ('a', 0, 4, 2),
    ('b', 0, 4, 2),
    ('x', 0, 8, 4),
    ('u', 0, 1, 1),
    ('o', 1, 4, 3),
    ('y', 1, 1, 2),
    ('Y', 1, 1, 1),
    ('w', 2, 1, 3),
    ('r', 0, 2, 2),
    ('m', 3, 2, 4),
    ('k', 3, 4, 3),
    ('i', 3, 8, 4),
    ('I', 2, 8, 2),
    ('h', 3, 2, 4),
];

/// What most often fails, and would end a program too early.
const FAILING: &str = "rdGPqNSTC";

/// Makes random programs.
pub(crate) struct Maker {
    state: u64,
}

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        Maker { state: seed }
    }

    /// Splitmix64.
    fn roll(&mut self, sides: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }

    /// Makes a program: some tasks to begin with.
    pub(crate) fn program(&mut self) -> Body {
        let count = 3 + self.roll(3);
        let task = |maker: &mut Self| Step { letter: 't', digit: 0, bodies: vec![maker.body(2)] };
        let mut steps: Vec<_> = (0..count).map(|_| task(self)).collect();
        steps.extend(self.body(1).iter().cloned());
        Rc::new(steps)
    }

    fn body(&mut self, depth: usize) -> Body {
        let count = self.roll(4) + usize::from(depth > 1);
        Rc::new((0..count).map(|_| self.step(depth)).collect())
    }

    fn step(&mut self, depth: usize) -> Step {
        let all = STEPS.iter().flat_map(|step| std::iter::repeat_n(step, step.3));
        let some: Vec<_> = all.filter(|(_, bodies, ..)| *bodies == 0 || depth > 0).collect();
        let (letter, bodies, digits, _) = *some[self.roll(some.len())];
        let digit = self.roll(digits);
        let mut bodies: Vec<_> = (0..bodies).map(|_| self.body(depth - 1)).collect();
        if "iIh".contains(letter) {
            bodies[0] = self.yielding(&bodies[0]);
        }
        if letter == 'h' {
            bodies[2] = self.calling(&bodies[2]);
        }
        self.caught(Step { letter, digit, bodies })
    }

    /// Catches what a step raises, most often if it most often fails.
    fn caught(&mut self, step: Step) -> Step {
        if !FAILING.contains(step.letter) || self.roll(4) == 0 {
            return step;
        }
        Step { letter: 'y', digit: 0, bodies: vec![Rc::new(vec![step])] }
    }

    /// Puts yields between the steps of a generator.
    fn yielding(&mut self, body: &Body) -> Body {
        let step = || Step { letter: 'v', digit: 0, bodies: vec![] };
        let mut steps = vec![];
        for one in &**body {
            steps.push(one.clone());
            steps.extend((0..self.roll(3)).map(|_| step()));
        }
        steps.extend((0..self.roll(3)).map(|_| step()));
        Rc::new(steps)
    }

    /// Puts calls of a generator between steps.
    fn calling(&mut self, body: &Body) -> Body {
        let call = |letter, digit| Step { letter, digit, bodies: vec![] };
        let mut steps = vec![call('N', 0)];
        for one in body.iter().cloned().map(Some).chain([None, None]) {
            steps.extend(one);
            let call = call(['N', 'N', 'S', 'S', 'T', 'T', 'C'][self.roll(7)], self.roll(2));
            steps.push(self.caught(call));
        }
        Rc::new(steps)
    }
}
