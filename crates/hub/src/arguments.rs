//! What the program is told when it starts.

use std::{ffi::OsString, net::SocketAddr, path::PathBuf};

use lexopt::{Arg, Parser, ValueExt};
use yichuang_domain::record::Id;

use crate::error::HubError;

pub(crate) const HELP: &str = "\
yichuang-hub 总库: where the desks of a community meet. Answers are JSON; exit code 0 done, 2 refused, 1 failed.

  yichuang-hub init --data DIR                    makes the hub and its key
  yichuang-hub serve --data DIR --listen ADDR     serves desks; prints the address it got
  yichuang-hub communities --data DIR             the communities it keeps
  yichuang-hub enrol --data DIR --community NAME  a one-time code for one desk, and the hub's key
  yichuang-hub import FILE --to ANSWER --data DIR
                                                  takes a desk's stick in while the hub does not serve, and
                                                  writes the answer file for the same desk
  yichuang-hub revoke DEVICE --data DIR [--lost]  takes a device out of service, at its next request

`enrol` and `revoke` work while the hub serves.
";

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Help,
    Init {
        data: PathBuf,
    },
    Serve {
        data: PathBuf,
        listen: SocketAddr,
    },
    Communities {
        data: PathBuf,
    },
    Enrol {
        data: PathBuf,
        community: String,
    },
    Import {
        data: PathBuf,
        file: PathBuf,
        to: PathBuf,
    },
    Revoke {
        data: PathBuf,
        device: Id,
        lost: bool,
    },
}

#[derive(Default)]
struct Given {
    data: Option<PathBuf>,
    listen: Option<String>,
    community: Option<String>,
    to: Option<PathBuf>,
    lost: bool,
    help: bool,
    words: Vec<String>,
}

fn usage(problem: impl Into<String>) -> HubError {
    HubError::Usage {
        problem: problem.into(),
    }
}

/// Reads the arguments, the program's own name first.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, HubError> {
    let given = options(arguments).map_err(|error| usage(error.to_string()))?;
    if given.help {
        return Ok(Asked::Help);
    }
    let data = || given.data.clone().ok_or_else(|| usage("--data is missing"));
    let words: Vec<&str> = given.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["init"] => Ok(Asked::Init { data: data()? }),
        ["communities"] => Ok(Asked::Communities { data: data()? }),
        ["serve"] => {
            let listen = given.listen.as_deref().unwrap_or("127.0.0.1:0");
            let listen = listen.parse();
            Ok(Asked::Serve {
                data: data()?,
                listen: listen.map_err(|_error| usage("--listen is no address"))?,
            })
        }
        ["enrol"] => {
            let community = given.community.clone();
            let community = community.filter(|name| {
                let length = name.trim().chars().count();
                (1..=64).contains(&length) && !name.chars().any(char::is_control)
            });
            Ok(Asked::Enrol {
                data: data()?,
                community: community.ok_or_else(|| usage("--community is missing or no name"))?,
            })
        }
        ["import", file] => Ok(Asked::Import {
            data: data()?,
            file: file.into(),
            to: given.to.clone().ok_or_else(|| usage("--to is missing"))?,
        }),
        ["revoke", device] => Ok(Asked::Revoke {
            data: data()?,
            device: Id::parse(device).map_err(|_error| usage("DEVICE is no device"))?,
            lost: given.lost,
        }),
        ["help"] => Ok(Asked::Help),
        [] => Err(usage("no command")),
        [unknown, ..] => Err(usage(format!(
            "{} is not understood",
            unknown.chars().take(40).collect::<String>()
        ))),
    }
}

fn options(arguments: impl IntoIterator<Item = OsString>) -> Result<Given, lexopt::Error> {
    let mut parser = Parser::from_iter(arguments);
    let mut given = Given::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("data") => given.data = Some(parser.value()?.into()),
            Arg::Long("listen") => given.listen = Some(parser.value()?.string()?),
            Arg::Long("community") => given.community = Some(parser.value()?.string()?),
            Arg::Long("to") => given.to = Some(parser.value()?.into()),
            Arg::Long("lost") => given.lost = true,
            Arg::Long("help") | Arg::Short('h') => given.help = true,
            Arg::Value(word) => given.words.push(word.string()?),
            Arg::Long(_) | Arg::Short(_) => return Err(argument.unexpected()),
        }
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Result<Asked, HubError> {
        let all = std::iter::once("yichuang-hub").chain(words.iter().copied());
        read(all.map(OsString::from))
    }

    #[test]
    fn what_is_not_understood_is_refused_and_not_guessed() {
        for words in [
            &["open"][..],
            &[],
            &["init"],
            &["serve", "--data", "x", "--listen", "here"],
            &["enrol", "--data", "x"],
            &["enrol", "--data", "x", "--community", " "],
            &["revoke", "me", "--data", "x"],
            &["import", "stick", "--data", "x"],
            &["init", "--data", "x", "--force"],
        ] {
            assert!(
                matches!(asked(words), Err(HubError::Usage { .. })),
                "{words:?}"
            );
        }
        assert!(matches!(
            asked(&["serve", "--data", "x"]),
            Ok(Asked::Serve { .. })
        ));
    }
}
