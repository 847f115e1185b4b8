//! Cuts the linked wasm in pieces: the loop and all that programs share, which is fetched first, and one piece for each
//! scenario, fetched when it is run. There is still one instance: a piece has functions and constants only, and works
//! on the memory and the table of the first.
//!
//! Each of them has a late half: what did not run when the build ran every program as it is by itself. Something stands
//! for each of its functions, which lets the late half come when it is called before that is there. A stretch of a
//! function that ran for few of those programs for which the rest of it did is a function of its own before all that.
//!
//! The cut is made between the list of the scenarios and the functions that start them, and needs no word in the
//! crate's source: crates that split by attributes in the source need unsafe code there, which this crate has not.

mod cut;
mod gate;
mod glue;
mod graph;
mod height;
mod linked;
mod live;
mod marks;
mod outline;
mod plan;
mod ran;
mod reach;
mod region;
mod results;
mod slots;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::{Function, Module, ModuleConfig};

pub(crate) use self::glue::{own, own_types};
use self::graph::Graph;
use self::marks::Marks;
use self::plan::{ALLOCATOR, Part, Plan, name};
use self::ran::Ran;

/// What is fetched before it is needed, and what when it is, or when there is time.
pub(crate) struct Halves {
    pub(crate) now: Vec<u8>,
    pub(crate) late: Vec<u8>,
}

/// A linked wasm in its parts.
pub(crate) struct Parts {
    /// What everything needs.
    pub(crate) primary: Halves,
    /// What only one scenario's program needs, by the name of its module.
    pub(crate) pieces: BTreeMap<String, Halves>,
    /// The script that goes with the primary.
    pub(crate) script: String,
}

/// Cuts a wasm that wasm-bindgen made from a linked one, in which the linker left its relocations. In the folder is the
/// script that wasm-bindgen made to go with it.
pub(crate) fn split(linked: &[u8], bound: &[u8], folder: &Path) -> Result<Parts> {
    let mut graph = Graph::read(linked).context("the linker's relocations could not be read")?;
    let (bound, ran) = watch(bound, folder, &mut graph)?;
    let bound = bound.as_slice();
    let plan = Plan::new(&graph, &parse(bound)?, ran.as_ref())?;
    let late = |part: &Part| cut::late(parse(bound)?, &plan, part);
    let pieces = plan
        .pieces()
        .map(|(name, piece)| {
            let halves = Halves { now: cut::piece(parse(bound)?, &plan, piece)?, late: late(piece)? };
            Ok((name.to_owned(), halves))
        })
        .collect::<Result<_>>()?;
    let script = fs::read_to_string(folder.join("loopscope.js"))?;
    let (now, script) = cut::primary(parse(bound)?, &plan, &script)?;
    Ok(Parts { primary: Halves { now, late: late(plan.primary())? }, pieces, script })
}

/// Looks what runs of the wasm, and makes functions of their own of the stretches that rarely do.
fn watch(bound: &[u8], folder: &Path, graph: &mut Graph) -> Result<(Vec<u8>, Option<Ran>)> {
    let mut module = parse(bound)?;
    let marks = Marks::put(&mut module);
    let Some(mut ran) = Ran::watch(&module.emit_wasm(), folder)? else { return Ok((bound.to_vec(), None)) };
    let cut = |function: &&Function| graph.knows(&name(function)) && !name(function).contains(ALLOCATOR);
    let functions = module.funcs.iter().filter(cut).map(Function::id).collect();
    let made =
        outline::all(&mut module, &marks, functions, &|beginning, stretch| ran.rarely(beginning, stretch));
    for function in module.funcs.iter() {
        if let Some(mark) = marks.beginning(function.id()) {
            ran.name(name(function), mark);
        }
    }
    for outlined in &made {
        ran.name(name(module.funcs.get(outlined.function)), outlined.mark);
    }
    marks.remove(&mut module);
    graph.outlined(&module, &made);
    Ok((module.emit_wasm(), Some(ran)))
}

fn parse(wasm: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    // The names are how functions are found again.
    config.generate_name_section(true).generate_producers_section(false);
    config.parse(wasm)
}
