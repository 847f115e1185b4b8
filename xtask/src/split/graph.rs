//! Which function and which constant of a linked wasm needs which, as the linker's relocations tell.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::Result;
use walrus::ir::{Const, Load, Store, Value, Visitor, dfs_in_order};
use walrus::{FunctionId, FunctionKind, Module};

use super::linked::Linked;
use super::outline::Outlined;
use super::plan::name;

/// A function by its name, or a constant by its place among the constants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A function.
    Function(String),
    /// Bytes in memory.
    Data(usize),
}

/// Bytes of the memory's first content that go by one name.
#[derive(Debug)]
pub(super) struct Datum {
    /// Where they lie in memory.
    pub(super) place: Range<u32>,
    /// Whether they never change, so that they may be written when they are first needed.
    pub(super) constant: bool,
}

/// All of a linked wasm.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// The constants, by their place in memory.
    pub(super) data: Vec<Datum>,
    /// Who needs whom.
    pub(super) needs: BTreeMap<Node, BTreeSet<Node>>,
    /// All functions, by their names.
    pub(super) functions: BTreeSet<String>,
    /// The addresses of constants that stand in each function.
    pub(super) addresses: BTreeMap<String, BTreeMap<u32, Node>>,
}

impl Graph {
    /// What this one needs by name or by address.
    pub(super) fn needs(&self, node: &Node) -> impl Iterator<Item = &Node> {
        self.needs.get(node).into_iter().flatten()
    }

    /// These and the constants that they need, as far as they are within.
    pub(super) fn with_data(&self, mut all: BTreeSet<Node>, within: &BTreeSet<Node>) -> BTreeSet<Node> {
        let mut open: Vec<_> = all.iter().cloned().collect();
        while let Some(node) = open.pop() {
            let data =
                self.needs(&node).filter(|needed| matches!(needed, Node::Data(_)) && within.contains(needed));
            for needed in data {
                if all.insert(needed.clone()) {
                    open.push(needed.clone());
                }
            }
        }
        all
    }

    /// Whether the constants that these need are among those that are here.
    pub(super) fn has_data(&self, nodes: &BTreeSet<Node>, here: &BTreeSet<Node>) -> bool {
        let mut needed = nodes.iter().flat_map(|node| self.needs(node));
        needed.all(|node| matches!(node, Node::Function(_)) || here.contains(node))
    }

    /// Reads a wasm that was linked with `--emit-relocs`.
    pub(super) fn read(wasm: &[u8]) -> Result<Graph> {
        Linked::read(wasm)?.graph()
    }

    /// Whether the linker spoke of this function.
    pub(super) fn knows(&self, function: &str) -> bool {
        self.functions.contains(function)
    }

    /// Takes note of functions that were made of parts of others: each needs the constants whose addresses stand in it.
    pub(super) fn outlined(&mut self, module: &Module, made: &[Outlined]) {
        let mut families: BTreeMap<FunctionId, Vec<FunctionId>> = BTreeMap::new();
        for outlined in made {
            families.entry(outlined.of).or_default().push(outlined.function);
        }
        for (whole, mut members) in families {
            let of = name(module.funcs.get(whole));
            // Some go by the same name.
            members.extend(
                module.funcs.iter().filter(|function| name(function) == of).map(walrus::Function::id),
            );
            let numbers: Vec<_> = members.iter().map(|member| numbers(module, *member)).collect();
            let found: BTreeSet<_> = numbers.iter().flatten().copied().collect();
            let addresses = self.addresses.remove(&of).unwrap_or_default();
            if let Some(needs) = self.needs.get_mut(&Node::Function(of)) {
                needs.retain(|node| matches!(node, Node::Function(_)));
            }
            for (member, numbers) in members.iter().zip(&numbers) {
                let member = name(module.funcs.get(*member));
                self.functions.insert(member.clone());
                // Where an address is not found again, it may be anywhere.
                let own = addresses
                    .iter()
                    .filter(|(address, _)| numbers.contains(address) || !found.contains(address));
                self.needs
                    .entry(Node::Function(member))
                    .or_default()
                    .extend(own.map(|(_, node)| node.clone()));
            }
        }
    }

    /// The constant at an address.
    pub(super) fn datum_at(&self, address: u32) -> Option<Node> {
        let after = self.data.partition_point(|datum| datum.place.end <= address);
        self.data.get(after)?.place.contains(&address).then_some(Node::Data(after))
    }
}

/// The numbers that stand in a function.
fn numbers(module: &Module, function: FunctionId) -> BTreeSet<u32> {
    #[derive(Default)]
    struct Numbers(BTreeSet<u32>);
    impl Visitor<'_> for Numbers {
        fn visit_const(&mut self, instruction: &Const) {
            if let Value::I32(number) = instruction.value {
                self.0.insert(number.cast_unsigned());
            }
        }
        fn visit_load(&mut self, load: &Load) {
            self.0.extend(u32::try_from(load.arg.offset));
        }
        fn visit_store(&mut self, store: &Store) {
            self.0.extend(u32::try_from(store.arg.offset));
        }
    }
    let mut numbers = Numbers::default();
    if let FunctionKind::Local(body) = &module.funcs.get(function).kind {
        dfs_in_order(&mut numbers, body, body.entry_block());
    }
    numbers.0
}
