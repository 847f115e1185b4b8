//! How the page's wasm is made small. Readers wait for each kilobyte; the speed that the bench measures is that of the
//! crate compiled for speed, as its users do.

use std::path::Path;
use std::process::Command;

use crate::{paths, run};

/// How much memory the wasm may have, in bytes: twice what the largest run of the page's programs takes, and what a
/// telephone's browser leaves to a page beside the rest of it. Who asks for more is ended.
const MEMORY: u64 = 512 << 20;

/// The profile in the workspace's Cargo.toml.
pub(crate) const PROFILE: &str = "page";

/// Lets cargo compile the standard library with the crate, for size and without the sentences of its panics, where its
/// sources can be had; and lets the linker tell who needs whom, for the cut.
pub(crate) fn adjust(cargo: &mut Command) -> Vec<String> {
    let mut flags = vec!["-Clink-arg=--emit-relocs".to_owned(), format!("-Clink-arg=--max-memory={MEMORY}")];
    if has_sources() {
        // Both are unstable still, and the toolchain is pinned. A seventh of the wasm went by them.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        flags.extend(["-Zunstable-options".to_owned(), "-Cpanic=immediate-abort".to_owned()]);
    } else {
        println!(
            "The standard library's sources (rustup component add rust-src) are not here: the wasm gets larger"
        );
    }
    flags
}

/// Whether the toolchain has the standard library's sources; they are added where that can be done.
fn has_sources() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let Ok(sysroot) = run::output(run::command(rustc).args(["--print", "sysroot"])) else { return false };
    let manifest = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    manifest.is_file()
        || paths::program("rustup").is_some()
            && run::output(run::command("rustup").args(["component", "add", "rust-src"])).is_ok()
            && manifest.is_file()
}
