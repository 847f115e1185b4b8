//! Which locals of a function still matter where.

use std::collections::{BTreeSet, HashMap};

use walrus::ir::{Instr, InstrSeqId};
use walrus::{LocalFunction, LocalId};

pub(super) type Locals = BTreeSet<LocalId>;

/// What is read later, of a whole function.
pub(super) struct Live<'a> {
    body: &'a LocalFunction,
    /// After the end of each sequence.
    ends: HashMap<InstrSeqId, Locals>,
    /// Where a branch to each sequence goes.
    labels: HashMap<InstrSeqId, Locals>,
}

impl<'a> Live<'a> {
    /// Looks through a function.
    pub(super) fn new(body: &'a LocalFunction) -> Live<'a> {
        let mut live = Live { body, ends: HashMap::new(), labels: HashMap::new() };
        live.enter(body.entry_block(), Locals::new());
        live
    }

    /// What is read after the end of a sequence.
    pub(super) fn after(&self, seq: InstrSeqId) -> &Locals {
        &self.ends[&seq]
    }

    /// What is read after a branch to a sequence.
    pub(super) fn at_label(&self, seq: InstrSeqId) -> &Locals {
        &self.labels[&seq]
    }

    /// What is read from this place in a sequence on, before it is written.
    pub(super) fn from(&mut self, seq: InstrSeqId, place: usize) -> Locals {
        self.walk(seq, place, self.ends[&seq].clone())
    }

    /// A sequence to whose end a branch to it goes.
    fn enter(&mut self, seq: InstrSeqId, end: Locals) -> Locals {
        self.labels.insert(seq, end.clone());
        self.ends.insert(seq, end.clone());
        self.walk(seq, 0, end)
    }

    /// A branch to a loop goes to its beginning, and what is read from there is known only when it has been walked.
    fn enter_loop(&mut self, seq: InstrSeqId, end: Locals) -> Locals {
        self.labels.insert(seq, Locals::new());
        self.ends.insert(seq, end.clone());
        loop {
            let begin = self.walk(seq, 0, end.clone());
            if self.labels.insert(seq, begin.clone()).as_ref() == Some(&begin) {
                return begin;
            }
        }
    }

    fn walk(&mut self, seq: InstrSeqId, place: usize, mut live: Locals) -> Locals {
        for (instruction, _) in self.body.block(seq).instrs[place..].iter().rev() {
            match instruction {
                Instr::LocalGet(get) => drop(live.insert(get.local)),
                Instr::LocalSet(set) => drop(live.remove(&set.local)),
                Instr::LocalTee(tee) => drop(live.remove(&tee.local)),
                Instr::Br(br) => live = self.labels[&br.block].clone(),
                Instr::BrIf(br) => live.extend(&self.labels[&br.block]),
                Instr::BrTable(table) => {
                    live = self.labels[&table.default].clone();
                    for block in &table.blocks {
                        live.extend(&self.labels[block]);
                    }
                }
                Instr::Return(_) | Instr::Unreachable(_) => live.clear(),
                Instr::Block(block) => live = self.enter(block.seq, live),
                Instr::Loop(again) => live = self.enter_loop(again.seq, live),
                Instr::IfElse(either) => {
                    let other = self.enter(either.alternative, live.clone());
                    live = self.enter(either.consequent, live);
                    live.extend(other);
                }
                _ => {}
            }
        }
        live
    }
}
