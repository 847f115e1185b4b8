//! A source file with its comments and strings blanked out, so that a rule reads code and nothing else.

use crate::marks::{Kind, mark};

/// What a file is written in; decides what a comment and a string look like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Rust,
    JavaScript,
    Css,
    Other,
}

impl Language {
    pub(crate) fn of(file: &str) -> Self {
        match file.rsplit('.').next() {
            Some("rs") => Self::Rust,
            Some("js" | "mjs" | "ts") => Self::JavaScript,
            Some("css") => Self::Css,
            _ => Self::Other,
        }
    }
}

/// A text file of the repository.
pub(crate) struct Source {
    pub(crate) file: String,
    pub(crate) language: Language,
    /// As it stands on disk.
    pub(crate) text: String,
    /// Without comments; every line as long as in `text`.
    pub(crate) uncommented: String,
    /// Without comments and without what stands in quotes.
    pub(crate) code: String,
}

impl Source {
    pub(crate) fn new(file: &str, text: &str) -> Self {
        let language = Language::of(file);
        let marks = mark(language, text);
        let keep = |kinds: &[Kind]| -> String {
            let kept = text.chars().zip(&marks);
            kept.map(|(c, kind)| if c == '\n' || kinds.contains(kind) { c } else { ' ' }).collect()
        };
        Self {
            file: file.to_owned(),
            language,
            text: text.to_owned(),
            uncommented: keep(&[Kind::Code, Kind::Quoted]),
            code: keep(&[Kind::Code]),
        }
    }

    /// Returns the words and signs of the code, each with its line.
    pub(crate) fn tokens(&self) -> Vec<(usize, &str)> {
        let mut tokens = Vec::new();
        for (number, line) in self.code.lines().enumerate() {
            tokens.extend(split(line).map(|token| (number + 1, token)));
        }
        tokens
    }
}

/// Splits code into words (a name, a keyword, a number) and single signs.
pub(crate) fn split(code: &str) -> impl Iterator<Item = &str> {
    let mut rest = code;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let length = match first {
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        Some(token)
    })
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}
