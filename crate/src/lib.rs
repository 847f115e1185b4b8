//! Python's generators, async generators and context managers in safe Rust, on a loop that records what happens.

pub mod context;
pub mod error;
pub mod executor;
pub mod generator;
pub mod scenario;
pub mod scenarios;
pub mod sync;
pub mod task;
pub mod time;
pub mod trace;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use context::{
    AsyncContext, AsyncExitStack, Context, Exit, ExitStack, aclosing, async_context, async_with, closing,
    context, nullcontext, reusable, suppress, with,
};
pub use error::{Error, Kind, Result};
#[cfg(target_arch = "wasm32")]
pub use executor::BrowserLoop;
pub use executor::{Host, Task, VirtualLoop, now};
pub use generator::{AsyncGen, Co, Gen};
pub use sync::{
    BoundedSemaphore, Condition, Event, Lock, LockGuard, Permit, Pool, Pooled, Queue, RateLimiter, Semaphore,
};
pub use task::{print, sleep, sleep_until, spawn, spawn_named};
pub use time::{Duration, Instant};
