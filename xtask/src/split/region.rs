//! A stretch of a function, from somewhere in a sequence to the sequence's end, and how it hangs together with the rest.

use std::collections::{BTreeSet, HashSet};

use walrus::ir::{Instr, InstrLocId, InstrSeqId, InstrSeqType};
use walrus::{LocalFunction, LocalId, Module, ValType};

use super::live::{Live, Locals};
use super::marks::{Marks, inner, is_end};

/// How a stretch is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// At its end.
    Fall,
    /// By a branch to what is around it.
    Branch(InstrSeqId),
    /// With the whole function.
    Return,
}

/// A stretch that can be a function of its own.
pub(super) struct Region {
    /// Where it begins.
    pub(super) seq: InstrSeqId,
    pub(super) place: usize,
    /// What it reads that was written before.
    pub(super) reads: Vec<LocalId>,
    /// What it writes that is read afterwards.
    pub(super) writes: Vec<LocalId>,
    /// How it is left, where it comes to an end.
    pub(super) exits: Vec<Exit>,
    /// The types of what the function returns, and of what the sequence leaves.
    pub(super) returned: Option<ValType>,
    pub(super) left: Option<ValType>,
    /// How many instructions it has, without marks.
    pub(super) size: usize,
}

impl Region {
    /// Looks at a stretch; nothing if it hangs together with the rest in a way that is not known here.
    pub(super) fn new(
        module: &Module,
        body: &LocalFunction,
        live: &mut Live,
        marks: &Marks,
        (seq, place): (InstrSeqId, usize),
        loops: &HashSet<InstrSeqId>,
    ) -> Option<Region> {
        let mut scan = Scan {
            body,
            marks,
            seq,
            loops,
            inner: HashSet::new(),
            touched: Locals::new(),
            written: Locals::new(),
            exits: BTreeSet::new(),
            size: 0,
        };
        let instructions = &body.block(seq).instrs[place..];
        scan.walk(instructions);
        if instructions.last().is_none_or(|(last, _)| !is_end(last)) {
            scan.exits.insert(Exit::Fall);
        }
        let (_, results) = module.types.params_results(body.ty());
        let entry = body.entry_block();
        let left = if seq == entry { results.to_vec() } else { carried(body, seq)?.into_iter().collect() };
        let fits = |exit: &Exit| match exit {
            Exit::Fall => left.len() < 2,
            Exit::Return => results.len() < 2,
            Exit::Branch(to) => *to != entry && (loops.contains(to) || carried(body, *to) == Some(None)),
        };
        if !scan.exits.iter().all(fits) {
            return None;
        }
        let mut read_after = Locals::new();
        for exit in &scan.exits {
            match exit {
                Exit::Fall => read_after.extend(live.after(seq)),
                Exit::Branch(to) => read_after.extend(live.at_label(*to)),
                Exit::Return => {}
            }
        }
        let writes: Vec<_> = scan.written.intersection(&read_after).copied().collect();
        // There is a global for each kind of number, and for nothing else.
        let is_number =
            |ty: &ValType| matches!(ty, ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64);
        let written = writes.iter().map(|local| module.locals.get(*local).ty());
        if !written.chain(results.iter().copied()).chain(left.iter().copied()).all(|ty| is_number(&ty)) {
            return None;
        }
        Some(Region {
            seq,
            place,
            reads: live.from(seq, place).intersection(&scan.touched).copied().collect(),
            writes,
            exits: scan.exits.into_iter().collect(),
            returned: results.first().copied(),
            left: left.first().copied(),
            size: scan.size,
        })
    }
}

/// What a sequence leaves, unless it is more than one value.
fn carried(body: &LocalFunction, seq: InstrSeqId) -> Option<Option<ValType>> {
    match body.block(seq).ty {
        InstrSeqType::Simple(result) => Some(result),
        InstrSeqType::MultiValue(_) => None,
    }
}

struct Scan<'a> {
    body: &'a LocalFunction,
    marks: &'a Marks,
    seq: InstrSeqId,
    loops: &'a HashSet<InstrSeqId>,
    inner: HashSet<InstrSeqId>,
    touched: Locals,
    written: Locals,
    exits: BTreeSet<Exit>,
    size: usize,
}

impl<'a> Scan<'a> {
    fn walk(&mut self, instructions: &'a [(Instr, InstrLocId)]) {
        for (instruction, _) in instructions {
            // A mark is this and the number before it.
            if self.marks.number(instruction).is_some() {
                self.size -= 1;
            } else {
                self.size += 1;
            }
            for (seq, _) in inner(instruction) {
                self.inner.insert(seq);
                self.walk(&self.body.block(seq).instrs);
            }
            match instruction {
                Instr::LocalGet(get) => drop(self.touched.insert(get.local)),
                Instr::LocalSet(set) => self.write(set.local),
                Instr::LocalTee(tee) => self.write(tee.local),
                Instr::Br(br) => self.branch(br.block),
                Instr::BrIf(br) => self.branch(br.block),
                Instr::BrTable(table) => {
                    table.blocks.iter().chain([&table.default]).for_each(|block| self.branch(*block))
                }
                Instr::Return(_) => drop(self.exits.insert(Exit::Return)),
                _ => {}
            }
        }
    }

    fn write(&mut self, local: LocalId) {
        self.touched.insert(local);
        self.written.insert(local);
    }

    fn branch(&mut self, to: InstrSeqId) {
        if self.inner.contains(&to) {
            return;
        }
        let at_end = to == self.seq && !self.loops.contains(&to);
        self.exits.insert(if at_end { Exit::Fall } else { Exit::Branch(to) });
    }
}
