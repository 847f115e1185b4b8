//! Who is reached from where.

use std::collections::{BTreeMap, BTreeSet};

use walrus::ir::{Call, RefFunc, Visitor, dfs_in_order};
use walrus::{FunctionId, FunctionKind, Module};

use super::graph::{Graph, Node};
use super::plan::name;

/// What each function calls, or takes the address of without the linker's help.
pub(super) fn calls(module: &Module) -> BTreeMap<String, BTreeSet<String>> {
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

/// Everything that these need, up to the fence.
pub(super) fn closure(
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
