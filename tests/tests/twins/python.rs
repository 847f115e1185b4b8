//! The Python that runs the twins, if there is one.

use std::process::Command;
use std::sync::LazyLock;

use crate::section::{self, Section};

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
    let mut arguments = vec!["twin.py", id];
    arguments.extend(sections.iter().map(|section| section.arguments.as_str()));
    let again = section::read(&run(python, &arguments));
    assert_eq!(again.len(), sections.len(), "{id} has broken off");
    sections.clone_from_slice(&again);
}

/// Runs a program beside the twins and returns what it printed.
pub(crate) fn run(python: &str, arguments: &[&str]) -> String {
    // Compiled files would lie in the repository.
    let output =
        Command::new(python).arg("-B").args(arguments).current_dir(crate::folder()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} failed:\n{errors}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
}
