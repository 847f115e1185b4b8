//! Which public functions the documentation shows: in an example of their own, or in another one of their file.

use crate::source::{Source, split};

/// Returns the public functions that no example calls, each with its line.
pub(crate) fn unshown(source: &Source) -> Vec<(usize, String)> {
    let examples = examples(&source.text);
    let called: Vec<&str> = split(&examples).collect();
    // With its types between two colons and the parenthesis, or without.
    let shows = |name: &str| called.windows(2).any(|pair| pair[0] == name && ["(", ":"].contains(&pair[1]));
    let mut found = Vec::new();
    // Whether what stands above, without a break, has an example.
    let mut own = false;
    for (number, line) in source.text.lines().enumerate() {
        let line = line.trim_start();
        match public(line) {
            Some(name) if !own && !shows(name) => found.push((number + 1, name.to_owned())),
            _ => {}
        }
        own = is_above(line) && (own || line.contains("```") || line.starts_with("#[doc = example!"));
    }
    found
}

/// Says whether a line belongs to what stands below it: documentation or an attribute.
fn is_above(line: &str) -> bool {
    line.starts_with("///") || line.starts_with("#[")
}

/// Returns the name of the public function that begins in a line.
fn public(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub ")?;
    let rest = rest.strip_prefix("const ").unwrap_or(rest);
    let rest = rest.strip_prefix("async ").unwrap_or(rest).strip_prefix("fn ")?;
    split(rest).next()
}

/// Returns the code of all examples.
fn examples(text: &str) -> String {
    let mut examples = String::new();
    let mut inside = false;
    for line in text.lines() {
        let Some(line) = line.trim_start().strip_prefix("///") else { continue };
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if inside {
            examples.push_str(line);
            examples.push('\n');
        }
    }
    examples
}
