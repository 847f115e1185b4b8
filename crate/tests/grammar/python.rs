use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a CPython that is found on the path calls itself, if its version is the one that we are compared with.
pub(crate) fn find() -> Option<&'static str> {
    ["python3.13", "python3", "python"].into_iter().find(|name| {
        let version = Command::new(name).arg("--version").output();
        version.is_ok_and(|version| version.stdout.starts_with(b"Python 3.13."))
    })
}

/// Gives what the twin says of each program.
pub(crate) fn tell(python: &str, programs: &[String]) -> Vec<String> {
    let twins = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/twins");
    let mut twin = Command::new(python)
        .args(["-B", "grammar.py"])
        .current_dir(twins)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, text) = (twin.stdin.take().unwrap(), programs.join("\n"));
    // Beside the reading: both pipes may be full.
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let told = twin.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let stories: Vec<_> = told.lines().filter_map(|line| line.split_once('\t')).collect();
    assert_eq!(stories.len(), programs.len(), "the twin has broken off");
    stories.into_iter().map(|(_, story)| story.to_owned()).collect()
}
