//! What the program is told when it starts. Nothing secret ever stands in an argument: everybody on
//! the machine can read them.

use std::{ffi::OsString, path::PathBuf};

use chrono::{NaiveDate, NaiveDateTime};
use lexopt::{Arg, Parser, ValueExt};
use serde_json::json;
use yichuang_desk::{Answer, Language, read_moment};

use crate::{
    answer::{Outcome, refused},
    import::Import,
    list::List,
};

pub(crate) const HELP: &str = "\
yichuang 一窗: the desk in a terminal. Answers are JSON; exit code 0 done, 2 refused, 1 failed.

  yichuang init --community NAME --clerk NAME --clerk NAME --supervisor NAME
  yichuang call NAME [JSON]      one call; JSON may be - for standard input
  yichuang call -                many calls, one {\"call\",\"input\"} a line; an answer a line each
  yichuang calls                 all calls with their input
  yichuang sample [--seed N] [--people N] [--cases N]
  yichuang import FILE… [--dry-run] [--map FILE]
                                 takes spreadsheets in; FILE of --map is {\"title\": \"field\" | null}
  yichuang undo IMPORT           takes a whole import back
  yichuang list people|households [--filter TEXT] [--columns A,B] [--xlsx OUT --reason TEXT]
  yichuang verify [--head HASH]  checks the whole journal, and that a printed head is in it
  yichuang proof CASE [--to FILE]
                                 the record of a case as PDF, its proof inside
  yichuang check-proof FILE      checks such a record; needs no data and no password
  yichuang day-end [--day D]     the day-end sheet as PDF, with the head of the chain
  yichuang rebuild               makes the view anew from the journal
  yichuang backup [--to DIR]     a sealed backup, read back; into the folder that is set, without --to
  yichuang restore FILE --data DIR [--station LETTER]
                                 a backup into an empty folder, as a new device; the code comes from
                                 YICHUANG_RECOVERY_CODE or is asked for
  yichuang recovery-sheet [--to FILE]
                                 a new recovery code in place of the old one, and its sheet as PDF
  yichuang join --hub ADDR --code CODE --key KEY
                                 joins a hub (总库) as whoever --as names: the desk that founded the
                                 community brings it, an empty folder becomes a desk of it
  yichuang sync --once           talks with the hub until everything is said
  yichuang digest                how this desk stands; two desks that agree say the same
  yichuang outbox export FILE    on a stick what the hub does not have, sealed for it
  yichuang outbox import FILE    takes in the hub's answer file
  yichuang conflicts             what two desks wrote differently while apart
  yichuang serve [--port N]      the same pages for a browser on this machine
  yichuang bindings              the calls in TypeScript

Every command takes
  --data DIR      the data folder (else $XDG_DATA_HOME/yichuang)
  --as NAME       who acts; the password comes from YICHUANG_PASSWORD or is asked for
  --wait          after wrong passwords: waits as long as must be, then tries
  --now MOMENT    2026-11-24T09:00: a clock for demonstrations and tests
  --lang zh|en    the language of sentences
";

/// What every command takes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Common {
    pub(crate) data: Option<PathBuf>,
    pub(crate) person: Option<String>,
    /// Whether the pause after wrong passwords is waited out.
    pub(crate) wait: bool,
    pub(crate) now: Option<NaiveDateTime>,
    pub(crate) language: Language,
}

/// With whom a community is founded.
#[derive(Debug, Default)]
pub(crate) struct Founding {
    pub(crate) community: String,
    pub(crate) clerks: Vec<String>,
    pub(crate) supervisor: String,
}

/// What the sample community is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) people: Option<u32>,
    pub(crate) cases: Option<u32>,
}

