//! How many tests passed and failed, read from what the runners print at their end.

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    /// A step that is one check.
    pub(crate) fn of_one(passed: bool) -> Self {
        Self {
            passed: passed.into(),
            failed: (!passed).into(),
        }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }

    /// Reads them from the output of `cargo nextest`, `cargo test`, vitest or `node --test`. A runner that did not
    /// succeed has failed in something, whatever it counted; one that counted nothing has tested nothing.
    pub(crate) fn read(output: &str, succeeded: bool) -> Self {
        // nextest repeats what each failed test printed, which looks like the end of another run.
        let is_nextest = output.lines().any(is_summary_of_nextest);
        let counts = output
            .lines()
            .filter(|line| !is_nextest || is_summary_of_nextest(line))
            .filter_map(in_line)
            .fold(Self::default(), Self::plus);
        if counts.failed == 0 && (!succeeded || counts.passed == 0) {
            return Self {
                failed: 1,
                ..counts
            };
        }
        counts
    }
}

fn is_summary_of_nextest(line: &str) -> bool {
    line.trim_start().starts_with("Summary [")
}

fn in_line(line: &str) -> Option<Counts> {
    let plain = without_colours(line);
    let line = plain.trim();
    if let Some(count) = line.strip_prefix("ℹ pass ") {
        return Some(Counts {
            passed: count.parse().ok()?,
            failed: 0,
        });
    }
    if let Some(count) = line.strip_prefix("ℹ fail ") {
        return Some(Counts {
            passed: 0,
            failed: count.parse().ok()?,
        });
    }
    let is_summary = line.starts_with("Summary [")
        || line.starts_with("test result:")
        || line.starts_with("Tests ");
    is_summary.then(|| Counts {
        passed: before(line, "passed"),
        failed: before(line, "failed") + before(line, "timed out"),
    })
}

/// The number before a word: `12 tests run: 10 passed (1 slow), 2 failed`.
fn before(line: &str, word: &str) -> u64 {
    line.split([',', ';', ':', '|', '.'])
        .map(str::trim)
        .filter_map(|part| part.split_once(&format!(" {word}")))
        .filter_map(|(count, _)| count.split_whitespace().last()?.parse::<u64>().ok())
        .sum()
}

fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut parts = line.split('\u{1b}');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        plain.push_str(part.split_once('m').map_or(part, |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runner_is_understood() {
        for (output, passed, failed) in [
            (
                "     Summary [   0.123s] 12 tests run: 12 passed, 0 skipped",
                12,
                0,
            ),
            (
                "     Summary [  61.000s] 12 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 3 skipped",
                9,
                3,
            ),
            (
                "    test result: FAILED. 0 passed; 1 failed; 0 ignored\n  Summary [1s] 5 tests run: 4 passed, 1 failed",
                4,
                1,
            ),
            (
                "Summary [0.1s] 1/3 tests run: 0 passed, 1 failed, 0 skipped",
                0,
                1,
            ),
            (
                "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured\ntest result: FAILED. 1 passed; 2 failed;",
                6,
                2,
            ),
            ("      Tests  1 failed | 31 passed (32)", 31, 1),
            (
                "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m32 passed\u{1b}[39m\u{1b}[22m\u{1b}[90m (32)\u{1b}[39m",
                32,
                0,
            ),
            ("ℹ tests 7\nℹ pass 5\nℹ fail 2", 5, 2),
        ] {
            assert_eq!(
                Counts::read(output, failed == 0),
                Counts { passed, failed },
                "{output}"
            );
        }
    }

    #[test]
    fn a_runner_that_broke_or_found_no_test_has_not_passed() {
        assert_eq!(Counts::read("error: could not compile", false).failed, 1);
        assert_eq!(Counts::read("ℹ pass 0\nℹ fail 0", true).failed, 1);
        assert_eq!(
            Counts::read("ℹ pass 3\nℹ fail 0", false),
            Counts {
                passed: 3,
                failed: 1
            }
        );
    }
}
