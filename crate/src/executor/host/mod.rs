//! What the loop stands on: a browser's event loop, or nothing but a counter.

#[cfg(target_arch = "wasm32")]
mod breath;
#[cfg(target_arch = "wasm32")]
mod browser_clock;
#[cfg(target_arch = "wasm32")]
mod browser_loop;
#[cfg(target_arch = "wasm32")]
mod real;
mod virtual_clock;
mod virtual_loop;
#[cfg(target_arch = "wasm32")]
mod worker;

#[cfg(target_arch = "wasm32")]
pub use browser_loop::BrowserLoop;
pub use virtual_loop::VirtualLoop;

use std::any::Any;

use crate::time::{Duration, Instant};

/// What goes on beside the loop. Dropped, it is given up.
pub type Beside = Box<dyn Any>;

/// All that the loop knows of its surroundings.
///
/// "Asks for a turn" means: the host calls [`turn`](crate::VirtualLoop) once more, not from within this call.
pub trait Host {
    /// Returns the time since the run began, on the run's clock.
    fn now(&self) -> Instant;

    /// Returns the time as far as a turn needs to know it: it may lag behind by what a few short turns take.
    fn about_now(&self) -> Instant {
        self.now()
    }

    /// Asks for a turn at a time. Replaces what was asked before.
    fn wake_at(&self, deadline: Instant);

    /// Asks for a turn as soon as the code that runs now has ended.
    fn microtask(&self);

    /// Lets this much time pass in which nothing else happens: not on this loop, and nowhere on its thread.
    fn block(&self, length: Duration);

    /// Lets something block for this long beside the loop and calls `done` after that, or at once where nothing can.
    /// `None` where a timer is as good.
    fn block_beside(&self, length: Duration, done: Box<dyn FnOnce()>) -> Option<Beside> {
        let _ = (length, done);
        None
    }
}
