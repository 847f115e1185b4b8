//! Makes functions of their own of the stretches of functions that rarely run, so that they can wait as others do.
//!
//! What a stretch reads becomes its function's parameters; what it writes, and at which of its exits it was left, it
//! hands back.

use std::collections::{BTreeMap, HashMap, HashSet};

use walrus::ir::{
    BinaryOp, Binop, Block, Br, Call, Const, IfElse, Instr, InstrLocId, InstrSeqId, LocalGet, LocalSet, Loop,
    Return, Value,
};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, LocalId, Module, ValType};

use super::height;
use super::live::Live;
use super::marks::{Marks, inner};
use super::plan::name;
use super::region::{Exit, Region};
use super::results::{Results, Spills};

type Instructions = Vec<(Instr, InstrLocId)>;

/// A function that was made, by the number of the mark at its beginning, and the one of which it was a part.
pub(super) struct Outlined {
    pub(super) function: FunctionId,
    pub(super) of: FunctionId,
    pub(super) mark: usize,
}

/// Outlines in all these functions; `is_rare` is asked with the marks at a function's beginning and at a stretch's.
pub(super) fn all(
    module: &mut Module,
    marks: &Marks,
    functions: Vec<FunctionId>,
    is_rare: &dyn Fn(usize, usize) -> bool,
) -> Vec<Outlined> {
    let (mut made, mut spills) = (Vec::new(), Spills::default());
    let mut open: Vec<_> =
        functions.into_iter().filter_map(|id| Some((id, id, marks.beginning(id)?))).collect();
    while let Some((id, of, beginning)) = open.pop() {
        while let Some((region, mark)) =
            find(module, marks, id, &|mark| mark != beginning && is_rare(beginning, mark))
        {
            let function = take_out(module, &mut spills, id, &region);
            module.funcs.get_mut(function).name = Some(format!("{}${mark}", name(module.funcs.get(of))));
            made.push(Outlined { function, of, mark });
            open.push((function, of, mark));
        }
    }
    made
}

/// The first stretch that rarely runs and is worth a function.
fn find(
    module: &Module,
    marks: &Marks,
    function: FunctionId,
    is_rare: &dyn Fn(usize) -> bool,
) -> Option<(Region, usize)> {
    let FunctionKind::Local(body) = &module.funcs.get(function).kind else { return None };
    let mut live = Live::new(body);
    let mut loops = HashSet::new();
    let mut open = vec![body.entry_block()];
    while let Some(seq) = open.pop() {
        let mut height = Some(0);
        for (place, (instruction, _)) in body.block(seq).iter().enumerate() {
            if let Some(mark) = marks.number(instruction) {
                // It begins with the number that is put into the mark.
                if height == Some(1) && is_rare(mark) {
                    let region = Region::new(module, body, &mut live, marks, (seq, place - 1), &loops);
                    if let Some(region) = region.filter(is_worth) {
                        return Some((region, mark));
                    }
                }
            }
            if let Instr::Loop(again) = instruction {
                loops.insert(again.seq);
            }
            open.extend(inner(instruction).into_iter().map(|(seq, _)| seq));
            let change = height::change(module, body, instruction);
            height = height.zip(change).map(|(height, change)| height + change);
        }
    }
    None
}

/// Whether a function of its own costs less than it spares, in instructions that come at once. What each costs was found
/// by trial: with these a first picture takes the fewest bytes.
fn is_worth(region: &Region) -> bool {
    let cost = 8 + 2 * region.reads.len() + region.writes.len() + 5 * region.exits.len();
    region.size > cost
}

/// Where a stretch leaves something at an exit.
struct Values {
    returned: Option<LocalId>,
    left: Option<LocalId>,
}

fn take_out(module: &mut Module, spills: &mut Spills, from: FunctionId, region: &Region) -> FunctionId {
    let mut local = |ty: Option<ValType>, exit: Exit| {
        ty.filter(|_| region.exits.contains(&exit)).map(|ty| module.locals.add(ty))
    };
    let values =
        Values { returned: local(region.returned, Exit::Return), left: local(region.left, Exit::Fall) };
    let which = (region.exits.len() > 1).then(|| module.locals.add(ValType::I32));
    let results: Vec<_> = which
        .into_iter()
        .chain(region.writes.iter().copied())
        .chain(values.returned)
        .chain(values.left)
        .collect();
    let results = spills.results(module, results);
    let ty = |local: LocalId| module.locals.get(local).ty();
    let params: Vec<_> = region.reads.iter().copied().map(ty).collect();
    let result: Vec<_> = results.first().map(ty).into_iter().collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &result);
    let body = module.funcs.get(from).kind.unwrap_local();
    Copy { body, region, values: &values, labels: HashMap::new() }.write(&mut builder, which, &results);
    let function = builder.finish(region.reads.clone(), &mut module.funcs);
    call(module, from, region, function, &values, which, &results);
    function
}

