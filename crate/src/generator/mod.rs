//! Generators: programs that hand out values one by one and stand still in between.
//!
//! One machine, thin wrappers: a `machine` owns the frozen frame and knows its state; the body talks to it through
//! a [`Co`] and a `channel` of one value; [`Gen`] and [`AsyncGen`] drive it as Python's generators are driven.

mod adapters;
mod async_gen;
mod channel;
mod closing;
mod co;
mod drive;
mod example;
mod machine;
mod stream;
mod sync_gen;
mod told;
mod values;

pub use async_gen::AsyncGen;
pub use co::{Co, Yield};
pub use drive::{Aclose, Anext, Athrow};
pub use sync_gen::Gen;
pub use values::Values;