/// Where the input of a call comes from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CallInput {
    Text(String),
    Stdin,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Version,
    Bindings,
    Calls,
    Init(Founding),
    Call {
        name: String,
        input: CallInput,
    },
    CallMany,
    Sample(Plan),
    Import(Import),
    UndoImport(String),
    List(List),
    Verify {
        head: Option<String>,
    },
    Proof {
        case: String,
        to: Option<PathBuf>,
    },
    CheckProof {
        file: PathBuf,
    },
    DayEnd {
        day: Option<NaiveDate>,
    },
    Rebuild,
    Backup {
        to: Option<PathBuf>,
    },
    Restore {
        file: PathBuf,
        station: Option<char>,
    },
    RecoverySheet {
        to: Option<PathBuf>,
    },
    Join {
        hub: String,
        code: String,
        key: String,
    },
    SyncOnce,
    OutboxExport(PathBuf),
    OutboxImport(PathBuf),
    Digest,
    Conflicts,
    Serve {
        port: u16,
    },
}

/// A command line that was understood.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) common: Common,
    pub(crate) command: Command,
}

/// A command line that was not.
#[derive(Debug)]
pub(crate) struct Wrong {
    problem: Problem,
    language: Language,
}

#[derive(Debug)]
enum Problem {
    Arguments(lexopt::Error),
    NoCommand,
    UnknownCommand(String),
    Missing(&'static str),
    NotForThis(&'static str),
    Value(&'static str),
}

impl From<lexopt::Error> for Problem {
    fn from(error: lexopt::Error) -> Self {
        Self::Arguments(error)
    }
}

impl From<Wrong> for Outcome {
    fn from(wrong: Wrong) -> Self {
        Self::Answer(wrong.answer())
    }
}

impl Wrong {
    fn answer(&self) -> Answer {
        let (problem, field) = match &self.problem {
            Problem::Arguments(lexopt::Error::UnexpectedOption(option)) => {
                (format!("unknown option {option}"), Some(option.as_str()))
            }
            Problem::Arguments(lexopt::Error::UnexpectedArgument(_)) => {
                ("one word too many".to_owned(), None)
            }
            Problem::Arguments(lexopt::Error::MissingValue { option }) => {
                ("a value is missing".to_owned(), option.as_deref())
            }
            Problem::Arguments(_) => ("the arguments cannot be read".to_owned(), None),
            Problem::NoCommand => ("no command".to_owned(), None),
            Problem::UnknownCommand(name) => (format!("no command {name}"), None),
            Problem::Missing(option) => ("is missing".to_owned(), Some(*option)),
            Problem::NotForThis(option) => ("is not for this command".to_owned(), Some(*option)),
            Problem::Value(option) => ("has a value it cannot have".to_owned(), Some(*option)),
        };
        let named = field.map_or_else(String::new, |field| format!(" {field}"));
        let text = match self.language {
            Language::Zh => format!(
                "命令行看不懂({problem}{named})，什么都没有做。请运行 yichuang --help 查看用法。"
            ),
            Language::En => format!(
                "This command line is not understood ({problem}{named}); nothing was done. See yichuang --help."
            ),
        };
        refused("usage", text, field, json!({ "problem": problem }))
    }
}

/// What is asked about the program itself.
#[derive(Clone, Copy)]
enum About {
    Help,
    Version,
}

#[derive(Default)]
struct Given {
    community: Option<String>,
    clerks: Vec<String>,
    supervisor: Option<String>,
    seed: Option<u64>,
    people: Option<u32>,
    cases: Option<u32>,
    port: Option<u16>,
    head: Option<String>,
    to: Option<PathBuf>,
    day: Option<NaiveDate>,
    station: Option<char>,
    dry_run: bool,
    map: Option<OsString>,
    filter: Option<String>,
    columns: Option<String>,
    xlsx: Option<OsString>,
    reason: Option<String>,
    hub: Option<String>,
    code: Option<String>,
    key: Option<String>,
    once: bool,
    words: Vec<String>,
    about: Option<About>,
}

/// Reads the arguments, the program's own name first.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, Wrong> {
    let mut common = Common::default();
    let read = options(arguments, &mut common).and_then(command);
    match read {
        Ok(command) => Ok(Asked { common, command }),
        Err(problem) => Err(Wrong {
            problem,
            language: common.language,
        }),
    }
}

fn options(
    arguments: impl IntoIterator<Item = OsString>,
    common: &mut Common,
) -> Result<Given, Problem> {
    let mut parser = Parser::from_iter(arguments);
    let mut given = Given::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("data") => common.data = Some(filled(parser.value()?, "--data")?.into()),
            Arg::Long("as") => common.person = Some(text(&mut parser, "--as")?),
            Arg::Long("wait") => common.wait = true,
            Arg::Long("now") => {
                let moment = read_moment(&text(&mut parser, "--now")?);
                common.now = Some(moment.ok_or(Problem::Value("--now"))?);
            }
            Arg::Long("lang") => {
                common.language = match text(&mut parser, "--lang")?.as_str() {
                    "zh" => Language::Zh,
                    "en" => Language::En,
                    _ => return Err(Problem::Value("--lang")),
                };
            }
            Arg::Long("community") => given.community = Some(text(&mut parser, "--community")?),
            Arg::Long("clerk") => given.clerks.push(text(&mut parser, "--clerk")?),
            Arg::Long("supervisor") => given.supervisor = Some(text(&mut parser, "--supervisor")?),
            Arg::Long("seed") => given.seed = Some(number(&mut parser, "--seed")?),
            Arg::Long("people") => given.people = Some(number(&mut parser, "--people")?),
            Arg::Long("cases") => given.cases = Some(number(&mut parser, "--cases")?),
            Arg::Long("port") => given.port = Some(number(&mut parser, "--port")?),
            Arg::Long("head") => given.head = Some(text(&mut parser, "--head")?),
            Arg::Long("to") => given.to = Some(filled(parser.value()?, "--to")?.into()),
            Arg::Long("day") => given.day = Some(number(&mut parser, "--day")?),
            Arg::Long("station") => given.station = Some(number(&mut parser, "--station")?),
            Arg::Long("dry-run") => given.dry_run = true,
            Arg::Long("map") => given.map = Some(filled(parser.value()?, "--map")?),
            Arg::Long("filter") => given.filter = Some(text(&mut parser, "--filter")?),
            Arg::Long("columns") => given.columns = Some(text(&mut parser, "--columns")?),
            Arg::Long("xlsx") => given.xlsx = Some(filled(parser.value()?, "--xlsx")?),
            Arg::Long("reason") => given.reason = Some(text(&mut parser, "--reason")?),
            Arg::Long("hub") => given.hub = Some(text(&mut parser, "--hub")?),
            Arg::Long("code") => given.code = Some(text(&mut parser, "--code")?),
            Arg::Long("key") => given.key = Some(text(&mut parser, "--key")?),
            Arg::Long("once") => given.once = true,
            Arg::Long("help") | Arg::Short('h') => given.about = Some(About::Help),
            Arg::Long("version") | Arg::Short('V') => {
                given.about = given.about.or(Some(About::Version));
            }
            Arg::Value(word) => given.words.push(word.string()?),
            Arg::Long(_) | Arg::Short(_) => return Err(argument.unexpected().into()),
        }
    }
    Ok(given)
}

