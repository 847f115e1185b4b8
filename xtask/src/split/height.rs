//! How many values lie on the stack.

use walrus::ir::{Instr, InstrSeqType};
use walrus::{LocalFunction, Module, TypeId};

/// How many more values lie on the stack after an instruction than before it; none where that is not known here.
pub(super) fn change(module: &Module, body: &LocalFunction, instruction: &Instr) -> Option<isize> {
    let call = |ty: TypeId| {
        let (params, results) = module.types.params_results(ty);
        results.len().cast_signed() - params.len().cast_signed()
    };
    let nested = |seq| match body.block(seq).ty {
        InstrSeqType::Simple(result) => isize::from(result.is_some()),
        InstrSeqType::MultiValue(ty) => call(ty),
    };
    Some(match instruction {
        Instr::Block(block) => nested(block.seq),
        Instr::Loop(again) => nested(again.seq),
        Instr::IfElse(either) => nested(either.consequent) - 1,
        Instr::Call(to) => call(module.funcs.get(to.func).ty()),
        Instr::CallIndirect(to) => call(to.ty) - 1,
        Instr::LocalGet(_) | Instr::GlobalGet(_) | Instr::Const(_) | Instr::MemorySize(_) => 1,
        Instr::LocalTee(_) | Instr::Unop(_) | Instr::Load(_) | Instr::MemoryGrow(_) | Instr::TableGet(_) => 0,
        Instr::LocalSet(_) | Instr::GlobalSet(_) | Instr::Binop(_) | Instr::Drop(_) | Instr::BrIf(_) => -1,
        Instr::Select(_) | Instr::Store(_) | Instr::TableSet(_) => -2,
        Instr::MemoryCopy(_) | Instr::MemoryFill(_) => -3,
        _ => return None,
    })
}
