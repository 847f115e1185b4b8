//! Tells code, quoted text and comments apart: enough of the grammars of Rust, JavaScript and CSS for that.

use crate::source::{Language, is_word};

/// What a character of a source file belongs to. Quotation marks count as code, what they hold does not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Code,
    Quoted,
    Comment,
}

/// Gives every character of a text its kind.
pub(crate) fn mark(language: Language, text: &str) -> Vec<Kind> {
    let text: Vec<char> = text.chars().collect();
    let mut marker = Marker { language, marks: Vec::with_capacity(text.len()), text };
    if language != Language::Other {
        marker.code(false);
    }
    marker.marks.resize(marker.text.len(), Kind::Code);
    marker.marks
}

/// Reads a text from front to back; `marks` says how far it is.
struct Marker {
    language: Language,
    text: Vec<char>,
    marks: Vec<Kind>,
}

impl Marker {
    fn at(&self, ahead: usize) -> Option<char> {
        self.text.get(self.marks.len() + ahead).copied()
    }

    fn starts(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(i, c)| self.at(i) == Some(c))
    }

    fn take(&mut self, count: usize, kind: Kind) {
        let end = (self.marks.len() + count).min(self.text.len());
        self.marks.resize(end, kind);
    }

    /// Reads code up to the end, or up to the brace that ends a `${…}`.
    fn code(&mut self, in_template: bool) {
        let mut depth = 0;
        while let Some(c) = self.at(0) {
            let (rust, script) = (self.language == Language::Rust, self.language == Language::JavaScript);
            match c {
                '/' if self.starts("/*") => self.block_comment(),
                '/' if self.starts("//") && (rust || script) => {
                    while self.at(0).is_some_and(|c| c != '\n') {
                        self.take(1, Kind::Comment);
                    }
                }
                '/' if script && self.regex_may_start() => self.regex(),
                'r' if rust && self.raw_hashes().is_some() => self.raw_string(),
                '\'' if rust => self.char_or_lifetime(),
                '"' => self.quoted('"'),
                '\'' => self.quoted('\''),
                '`' if script => self.template(),
                '{' if in_template => {
                    depth += 1;
                    self.take(1, Kind::Code);
                }
                '}' if in_template && depth == 0 => return,
                '}' if in_template => {
                    depth -= 1;
                    self.take(1, Kind::Code);
                }
                _ => self.take(1, Kind::Code),
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at(0).is_some() {
            if self.starts("/*") && (depth == 0 || self.language == Language::Rust) {
                depth += 1;
                self.take(2, Kind::Comment);
            } else if self.starts("*/") {
                depth -= 1;
                self.take(2, Kind::Comment);
                if depth == 0 {
                    return;
                }
            } else {
                self.take(1, Kind::Comment);
            }
        }
    }

    fn quoted(&mut self, quote: char) {
        self.take(1, Kind::Code);
        while let Some(c) = self.at(0) {
            match c {
                '\\' => self.take(2, Kind::Quoted),
                _ if c == quote => return self.take(1, Kind::Code),
                _ => self.take(1, Kind::Quoted),
            }
        }
    }

    fn template(&mut self) {
        self.take(1, Kind::Code);
        while let Some(c) = self.at(0) {
            match c {
                '\\' => self.take(2, Kind::Quoted),
                '`' => return self.take(1, Kind::Code),
                '$' if self.starts("${") => {
                    self.take(2, Kind::Code);
                    self.code(true);
                    self.take(1, Kind::Code);
                }
                _ => self.take(1, Kind::Quoted),
            }
        }
    }

    /// A slash divides behind a value and starts a regular expression elsewhere.
    fn regex_may_start(&self) -> bool {
        let mut before = Vec::new();
        for (c, kind) in self.text.iter().zip(&self.marks).rev() {
            let blank = c.is_whitespace() || *kind == Kind::Comment;
            match before.last() {
                None if blank => continue,
                Some(&last) if !(is_word(*c) && is_word(last)) => break,
                _ => before.push(*c),
            }
        }
        let word: String = before.iter().rev().collect();
        match word.chars().next() {
            None => true,
            Some(c) if is_word(c) => {
                ["return", "typeof", "case", "in", "of", "await", "yield"].contains(&&*word)
            }
            Some(c) => !")]}\"'`".contains(c),
        }
    }

    fn regex(&mut self) {
        self.take(1, Kind::Code);
        let mut in_class = false;
        while let Some(c) = self.at(0) {
            match c {
                '\n' => return,
                '\\' => self.take(2, Kind::Quoted),
                '/' if !in_class => return self.take(1, Kind::Code),
                _ => {
                    in_class = c == '[' || (in_class && c != ']');
                    self.take(1, Kind::Quoted);
                }
            }
        }
    }

    /// Counts the `#` of a raw string that starts here: `r"…"`, `r#"…"#`. A name may end in `r`, or start with `r#`.
    fn raw_hashes(&self) -> Option<usize> {
        let before = self.marks.len().checked_sub(1).and_then(|i| self.text.get(i));
        if before.is_some_and(|&c| is_word(c) && c != 'b' && c != 'c') {
            return None;
        }
        let hashes = self.text[self.marks.len() + 1..].iter().take_while(|c| **c == '#').count();
        (self.at(1 + hashes) == Some('"')).then_some(hashes)
    }

    fn raw_string(&mut self) {
        let hashes = self.raw_hashes().unwrap_or_default();
        let end = format!("\"{}", "#".repeat(hashes));
        self.take(hashes + 2, Kind::Code);
        while self.at(0).is_some() && !self.starts(&end) {
            self.take(1, Kind::Quoted);
        }
        self.take(hashes + 1, Kind::Code);
    }

    fn char_or_lifetime(&mut self) {
        match (self.at(1), self.at(2)) {
            (Some('\\'), _) | (Some(_), Some('\'')) => self.quoted('\''),
            _ => self.take(1, Kind::Code),
        }
    }
}
