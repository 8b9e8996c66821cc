//! The table.

use std::fmt::Write;

use crate::{Depth, machine};

/// What was measured, in the order it was.
pub(crate) struct Report {
    depth: Depth,
    rows: Vec<[String; 4]>,
    notes: Vec<String>,
}

impl Report {
    pub(crate) fn new(depth: Depth) -> Self {
        Self {
            depth,
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A figure: what, ours, the rival's or nothing, what is wanted or nothing.
    pub(crate) fn row(&mut self, what: &str, ours: &str, rival: &str, wanted: &str) {
        eprintln!("{what}: {ours} | {rival} | {wanted}");
        self.rows
            .push([what, ours, rival, wanted].map(str::to_owned));
    }

    /// A sentence under the table.
    pub(crate) fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::from("# Benchmarks\n\n");
        let size = match self.depth {
            Depth::Quick => "The quick form: small sizes, few rounds.",
            Depth::Full => "The full form.",
        };
        let machine = machine::described();
        writeln!(
            text,
            "Made by `cargo xtask bench`. {size} {machine}\n\n| What | Ours | Rival, same run | Wanted |\n| --- | --- | --- | --- |"
        )
        .expect("a text");
        for [what, ours, rival, wanted] in &self.rows {
            writeln!(text, "| {what} | {ours} | {rival} | {wanted} |").expect("a text");
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        for note in &self.notes {
            writeln!(text, "- {note}").expect("a text");
        }
        text
    }
}
