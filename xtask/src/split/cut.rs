//! The cut itself: the primary and the pieces, and of each what can wait, made from copies of the whole.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use walrus::ir::Value;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, Function, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportId, ImportKind, ImportedFunction, MemoryId, Module, TableId, passes,
};

use super::gate::Gate;
use super::glue;
use super::graph::Node;
use super::plan::{Part, Plan, name, size};
use super::slots::{letters, runs};

/// What all others call the primary; a function that is handed over goes by its place in the primary's table.
const PRIMARY: &str = "$";

/// The names under which the primary hands these to all others.
pub(super) const MEMORY: &str = "memory";
const TABLE: &str = "table";

/// The whole without what only pieces need; and the script that goes with it, made of the one that went with the whole.
pub(super) fn primary(mut module: Module, plan: &Plan, script: &str) -> Result<(Vec<u8>, String)> {
    let (memory, table) = (memory(&module)?, table(&module)?);
    let globals = globals(&module);
    fill_with_absent(&mut module, plan);
    fill_with_zeros(&mut module, plan)?;
    if !module.exports.iter().any(|export| export.name == MEMORY) {
        module.exports.add(MEMORY, memory);
    }
    widen(&mut module, plan, table);
    hand_over(&mut module, plan, table, |function| plan.is_shared(function));
    module.exports.add(TABLE, table);
    for (index, global) in globals.into_iter().enumerate() {
        module.exports.add(&format!("global{index}"), global);
    }
    stand_in(&mut module, plan, plan.primary(), table);
    passes::gc::run(&mut module);
    let script = glue::adapt(script, &mut module)?;
    Ok((finish(module)?, script))
}

/// What only this program needs.
pub(super) fn piece(mut module: Module, plan: &Plan, part: &Part) -> Result<Vec<u8>> {
    let own = chosen(&module, |function| part.holds(function));
    let (memory, table) =
        begin(&mut module, plan, |function| plan.is_shared(function) && !part.holds(function))?;
    let own = own.iter().map(|id| module.funcs.get(*id));
    let placed = plan.slots().places(own, |function| plan.is_sought(function) && !part.is_late(function));
    place(&mut module, placed, table);
    fill(&mut module, plan, &part.now, memory)?;
    hand_over(&mut module, plan, table, |function| part.shared.contains(&name(function)));
    stand_in(&mut module, plan, part, table);
    finish(module)
}

/// What can wait of the primary or of a piece.
pub(super) fn late(mut module: Module, plan: &Plan, part: &Part) -> Result<Vec<u8>> {
    let own = chosen(&module, |function| part.is_late(function));
    let foreign = |function: &Function| {
        (plan.is_shared(function) || part.shared.contains(&name(function))) && !part.is_late(function)
    };
    let (memory, table) = begin(&mut module, plan, foreign)?;
    let own = own.iter().map(|id| module.funcs.get(*id));
    let placed = plan.slots().places(own, |_| true);
    place(&mut module, placed, table);
    fill(&mut module, plan, &part.late, memory)?;
    finish(module)
}

/// Lets these functions be other parts', as all state is the primary's, and leaves nothing at a place.
fn begin(
    module: &mut Module,
    plan: &Plan,
    foreign: impl Fn(&Function) -> bool,
) -> Result<(MemoryId, TableId)> {
    module.start = None;
    clear(module);
    import_state(module)?;
    for function in chosen(module, foreign) {
        import_function(module, plan, function);
    }
    let table = table(module)?;
    widen(module, plan, table);
    Ok((memory(module)?, table))
}

/// Makes room in the table for those that had no place there.
fn widen(module: &mut Module, plan: &Plan, table: TableId) {
    let size = plan.slots().size().into();
    let table = module.tables.get_mut(table);
    table.initial = size;
    table.maximum = Some(size);
}

/// The functions of which this is true.
fn chosen(module: &Module, is: impl Fn(&Function) -> bool) -> Vec<FunctionId> {
    module.funcs.iter().filter(|function| is(function)).map(Function::id).collect()
}