/// Calls the function where the stretch was, and goes on from there as the stretch did.
fn call(
    module: &mut Module,
    from: FunctionId,
    region: &Region,
    function: FunctionId,
    values: &Values,
    which: Option<LocalId>,
    results: &Results,
) {
    let body = module.funcs.get_mut(from).kind.unwrap_local_mut();
    let builder = body.builder_mut();
    let go = |exit: &Exit| -> Vec<Instr> {
        match exit {
            Exit::Fall => values.left.map(get).into_iter().collect(),
            Exit::Branch(block) => vec![Br { block: *block }.into()],
            Exit::Return => values.returned.map(get).into_iter().chain([Return {}.into()]).collect(),
        }
    };
    let mut after: Vec<Instr> = region.reads.iter().copied().map(get).collect();
    after.push(Call { func: function }.into());
    after.extend(results.take());
    match region.exits.split_first() {
        None => after.push(walrus::ir::Unreachable {}.into()),
        Some((first, others)) => {
            for (index, exit) in others.iter().enumerate() {
                let which = which.expect("who has two exits tells which");
                after.push(get(which));
                if others.len() > 1 {
                    after.push(number(index + 1));
                    after.push(Binop { op: BinaryOp::I32Eq }.into());
                }
                let consequent = filled(builder, go(exit));
                let alternative = filled(builder, vec![]);
                after.push(IfElse { consequent, alternative }.into());
            }
            after.extend(go(first));
        }
    }
    let mut seq = builder.instr_seq(region.seq);
    seq.instrs_mut().truncate(region.place);
    seq.instrs_mut().extend(placed(after));
}

fn filled(builder: &mut FunctionBuilder, instructions: Vec<Instr>) -> InstrSeqId {
    let mut seq = builder.dangling_instr_seq(None);
    *seq.instrs_mut() = placed(instructions);
    seq.id()
}

fn placed(instructions: Vec<Instr>) -> Instructions {
    instructions.into_iter().map(|instruction| (instruction, InstrLocId::default())).collect()
}

fn get(local: LocalId) -> Instr {
    LocalGet { local }.into()
}

fn number(number: usize) -> Instr {
    Const { value: Value::I32(i32::try_from(number).expect("a stretch has few exits")) }.into()
}

/// Copies a stretch into a function of its own.
struct Copy<'a> {
    body: &'a LocalFunction,
    region: &'a Region,
    values: &'a Values,
    /// What the sequences around and in it are there.
    labels: HashMap<InstrSeqId, InstrSeqId>,
}

impl Copy<'_> {
    /// Each exit is the end of a block, one in the other; the last exit's is the innermost.
    fn write(mut self, builder: &mut FunctionBuilder, which: Option<LocalId>, results: &Results) {
        let done = builder.dangling_instr_seq(None).id();
        let blocks: Vec<_> =
            self.region.exits.iter().map(|_| builder.dangling_instr_seq(None).id()).collect();
        let ends: BTreeMap<Exit, InstrSeqId> =
            self.region.exits.iter().copied().zip(blocks.iter().copied()).collect();
        for (exit, block) in &ends {
            match exit {
                Exit::Branch(to) => drop(self.labels.insert(*to, *block)),
                // A branch to its own end.
                Exit::Fall => drop(self.labels.entry(self.region.seq).or_insert(*block)),
                Exit::Return => {}
            }
        }
        let mut inner =
            self.copy(builder, &self.body.block(self.region.seq).instrs[self.region.place..], &ends);
        if let Some(block) = ends.get(&Exit::Fall) {
            inner.extend(placed(
                self.values.left.map(set).into_iter().chain([Br { block: *block }.into()]).collect(),
            ));
        }
        for (index, block) in blocks.iter().enumerate().rev() {
            *builder.instr_seq(*block).instrs_mut() = inner;
            inner = placed(vec![Block { seq: *block }.into()]);
            // The first is what a local is before it is written.
            if let (Some(which), 1..) = (which, index) {
                inner.extend(placed(vec![number(index), set(which), Br { block: done }.into()]));
            }
        }
        *builder.instr_seq(done).instrs_mut() = inner;
        let mut whole = vec![Block { seq: done }.into()];
        whole.extend(results.give());
        *builder.func_body().instrs_mut() = placed(whole);
    }

    fn copy(
        &mut self,
        builder: &mut FunctionBuilder,
        instructions: &[(Instr, InstrLocId)],
        ends: &BTreeMap<Exit, InstrSeqId>,
    ) -> Instructions {
        let mut copied = Vec::with_capacity(instructions.len());
        for (instruction, place) in instructions {
            let mut nested = |seq: InstrSeqId| {
                let copy = builder.dangling_instr_seq(self.body.block(seq).ty).id();
                self.labels.insert(seq, copy);
                let inner = self.copy(builder, &self.body.block(seq).instrs, ends);
                *builder.instr_seq(copy).instrs_mut() = inner;
                copy
            };
            let copy: Instr = match instruction {
                Instr::Block(block) => Block { seq: nested(block.seq) }.into(),
                Instr::Loop(again) => Loop { seq: nested(again.seq) }.into(),
                Instr::IfElse(either) => {
                    IfElse { consequent: nested(either.consequent), alternative: nested(either.alternative) }
                        .into()
                }
                Instr::Br(br) => Br { block: self.labels[&br.block] }.into(),
                Instr::BrIf(br) => walrus::ir::BrIf { block: self.labels[&br.block] }.into(),
                Instr::BrTable(table) => walrus::ir::BrTable {
                    blocks: table.blocks.iter().map(|block| self.labels[block]).collect(),
                    default: self.labels[&table.default],
                }
                .into(),
                Instr::Return(_) => {
                    copied.extend(placed(self.values.returned.map(set).into_iter().collect()));
                    Br { block: ends[&Exit::Return] }.into()
                }
                other => other.clone(),
            };
            copied.push((copy, *place));
        }
        copied
    }
}

fn set(local: LocalId) -> Instr {
    LocalSet { local }.into()
}

#[cfg(test)]
mod tests;
