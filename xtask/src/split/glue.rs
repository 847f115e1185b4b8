//! The script that wasm-bindgen made to go with the wasm: it and the primary call each other by short names, and it hands
//! to the wasm what lets a late half come, of which wasm-bindgen knows nothing.

use anyhow::{Result, ensure};
use walrus::Module;

use super::gate::NEED;

/// What wasm-bindgen calls the script in the wasm, and how the script begins the list of what it hands over.
const MODULE: &str = "./loopscope_bg.js";
const LIST: &str = "\"./loopscope_bg.js\": import0,\n";

/// The script's name in the wasm, and what names begin with that nobody else gave.
const SHORT: &str = "$";

/// What the script does for browsers that do not know what all have that can read this wasm, and for callers that are not here.
const UNUSED: [(&str, &str); 5] = [
    (
        "(typeof FinalizationRegistry === 'undefined')\n    ? { register: () => {}, unregister: () => {} }\n    : ",
        "",
    ),
    ("if (!('encodeInto' in cachedTextEncoder))", "if (false)"),
    ("if (realloc === undefined)", "if (false)"),
    ("if (Symbol.dispose) Run.prototype[Symbol.dispose] = Run.prototype.free;\n", ""),
    (
        "cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && \
         cachedDataViewMemory0.buffer !== wasm.memory.buffer)",
        "cachedDataViewMemory0.buffer !== wasm.memory.buffer",
    ),
];

/// Where an engine broke down, the script starts another: what the first one left for later, or for when it is cleared away, is
/// no business of that. They are told apart by a number, so that nothing keeps the first one in memory.
const OWNED: [(&str, &str); 5] = [
    ("{ a: arg0, b: arg1, cnt: 1 }", "{ a: arg0, b: arg1, cnt: 1, launched }"),
    (
        "const real = (...args) => {\n",
        "const real = (...args) => {\n        if (state.launched !== launched) return;\n",
    ),
    ("FinalizationRegistry(state => ", "FinalizationRegistry(state => state.launched === launched && "),
    ("register(this, this.__wbg_ptr, this)", "register(this, { ptr: this.__wbg_ptr, by: launched }, this)"),
    ("FinalizationRegistry(ptr => ", "FinalizationRegistry(({ ptr, by }) => by === launched && "),
];

/// What is added to the script. Its own way to start is for all that a wasm may come from, and longer.
const OWN: &str = r"
/** Puts the late half of the wasm in its place, at once; set by who loads it. */
export const late = { need: () => {} };

/** How many engines were started. */
let launched = 0;

/** Starts the engine, and returns what its wasm exports. @param {BufferSource} wasm */
export async function launch(wasm) {
    const { instance, module } = await WebAssembly.instantiate(wasm, __wbg_get_imports());
    launched += 1;
    return __wbg_finalize_init(instance, module);
}
";

/// The same for TypeScript.
const OWN_TYPES: &str = "
export const late: { need: () => void };
export function launch(wasm: BufferSource): Promise<InitOutput>;
";

/// Shortens the names in the wasm, and returns the script that goes with it.
pub(super) fn adapt(script: &str, primary: &mut Module) -> Result<String> {
    let mut script = script.to_owned();
    let mut number = 0;
    let mut short = || {
        number += 1;
        format!("{SHORT}{number:x}")
    };
    for import in primary.imports.iter_mut().filter(|import| import.module == MODULE) {
        let (long, short) = (format!("        {}: ", import.name), short());
        ensure!(script.matches(&long).count() == 1, "the glue has no one place that gives {}", import.name);
        script = script.replace(&long, &format!("        {short}: "));
        (import.module, import.name) = (SHORT.to_owned(), short);
    }
    for export in primary.exports.iter_mut() {
        let long = format!("wasm.{}", export.name);
        // The memory has one name for all.
        if export.name != super::cut::MEMORY && calls(&script, &long) {
            let short = short();
            script = replace_calls(&script, &long, &format!("wasm.{short}"));
            export.name = short;
        }
    }
    ensure!(
        script.matches(LIST).count() == 1,
        "the glue lists what it gives in another way than is known here"
    );
    script = replace(script, &UNUSED)?;
    let (module, name) = NEED;
    let list = format!("\"{SHORT}\": import0,\n        {module}: {{ {name}: () => late.need() }},\n");
    script = script.replace(LIST, &list);
    own(script)
}

/// Gives a script of wasm-bindgen our way to start.
pub(crate) fn own(script: String) -> Result<String> {
    Ok(replace(script, &OWNED)? + OWN)
}

/// The same for its types.
pub(crate) fn own_types(types: String) -> Result<String> {
    Ok(replace(types, &[("    [Symbol.dispose](): void;\n", "")])? + OWN_TYPES)
}

fn replace(mut script: String, texts: &[(&str, &str)]) -> Result<String> {
    for (old, new) in texts {
        ensure!(script.contains(old), "the glue has no {old:?} any more");
        script = script.replace(old, new);
    }
    Ok(script)
}

/// Whether the script calls this, and not only what begins like it.
fn calls(script: &str, name: &str) -> bool {
    script.match_indices(name).any(|(place, _)| ends(&script[place + name.len()..]))
}

fn replace_calls(script: &str, long: &str, short: &str) -> String {
    let mut replaced = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(place) = rest.find(long) {
        let after = &rest[place + long.len()..];
        replaced.push_str(&rest[..place]);
        replaced.push_str(if ends(after) { short } else { long });
        rest = after;
    }
    replaced + rest
}

/// Whether a name ends before this.
fn ends(after: &str) -> bool {
    !after.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_' || sign == '$')
}

#[cfg(test)]
mod tests {
    use super::{calls, replace_calls};

    #[test]
    fn what_only_begins_like_a_name_is_another() {
        assert!(!calls("wasm.run_started()", "wasm.run_start"));
        assert_eq!(
            replace_calls("wasm.run(); wasm.runs(); wasm.run", "wasm.run", "wasm.$1"),
            "wasm.$1(); wasm.runs(); wasm.$1"
        );
    }
}
