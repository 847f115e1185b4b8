//! What is taken out of functions does what it did there: tried with small programs, and not with ours.

use walrus::{Function, Module};
use wasmi::{Engine, Linker, Store};

use super::all;
use crate::split::marks::Marks;

/// Enough to be worth a function of its own.
fn work(local: &str) -> String {
    let step = |number| {
        format!("local.get {local} i32.const {number} i32.mul i32.const 1 i32.add local.set {local} ")
    };
    // Odd ones leave it open what the last bits are, on which it depends how a stretch is left.
    (3..27).step_by(2).map(step).collect()
}

/// Each way out of a stretch that there is.
fn program() -> String {
    let (a, b) = (work("$a"), work("$b"));
    format!(
        r#"(module
        (func (export "falls") (param $a i32) (result i32) (local $b i32)
            (block $out local.get $a i32.const 5 i32.gt_s br_if $out {a} {b})
            local.get $a i32.const 31 i32.mul local.get $b i32.add)
        (func (export "writes") (param $a i32) (result i32) (local $b i32) (local $c i32)
            (block $out
                (block $in local.get $a i32.const 5 i32.gt_s br_if $in
                    {a} i32.const 3 local.tee $c local.set $b
                    local.get $a i32.const 1 i32.and br_if $out
                    {a} local.get $a local.set $b
                    local.get $a i32.const 2 i32.and br_if $in
                    i32.const 11 local.set $c)
                local.get $a local.set $b)
            local.get $b i32.const 31 i32.mul local.get $c i32.add i32.const 31 i32.mul local.get $a i32.add)
        (func (export "keeps") (param $a i32) (result i32) (local $b i32)
            local.get $a i32.const 77 i32.add local.set $b
            (block $out local.get $a i32.const 5 i32.gt_s br_if $out
                {a} local.get $a i32.const 1 i32.and br_if $out
                {a} local.get $a local.set $b)
            local.get $b)
        (func (export "keeps_when_it_leaves") (param $a i32) (result i32) (local $b i32)
            local.get $a i32.const 77 i32.add local.set $b
            (block $out
                (block $in local.get $a i32.const 9 i32.gt_s br_if $in
                    {a} local.get $a i32.const 1 i32.and
                    (if (then local.get $a local.set $b))
                    br $out)
                i32.const 5 local.set $b)
            local.get $a i32.const 31 i32.mul local.get $b i32.add)
        (func (export "goes_round") (param $a i32) (result i32) (local $b i32)
            (block $out (loop $again
                local.get $b i32.const 7 i32.gt_s br_if $out
                {a} local.get $b i32.const 1 i32.add local.set $b
                local.get $a i32.const 4 i32.and br_if $again
                {a} local.get $a i32.const 2 i32.and br_if $out
                {a}))
            local.get $a i32.const 31 i32.mul local.get $b i32.xor)
        (func (export "leaves") (param $a i32) (result i32)
            (block $one (block $two (block $three
                local.get $a br_table $one $two $three)
                {a}) {a}) local.get $a)
        (func (export "returns") (param $a i32) (result i32) (local $b i32)
            (block $out local.get $a i32.const 3 i32.lt_s br_if $out
                {a} {b} local.get $a i32.const 1 i32.and
                (if (then local.get $b return))
                local.get $a i32.const 2 i32.and br_if $out
                {a} local.get $a return)
            local.get $a i32.const 31 i32.mul {b} local.get $b i32.add)
        (func (export "goes_on") (param $a i32) (result i32) (local $b i32)
            (loop $again
                (block $out local.get $b i32.const 2 i32.and br_if $out
                    {a} local.get $b i32.const 1 i32.add local.set $b
                    local.get $b local.get $a i32.const 7 i32.and i32.lt_s br_if $again
                    {a})
                local.get $b i32.const 2 i32.add local.tee $b i32.const 9 i32.lt_s br_if $again)
            local.get $a i32.const 31 i32.mul local.get $b i32.xor)
        (func (export "leaves_something") (param $a i32) (result i32)
            local.get $a i32.const 4 i32.lt_s
            (if (result i32) (then {a} local.get $a) (else {a} {a} local.get $a i32.const 1 i32.xor)))
        (func (export "never_ends") (param $a i32) (result i32)
            (block $out local.get $a i32.const 4 i32.lt_s br_if $out {a} unreachable)
            local.get $a))"#
    )
}

/// What each function says to some numbers, nothing where it traps.
fn said(wasm: &[u8]) -> Vec<(String, Vec<Option<i32>>)> {
    let engine = Engine::default();
    let module = wasmi::Module::new(&engine, wasm).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module).unwrap();
    let names: Vec<_> = module
        .exports()
        .filter(|export| export.ty().func().is_some())
        .map(|export| String::from(export.name()))
        .collect();
    names
        .into_iter()
        .map(|name| {
            let function = instance.get_typed_func::<i32, i32>(&store, &name).unwrap();
            let answers: Vec<_> = (0..16).map(|number| function.call(&mut store, number).ok()).collect();
            (name, answers)
        })
        .collect()
}

#[test]
fn what_is_taken_out_does_what_it_did() {
    let wasm = wat::parse_str(program()).unwrap();
    let mut module = Module::from_buffer(&wasm).unwrap();
    let marks = Marks::put(&mut module);
    let functions = module.funcs.iter().map(Function::id).collect();
    let made = all(&mut module, &marks, functions, &|_, _| true);
    marks.remove(&mut module);
    assert!(made.len() >= 10, "only {} were made", made.len());
    let outlined = module.emit_wasm();
    assert_eq!(said(&outlined), said(&wasm));
}
