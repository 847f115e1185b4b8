//! Which functions the programs really run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use walrus::ir::{Const, GlobalSet, Value};
use walrus::{ConstExpr, FunctionKind, Module, ValType};

use super::plan::name;
use crate::{npm, run};

/// The functions that ran, by their names.
pub(super) struct Ran {
    /// Until a program starts.
    opening: BTreeSet<String>,
    /// For each program, by the name of its module.
    programs: BTreeMap<String, BTreeSet<String>>,
}

impl Ran {
    /// Runs every program as it is by itself, on both clocks, in Node.js; nothing is known where there is none.
    ///
    /// In the folder is the glue of the module.
    pub(super) fn watch(module: Module, folder: &Path) -> Result<Option<Ran>> {
        if !npm::is_here() {
            println!(
                "There is no Node.js here: what programs rarely need of the wasm is fetched with the rest"
            );
            return Ok(None);
        }
        let (wasm, names) = watched(module)?;
        let file = folder.join("watched.wasm");
        fs::write(&file, wasm)?;
        let said = run::output(run::command("node").arg("xtask/watch.js").arg(folder));
        fs::remove_file(&file)?;
        Ran::read(&said.context("the programs could not be watched")?, &names).map(Some)
    }

    /// Reads what the script says: for each program the numbers of the functions that ran.
    fn read(said: &str, names: &[String]) -> Result<Ran> {
        let seen: BTreeMap<String, Vec<usize>> = serde_json::from_str(said)?;
        let mut programs = BTreeMap::new();
        for (id, numbers) in seen {
            ensure!(!numbers.is_empty(), "no function ran for \"{id}\"");
            let ran = numbers
                .into_iter()
                .map(|number| names.get(number).cloned().context("a function has no name"));
            programs.insert(id.replace('-', "_"), ran.collect::<Result<_>>()?);
        }
        let opening = programs.remove("").context("nothing was seen of the opening")?;
        Ok(Ran { opening, programs })
    }

    /// Whether this ran before a program started, or for each of them.
    pub(super) fn always(&self, function: &str) -> bool {
        self.opening.contains(function) || self.programs.values().all(|ran| ran.contains(function))
    }

    /// Whether this ran for one program.
    pub(super) fn by(&self, program: &str, function: &str) -> bool {
        self.programs.get(program).is_some_and(|ran| ran.contains(function))
    }
}

/// Returns a copy of the wasm that exports, as `ran0`, `ran1` and so on, for each function whether it ran; and the
/// functions' names in that order.
fn watched(mut module: Module) -> Result<(Vec<u8>, Vec<String>)> {
    let functions: Vec<_> = module
        .funcs
        .iter()
        .filter(|function| matches!(function.kind, FunctionKind::Local(_)))
        .map(|function| (function.id(), name(function)))
        .collect();
    for (number, (id, _)) in functions.iter().enumerate() {
        let ran = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
        module.exports.add(&format!("ran{number}"), ran);
        let mut body = module.funcs.get_mut(*id).kind.unwrap_local_mut().builder_mut().func_body();
        body.instr_at(0, GlobalSet { global: ran }).instr_at(0, Const { value: Value::I32(1) });
    }
    Ok((module.emit_wasm(), functions.into_iter().map(|(_, name)| name).collect()))
}

#[cfg(test)]
mod tests {
    use super::Ran;

    fn ran() -> Ran {
        let names = ["init", "always", "once"].map(str::to_owned);
        Ran::read(r#"{"": [0], "one-a": [1, 2], "one-b": [1], "one-c": [1]}"#, &names).unwrap()
    }

    #[test]
    fn what_one_program_needs_is_not_what_all_need() {
        let always = ["init", "always", "once"].map(|function| ran().always(function));
        assert_eq!(always, [true, true, false]);
        assert!(ran().by("one_a", "once") && !ran().by("one_b", "once"));
    }

    #[test]
    fn a_program_that_was_not_watched_is_refused() {
        assert!(Ran::read(r#"{"": [0], "one-a": []}"#, &["init".to_owned()]).is_err());
        assert!(Ran::read(r#"{"one-a": [0]}"#, &["init".to_owned()]).is_err());
    }
}