fn command(given: Given) -> Result<Command, Problem> {
    match given.about {
        Some(About::Help) => return Ok(Command::Help),
        Some(About::Version) => return Ok(Command::Version),
        None => {}
    }
    let words: Vec<&str> = given.words.iter().map(String::as_str).collect();
    let name = *words.first().ok_or(Problem::NoCommand)?;
    nothing_foreign(name, &given)?;
    Ok(match *words.as_slice() {
        ["init"] => Command::Init(founding(given)?),
        ["call", "-"] => Command::CallMany,
        ["call", name] => Command::Call {
            name: name.to_owned(),
            input: CallInput::Text(String::new()),
        },
        ["call", name, "-"] => Command::Call {
            name: name.to_owned(),
            input: CallInput::Stdin,
        },
        ["call", name, input] => Command::Call {
            name: name.to_owned(),
            input: CallInput::Text(input.to_owned()),
        },
        ["call"] => return Err(Problem::Missing("NAME")),
        ["calls"] => Command::Calls,
        ["sample"] => Command::Sample(Plan {
            seed: given.seed.unwrap_or(1),
            people: given.people,
            cases: given.cases,
        }),
        ["import" | "check-proof" | "restore"] => return Err(Problem::Missing("FILE")),
        ["import", ..] => Command::Import(import(given)),
        ["undo", import] => Command::UndoImport(import.to_owned()),
        ["undo"] => return Err(Problem::Missing("IMPORT")),
        ["list", "people" | "households"] => Command::List(list(given)?),
        ["list"] => return Err(Problem::Missing("people|households")),
        ["verify"] => Command::Verify { head: given.head },
        ["proof", case] => Command::Proof {
            case: case.to_owned(),
            to: given.to,
        },
        ["proof"] => return Err(Problem::Missing("CASE")),
        ["check-proof", file] => Command::CheckProof { file: file.into() },
        ["day-end"] => Command::DayEnd { day: given.day },
        ["rebuild"] => Command::Rebuild,
        ["backup"] => Command::Backup { to: given.to },
        ["restore", file] => Command::Restore {
            file: file.into(),
            station: given.station,
        },
        ["recovery-sheet"] => Command::RecoverySheet { to: given.to },
        ["join"] => Command::Join {
            hub: given.hub.ok_or(Problem::Missing("--hub"))?,
            code: given.code.ok_or(Problem::Missing("--code"))?,
            key: given.key.ok_or(Problem::Missing("--key"))?,
        },
        ["sync"] if given.once => Command::SyncOnce,
        ["sync"] => return Err(Problem::Missing("--once")),
        ["outbox", "export", file] => Command::OutboxExport(file.into()),
        ["outbox", "import", file] => Command::OutboxImport(file.into()),
        ["outbox", ..] => return Err(Problem::Missing("export|import FILE")),
        ["digest"] => Command::Digest,
        ["conflicts"] => Command::Conflicts,
        ["serve"] => Command::Serve {
            port: given.port.unwrap_or(0),
        },
        ["bindings"] => Command::Bindings,
        ["help"] => Command::Help,
        [first, ..] if COMMANDS.contains(&first) => {
            return Err(lexopt::Error::UnexpectedArgument(OsString::new()).into());
        }
        [unknown, ..] => return Err(Problem::UnknownCommand(unknown.chars().take(40).collect())),
        [] => return Err(Problem::NoCommand),
    })
}

