//! Marks in the wasm that tell which stretches of its functions ran.
//!
//! A stretch begins where it is not certain any more that what comes next runs, and goes on to the end of its sequence:
//! who does not come to its beginning comes to nothing of it.

use std::collections::{BTreeMap, HashMap};

use walrus::ir::{Const, GlobalSet, Instr, InstrSeqId, Value};
use walrus::{ConstExpr, ExportId, FunctionId, FunctionKind, GlobalId, LocalFunction, Module, ValType};

/// The marks of a module.
pub(super) struct Marks {
    numbers: HashMap<GlobalId, usize>,
    exports: Vec<ExportId>,
    /// The marks at the functions' beginnings.
    beginnings: BTreeMap<FunctionId, usize>,
}

impl Marks {
    /// Puts marks everywhere.
    pub(super) fn put(module: &mut Module) -> Marks {
        let mut marks = Marks { numbers: HashMap::new(), exports: Vec::new(), beginnings: BTreeMap::new() };
        let functions: Vec<_> = module
            .funcs
            .iter()
            .filter_map(|function| match &function.kind {
                FunctionKind::Local(body) => Some((function.id(), places(body))),
                _ => None,
            })
            .collect();
        for (id, places) in functions {
            marks.beginnings.insert(id, marks.numbers.len());
            for (seq, places) in places {
                // From the last to the first, so that each place is still where it was.
                let globals: Vec<_> = places.iter().map(|_| marks.add(module)).collect();
                let body = module.funcs.get_mut(id).kind.unwrap_local_mut();
                let mut seq = body.builder_mut().instr_seq(seq);
                for (place, global) in places.into_iter().zip(globals).rev() {
                    seq.instr_at(place, GlobalSet { global }).instr_at(place, Const { value: Value::I32(1) });
                }
            }
        }
        marks
    }

    fn add(&mut self, module: &mut Module) -> GlobalId {
        let global = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
        self.exports.push(module.exports.add(&format!("ran{}", self.numbers.len()), global));
        self.numbers.insert(global, self.numbers.len());
        global
    }

    /// The number of the mark that this instruction sets.
    pub(super) fn number(&self, instruction: &Instr) -> Option<usize> {
        match instruction {
            Instr::GlobalSet(GlobalSet { global }) => self.numbers.get(global).copied(),
            _ => None,
        }
    }

    /// Takes all marks away again.
    pub(super) fn remove(&self, module: &mut Module) {
        for (_, body) in module.funcs.iter_local_mut() {
            let builder = body.builder_mut();
            let mut open = vec![builder.func_body_id()];
            while let Some(seq) = open.pop() {
                let mut seq = builder.instr_seq(seq);
                let instructions = seq.instrs_mut();
                let mut kept = Vec::with_capacity(instructions.len());
                for instruction in instructions.drain(..) {
                    if self.number(&instruction.0).is_some() {
                        // The number that was to be put into it.
                        kept.pop();
                    } else {
                        kept.push(instruction);
                    }
                }
                *instructions = kept;
                open.extend(
                    instructions.iter().flat_map(|(instruction, _)| inner(instruction)).map(|(seq, _)| seq),
                );
            }
        }
        self.exports.iter().for_each(|export| module.exports.delete(*export));
        self.numbers.keys().for_each(|global| module.globals.delete(*global));
    }

    /// The number of the mark at the beginning of a function.
    pub(super) fn beginning(&self, function: FunctionId) -> Option<usize> {
        self.beginnings.get(&function).copied()
    }
}

/// Where marks belong, sequence by sequence, the function's own first.
fn places(body: &LocalFunction) -> Vec<(InstrSeqId, Vec<usize>)> {
    let mut all = Vec::new();
    let mut open = vec![(body.entry_block(), true)];
    while let Some((id, is_arm)) = open.pop() {
        let mut places = if is_arm { vec![0] } else { vec![] };
        let seq = body.block(id);
        for (index, (instruction, _)) in seq.iter().enumerate() {
            let inner = inner(instruction);
            open.extend(&inner);
            let may_leave =
                matches!(instruction, Instr::BrIf(_)) || inner.iter().any(|(seq, _)| leaves(body, *seq));
            if may_leave && index + 1 < seq.len() {
                places.push(index + 1);
            }
            if is_end(instruction) {
                break;
            }
        }
        all.push((id, places));
    }
    all
}

/// Whether a sequence may end elsewhere than at its end.
fn leaves(body: &LocalFunction, seq: InstrSeqId) -> bool {
    body.block(seq).iter().any(|(instruction, _)| {
        matches!(instruction, Instr::BrIf(_))
            || is_end(instruction)
            || inner(instruction).iter().any(|(seq, _)| leaves(body, *seq))
    })
}

/// The sequences of an instruction, and whether it is not certain that they run when it does.
pub(super) fn inner(instruction: &Instr) -> Vec<(InstrSeqId, bool)> {
    match instruction {
        Instr::Block(block) => vec![(block.seq, false)],
        Instr::Loop(again) => vec![(again.seq, false)],
        Instr::IfElse(either) => vec![(either.consequent, true), (either.alternative, true)],
        _ => vec![],
    }
}

/// Whether nothing after this instruction runs.
pub(super) fn is_end(instruction: &Instr) -> bool {
    matches!(instruction, Instr::Br(_) | Instr::BrTable(_) | Instr::Return(_) | Instr::Unreachable(_))
}
