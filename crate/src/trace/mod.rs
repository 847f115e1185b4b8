//! What happened, as it happened: an append-only record of typed events from inside the core.
//!
//! Every picture and number is made from it. Events have fixed operands instead of fields of their own, so that
//! they travel to JavaScript as columns: [`Kind`] says what the operands of an event mean.

mod batch;
mod event;
mod hash;
mod kind;
mod observer;
mod recorder;
mod repeats;
mod resource;
mod sampler;
mod strings;

pub use batch::Batch;
pub use event::{Event, Place};
#[cfg(target_arch = "wasm32")]
pub(crate) use kind::KINDS;
pub use kind::{Kind, Subject};
pub use recorder::Recorder;
pub use resource::Resource;
pub use strings::Text;

pub(crate) use event::Entry;
pub(crate) use observer::{Finding, Observer, Seen};
