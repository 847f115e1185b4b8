use super::ledger;

/// Calls `run` without counting what it takes and gives back as the program's: for what only shows the program.
///
/// What is taken aside should be given back aside.
///
/// ```standalone_crate
/// use loopscope::memory::{Meter, aside};
///
/// let meter = Meter::start();
/// let picture = aside(|| vec![0; 1_000_000]);
/// assert_eq!((meter.live_bytes(), meter.peak_bytes()), (0, 0));
/// aside(|| drop(picture));
/// assert_eq!(meter.live_bytes(), 0);
/// ```
pub fn aside<R>(run: impl FnOnce() -> R) -> R {
    ledger::charge(None, run)
}
