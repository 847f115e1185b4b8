#![doc = include_str!("../README.md")]

// The scenarios name the crate as its users do: people copy them.
extern crate self as loopscope;

pub mod context;
pub mod error;
pub mod executor;
pub mod generator;
mod lint;
pub mod memory;
pub mod random;
pub mod scenario;
pub mod scenarios;
mod shelf;
pub mod sync;
pub mod task;
pub mod time;
pub mod trace;
pub mod value;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use context::{
    AsyncContext, AsyncExitStack, Context, Exit, ExitStack, aclosing, async_context, async_with, closing,
    context, nullcontext, reusable, suppress, with,
};
pub use error::{Error, Kind, Result};
#[cfg(target_arch = "wasm32")]
pub use executor::BrowserLoop;
pub use executor::{Host, Join, Task, TaskRef, Unhandled, VirtualLoop, now};
pub use generator::{AsyncGen, Co, Gen};
pub use random::Random;
pub use sync::{
    BoundedSemaphore, Condition, Event, Lock, LockGuard, Permit, Pool, Pooled, Queue, RateLimiter, Semaphore,
};
pub use task::{
    AsCompleted, Coroutine, Gather, Interval, Shield, TaskGroup, Timeout, WaitUntil, all_tasks, as_completed,
    block, cancellable, coroutine, current_task, finally, gather, gather_results, gather_tuple, interval,
    offload_block, print, shield, sleep, sleep_until, spawn, spawn_named, task_group, timeout, timeout_at,
    wait, wait_for,
};
pub use time::{Duration, Instant, seconds};
