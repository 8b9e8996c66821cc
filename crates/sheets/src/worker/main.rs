//! `yichuang-sheet-worker`: reads one spreadsheet from its standard input and tells its rows.
//!
//! Started by the desk for one file, with nothing but that file. It limits itself before it reads the
//! first byte; a panic, a signal or silence all mean the same to the desk: refused.

mod csv;
mod limits;
mod out;
mod parts;
mod xls;
mod xlsx;

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    process::ExitCode,
};

use out::Out;
use yichuang_sheets::{Form, Limits, Trouble};

fn main() -> ExitCode {
    let Some(promised) = std::env::args()
        .nth(1)
        .and_then(|ending| Form::of_ending(&ending))
    else {
        return ExitCode::from(2);
    };
    if limits::take().is_err() {
        return ExitCode::from(2);
    }
    let mut out = Out::new(io::stdout().lock());
    let read = input()
        .map_err(|_unreadable| Trouble::Damaged)
        .and_then(|file| read(file, promised, &mut out));
    match out.finish(read) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_nobody_listens) => ExitCode::FAILURE,
    }
}

fn read(mut file: File, promised: Form, out: &mut Out<'_>) -> Result<(), Trouble> {
    let holds = form_of(&mut file)?;
    if holds != promised {
        return Err(Trouble::WrongEnding { holds });
    }
    match holds {
        Form::Xlsx => xlsx::read(file, out),
        Form::Xls => xls::read(file, out),
        Form::Csv => csv::read(file, out),
    }?;
    if out.is_empty() {
        return Err(Trouble::Empty);
    }
    Ok(())
}

/// What the first bytes say. Text has no mark of its own: whatever is left may be text.
fn form_of(file: &mut File) -> Result<Form, Trouble> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    /// Starts of pictures, papers, archives and programs that people take for spreadsheets.
    const OTHERS: [&[u8]; 8] = [
        b"%PDF",
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"Rar!",
        b"7z\xBC\xAF",
        b"\x7FELF",
        b"MZ",
    ];
    let mut start = Vec::new();
    file.take(8)
        .read_to_end(&mut start)
        .and_then(|_count| file.seek(SeekFrom::Start(0)))
        .map_err(|_unreadable| Trouble::Damaged)?;
    if start.is_empty() {
        return Err(Trouble::Empty);
    }
    if start.starts_with(ZIP) {
        return Ok(Form::Xlsx);
    }
    if start.starts_with(COMPOUND) {
        return Ok(Form::Xls);
    }
    if OTHERS.iter().any(|other| start.starts_with(other)) {
        return Err(Trouble::NotASpreadsheet);
    }
    Ok(Form::Csv)
}

/// The file behind standard input, at its start, and not too large.
fn input() -> io::Result<File> {
    let mut file = stdin_as_file()?;
    if file.metadata()?.len() > Limits::FILE_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

#[cfg(unix)]
fn stdin_as_file() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
}

#[cfg(windows)]
fn stdin_as_file() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(io::stdin().as_handle().try_clone_to_owned()?.into())
}
