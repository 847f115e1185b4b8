//! Who gets what: what all need, what only one program needs, and what of both can wait.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Result, ensure};
use walrus::{ExportItem, Function, FunctionKind, Module};

use super::graph::{Graph, Node};
use super::ran::Ran;
use super::reach::{calls, closure};
use super::slots::Slots;

/// The module of the functions that start the scenarios, as their symbols tell it.
const PROGRAMS: &str = "loopscope::scenarios::programs::";

/// So few instructions are no more than what would stand for them.
const SMALL: u64 = 6;

/// In the names of the allocator's functions: which of them run depends on all that was allocated before.
pub(super) const ALLOCATOR: &str = "8dlmalloc";

/// Where each function and each constant goes.
pub(super) struct Plan<'a> {
    graph: &'a Graph,
    primary: Part,
    pieces: BTreeMap<String, Part>,
    slots: Slots,
    /// What the primary hands to all others.
    shared: BTreeSet<String>,
    /// What is looked for where it comes late by others than those that bring it.
    sought: BTreeSet<String>,
}

/// What is needed at one time, and what of it can wait until it is really called.
#[derive(Default)]
pub(super) struct Part {
    pub(super) now: BTreeSet<Node>,
    pub(super) late: BTreeSet<Node>,
    /// What the late half calls of the other.
    pub(super) shared: BTreeSet<String>,
}

impl Part {
    /// Whether a function is in it that can wait.
    pub(super) fn is_late(&self, function: &Function) -> bool {
        self.late.contains(&Node::Function(name(function)))
    }

    /// Whether a function is in it that is needed.
    fn is_now(&self, function: &Function) -> bool {
        self.now.contains(&Node::Function(name(function)))
    }

    /// Whether a function is in it.
    pub(super) fn holds(&self, function: &Function) -> bool {
        self.is_now(function) || self.is_late(function)
    }

    /// Whether it calls or holds this by itself.
    fn functions(&self) -> impl Iterator<Item = &String> {
        functions(&self.now).chain(functions(&self.late))
    }
}

impl<'a> Plan<'a> {
    /// Plans the cut of the module that wasm-bindgen made of what the graph tells of. Where it is known what ran, the
    /// rest can wait.
    pub(super) fn new(graph: &'a Graph, module: &Module, ran: Option<&Ran>) -> Result<Plan<'a>> {
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

        let small = small(graph, module);
        let foreign: BTreeSet<_> = foreign(graph, module).map(name).collect();
        let divide = |whole, runs: &dyn Fn(&Ran, &str) -> bool| {
            divide(graph, whole, |function| {
                small.contains(function)
                    || foreign.contains(function)
                    || function.contains(ALLOCATOR)
                    || ran.is_none_or(|ran| runs(ran, function))
            })
        };
        let primary = divide(primary, &Ran::always);
        let mut pieces: BTreeMap<_, _> = pieces
            .into_iter()
            .map(|(id, mut piece)| {
                let runs = |ran: &Ran, function: &str| ran.by(&id, function);
                // What its program is known to run of what is late of the primary it brings by itself.
                let brought = functions(&primary.late).filter(|name| ran.is_some_and(|ran| runs(ran, name)));
                piece.extend(brought.cloned().map(Node::Function).collect::<Vec<_>>());
                // And the constants, whether they come with the primary's late half or not: that is not here yet.
                let piece = graph.with_data(piece, &primary.late);
                let part = divide(piece, &runs);
                (id, part)
            })
            .collect();

        let called = |by: &mut dyn Iterator<Item = &String>, of: &BTreeSet<Node>| -> BTreeSet<String> {
            let called: BTreeSet<_> = by.filter_map(|name| calls.get(name)).flatten().collect();
            called.into_iter().filter(|name| of.contains(&Node::Function((*name).clone()))).cloned().collect()
        };
        let mut shared = called(&mut functions(&primary.late), &primary.now);
        let mut slots = Slots::read(module)?;
        // What can wait has a place in the table if somebody calls it who does not come with it.
        let linked = |slots: &Slots, of: &BTreeSet<Node>| -> BTreeSet<String> {
            let linked = module.funcs.iter().filter(|function| slots.is_linked(function)).map(name);
            linked.filter(|name| of.contains(&Node::Function(name.clone()))).collect()
        };
        let exported = module.exports.iter().filter_map(|export| match export.item {
            ExportItem::Function(function) => Some(name(module.funcs.get(function))),
            _ => None,
        });
        let mut sought = called(&mut functions(&primary.now), &primary.late);
        sought.extend(exported.filter(|name| primary.late.contains(&Node::Function(name.clone()))));
        let mut asked = linked(&slots, &primary.late);
        asked.extend(sought.iter().cloned());
        for part in pieces.values_mut() {
            let foreign =
                |of: &BTreeSet<Node>| called(&mut part.functions(), &(of - &(&part.now | &part.late)));
            shared.extend(foreign(&primary.now));
            let of_late = foreign(&primary.late);
            shared.extend(of_late.iter().cloned());
            asked.extend(of_late);
            slots.add(module, &called(&mut functions(&part.now), &part.late));
            // What stands for it may come into the place of one that is there, and has to find it.
            let stood_for = linked(&slots, &part.late);
            slots.add(module, &stood_for);
            sought.extend(stood_for);
            part.shared = called(&mut functions(&part.late), &part.now);
        }
        slots.add(module, &asked);
        for part in pieces.values().chain([&primary]) {
            let here = &part.now | &primary.now;
            ensure!(graph.has_data(&part.now, &here), "a function comes without its constants");
            ensure!(
                graph.has_data(&part.late, &(&here | &part.late)),
                "a late function comes without its constants"
            );
        }
        let handed: BTreeSet<_> = pieces.values().flat_map(|part| &part.shared).chain(&shared).collect();
        let mut handed: Vec<_> =
            module.funcs.iter().filter(|function| handed.contains(&name(function))).collect();
        // As they will stand in the primary at last: sequences pack well.
        handed.sort_by_key(|function| {
            let now = primary.is_now(function);
            (!now, !shared.contains(&name(function)), now.then(|| size(function)), function.id())
        });
        slots.hand(handed.into_iter());
        Ok(Plan { graph, primary, pieces, slots, shared, sought })
    }

    /// What everything needs.
    pub(super) fn primary(&self) -> &Part {
        &self.primary
    }

    /// What only one program needs, by the programs' names.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&str, &Part)> {
        self.pieces.iter().map(|(name, piece)| (name.as_str(), piece))
    }

