//! The cut itself: the primary and the pieces, each from a copy of the whole.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use walrus::ir::Value;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportId, ImportKind, ImportedFunction, MemoryId, Module, TableId, passes,
};

use super::graph::Node;
use super::plan::{Plan, name};

/// What the pieces call the primary.
const PRIMARY: &str = "primary";

/// The names under which the primary hands these to the pieces.
const MEMORY: &str = "memory";
const TABLE: &str = "table";

/// The whole without what only pieces need.
pub(super) fn primary(mut module: Module, plan: &Plan) -> Result<Vec<u8>> {
    let (memory, table) = (memory(&module)?, table(&module)?);
    // A table has no holes: a piece's places are held for it by what can only trap.
    let absent = {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        builder.name("absent".into()).func_body().unreachable();
        builder.finish(vec![], &mut module.funcs)
    };
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    for id in elements {
        let funcs = &module.funcs;
        if let ElementItems::Functions(functions) = &mut module.elements.get_mut(id).items {
            for function in functions {
                if *function != absent && !plan.is_primary(funcs.get(*function)) {
                    *function = absent;
                }
            }
        }
    }
    let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for range in plan.moved() {
        for id in &segments {
            let data = module.data.get_mut(*id);
            let start = address(&data.kind)?;
            let end = start + u32::try_from(data.value.len())?;
            if start <= range.start && range.end <= end {
                data.value[(range.start - start) as usize..(range.end - start) as usize].fill(0);
            }
        }
    }
    for (name, function) in plan.shared(&module) {
        module.exports.add(&name, function);
    }
    if !module.exports.iter().any(|export| export.name == MEMORY) {
        module.exports.add(MEMORY, memory);
    }
    module.exports.add(TABLE, table);
    for (index, global) in globals(&module).into_iter().enumerate() {
        module.exports.add(&format!("global{index}"), global);
    }
    finish(module)
}

/// What only this program needs.
pub(super) fn piece(mut module: Module, plan: &Plan, piece: &BTreeSet<Node>) -> Result<Vec<u8>> {
    let slots = slots(&module, plan, piece)?;
    let constants = constants(&module, plan, piece)?;
    module.start = None;
    clear(&mut module);
    import_state(&mut module)?;
    for (name, function) in plan.shared(&module) {
        import_function(&mut module, &name, function);
    }
    let (memory, table) = (memory(&module)?, table(&module)?);
    for (place, functions) in slots {
        let kind = ElementKind::Active { table, offset: number(place) };
        let element = module.elements.add(kind, ElementItems::Functions(functions));
        module.tables.get_mut(table).elem_segments.insert(element);
    }
    for (place, bytes) in constants {
        let data = module.data.add(DataKind::Active { memory, offset: number(place) }, bytes);
        module.memories.get_mut(memory).data_segments.insert(data);
    }
    finish(module)
}

/// The places in the table that are this piece's, neighbours together.
fn slots(module: &Module, plan: &Plan, piece: &BTreeSet<Node>) -> Result<Vec<(u32, Vec<FunctionId>)>> {
    let mut slots: Vec<(u32, Vec<FunctionId>)> = Vec::new();
    for element in module.elements.iter() {
        let (ElementKind::Active { offset, .. }, ElementItems::Functions(functions)) =
            (&element.kind, &element.items)
        else {
            continue;
        };
        for (place, id) in (value(offset)?..).zip(functions) {
            let function = module.funcs.get(*id);
            if plan.is_primary(function) || !piece.contains(&Node::Function(name(function))) {
                continue;
            }
            match slots.last_mut() {
                Some((start, run)) if *start as usize + run.len() == place as usize => run.push(*id),
                _ => slots.push((place, vec![*id])),
            }
        }
    }
    Ok(slots)
}

/// The bytes that are this piece's, neighbours together.
fn constants(module: &Module, plan: &Plan, piece: &BTreeSet<Node>) -> Result<Vec<(u32, Vec<u8>)>> {
    /// A segment of its own costs more than a few bytes that stand there already.
    const GAP: u32 = 8;
    let mut runs: Vec<std::ops::Range<u32>> = Vec::new();
    for range in plan.places(piece.iter()) {
        match runs.last_mut() {
            Some(last) if range.start <= last.end + GAP => last.end = last.end.max(range.end),
            _ => runs.push(range),
        }
    }
    let mut constants = Vec::new();
    for run in runs {
        let mut found = None;
        for data in module.data.iter() {
            let start = address(&data.kind)?;
            let end = start + u32::try_from(data.value.len())?;
            if start <= run.start && run.end <= end {
                found = Some(data.value[(run.start - start) as usize..(run.end - start) as usize].to_vec());
            }
        }
        constants.push((run.start, found.context("a constant lies in no one segment")?));
    }
    Ok(constants)
}

/// Takes away all exports, elements and data.
fn clear(module: &mut Module) {
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    elements.into_iter().for_each(|id| module.elements.delete(id));
    let data: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    data.into_iter().for_each(|id| module.data.delete(id));
    module.tables.iter_mut().for_each(|table| table.elem_segments.clear());
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
}

/// Lets the memory, the table and the globals be the primary's.
fn import_state(module: &mut Module) -> Result<()> {
    let (memory, table) = (memory(module)?, table(module)?);
    let import = module.imports.add(PRIMARY, MEMORY, ImportKind::Memory(memory));
    module.memories.get_mut(memory).import = Some(import);
    let import = module.imports.add(PRIMARY, TABLE, ImportKind::Table(table));
    module.tables.get_mut(table).import = Some(import);
    for (index, global) in globals(module).into_iter().enumerate() {
        let import = module.imports.add(PRIMARY, &format!("global{index}"), ImportKind::Global(global));
        module.globals.get_mut(global).kind = GlobalKind::Import(import);
    }
    Ok(())
}

/// Lets a function be the primary's.
fn import_function(module: &mut Module, name: &str, function: FunctionId) {
    let ty = module.funcs.get(function).ty();
    if let FunctionKind::Import(foreign) = &module.funcs.get(function).kind {
        module.imports.delete(foreign.import);
    }
    let import: ImportId = module.imports.add(PRIMARY, name, ImportKind::Function(function));
    module.funcs.get_mut(function).kind = FunctionKind::Import(ImportedFunction { import, ty });
}

fn finish(mut module: Module) -> Result<Vec<u8>> {
    // The relocations spoke of the whole.
    let customs: Vec<_> = module
        .customs
        .iter()
        .filter(|(_, section)| section.name() == "linking" || section.name().starts_with("reloc."))
        .map(|(id, _)| id)
        .collect();
    customs.into_iter().for_each(|id| drop(module.customs.delete(id)));
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

fn memory(module: &Module) -> Result<MemoryId> {
    module.memories.iter().next().map(walrus::Memory::id).context("the wasm has no memory")
}

fn table(module: &Module) -> Result<TableId> {
    module.tables.main_function_table()?.context("the wasm has no table of functions")
}

fn globals(module: &Module) -> Vec<walrus::GlobalId> {
    module.globals.iter().map(walrus::Global::id).collect()
}

fn address(kind: &DataKind) -> Result<u32> {
    match kind {
        DataKind::Active { offset, .. } => value(offset),
        DataKind::Passive => anyhow::bail!("a segment has no place"),
    }
}

fn value(constant: &ConstExpr) -> Result<u32> {
    match constant {
        ConstExpr::Value(Value::I32(number)) => Ok(number.cast_unsigned()),
        _ => anyhow::bail!("a place is not a number"),
    }
}

fn number(place: u32) -> ConstExpr {
    ConstExpr::Value(Value::I32(place.cast_signed()))
}
