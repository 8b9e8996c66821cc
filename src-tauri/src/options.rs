//! What the program is told when it starts: where its data is. Nothing secret ever stands in an argument.

use std::ffi::OsString;
use std::path::PathBuf;

/// Where the desk lives, and where it puts what people take away.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// The data folder.
    pub(crate) data: PathBuf,
    /// The folder for papers that are saved as files.
    pub(crate) export: PathBuf,
}

/// Why the arguments make no sense.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BadOptions {
    /// Only `--data DIR` is known.
    Unknown,
    /// `--data` without a folder.
    NoFolder,
    /// This machine does not say where people keep their data.
    NoHome,
}

impl Options {
    /// Reads the arguments, without the program's own name.
    pub(crate) fn of(mut arguments: impl Iterator<Item = OsString>) -> Result<Self, BadOptions> {
        let mut data = None;
        while let Some(argument) = arguments.next() {
            if argument != "--data" {
                return Err(BadOptions::Unknown);
            }
            let folder = arguments.next().filter(|folder| !folder.is_empty());
            data = Some(PathBuf::from(folder.ok_or(BadOptions::NoFolder)?));
        }
        let data = data
            .or_else(|| Some(dirs::data_dir()?.join("yichuang")))
            .ok_or(BadOptions::NoHome)?;
        let export = dirs::document_dir()
            .map_or_else(|| data.join("export"), |documents| documents.join("一窗"));
        Ok(Self { data, export })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<PathBuf, BadOptions> {
        Options::of(arguments.iter().map(OsString::from)).map(|options| options.data)
    }

    #[test]
    fn the_data_folder_is_what_was_said() {
        assert_eq!(read(&["--data", "/tmp/a b"]), Ok(PathBuf::from("/tmp/a b")));
    }

    #[test]
    fn an_argument_that_means_nothing_to_us_stops_the_start() {
        assert_eq!(read(&["--data"]), Err(BadOptions::NoFolder));
        assert_eq!(read(&["--data", ""]), Err(BadOptions::NoFolder));
        assert_eq!(read(&["--password", "x"]), Err(BadOptions::Unknown));
        assert_eq!(read(&["yichuang://open"]), Err(BadOptions::Unknown));
    }
}
