//! Running other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Result, anyhow, bail};

use crate::paths;

/// Returns a command that starts in the repository's root.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root()).stdin(Stdio::null());
    command
}

/// Returns a cargo command, of the same toolchain as this one.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command to its end, its output going to ours.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs a command silently and returns what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8_lossy(&ended(command)?.stdout).into_owned())
}

/// Runs a command silently and returns what it told the one who started it, beside its output.
pub(crate) fn messages(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8_lossy(&ended(command)?.stderr).into_owned())
}

/// Runs a command to its end, silently; an error if it failed.
fn ended(command: &mut Command) -> Result<Output> {
    let output = command.output().map_err(|error| cannot_start(command, &error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` says: {}", shown(command), complaint(&said).unwrap_or("nothing"));
    }
    Ok(output)
}

/// The line of a program's messages that says why: the first that is marked as an error, else the last.
fn complaint(said: &str) -> Option<&str> {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let marked = |line: &&str| ["error", "E:", "npm error"].iter().any(|mark| line.starts_with(mark));
    lines.clone().find(marked).or_else(|| lines.next_back())
}

/// Runs a command, its output going to ours, and returns whether it succeeded and what it wrote to stdout.
pub(crate) fn tee(command: &mut Command) -> Result<(bool, String)> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        let mut stdout = BufReader::new(stdout);
        let mut line = Vec::new();
        while stdout.read_until(b'\n', &mut line)? > 0 {
            std::io::stdout().write_all(&line)?;
            text += &String::from_utf8_lossy(&line);
            line.clear();
        }
    }
    Ok((child.wait()?.success(), text))
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    command.get_args().fold(program.into_owned(), |line, arg| line + " " + &arg.to_string_lossy())
}

/// The sentence for a program that could not be started.
pub(crate) fn cannot_start(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    match error.kind() {
        ErrorKind::NotFound => anyhow!("`{program}` is not installed or not on PATH"),
        _ => anyhow!("`{program}` could not be started: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::complaint;

    #[test]
    fn the_reason_is_found_among_the_messages() {
        assert_eq!(complaint("W: old list\nE: no such package\nE: giving up\n"), Some("E: no such package"));
        assert_eq!(complaint("one\ntwo\n\n"), Some("two"));
        assert_eq!(complaint(""), None);
    }
}
