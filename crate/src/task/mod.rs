//! Tasks: programs that take turns on one loop.

mod print;
mod sleep;
mod spawn;

pub use print::print;
pub use sleep::{Sleep, sleep, sleep_until};
pub use spawn::{spawn, spawn_named};
