//! What stands for functions that can wait: it lets the late half come, and calls it.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module, TableId, ValType};

/// Under which name JavaScript gives the function that puts the late half in its place.
pub(super) const NEED: (&str, &str) = ("late", "need");

/// Looks whether somebody is at a place in the table, lets the late half come where nobody is, and returns the place.
pub(super) struct Gate {
    table: TableId,
    check: FunctionId,
}

impl Gate {
    pub(super) fn new(module: &mut Module, table: TableId) -> Gate {
        let ty = module.types.add(&[], &[]);
        let (need, _) = module.add_import_func(NEED.0, NEED.1, ty);
        let slot = module.locals.add(ValType::I32);
        let mut check = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        let mut body = check.func_body();
        body.local_get(slot).table_get(table).ref_is_null().if_else(
            None,
            |nobody| {
                nobody.call(need);
            },
            |_| {},
        );
        body.local_get(slot);
        Gate { table, check: check.finish(vec![slot], &mut module.funcs) }
    }

    /// Puts into the place of a function what calls it through the table.
    pub(super) fn stand_in(&self, module: &mut Module, function: FunctionId, slot: u32) {
        let ty = module.funcs.get(function).ty();
        let (params, results) = module.types.params_results(ty);
        let (params, results) = (params.to_vec(), results.to_vec());
        let arguments: Vec<_> = params.iter().map(|param| module.locals.add(*param)).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
        let mut body = builder.func_body();
        for argument in &arguments {
            body.local_get(*argument);
        }
        body.i32_const(slot.cast_signed()).call(self.check).call_indirect(ty, self.table);
        module.funcs.get_mut(function).kind = FunctionKind::Local(builder.local_func(arguments));
    }
}
