//! The Python that runs the twins, if there is one.

use std::process::Command;
use std::sync::LazyLock;
use std::thread;

use crate::section::Section;

/// Returns the name of a Python on the path that has all that the twins need.
pub(crate) fn find() -> Option<&'static str> {
    static FOUND: LazyLock<Option<&str>> = LazyLock::new(|| {
        let names = ["python3", "python3.13", "python3.12", "python3.11", "python"];
        names.into_iter().find(|name| {
            let program = "import sys; sys.exit(sys.version_info < (3, 11))";
            Command::new(name).args(["-c", program]).output().is_ok_and(|output| output.status.success())
        })
    });
    *FOUND
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
