//! A program to show: what it is called, what can be set, and how it runs.

pub(crate) mod decimal;
mod hundredths;
mod manifest;
mod param;
mod params;

pub use hundredths::Hundredths;
pub use manifest::Manifest;
pub use param::{Param, Type};
pub use params::Params;
pub(crate) use params::listed;

use std::pin::Pin;

use crate::error::Result;
use crate::value::Value;

/// A program on its way to its result.
pub type Program = Pin<Box<dyn Future<Output = Result<Value>>>>;

/// A program that can be run with parameters. The compiled ones are in [`crate::scenarios`].
pub trait Scenario {
    /// Returns what is known of it without running it.
    fn manifest(&self) -> &Manifest;

    /// Makes the program; it starts when a loop drives it.
    fn program(&self, params: &Params) -> Program;
}
