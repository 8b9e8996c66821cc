//! What the program is told when it starts: where its data is, and for tests what time it is. Nothing secret ever
//! stands in an argument.

use std::ffi::OsString;
use std::path::PathBuf;

use yichuang_desk::{Clock, DeskOptions, read_moment};

/// What `--help` would say, if a window had one.
pub(crate) const USAGE: &str = "yichuang-desktop [--data DIR] [--now 2026-11-24T09:00]";

/// Why the arguments make no sense.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BadOptions {
    /// An argument that is not known, or lacks its value.
    Usage,
    /// This machine does not say where people keep their data.
    NoHome,
}

/// Reads the arguments, without the program's own name.
pub(crate) fn read(
    mut arguments: impl Iterator<Item = OsString>,
) -> Result<DeskOptions, BadOptions> {
    let mut data = None;
    let mut clock = Clock::System;
    while let Some(argument) = arguments.next() {
        let value = arguments
            .next()
            .filter(|value| !value.is_empty())
            .ok_or(BadOptions::Usage)?;
        match argument.to_str() {
            Some("--data") => data = Some(PathBuf::from(value)),
            Some("--now") => {
                let moment = value
                    .to_str()
                    .and_then(read_moment)
                    .ok_or(BadOptions::Usage)?;
                clock = Clock::starting_at(moment);
            }
            _ => return Err(BadOptions::Usage),
        }
    }
    // Papers go where a person looks for their papers; those of a folder of its own stay in it.
    let documents = dirs::document_dir().filter(|_folder| data.is_none());
    let data = data
        .or_else(|| Some(dirs::data_dir()?.join("yichuang")))
        .ok_or(BadOptions::NoHome)?;
    let export = documents.map_or_else(|| data.join("export"), |folder| folder.join("一窗"));
    Ok(DeskOptions {
        data,
        export,
        clock,
        fonts: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(arguments: &[&str]) -> Result<PathBuf, BadOptions> {
        read(arguments.iter().map(OsString::from)).map(|options| options.data)
    }

    #[test]
    fn the_data_folder_is_what_was_said() {
        assert_eq!(data(&["--data", "/tmp/a b"]), Ok(PathBuf::from("/tmp/a b")));
        assert_eq!(
            data(&["--now", "2026-11-24T09:00", "--data", "/tmp/a"]),
            Ok(PathBuf::from("/tmp/a"))
        );
    }

    #[test]
    fn an_argument_that_means_nothing_to_us_stops_the_start() {
        for arguments in [
            &["--data"][..],
            &["--data", ""],
            &["--password", "x"],
            &["yichuang://open"],
            &["--now", "tomorrow"],
        ] {
            assert_eq!(data(arguments), Err(BadOptions::Usage), "{arguments:?}");
        }
    }
}
