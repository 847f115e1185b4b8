//! Who gets what: what all need, and what only one program needs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Result, ensure};
use walrus::ir::{Call, RefFunc, Visitor, dfs_in_order};
use walrus::{ExportItem, Function, FunctionId, FunctionKind, Module};

use super::graph::{Graph, Node};

/// The module of the functions that start the scenarios, as their symbols tell it.
const PROGRAMS: &str = "loopscope::scenarios::programs::";

/// Where each function and each constant goes.
pub(super) struct Plan<'a> {
    graph: &'a Graph,
    primary: BTreeSet<Node>,
    pieces: BTreeMap<String, BTreeSet<Node>>,
    /// What pieces call in the primary, numbered.
    shared: BTreeMap<String, usize>,
}

impl<'a> Plan<'a> {
    /// Plans the cut of the module that wasm-bindgen made of what the graph tells of.
    pub(super) fn new(graph: &'a Graph, module: &Module) -> Result<Plan<'a>> {
        let calls = calls(module);
        let programs: BTreeMap<_, _> =
            calls.keys().filter_map(|name| Some((program(name)?, name.clone()))).collect();
        ensure!(!programs.is_empty(), "there is no function under {PROGRAMS} to cut at");
        let closure =
            |roots: BTreeSet<Node>, fence: &dyn Fn(&Node) -> bool| closure(graph, &calls, roots, fence);

        let starts: BTreeSet<_> = programs.values().cloned().map(Node::Function).collect();
        let primary = closure(roots(graph, module), &|node| starts.contains(node));
        let pieces: BTreeMap<_, _> = programs
            .into_iter()
            .map(|(id, start)| (id, closure([Node::Function(start)].into(), &|node| primary.contains(node))))
            .collect();

        let called: BTreeSet<_> = pieces
            .values()
            .flatten()
            .filter_map(|node| if let Node::Function(name) = node { calls.get(name) } else { None })
            .flatten()
            .filter(|name| primary.contains(&Node::Function((*name).clone())))
            .cloned()
            .collect();
        let shared = called.into_iter().enumerate().map(|(number, name)| (name, number)).collect();
        Ok(Plan { graph, primary, pieces, shared })
    }

    /// The pieces by the names of their programs.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&str, &BTreeSet<Node>)> {
        self.pieces.iter().map(|(name, piece)| (name.as_str(), piece))
    }

    /// Whether a function stands in the primary.
    pub(super) fn is_primary(&self, function: &Function) -> bool {
        self.primary.contains(&Node::Function(name(function)))
    }

    /// What the primary hands to the pieces, with the short names by which it does so.
    pub(super) fn shared(&self, module: &Module) -> Vec<(String, FunctionId)> {
        let mut seen = BTreeMap::new();
        let mut shared = Vec::new();
        for function in module.funcs.iter() {
            let name = name(function);
            if let Some(number) = self.shared.get(&name) {
                // Some functions have a name in common; they come in one order in all copies of the module.
                let which = seen.entry(name).or_insert(0);
                shared.push((format!("shared{number}-{which}"), function.id()));
                *which += 1;
            }
        }
        shared
    }

    /// The bytes in memory that the primary can do without.
    pub(super) fn moved(&self) -> impl Iterator<Item = Range<u32>> {
        let pieces: BTreeSet<_> = self.pieces.values().flatten().collect();
        self.places(pieces.into_iter())
    }

    /// The bytes in memory that this piece brings.
    pub(super) fn places(&self, piece: impl Iterator<Item = &'a Node>) -> impl Iterator<Item = Range<u32>> {
        piece.filter_map(|node| {
            if let Node::Data(index) = node { Some(self.graph.data[*index].place.clone()) } else { None }
        })
    }
}

/// The name of the program that this symbol starts.
fn program(symbol: &str) -> Option<String> {
    let symbol = format!("{:#}", rustc_demangle::demangle(symbol));
    let id = symbol.strip_prefix(PROGRAMS)?;
    (!id.contains("::")).then(|| id.to_owned())
}

/// The name by which a function is known here and in the graph.
pub(super) fn name(function: &Function) -> String {
    function.name.clone().unwrap_or_else(|| format!("{:?}", function.id()))
}

/// What each function calls, or takes the address of without the linker's help.
fn calls(module: &Module) -> BTreeMap<String, BTreeSet<String>> {
    #[derive(Default)]
    struct Calls(BTreeSet<FunctionId>);
    impl Visitor<'_> for Calls {
        fn visit_call(&mut self, call: &Call) {
            self.0.insert(call.func);
        }
        fn visit_ref_func(&mut self, reference: &RefFunc) {
            self.0.insert(reference.func);
        }
    }
    let named = |function: FunctionId| name(module.funcs.get(function));
    let mut all = BTreeMap::new();
    for function in module.funcs.iter() {
        let mut calls = Calls::default();
        if let FunctionKind::Local(body) = &function.kind {
            dfs_in_order(&mut calls, body, body.entry_block());
        }
        all.entry(name(function)).or_insert_with(BTreeSet::new).extend(calls.0.into_iter().map(named));
    }
    all
}

/// What is needed in any case: what JavaScript can call or gives, what wasm-bindgen made, and what may change.
fn roots(graph: &Graph, module: &Module) -> BTreeSet<Node> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    });
    let foreign = module
        .funcs
        .iter()
        .filter(|function| !matches!(function.kind, FunctionKind::Local(_)) || !graph.knows(&name(function)));
    let functions = exported.chain(module.start).chain(foreign.map(Function::id));
    let state = graph.data.iter().enumerate().filter(|(_, datum)| !datum.constant);
    functions
        .map(|function| Node::Function(name(module.funcs.get(function))))
        .chain(state.map(|(index, _)| Node::Data(index)))
        .collect()
}

/// Everything that these need, up to the fence.
fn closure(
    graph: &Graph,
    calls: &BTreeMap<String, BTreeSet<String>>,
    roots: BTreeSet<Node>,
    fence: &dyn Fn(&Node) -> bool,
) -> BTreeSet<Node> {
    let mut open: Vec<_> = roots.iter().cloned().collect();
    let mut all = roots;
    while let Some(node) = open.pop() {
        let called = match &node {
            Node::Function(name) => calls.get(name),
            Node::Data(_) => None,
        };
        let called = called.into_iter().flatten().cloned().map(Node::Function);
        for needed in graph.needs(&node).cloned().chain(called) {
            if !fence(&needed) && all.insert(needed.clone()) {
                open.push(needed);
            }
        }
    }
    all
}
