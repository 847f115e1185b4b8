//! What tasks share: locks, events, semaphores, queues, and what is made of them.
//!
//! Everything here is asyncio's, turn by turn: who waits stands in a `line`, first come, first served,
//! and a waiter that was woken but is cancelled, or dropped, before it could go on hands that on to the next one.
//! Clones share: a task gets a clone of its own. What is asyncio's is bound to the loop on which somebody had to wait for
//! it first, as there; a pool and a rate limiter are not, and wake each waiter on its own one.

mod backlog;
mod bounded_semaphore;
mod bucket;
mod condition;
mod event;
mod gauge;
mod home;
mod line;
mod lock;
mod permits;
mod pool;
mod queue;
mod rate_limiter;
mod semaphore;
mod store;

pub use bounded_semaphore::BoundedSemaphore;
pub use condition::Condition;
pub use event::Event;
pub use lock::{Lock, LockGuard};
pub use pool::{Pool, Pooled};
pub use queue::Queue;
pub use rate_limiter::RateLimiter;
pub use semaphore::{Permit, Semaphore};
