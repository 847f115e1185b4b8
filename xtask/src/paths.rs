//! Where things are in this checkout.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The root of the repository, with every other place below it.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The pages and modules as they are written.
pub(crate) fn www() -> PathBuf {
    root().join("www")
}

/// What `build` makes.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's directory for everything built.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        // Cargo takes a relative one from where it was started.
        Some(dir) => env::current_dir().unwrap_or_default().join(dir),
        None => root().join("target"),
    }
}

/// Where tools are installed for this checkout alone.
pub(crate) fn tools() -> PathBuf {
    root().join("target/tools")
}

/// PATH with `target/tools` first.
pub(crate) fn path_with_tools() -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(tools().join("bin")).chain(env::split_paths(&path));
    // Only a folder with a separator in its name could not be joined.
    env::join_paths(folders).unwrap_or(path)
}

/// The program `name` in `target/tools` or on PATH, in this order.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = path_with_tools();
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