const COMMANDS: [&str; 24] = [
    "init",
    "call",
    "calls",
    "sample",
    "import",
    "undo",
    "list",
    "verify",
    "proof",
    "check-proof",
    "day-end",
    "rebuild",
    "backup",
    "restore",
    "recovery-sheet",
    "join",
    "sync",
    "outbox",
    "digest",
    "conflicts",
    "serve",
    "bindings",
    "help",
    "version",
];

/// An option of another command is a mistake, and told: it would otherwise do nothing, silently.
fn nothing_foreign(name: &str, given: &Given) -> Result<(), Problem> {
    let options = [
        ("--community", given.community.is_some(), &["init"][..]),
        ("--clerk", !given.clerks.is_empty(), &["init"]),
        ("--supervisor", given.supervisor.is_some(), &["init"]),
        ("--seed", given.seed.is_some(), &["sample"]),
        ("--people", given.people.is_some(), &["sample"]),
        ("--cases", given.cases.is_some(), &["sample"]),
        ("--port", given.port.is_some(), &["serve"]),
        ("--head", given.head.is_some(), &["verify"]),
        (
            "--to",
            given.to.is_some(),
            &["proof", "backup", "recovery-sheet"],
        ),
        ("--day", given.day.is_some(), &["day-end"]),
        ("--station", given.station.is_some(), &["restore"]),
        ("--dry-run", given.dry_run, &["import"]),
        ("--map", given.map.is_some(), &["import"]),
        ("--filter", given.filter.is_some(), &["list"]),
        ("--columns", given.columns.is_some(), &["list"]),
        ("--xlsx", given.xlsx.is_some(), &["list"]),
        ("--reason", given.reason.is_some(), &["list"]),
        ("--hub", given.hub.is_some(), &["join"]),
        ("--code", given.code.is_some(), &["join"]),
        ("--key", given.key.is_some(), &["join"]),
        ("--once", given.once, &["sync"]),
    ];
    match options
        .iter()
        .find(|(_option, is_given, owners)| *is_given && !owners.contains(&name))
    {
        Some((option, ..)) if COMMANDS.contains(&name) => Err(Problem::NotForThis(option)),
        Some(_) | None => Ok(()),
    }
}

