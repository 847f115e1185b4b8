//! One loop for every host.
//!
//! The `core` holds what is ready, what waits for a time and who is alive; it knows nothing of its surroundings
//! but a [`Host`]: what time it is, "wake me at" and "wake me soon". Which callback runs in which turn is asyncio's
//! order: a turn fires the timers that are due, then runs what was ready at its start; whatever becomes ready
//! meanwhile waits for the next turn.
//!
//! ```text
//!            spawn                 wake                 its future ends
//!   (none) ────────▶ scheduled ◀──────── waiting                │
//!                        │  turn            ▲  pending          ▼
//!                        └────────▶ running ┴──────────────▶ finished
//! ```
//!
//! A running task is never dropped: asking it to stop makes the one await it stands at fail, once per request.

mod alarm;
mod block;
mod bracket;
mod cancel;
mod cell;
mod console;
mod core;
mod current;
mod ending;
mod handle;
mod host;
mod inside;
mod label;
mod open;
mod outcome;
mod program_line;
mod promise;
mod reports;
mod step;
mod subscription;
mod table;
mod task_ref;
mod throw;
mod timers;
mod turn;
mod wait;
mod waker;

pub use current::now;
pub use handle::{Join, Task};
pub use host::{Beside, Host, VirtualLoop};
pub use reports::Unhandled;
pub use task_ref::TaskRef;

#[cfg(target_arch = "wasm32")]
pub use host::BrowserLoop;

pub(crate) use self::core::{Core, Ready};
pub(crate) use alarm::Alarm;
pub(crate) use bracket::Bracket;
pub(crate) use cell::{Frame, Message, TaskCell, Waitable, cancelled_error};
pub(crate) use console::say;
pub(crate) use current::{
    Current, count_repeat, current, is_turn, record, repeats_in, take_injection, with_current,
};
pub(crate) use handle::{spawn_at, spawn_closer, spawn_main, spawn_on};
pub(crate) use label::Label;
pub(crate) use open::Open;
pub(crate) use outcome::Outcome;
pub(crate) use promise::{Callback, Promise};
pub(crate) use reports::Reports;
pub(crate) use subscription::Subscription;
pub(crate) use table::TaskKey;
pub(crate) use timers::Timed;
pub(crate) use wait::{Wait, WaitFor, no_loop};