    /// Where functions have their places in the table.
    pub(super) fn slots(&self) -> &Slots {
        &self.slots
    }

    /// Whether the primary hands this function to others.
    pub(super) fn is_shared(&self, function: &Function) -> bool {
        self.shared.contains(&name(function))
    }

    /// Whether others look for this function where it comes late: the primary, or what stands for it in the linker's place.
    pub(super) fn is_sought(&self, function: &Function) -> bool {
        self.sought.contains(&name(function))
    }

    /// The bytes in memory that the primary can do without at first.
    pub(super) fn moved(&self) -> impl Iterator<Item = Range<u32>> {
        let parts = self.pieces.values().flat_map(|piece| piece.now.iter().chain(&piece.late));
        let moved: BTreeSet<_> = parts.chain(&self.primary.late).collect();
        self.places(moved.into_iter())
    }

    /// The bytes in memory that these bring.
    pub(super) fn places<'b>(
        &self,
        nodes: impl Iterator<Item = &'b Node>,
    ) -> impl Iterator<Item = Range<u32>> {
        nodes.filter_map(|node| {
            if let Node::Data(index) = node { Some(self.graph.data[*index].place.clone()) } else { None }
        })
    }
}

/// The functions among these, by their names.
fn functions(nodes: &BTreeSet<Node>) -> impl Iterator<Item = &String> {
    nodes.iter().filter_map(|node| if let Node::Function(name) = node { Some(name) } else { None })
}

/// The functions that are not worth a place of their own, and bring nothing that is.
fn small(graph: &Graph, module: &Module) -> BTreeSet<String> {
    let has_data =
        |name: String| graph.needs(&Node::Function(name)).any(|node| matches!(node, Node::Data(_)));
    let is_small = |function: &&Function| {
        matches!(function.kind, FunctionKind::Local(_))
            && size(function) <= SMALL
            && !has_data(name(function))
    };
    module.funcs.iter().filter(is_small).map(name).collect()
}

/// How many instructions a function has.
pub(super) fn size(function: &Function) -> u64 {
    if let FunctionKind::Local(body) = &function.kind { body.size() } else { 0 }
}

/// Divides these: functions that are needed now, the constants that those need, what may change; and all the others.
fn divide(graph: &Graph, whole: BTreeSet<Node>, is_now: impl Fn(&str) -> bool) -> Part {
    let begin = whole.iter().filter(|node| match node {
        Node::Function(name) => is_now(name),
        Node::Data(index) => !graph.data[*index].constant,
    });
    let now = graph.with_data(begin.cloned().collect(), &whole);
    let late = whole.difference(&now).cloned().collect();
    Part { now, late, ..Part::default() }
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

/// What is needed in any case: what JavaScript can call or gives, what wasm-bindgen made, and what may change.
fn roots(graph: &Graph, module: &Module) -> BTreeSet<Node> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    });
    let functions = exported.chain(module.start).chain(foreign(graph, module).map(Function::id));
    let state = graph.data.iter().enumerate().filter(|(_, datum)| !datum.constant);
    functions
        .map(|function| Node::Function(name(module.funcs.get(function))))
        .chain(state.map(|(index, _)| Node::Data(index)))
        .collect()
}

/// What JavaScript gives, and what wasm-bindgen made.
fn foreign<'a>(graph: &'a Graph, module: &'a Module) -> impl Iterator<Item = &'a Function> {
    module
        .funcs
        .iter()
        .filter(|function| !matches!(function.kind, FunctionKind::Local(_)) || !graph.knows(&name(function)))
}
