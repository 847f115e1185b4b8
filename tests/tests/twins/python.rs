//! The Python that runs the twins, if there is one.

use std::process::Command;
use std::sync::LazyLock;
use std::thread;

use crate::section::Section;

/// Returns the file of a Python on the path that has all that the twins need.
pub(crate) fn find() -> Option<&'static str> {
    static FOUND: LazyLock<Option<String>> = LazyLock::new(|| {
        // The file itself: what is on the path may be a script that looks for it, each time.
        let program = "import sys; print(sys.executable); sys.exit(sys.version_info < (3, 11))";
        ["python3", "python3.13", "python3.12", "python3.11", "python"].iter().find_map(|name| {
            let output = Command::new(name).args(["-c", program]).output().ok()?;
            let file = String::from_utf8(output.stdout).ok()?;
            output.status.success().then(|| file.trim().to_owned())
        })
    });
    FOUND.as_deref()
}

/// Runs a twin with the arguments of each section, and keeps what it says there.
pub(crate) fn run_all(python: &str, id: &str, sections: &mut [Section]) {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    for some in sections.chunks_mut(threads) {
        thread::scope(|scope| {
            for section in some {
                scope.spawn(move || section.said = run(python, id, &section.arguments));
            }
        });
    }
}

/// Runs a twin and returns what it printed.
pub(crate) fn run(python: &str, id: &str, arguments: &str) -> String {
    let mut command = Command::new(python);
    // Compiled files would lie in the repository.
    command.arg("-B").arg(format!("{id}.py")).args(arguments.split_whitespace());
    let output = command.current_dir(crate::folder()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{id}.py {arguments} failed:\n{errors}");
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
}
