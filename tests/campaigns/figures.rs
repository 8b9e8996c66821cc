//! What a campaign counted, as a table.

use std::fmt::Write;
use std::time::Duration;

/// More failures than this are counted and not told one by one.
const MOST_TOLD: usize = 10;

/// The figures of a campaign.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    rows: Vec<(String, u64)>,
    failures: Vec<String>,
}

impl Figures {
    /// Adds to a count; rows stand in the order of their first mention.
    pub(crate) fn add(&mut self, row: &str, count: u64) {
        *self.row(row) += count;
    }

    /// Keeps the greatest of a measure.
    pub(crate) fn greatest(&mut self, row: &str, value: u64) {
        let kept = self.row(row);
        *kept = value.max(*kept);
    }

    /// One of a kind.
    pub(crate) fn one(&mut self, row: &str) {
        self.add(row, 1);
    }

    /// Something that must not be. `how` runs it alone.
    pub(crate) fn fail(&mut self, what: &str, how: &str) {
        self.failures.push(format!("{what}\n    alone: {how}"));
    }

    /// Takes the figures of another part in.
    pub(crate) fn take_in(&mut self, other: Self) {
        for (row, count) in other.rows {
            if row.ends_with("ms at most") || row.ends_with("MB at most") {
                self.greatest(&row, count);
            } else {
                self.add(&row, count);
            }
        }
        self.failures.extend(other.failures);
    }

    /// Whether nothing was found.
    pub(crate) fn passed(&self) -> bool {
        self.failures.is_empty()
    }

    /// The table, the failures, and the line that sums up.
    pub(crate) fn table(&self, name: &str, seed: u64) -> String {
        let mut text = format!("\ncampaign {name}, seed {seed}\n");
        for (row, count) in &self.rows {
            writeln!(text, "  {row:<52} {count:>10}").unwrap();
        }
        for failure in self.failures.iter().take(MOST_TOLD) {
            writeln!(text, "  FAILED {failure}").unwrap();
        }
        let result = if self.passed() { "passed" } else { "failed" };
        let count = self.failures.len();
        writeln!(text, "campaign {name}: {result} ({count} failures)").unwrap();
        text
    }

    fn row(&mut self, row: &str) -> &mut u64 {
        let place = self.rows.iter().position(|(name, _)| name == row);
        let place = place.unwrap_or_else(|| {
            self.rows.push((row.to_owned(), 0));
            self.rows.len() - 1
        });
        &mut self.rows[place].1
    }
}

/// Milliseconds, for a row.
pub(crate) fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
