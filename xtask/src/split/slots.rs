//! The table through which functions are called by their number.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use walrus::ir::Value;
use walrus::{ConstExpr, ElementItems, ElementKind, Function, FunctionId, Module};

use super::plan::name;

/// Where in the table functions have their places. Functions are known by their number, which is the same in all copies
/// of the module.
pub(super) struct Slots {
    /// Where the linker put those whose address is taken.
    linked: BTreeMap<usize, u32>,
    /// Where those are found that can wait, and nobody until they come.
    late: BTreeMap<usize, u32>,
    /// Where one part of the wasm finds those that another hands to it.
    handed: BTreeMap<usize, u32>,
    size: u32,
}

impl Slots {
    /// Reads the table as the linker laid it out.
    pub(super) fn read(module: &Module) -> Result<Slots> {
        let table = module.tables.main_function_table()?.context("the wasm has no table of functions")?;
        let mut slots = Slots {
            linked: BTreeMap::new(),
            late: BTreeMap::new(),
            handed: BTreeMap::new(),
            size: u32::try_from(module.tables.get(table).initial)?,
        };
        for element in module.elements.iter() {
            let (ElementKind::Active { offset, .. }, ElementItems::Functions(functions)) =
                (&element.kind, &element.items)
            else {
                continue;
            };
            let ConstExpr::Value(Value::I32(start)) = offset else { bail!("a place is not a number") };
            slots.linked.extend(functions.iter().map(|id| id.index()).zip(start.cast_unsigned()..));
        }
        Ok(slots)
    }

    /// Gives a place at the end to each of these that can wait.
    pub(super) fn add(&mut self, module: &Module, names: &BTreeSet<String>) {
        for function in module.funcs.iter().filter(|function| names.contains(&name(function))) {
            self.late.entry(function.id().index()).or_insert_with(|| {
                self.size += 1;
                self.size - 1
            });
        }
    }

    /// Gives a place to each of these that one part hands to another: the linker's, where it gave one.
    pub(super) fn hand<'a>(&mut self, functions: impl Iterator<Item = &'a Function>) {
        for function in functions {
            let number = function.id().index();
            let place = self.linked.get(&number).copied().unwrap_or(self.size);
            self.size = self.size.max(place + 1);
            self.handed.insert(number, place);
        }
    }

    /// Whether somebody may call this function by its number.
    pub(super) fn is_linked(&self, function: &Function) -> bool {
        self.linked.contains_key(&function.id().index())
    }

    /// Where a function is found that can wait.
    pub(super) fn late(&self, function: &Function) -> Option<u32> {
        self.late.get(&function.id().index()).copied()
    }

    /// Where a function is found that one part hands to another.
    pub(super) fn handed(&self, function: &Function) -> Option<u32> {
        self.handed.get(&function.id().index()).copied()
    }

    /// How many places there are.
    pub(super) fn size(&self) -> u32 {
        self.size
    }

    /// The places of these functions; `here` says whether one of them is there itself, and not only what stands for it.
    pub(super) fn places<'a>(
        &self,
        functions: impl Iterator<Item = &'a Function>,
        here: impl Fn(&Function) -> bool,
    ) -> BTreeMap<u32, FunctionId> {
        let mut placed = BTreeMap::new();
        for function in functions {
            let (id, number) = (function.id(), function.id().index());
            let own = self.late.get(&number).filter(|_| here(function));
            let all = self.linked.get(&number).into_iter().chain(own);
            placed.extend(all.map(|place| (*place, id)));
        }
        placed
    }
}

/// What is at these places, neighbours together.
pub(super) fn runs(placed: BTreeMap<u32, FunctionId>) -> Vec<(u32, Vec<FunctionId>)> {
    let mut runs: Vec<(u32, Vec<FunctionId>)> = Vec::new();
    for (place, function) in placed {
        match runs.last_mut() {
            Some((start, run)) if *start as usize + run.len() == place as usize => run.push(function),
            _ => runs.push((place, vec![function])),
        }
    }
    runs
}

/// A place as JavaScript reads it, to the base 36.
pub(super) fn letters(mut place: u32) -> String {
    let mut digits = Vec::new();
    while place > 0 || digits.is_empty() {
        digits.extend(char::from_digit(place % 36, 36));
        place /= 36;
    }
    digits.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn places_are_written_with_letters() {
        assert_eq!([0, 35, 36, 1171].map(letters), ["0", "z", "10", "wj"]);
    }
}
