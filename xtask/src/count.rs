//! How many tests ran, as their runners say.

use std::fmt;
use std::ops::AddAssign;

/// The numbers of one or more runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) ignored: u32,
}

impl Count {
    /// Reads every `test result: ok. 3 passed; 0 failed; 0 ignored; …`, the summary of Rust's test runners.
    pub(crate) fn of_rust(output: &str) -> Self {
        output.lines().map(summary).sum()
    }

    /// Reads the summaries of tests that ran in a browser. `cargo test` also tries binaries and doc tests without any.
    pub(crate) fn of_wasm(output: &str) -> Self {
        let mut in_browser = false;
        let mut count = Self::default();
        for line in output.lines() {
            in_browser |= line.starts_with("Running headless tests in ");
            if in_browser && line.contains("test result: ") {
                count += summary(line);
                in_browser = false;
            }
        }
        count
    }

    /// Reads the summary of `node --test`, lines such as `ℹ pass 3`.
    pub(crate) fn of_node(output: &str) -> Self {
        let number = |key: &str| {
            let lines = output.lines().filter_map(|line| line.strip_prefix("ℹ ")?.strip_prefix(key));
            lines.filter_map(|rest| rest.trim().parse::<u32>().ok()).sum()
        };
        Self {
            passed: number("pass "),
            failed: number("fail ") + number("cancelled "),
            ignored: number("skipped ") + number("todo "),
        }
    }

    /// How many ran.
    pub(crate) fn ran(self) -> u32 {
        self.passed + self.failed
    }
}

fn summary(line: &str) -> Count {
    let mut count = Count::default();
    let Some((_, numbers)) = line.split_once("test result: ") else { return count };
    let words: Vec<_> = numbers.split([' ', ';', '.']).filter(|word| !word.is_empty()).collect();
    for pair in words.windows(2) {
        let Ok(number) = pair[0].parse::<u32>() else { continue };
        match pair[1] {
            "passed" => count.passed += number,
            "failed" => count.failed += number,
            "ignored" => count.ignored += number,
            _ => {}
        }
    }
    count
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |mut sum, count| {
            sum += count;
            sum
        })
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed", self.passed)?;
        for (number, word) in [(self.failed, "failed"), (self.ignored, "ignored")] {
            if number > 0 {
                write!(f, ", {number} {word}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    fn count(passed: u32, failed: u32, ignored: u32) -> Count {
        Count { passed, failed, ignored }
    }

    #[test]
    fn rust_summaries_add_up() {
        let output = "running 2 tests\ntest a ... ok\n\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s\n\
            test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(Count::of_rust(output), count(6, 1, 1));
        assert_eq!(Count::of_rust("could not compile"), count(0, 0, 0));
    }

    #[test]
    fn wasm_tests_count_when_a_browser_ran_them() {
        let output = "no tests to run!\n\
            Running headless tests in Firefox on `http://127.0.0.1:1/`\n\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s\n\
            test result: ok. 9 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(Count::of_wasm(output), count(2, 0, 0));
    }

    #[test]
    fn nodes_summary_is_read() {
        let output =
            "✔ adds (1ms)\nℹ tests 4\nℹ suites 0\nℹ pass 2\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n";
        assert_eq!(Count::of_node(output), count(2, 1, 1));
    }
}
