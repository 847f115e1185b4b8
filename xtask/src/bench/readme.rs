//! The figures in the README, between two marks, so that none is typed by hand.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::{markdown, table::Table};
use crate::paths;

const MARKS: [&str; 2] = ["<!-- cargo xtask bench --readme -->\n", "<!-- the end of what it writes -->\n"];

/// Writes the rows that have a goal, if all of them are there.
pub(crate) fn write(table: &Table) -> Result<()> {
    ensure!(
        table.left.is_empty(),
        "not written into README.md, since these are missing: {}",
        table.left.join("; ")
    );
    let file = paths::root().join("README.md");
    let text = fs::read_to_string(&file)?;
    let text = between(&text, &markdown::goals(table)).context("README.md has no place for the figures")?;
    fs::write(&file, text).context("README.md cannot be written")
}

/// Puts something between the marks and leaves all else as it is.
fn between(text: &str, figures: &str) -> Option<String> {
    let (before, rest) = text.split_once(MARKS[0])?;
    let (_, after) = rest.split_once(MARKS[1])?;
    Some(format!("{before}{}\n{figures}\n{}{after}", MARKS[0], MARKS[1]))
}

#[cfg(test)]
mod tests {
    use super::{MARKS, between};

    #[test]
    fn only_what_is_between_the_marks_is_new() {
        let text = format!("a\n{}old\n{}b\n", MARKS[0], MARKS[1]);
        let new = format!("a\n{}\nnew\n{}b\n", MARKS[0], MARKS[1]);
        assert_eq!(between(&text, "new").as_deref(), Some(&*new));
        assert_eq!(between(&new, "new").as_deref(), Some(&*new));
        assert_eq!(between("a\nb\n", "new"), None);
    }
}
