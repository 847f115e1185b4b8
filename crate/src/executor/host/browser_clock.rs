use std::cell::Cell;

use super::real::Now;
use crate::time::{Duration, Instant};

/// The clock of a run in a browser.
pub(super) enum BrowserClock {
    /// The browser's own, at a speed, and stopped while the run is paused.
    Wall(WallClock),
    /// A counter that jumps to the next deadline.
    Virtual(Cell<Instant>),
}

pub(super) struct WallClock {
    real: Now,
    speed: f64,
    /// Where the run's clock stood, in milliseconds, when the browser's clock stood at `since`.
    base: Cell<f64>,
    /// `None` while the run is paused.
    since: Cell<Option<f64>>,
    /// What the browser's clock said last. It should never go back, and where it does the run's does not.
    last: Cell<f64>,
}

impl BrowserClock {
    pub(super) fn now(&self) -> Instant {
        match self {
            BrowserClock::Wall(wall) => wall.at((wall.real)()),
            BrowserClock::Virtual(now) => now.get(),
        }
    }

    /// Returns the run's time when the browser's clock stands at `real`, which was asked just now: a second call into
    /// JavaScript would cost as much as several turns.
    pub(super) fn at(&self, real: f64) -> Instant {
        match self {
            BrowserClock::Wall(wall) => wall.at(real),
            BrowserClock::Virtual(now) => now.get(),
        }
    }

    /// Lets this much time of the run pass, and does nothing meanwhile.
    pub(super) fn block(&self, length: Duration) {
        let end = self.now() + length;
        match self {
            // A paused clock stands still.
            BrowserClock::Wall(wall) => while wall.since.get().is_some() && self.now() < end {},
            BrowserClock::Virtual(now) => now.set(end),
        }
    }

    /// Returns how many of the browser's milliseconds a time of the run takes; none if the clock can jump.
    pub(super) fn real(&self, length: Duration) -> Option<f64> {
        match self {
            BrowserClock::Wall(wall) => Some(length.as_secs_f64() * 1e3 / wall.speed),
            BrowserClock::Virtual(_) => None,
        }
    }

    pub(super) fn pause(&self) {
        if let BrowserClock::Wall(wall) = self {
            wall.base.set(wall.millis((wall.real)()));
            wall.since.set(None);
        }
    }

    pub(super) fn resume(&self) {
        if let BrowserClock::Wall(wall) = self
            && wall.since.get().is_none()
        {
            wall.last.set((wall.real)());
            wall.since.set(Some(wall.last.get()));
        }
    }

    /// Returns how many of the browser's milliseconds pass before `deadline`; none if the clock can jump, and did.
    pub(super) fn until(&self, deadline: Instant) -> Option<f64> {
        match self {
            BrowserClock::Wall(wall) => Some((deadline - self.now()).as_secs_f64() * 1e3 / wall.speed),
            BrowserClock::Virtual(now) => {
                now.set(deadline.max(now.get()));
                None
            }
        }
    }
}

impl WallClock {
    pub(super) fn new(real: Now, speed: f64) -> Self {
        let now = real();
        let (base, since, last) = (Cell::new(0.0), Cell::new(Some(now)), Cell::new(now));
        WallClock { real, speed, base, since, last }
    }

    fn at(&self, real: f64) -> Instant {
        Instant::from_nanos((self.millis(real) * 1e6).round_ties_even() as u64)
    }

    fn millis(&self, real: f64) -> f64 {
        let back = self.last.replace(real) - real;
        if back > 0.0 {
            self.since.set(self.since.get().map(|since| since - back));
        }
        let running = self.since.get().map_or(0.0, |since| (real - since) * self.speed);
        self.base.get() + running
    }
}
