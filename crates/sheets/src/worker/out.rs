//! Telling rows, within the limits of rows, columns and cells.

use std::io::{self, BufWriter, StdoutLock, Write};

use yichuang_sheets::{Cell, Limits, Message, Trouble};

/// Where the rows go.
pub(crate) struct Out<'a> {
    to: BufWriter<StdoutLock<'a>>,
    row: u32,
    cells: Vec<(u16, Cell)>,
    rows: u32,
    count: u32,
    broken: Option<io::Error>,
}

/// That something is larger than any real one.
pub(crate) fn too_large(what: &str, most: impl TryInto<u64>) -> Trouble {
    Trouble::TooLarge {
        what: what.to_owned(),
        most: most.try_into().unwrap_or(u64::MAX),
    }
}

impl<'a> Out<'a> {
    pub(crate) fn new(to: StdoutLock<'a>) -> Self {
        Self {
            to: BufWriter::with_capacity(64 * 1024, to),
            row: 0,
            cells: Vec::new(),
            rows: 0,
            count: 0,
            broken: None,
        }
    }

    /// Whether no cell was told yet.
    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// A sheet begins.
    pub(crate) fn sheet(&mut self, name: &str) {
        self.end_row();
        self.row = 0;
        let name = name.chars().take(100).collect();
        self.tell(&Message::Sheet { name });
    }

    /// A cell, row by row, both counted from 0.
    pub(crate) fn cell(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Trouble> {
        if matches!(&cell, Cell::Text(text) if text.trim().is_empty()) {
            return Ok(());
        }
        if column >= Limits::COLUMNS {
            return Err(too_large("columns", Limits::COLUMNS));
        }
        if matches!(&cell, Cell::Text(text) if text.len() > Limits::CELL_BYTES) {
            return Err(too_large("cell_bytes", Limits::CELL_BYTES as u64));
        }
        if row + 1 != self.row || self.cells.is_empty() {
            self.end_row();
            self.row = row + 1;
            self.rows += 1;
        }
        self.count += 1;
        if self.rows > Limits::ROWS {
            return Err(too_large("rows", Limits::ROWS));
        }
        if self.count > Limits::CELLS {
            return Err(too_large("cells", Limits::CELLS));
        }
        self.cells
            .push((u16::try_from(column).unwrap_or(u16::MAX), cell));
        Ok(())
    }

    fn end_row(&mut self) {
        if !self.cells.is_empty() {
            let cells = std::mem::take(&mut self.cells);
            self.tell(&Message::Row {
                row: self.row,
                cells,
            });
        }
    }

    fn tell(&mut self, message: &Message) {
        let told = serde_json::to_writer(&mut self.to, message)
            .map_err(io::Error::other)
            .and_then(|()| self.to.write_all(b"\n"));
        if let Err(error) = told {
            self.broken.get_or_insert(error);
        }
    }

    /// Tells how it ended.
    pub(crate) fn finish(mut self, read: Result<(), Trouble>) -> io::Result<()> {
        self.end_row();
        self.tell(&match read {
            Ok(()) => Message::End,
            Err(trouble) => Message::Refused { trouble },
        });
        self.to.flush()?;
        self.broken.map_or(Ok(()), Err)
    }
}
