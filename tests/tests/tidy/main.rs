//! Checks the directions of knowledge and the other rules of the repository, which no compiler checks.
//!
//! A rule that is in the way is changed in its table, with the reason, and not walked around.

mod edges;
mod examples;
mod locks;
mod marks;
mod markup;
mod paths;
mod rules;
mod samples;
mod source;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::rules::findings;
use crate::source::Source;

/// Lists the files of the repository: those that are tracked, and new ones that are not ignored.
fn files(root: &Path) -> Vec<String> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let list = Command::new("git").args(arguments).current_dir(root).output().expect("tidy needs git");
    assert!(list.status.success(), "git: {}", String::from_utf8_lossy(&list.stderr));
    let list = String::from_utf8(list.stdout).expect("file names are UTF-8");
    list.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn the_repository_keeps_its_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace");
    let mut read = 0;
    let mut wrong = Vec::new();
    for file in files(root) {
        // Pictures and the like are no text, and a file may be deleted but not yet committed.
        let Ok(text) = fs::read_to_string(root.join(&file)) else { continue };
        read += 1;
        wrong.extend(findings(&Source::new(&file, &text)));
    }
    assert!(read > 10, "only {read} files found in {}", root.display());
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}
