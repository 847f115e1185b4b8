//! JavaScript without its comments and indentation: a quarter of what a reader would download.
//!
//! Lines stay lines, so that no semicolon is missed. Nothing is renamed: a stack trace still tells the name.

use std::iter::Peekable;
use std::str::Chars;

/// Words after which a slash begins a regular expression and does not divide.
const BEFORE_REGEX: &[&str] = &[
    "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await", "yield",
];

/// Returns the script without comments, indentation and empty lines; nothing if it was not understood.
pub(crate) fn strip(script: &str) -> Option<String> {
    let rest = script.chars().peekable();
    let mut strip = Strip { rest, out: String::with_capacity(script.len()), lost: false };
    strip.code(false);
    (!strip.lost).then(|| strip.out.trim_end().to_owned() + "\n")
}

struct Strip<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
    /// Set where a literal has no end: something before it was taken for what it is not.
    lost: bool,
}

impl Strip<'_> {
    /// Copies code; inside a template literal up to the brace that ends the placeholder.
    fn code(&mut self, in_template: bool) {
        let mut braces = 0;
        while let Some(char) = self.rest.next() {
            match char {
                '"' | '\'' => self.literal(char),
                '`' => self.template(),
                '/' if self.rest.peek() == Some(&'/') => while self.rest.next_if(|c| *c != '\n').is_some() {},
                '/' if self.rest.peek() == Some(&'*') => self.block_comment(),
                '/' if self.at_regex() => self.regex(),
                '\n' => self.line_break(),
                ' ' | '\t' => self.space(),
                '}' if in_template && braces == 0 => return self.out.push('}'),
                _ => {
                    braces += i32::from(char == '{') - i32::from(char == '}');
                    self.out.push(char);
                }
            }
        }
    }

    fn line_break(&mut self) {
        trim_end(&mut self.out);
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// One space is as good as many, and none is needed where a line begins.
    fn space(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn block_comment(&mut self) {
        let (mut star, mut breaks) = (false, false);
        self.rest.next();
        for char in self.rest.by_ref() {
            if star && char == '/' {
                break;
            }
            star = char == '*';
            breaks |= char == '\n';
        }
        // A comment separates: by a line break, if it has one.
        if breaks { self.line_break() } else { self.space() }
    }

    /// Copies up to the closing quote.
    fn literal(&mut self, quote: char) {
        self.out.push(quote);
        while let Some(char) = self.rest.next() {
            self.out.push(char);
            match char {
                '\\' => self.out.extend(self.rest.next()),
                '\n' => break,
                _ if char == quote => return,
                _ => {}
            }
        }
        self.lost = true;
    }

    /// Copies a template literal to its end: its text is kept to the byte, its placeholders are code.
    fn template(&mut self) {
        self.out.push('`');
        while let Some(char) = self.rest.next() {
            self.out.push(char);
            match char {
                '\\' => self.out.extend(self.rest.next()),
                '`' => return,
                '$' => {
                    if let Some(brace) = self.rest.next_if_eq(&'{') {
                        self.out.push(brace);
                        self.code(true);
                    }
                }
                _ => {}
            }
        }
        self.lost = true;
    }

    /// Copies a regular expression, in which a class may hold a slash: `/[/]/`.
    fn regex(&mut self) {
        self.out.push('/');
        let mut in_class = false;
        while let Some(char) = self.rest.next() {
            self.out.push(char);
            match char {
                '\\' => self.out.extend(self.rest.next()),
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => return,
                '\n' => break,
                _ => {}
            }
        }
        self.lost = true;
    }

    /// Whether a slash that comes now begins a regular expression: what stands before it cannot be divided.
    fn at_regex(&self) -> bool {
        let before = self.out.trim_end();
        let word =
            before.rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').next().unwrap_or_default();
        match before.chars().next_back() {
            None => true,
            Some(')' | ']' | '}' | '"' | '\'' | '`') => false,
            Some(_) => word.is_empty() || BEFORE_REGEX.contains(&word),
        }
    }
}

/// Removes the spaces at the end, but not a line break.
fn trim_end(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[track_caller]
    fn check(script: &str, expected: &str) {
        assert_eq!(strip(script), Some(format!("{expected}\n")));
    }

    #[test]
    fn comments_and_indentation_go() {
        check("/** A. */\n\nclass A {\n    // why\n    b = 1; // one\n}\n", "class A {\nb = 1;\n}");
        check("const a = /** @type {any} */ (b);", "const a = (b);");
        check("return /* a\nb */ 1", "return\n1");
        check("a  +  b", "a + b");
    }

    #[test]
    fn what_only_looks_like_a_comment_stays() {
        check(r#"a("http://b", '/*', "\"//")"#, r#"a("http://b", '/*', "\"//")"#);
        check("a(`  //  ${b /* c */ + `/*${'}'}*/`}\n  `)", "a(`  //  ${b + `/*${'}'}*/`}\n  `)");
        check("a = /[/*]\\/\\*/ // b", "a = /[/*]\\/\\*/");
        check("return /'/.test(a) || /\"/g", "return /'/.test(a) || /\"/g");
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        assert_eq!(strip("if (a) /'/.test(a)\n"), None);
        assert_eq!(strip("`${a"), None);
    }

    #[test]
    fn a_division_is_none() {
        check("a = b / c // d / e", "a = b / c");
        check("(a) / 2 / '/*'", "(a) / 2 / '/*'");
        check("a[0] / 2 + `${({ a: 1 }).a / 2}` // b", "a[0] / 2 + `${({ a: 1 }).a / 2}`");
    }
}
