//! What the loop stands on: a browser's event loop, or nothing but a counter.

#[cfg(target_arch = "wasm32")]
mod breath;
#[cfg(target_arch = "wasm32")]
mod browser_clock;
#[cfg(target_arch = "wasm32")]
mod browser_loop;
mod virtual_loop;

#[cfg(target_arch = "wasm32")]
pub use browser_loop::BrowserLoop;
pub use virtual_loop::VirtualLoop;

use crate::time::Instant;

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
}
