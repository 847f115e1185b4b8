//! What a function hands back that was a stretch of another.
//!
//! The first value is its result, the others lie in globals until the next instruction. Not several results: after some
//! thousand calls, when Node.js 20 puts the one function's fast code beside the other's slow code, these come out wrong.

use walrus::ir::{GlobalGet, GlobalSet, Instr, LocalGet, LocalSet, Value};
use walrus::{ConstExpr, GlobalId, LocalId, Module, ValType};

/// The globals, which all functions share.
#[derive(Default)]
pub(super) struct Spills(Vec<(ValType, GlobalId)>);

impl Spills {
    /// Gives each of these locals its way.
    pub(super) fn results(&mut self, module: &mut Module, locals: Vec<LocalId>) -> Results {
        let mut locals = locals.into_iter();
        let first = locals.next();
        let mut taken = Vec::new();
        let others = locals
            .map(|local| {
                let ty = module.locals.get(local).ty();
                let global = self.free(ty, &taken).unwrap_or_else(|| self.add(module, ty));
                taken.push(global);
                (local, global)
            })
            .collect();
        Results { first, others }
    }

    fn free(&self, ty: ValType, taken: &[GlobalId]) -> Option<GlobalId> {
        self.0.iter().find(|(own, global)| *own == ty && !taken.contains(global)).map(|(_, global)| *global)
    }

    fn add(&mut self, module: &mut Module, ty: ValType) -> GlobalId {
        let value = match ty {
            ValType::I64 => Value::I64(0),
            ValType::F32 => Value::F32(0.0),
            ValType::F64 => Value::F64(0.0),
            _ => Value::I32(0),
        };
        let global = module.globals.add_local(ty, true, false, ConstExpr::Value(value));
        self.0.push((ty, global));
        global
    }
}

/// What one function hands back, by the locals in which it is on both sides.
pub(super) struct Results {
    first: Option<LocalId>,
    others: Vec<(LocalId, GlobalId)>,
}

impl Results {
    /// The first one.
    pub(super) fn first(&self) -> Option<LocalId> {
        self.first
    }

    /// Hands them back, at the end of the function.
    pub(super) fn give(&self) -> Vec<Instr> {
        let spilled = |(local, global): &(LocalId, GlobalId)| {
            [Instr::from(LocalGet { local: *local }), GlobalSet { global: *global }.into()]
        };
        let first = self.first.map(|local| LocalGet { local }.into());
        self.others.iter().flat_map(spilled).chain(first).collect()
    }

    /// Takes them, after the call.
    pub(super) fn take(&self) -> Vec<Instr> {
        let spilled = |(local, global): &(LocalId, GlobalId)| {
            [Instr::from(GlobalGet { global: *global }), LocalSet { local: *local }.into()]
        };
        let first = self.first.map(|local| LocalSet { local }.into());
        first.into_iter().chain(self.others.iter().flat_map(spilled)).collect()
    }
}
