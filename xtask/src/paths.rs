//! Where things are in this checkout.

use std::env;
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

/// The program `name` in `target/tools` or on PATH, in this order.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders = vec![tools().join("bin")];
    folders.extend(env::split_paths(&path));
    folders.into_iter().map(|folder| folder.join(name)).find(|file| file.is_file())
}
