//! Cuts the linked wasm in pieces: the loop and all that programs share, which is fetched first, and one piece for each
//! scenario, fetched when it is run. There is still one instance: a piece has functions and constants only, and works
//! on the memory and the table of the first.
//!
//! The cut is made between the list of the scenarios and the functions that start them, and needs no word in the
//! crate's source: crates that split by attributes in the source need unsafe code there, which this crate has not.

mod cut;
mod graph;
mod plan;

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

use self::graph::Graph;
use self::plan::Plan;

/// A linked wasm in its parts.
pub(crate) struct Parts {
    /// What everything needs.
    pub(crate) primary: Vec<u8>,
    /// What only one scenario's program needs, by the name of its module.
    pub(crate) pieces: BTreeMap<String, Vec<u8>>,
}

/// Cuts a wasm that wasm-bindgen made from a linked one, in which the linker left its relocations.
pub(crate) fn split(linked: &[u8], bound: &[u8]) -> Result<Parts> {
    let graph = Graph::read(linked).context("the linker's relocations could not be read")?;
    let plan = Plan::new(&graph, &parse(bound)?)?;
    let pieces = plan
        .pieces()
        .map(|(name, piece)| Ok((name.to_owned(), cut::piece(parse(bound)?, &plan, piece)?)))
        .collect::<Result<_>>()?;
    Ok(Parts { primary: cut::primary(parse(bound)?, &plan)?, pieces })
}

fn parse(wasm: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    // The names are how functions are found again.
    config.generate_name_section(true).generate_producers_section(false);
    config.parse(wasm)
}
