//! Context managers: what is acquired on entering is given back on leaving, whatever happens in between.
//!
//! A manager is a type with [`Context`] or [`AsyncContext`], or a generator with one yield; [`with`] and
//! [`async_with`] run a body inside of it, an [`ExitStack`] or [`AsyncExitStack`] holds any number of them. All of it
//! goes through one bracket, which is what the trace shows, and through one rule for what comes out (`settle`).
//!
//! ```text
//!              enter raises                       the body raises ──▶ exit(error) ──▶ Propagate: the same error
//!             ┌────────────▶ its error           │                        │      └──▶ Suppress: None
//!   enter ────┤                                  │                        └ raises ─▶ its error, while handling it
//!             └────────────▶ the body ───────────┴ returns ─▶ exit(None) ──▶ its value
//! ```

mod async_exit_stack;
mod async_gen_context;
mod async_with;
mod closing;
mod crossing;
mod exit_stack;
mod gen_context;
mod in_async;
mod manager;
mod null;
mod reusable;
mod structured;
mod suppress;
mod unwinding;
mod with;

pub use async_exit_stack::AsyncExitStack;
pub use async_gen_context::{AsyncGenContext, async_context};
pub use async_with::async_with;
pub use closing::{Aclosing, AsyncClose, Close, Closing, aclosing, closing};
pub use exit_stack::ExitStack;
pub use gen_context::{GenContext, context};
pub use in_async::InAsync;
pub use manager::{AsyncContext, Context, Exit};
pub use null::{NullContext, nullcontext};
pub use reusable::{Reusable, reusable};
pub use suppress::{Suppress, suppress};
pub use with::with;