/// A table has no holes: the pieces' places are held for them by what can only trap.
fn fill_with_absent(module: &mut Module, plan: &Plan) {
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
                if *function != absent && !plan.primary().holds(funcs.get(*function)) {
                    *function = absent;
                }
            }
        }
    }
}

/// What others bring is nothing until then, and packs well.
fn fill_with_zeros(module: &mut Module, plan: &Plan) -> Result<()> {
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
    Ok(())
}

/// Lets something stand for what can wait.
fn stand_in(module: &mut Module, plan: &Plan, part: &Part, table: TableId) {
    let gate = Gate::new(module, table);
    for id in chosen(module, |function| part.is_late(function)) {
        // Who has no place is called by nobody from outside.
        if let Some(slot) = plan.slots().late(module.funcs.get(id)) {
            gate.stand_in(module, id, slot);
        }
    }
}

/// Puts functions at their places in the table.
fn place(module: &mut Module, placed: BTreeMap<u32, FunctionId>, table: TableId) {
    for (place, functions) in runs(placed) {
        let kind = ElementKind::Active { table, offset: number(place) };
        let element = module.elements.add(kind, ElementItems::Functions(functions));
        module.tables.get_mut(table).elem_segments.insert(element);
    }
}

/// Puts constants at their places in the memory.
fn fill(module: &mut Module, plan: &Plan, nodes: &BTreeSet<Node>, memory: MemoryId) -> Result<()> {
    let constants = constants(module, plan, nodes)?;
    clear_data(module);
    for (place, bytes) in constants {
        let data = module.data.add(DataKind::Active { memory, offset: number(place) }, bytes);
        module.memories.get_mut(memory).data_segments.insert(data);
    }
    Ok(())
}

/// The bytes of these, neighbours together.
fn constants(module: &Module, plan: &Plan, nodes: &BTreeSet<Node>) -> Result<Vec<(u32, Vec<u8>)>> {
    /// A segment of its own costs more than a few bytes that stand there already.
    const GAP: u32 = 8;
    let mut runs: Vec<std::ops::Range<u32>> = Vec::new();
    for range in plan.places(nodes.iter()) {
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

/// Takes away all data.
fn clear_data(module: &mut Module) {
    let data: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    data.into_iter().for_each(|id| module.data.delete(id));
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
}

/// Takes away all exports and elements.
fn clear(module: &mut Module) {
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    elements.into_iter().for_each(|id| module.elements.delete(id));
    module.tables.iter_mut().for_each(|table| table.elem_segments.clear());
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

/// Puts what is handed to others at its places, where the linker has not given it one.
fn hand_over(module: &mut Module, plan: &Plan, table: TableId, is_handed: impl Fn(&Function) -> bool) {
    let handed = module.funcs.iter().filter(|function| is_handed(function));
    let handed = handed.filter(|function| !plan.slots().is_linked(function));
    let placed =
        handed.filter_map(|function| Some((plan.slots().handed(function)?, function.id()))).collect();
    place(module, placed, table);
}

/// Lets a function be another part's.
fn import_function(module: &mut Module, plan: &Plan, function: FunctionId) {
    let ty = module.funcs.get(function).ty();
    if let FunctionKind::Import(foreign) = &module.funcs.get(function).kind {
        module.imports.delete(foreign.import);
    }
    let place = plan.slots().handed(module.funcs.get(function)).expect("what is handed over has a place");
    let import: ImportId = module.imports.add(PRIMARY, &letters(place), ImportKind::Function(function));
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
    // By their names they are put in order at last. The smallest first packs best.
    let names: Vec<_> =
        module.funcs.iter().map(|function| (function.id(), size(function), name(function))).collect();
    for (id, size, name) in names {
        module.funcs.get_mut(id).name = Some(format!("{size:06} {name}"));
    }
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
