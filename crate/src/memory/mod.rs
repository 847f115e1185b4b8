//! How many bytes the program has and had at most, counted by the allocator.
//!
//! With the feature `memory`, which is on unless it is turned off, this crate installs an allocator that counts what the
//! system's gives and takes back. Turn the feature off if your program has its own `#[global_allocator]`: every figure
//! is 0 then.
//!
//! What only shows the program, such as the record of a run, is kept out of the figures: see [`aside`]. What runs in the
//! turns of a recorded loop is counted apart from all else, so that several runs do not share a figure.
//!
//! The allocator's own counter is one for the process. Where nothing runs on other threads, as in a browser, the figures
//! are exact to the byte; where something does, what it takes and gives back meanwhile is in them.

mod account;
mod aside;
mod counter;
mod ledger;
mod meter;
mod note;

pub use aside::aside;
pub use counter::is_counted;
pub use meter::Meter;

pub(crate) use account::Account;
pub(crate) use ledger::hand_over;
pub(crate) use note::Note;

/// Returns how many bytes the program has now: in a recorded run what that run has, elsewhere what all else has.
///
/// ```standalone_crate
/// use loopscope::memory;
///
/// let before = memory::live();
/// let numbers = vec![0_u64; 1000];
/// # if memory::is_counted() {
/// assert_eq!(memory::live() - before, 8000);
/// drop(numbers);
/// assert_eq!(memory::live(), before);
/// # }
/// ```
pub fn live() -> u64 {
    ledger::current().live()
}
