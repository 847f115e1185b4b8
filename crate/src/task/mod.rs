//! Tasks: programs that take turns on one loop, and what is said about them: wait for these, not longer than that.
//!
//! All of it is asyncio's, turn by turn: the end of a task is heard of in the next turn, and what hears of it wakes
//! whoever waits for the turn after that.
//!
//! ```text
//!   turn n          n + 1                          n + 2
//!   a task ends ──▶ its callbacks, in their order
//!                   gather, wait, a group … ─────▶ whoever awaits them goes on
//!                   whoever awaits the task goes on
//! ```
//!
//! A task stands at one await. A request to stop is for the task, and arrives there: branches of one `join!` or
//! `select!` share the task and its requests. What is to be stopped for itself is a task of its own, as in [`gather()`].

mod as_completed;
mod block;
mod cancellable;
mod coroutine;
mod current;
mod finally;
mod gather;
mod gather_tuple;
mod gathering;
mod group;
mod interval;
mod offload_block;
mod outer;
mod pledge;
mod print;
mod shield;
mod sleep;
mod spawn;
mod timeout;
mod timer;
mod wait;
mod wait_for;
mod within;

pub use as_completed::{AsCompleted, as_completed};
pub use block::block;
pub use cancellable::cancellable;
pub use coroutine::{Coroutine, coroutine};
pub use current::{all_tasks, current_task};
pub use finally::finally;
pub use gather::{Gather, gather, gather_results};
pub use gather_tuple::{Gatherable, gather_tuple};
pub use group::{TaskGroup, task_group};
pub use interval::{Interval, interval};
pub use offload_block::offload_block;
pub use print::print;
pub use shield::{Shield, shield};
pub use sleep::{Sleep, sleep, sleep_until};
pub use spawn::{spawn, spawn_named};
pub use timeout::Timeout;
pub use wait::{WaitUntil, wait};
pub use wait_for::wait_for;
pub use within::{timeout, timeout_at};
