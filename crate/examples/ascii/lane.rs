//! A row of the picture: what there is to be seen in each column.

/// Of two marks in one column the later one of this list is drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Nothing,
    Frozen,
    Waits,
    /// How much is held, or lies in a queue.
    Level(u8),
    Ready,
    Runs,
    Blocks,
    Yields,
    Returned,
    Cancelled,
    Raised,
}

impl Mark {
    /// What is said of the marks.
    pub(crate) const LEGEND: [(Mark, &str); 9] = [
        (Mark::Ready, "ready"),
        (Mark::Runs, "runs"),
        (Mark::Blocks, "blocks the loop"),
        (Mark::Waits, "waits"),
        (Mark::Yields, "yields"),
        (Mark::Frozen, "frozen at a yield"),
        (Mark::Returned, "returned"),
        (Mark::Cancelled, "cancelled"),
        (Mark::Raised, "raised an error"),
    ];

    pub(crate) fn sign(self) -> char {
        match self {
            Mark::Nothing => ' ',
            Mark::Frozen => ':',
            Mark::Waits => '-',
            Mark::Level(level) => char::from_digit(level.into(), 10).unwrap_or('+'),
            Mark::Ready => '~',
            Mark::Runs => '#',
            Mark::Blocks => 'B',
            Mark::Yields => '*',
            Mark::Returned => '|',
            Mark::Cancelled => 'x',
            Mark::Raised => '!',
        }
    }
}

/// A task, a generator, or something that is held or filled.
pub(crate) struct Lane {
    pub(crate) name: String,
    marks: Vec<Mark>,
    state: Mark,
    since: usize,
}

impl Lane {
    pub(crate) fn new(name: String, columns: usize) -> Self {
        Lane { name, marks: vec![Mark::Nothing; columns], state: Mark::Nothing, since: 0 }
    }

    /// Draws the state that ends here, and begins another one.
    pub(crate) fn change(&mut self, column: usize, state: Mark) {
        self.fill(self.since, column, self.state);
        (self.state, self.since) = (state, column);
    }

    pub(crate) fn fill(&mut self, from: usize, to: usize, mark: Mark) {
        for there in &mut self.marks[from..=to] {
            // Of two levels in one column the last one is drawn.
            let level = matches!((*there, mark), (Mark::Level(_), Mark::Level(_)));
            *there = if level { mark } else { (*there).max(mark) };
        }
    }

    pub(crate) fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    pub(crate) fn has_levels(&self) -> bool {
        self.marks.iter().any(|mark| matches!(mark, Mark::Level(_)))
    }

    pub(crate) fn line(&self) -> String {
        self.marks.iter().map(|mark| mark.sign()).collect()
    }
}
