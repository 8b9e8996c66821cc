//! Running other programs: quietly, openly, or openly while listening to what they print.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::console::say;
use crate::trouble::{Result, Trouble, While};

/// A command in a folder.
pub(crate) fn command(
    program: impl AsRef<std::ffi::OsStr>,
    dir: &Path,
    arguments: &[&str],
) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir).args(arguments);
    command
}

/// Runs a command on the developer's terminal; anything but success is trouble.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().doing(shown(command))?;
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::new(format!(
            "{} ended with {status}",
            shown(command)
        )))
    }
}

/// What a command prints, or nothing where it cannot be run or does not succeed.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command, passes on every line it prints, and returns them with whether it succeeded.
pub(crate) fn listen(command: &mut Command) -> Result<(bool, String)> {
    let (reader, writer) = std::io::pipe().doing("making a pipe")?;
    let second = writer.try_clone().doing("making a pipe")?;
    // Codes for colours would be noise in a log.
    command.env("NO_COLOR", "1").env("TERM", "dumb");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(second)
        .spawn()
        .doing(shown(command))?;
    // The command holds the other ends of the pipe; it must let go of them or we would read for ever.
    command.stdout(Stdio::null()).stderr(Stdio::null());

    let mut said = String::new();
    let mut line = Vec::new();
    let mut lines = BufReader::new(reader);
    while lines
        .read_until(b'\n', &mut line)
        .doing("reading what a step prints")?
        > 0
    {
        let text = String::from_utf8_lossy(&line);
        say(text.trim_end_matches(['\r', '\n']));
        said.push_str(&text);
        line.clear();
    }
    let status = child.wait().doing(shown(command))?;
    Ok((status.success(), said))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    format!("`{}`", words.join(" "))
}
