//! The paths that Rust code names, with the groups of `use` written out.

use crate::source::{Source, is_word};

/// A path such as `std::time::Duration`, and the line of its last part.
pub(crate) struct Path<'a> {
    pub(crate) line: usize,
    pub(crate) parts: Vec<&'a str>,
}

/// Finds every path of two parts or more. `use a::{b, c::{d, e}}` names `a::b`, `a::c::d` and `a::c::e`.
pub(crate) fn paths(source: &Source) -> Vec<Path<'_>> {
    let mut reader = Reader { tokens: source.tokens(), next: 0, found: Vec::new() };
    while reader.next < reader.tokens.len() {
        if reader.word().starts_with(is_word) {
            reader.path(&[]);
        } else {
            reader.next += 1;
        }
    }
    reader.found
}

struct Reader<'a> {
    tokens: Vec<(usize, &'a str)>,
    next: usize,
    found: Vec<Path<'a>>,
}

impl<'a> Reader<'a> {
    fn ahead(&self, count: usize) -> &'a str {
        self.tokens.get(self.next + count).map_or("", |(_, token)| token)
    }

    fn word(&self) -> &'a str {
        self.ahead(0)
    }

    /// Reads a path whose first parts are `prefix`, up to the first token that does not belong to it.
    fn path(&mut self, prefix: &[&'a str]) {
        let mut parts = prefix.to_vec();
        loop {
            if self.word() == "{" && !parts.is_empty() {
                return self.group(&parts);
            }
            let Some(&(line, part)) = self.tokens.get(self.next) else { return };
            if !part.starts_with(is_word) && part != "*" {
                return;
            }
            parts.push(part);
            self.next += 1;
            if self.word() == ":" && self.ahead(1) == ":" {
                self.next += 2;
                continue;
            }
            // A macro belongs to no module.
            if parts.len() > 1 && self.word() != "!" {
                self.found.push(Path { line, parts });
            }
            return;
        }
    }

    fn group(&mut self, prefix: &[&'a str]) {
        self.next += 1;
        while !matches!(self.word(), "" | "}") {
            self.path(prefix);
            // `as name`
            while !matches!(self.word(), "" | "}" | ",") {
                self.next += 1;
            }
            self.next += usize::from(self.word() == ",");
        }
        self.next += 1;
    }
}
