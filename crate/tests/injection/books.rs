//! What was acquired and what was released.

use std::cell::Cell;
use std::fmt;

/// One kind of thing: how often it was acquired, and how often released.
#[derive(Default)]
pub(crate) struct Account {
    acquired: Cell<usize>,
    released: Cell<usize>,
}

impl Account {
    pub(crate) fn acquire(&self) {
        self.acquired.set(self.acquired.get() + 1);
    }

    pub(crate) fn release(&self) {
        self.released.set(self.released.get() + 1);
        assert!(self.released <= self.acquired, "released what nobody had");
    }

    /// Returns what is held.
    pub(crate) fn held(&self) -> usize {
        self.acquired.get() - self.released.get()
    }
}

/// The sums over all runs of a test.
#[derive(Default)]
pub(crate) struct Books {
    pub(crate) runs: Cell<usize>,
    turns: Cell<usize>,
    acquired: Cell<usize>,
    released: Cell<usize>,
}

impl Books {
    /// Adds the end of one run.
    pub(crate) fn close(&self, turns: usize, accounts: &[&Account]) {
        let add = |sum: &Cell<usize>, more: usize| sum.set(sum.get() + more);
        add(&self.runs, 1);
        add(&self.turns, turns);
        for account in accounts {
            add(&self.acquired, account.acquired.get());
            add(&self.released, account.released.get());
        }
    }

    /// Prints the sums. There must be so many runs at least, so that a test cannot become empty unseen.
    #[track_caller]
    pub(crate) fn print(&self, test: &str, least: usize) {
        println!("{test}: {self}");
        assert!(self.runs.get() >= least, "{test}: only {self}");
        assert!(self.acquired.get() > self.runs.get(), "{test} hardly acquires anything: {self}");
    }
}

impl fmt::Display for Books {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Books { runs, turns, acquired, released } = self;
        let [runs, turns, acquired, released] = [runs, turns, acquired, released].map(Cell::get);
        write!(f, "{runs} runs, {turns} turns, {acquired} acquired, {released} released")
    }
}
