use std::cell::Cell;
use std::rc::Rc;

use super::Kind;
use crate::memory::{self, Account, Meter};

/// A change is told from this many bytes on, and from this part of the most that there was: a picture shows no less.
const STEP: i64 = 256;
const PART: i64 = 64;

/// The end of a turn is a chance to look. In a stretch without one, such as a loop over a generator, one event in so many
/// is a chance too.
const STRIDE: u32 = 256;

/// So many figures are told in any case; beyond them one for each so many other events.
const FIRST: u32 = 64;
const SHARE: u32 = 8;

/// Watches the bytes of a run, and decides when the trace tells them.
#[derive(Debug)]
pub(super) struct Sampler {
    account: Rc<Account>,
    meter: Meter,
    /// What was told last.
    told: Cell<i64>,
    /// The most that was told.
    most: Cell<i64>,
    /// How many chances to look went by, how many events there were, and how many figures.
    passed: Cell<u32>,
    events: Cell<u32>,
    figures: Cell<u32>,
}

impl Sampler {
    pub(super) fn new() -> Self {
        let account = Account::new();
        let meter = Meter::on(account.clone());
        let (told, most, passed, events, figures) = Default::default();
        Sampler { account, meter, told, most, passed, events, figures }
    }

    /// Returns whose bytes are watched.
    pub(super) fn account(&self) -> &Rc<Account> {
        &self.account
    }

    /// Returns what is to be told before an event of this kind: how high it came meanwhile, if that stands out, and
    /// how much there is now.
    pub(super) fn look(&self, kind: Kind) -> (Option<i64>, Option<i64>) {
        self.events.set(self.events.get().saturating_add(1));
        if kind == Kind::PollEnd { self.figures() } else { self.glance() }
    }

    /// As [`Sampler::look`], where there is no event: most times it does not look.
    pub(super) fn glance(&self) -> (Option<i64>, Option<i64>) {
        self.passed.set(self.passed.get().wrapping_add(1));
        if self.passed.get().is_multiple_of(STRIDE) { self.figures() } else { (None, None) }
    }

    fn figures(&self) -> (Option<i64>, Option<i64>) {
        let most = FIRST.saturating_add(self.events.get() / SHARE);
        if !memory::is_counted() || self.figures.get() >= most {
            return (None, None);
        }
        let (peak, live) = self.meter.read();
        let (told, step) = (self.told.get(), STEP.max(self.most.get() / PART));
        let peak = Some(peak).filter(|peak| *peak >= told.max(live) + step);
        let live = Some(live).filter(|live| (live - peak.unwrap_or(told)).abs() >= step);
        if let Some(last) = live.or(peak) {
            self.meter.restart();
            self.told.set(last);
            self.most.set(self.most.get().max(last).max(peak.unwrap_or(last)));
            self.figures.set(self.figures.get() + u32::from(live.is_some()) + u32::from(peak.is_some()));
        }
        (peak, live)
    }
}
