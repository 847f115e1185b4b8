//! One loop for every host.
//!
//! The [`core`] holds what is ready, what waits for a time and who is alive; it knows nothing of its surroundings
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

mod cell;
mod core;
mod current;
mod handle;
mod host;
mod label;
mod outcome;
mod promise;
mod table;
mod timers;
mod wait;
mod waker;

pub use current::now;
pub use handle::Task;
pub use host::{Host, VirtualLoop};

#[cfg(target_arch = "wasm32")]
pub use host::BrowserLoop;

pub(crate) use self::core::{Core, Ready};
pub(crate) use cell::{Finish, TaskCell, Waitable};
pub(crate) use current::{current, record};
pub(crate) use handle::{spawn_closer, spawn_main, spawn_on};
pub(crate) use label::Label;
pub(crate) use promise::{Callback, Promise};
pub(crate) use table::TaskKey;
pub(crate) use timers::Timed;
pub(crate) use wait::{Wait, WaitFor, no_loop};