fn import(given: Given) -> Import {
    Import {
        files: given.words.into_iter().skip(1).map(PathBuf::from).collect(),
        dry_run: given.dry_run,
        map: given.map.map(PathBuf::from),
    }
}

/// A reason without a workbook would be said to nobody, and a workbook without a reason is refused.
fn list(given: Given) -> Result<List, Problem> {
    match (&given.xlsx, &given.reason) {
        (None, Some(_)) => return Err(Problem::Missing("--xlsx")),
        (Some(_), None) => return Err(Problem::Missing("--reason")),
        _ => {}
    }
    Ok(List {
        kind: given.words.into_iter().nth(1).unwrap_or_default(),
        filter: given.filter,
        columns: given.columns,
        xlsx: given.xlsx.map(PathBuf::from),
        reason: given.reason,
    })
}

fn founding(given: Given) -> Result<Founding, Problem> {
    if given.clerks.is_empty() {
        return Err(Problem::Missing("--clerk"));
    }
    Ok(Founding {
        community: given.community.ok_or(Problem::Missing("--community"))?,
        clerks: given.clerks,
        supervisor: given.supervisor.ok_or(Problem::Missing("--supervisor"))?,
    })
}

fn filled(value: OsString, option: &'static str) -> Result<OsString, Problem> {
    if value.is_empty() {
        Err(Problem::Value(option))
    } else {
        Ok(value)
    }
}

fn text(parser: &mut Parser, option: &'static str) -> Result<String, Problem> {
    Ok(filled(parser.value()?, option)?.string()?)
}

fn number<N: std::str::FromStr>(parser: &mut Parser, option: &'static str) -> Result<N, Problem> {
    text(parser, option)?
        .parse()
        .map_err(|_error| Problem::Value(option))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Result<Asked, Wrong> {
        read(
            std::iter::once("yichuang")
                .chain(words.iter().copied())
                .map(OsString::from),
        )
    }

    #[test]
    fn options_may_stand_before_and_behind_the_command() {
        for words in [
            ["--data", "/tmp/a b", "verify"],
            ["verify", "--data", "/tmp/a b"],
        ] {
            let asked = asked(&words).unwrap();
            assert_eq!(asked.common.data, Some(PathBuf::from("/tmp/a b")));
            assert!(matches!(asked.command, Command::Verify { head: None }));
        }
    }

    #[test]
    fn a_dash_is_standard_input() {
        assert!(matches!(
            asked(&["call", "-"]).unwrap().command,
            Command::CallMany
        ));
        let one = asked(&["call", "search", "-"]).unwrap().command;
        assert!(matches!(
            one,
            Command::Call {
                input: CallInput::Stdin,
                ..
            }
        ));
    }

    #[test]
    fn what_is_not_understood_is_refused_and_not_guessed() {
        for words in [
            &["open"][..],
            &[],
            &["call"],
            &["call", "search", "{}", "{}"],
            &["verify", "now"],
            &["verify", "--port", "1"],
            &["verify", "--day", "2026-11-24"],
            &["proof"],
            &["check-proof"],
            &["day-end", "--day", "yesterday"],
            &["verify", "--to", "/tmp"],
            &["restore"],
            &["restore", "a.age", "--station", "AB"],
            &["init", "--community", "新茂社区", "--supervisor", "赵珊"],
            &["serve", "--port", "70000"],
            &["import"],
            &["undo"],
            &["list", "cats"],
            &["list", "people", "--xlsx", "a.xlsx"],
            &["verify", "--dry-run"],
            &["verify", "--now", "yesterday"],
            &["verify", "--lang", "fr"],
            &["verify", "--password", "x"],
            &["verify", "--data", ""],
        ] {
            let Answer::Refused { refusal } = asked(words).unwrap_err().answer() else {
                panic!("{words:?}")
            };
            assert_eq!(refusal.reason, "usage", "{words:?}");
        }
    }

    #[test]
    fn a_password_in_an_argument_is_not_repeated() {
        let refusal = asked(&["verify", "--password=geheim"])
            .unwrap_err()
            .answer();
        assert!(!serde_json::to_string(&refusal).unwrap().contains("geheim"));
    }
}
