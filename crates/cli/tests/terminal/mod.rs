//! The real program, started as a script starts it: arguments, standard input, environment.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio},
    sync::LazyLock,
    thread,
};

use serde_json::{Value, json};
use tempfile::TempDir;

pub const PASSWORD: &str = "plum-river-47-lantern";
pub const MORNING: &str = "2026-11-24T09:30";

/// What the program said and with which code it ended.
pub struct Said {
    pub code: i32,
    pub lines: Vec<Value>,
    pub stderr: String,
}

impl Said {
    pub fn of(output: Output) -> Self {
        let text = String::from_utf8(output.stdout).unwrap();
        let line = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
        Self {
            code: output.status.code().expect("ended by a signal"),
            lines: text.lines().map(line).collect(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The one answer.
    pub fn only(&self) -> &Value {
        assert_eq!(self.lines.len(), 1, "{:?}", self.lines);
        &self.lines[0]
    }

    /// The reason of the one answer, which is a refusal with a sentence.
    pub fn reason(&self) -> &str {
        assert_eq!(self.code, 2, "{:?}", self.lines);
        reason(self.only())
    }

    /// What the one answer holds, which is done.
    pub fn value(&self) -> &Value {
        assert_eq!(self.code, 0, "{:?}", self.lines);
        done(self.only())
    }
}

/// The program, with nothing of this machine's own environment that it listens to.
pub fn yichuang(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yichuang"));
    command
        .args(arguments)
        .env_remove("YICHUANG_PASSWORD")
        .env("HOME", "/nonexistent")
        .env_remove("XDG_DATA_HOME")
        .stdin(Stdio::null());
    command
}

pub fn run(arguments: &[&str]) -> Said {
    Said::of(yichuang(arguments).output().unwrap())
}

/// Gives the program this input, from another thread: it may answer before it has read all.
pub fn feed(mut command: Command, input: Vec<u8>) -> Said {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feeding = thread::spawn(move || drop(stdin.write_all(&input)));
    let said = Said::of(child.wait_with_output().unwrap());
    feeding.join().unwrap();
    said
}

pub fn lines(calls: &[(&str, Value)]) -> Vec<u8> {
    let mut text = String::new();
    for (call, input) in calls {
        text.push_str(&json!({ "call": call, "input": input }).to_string());
        text.push('\n');
    }
    text.into_bytes()
}

pub fn done(answer: &Value) -> &Value {
    assert_eq!(answer["status"], "done", "{answer}");
    &answer["value"]
}

/// The reason of a refusal, which has a sentence.
pub fn reason(answer: &Value) -> &str {
    assert_eq!(answer["status"], "refused", "{answer}");
    let text = answer["refusal"]["text"].as_str().unwrap();
    assert!(text.chars().count() >= 8, "{text}");
    answer["refusal"]["reason"].as_str().unwrap()
}

/// A community that `init` founded, in a folder of its own.
pub struct Community {
    folder: TempDir,
}

/// The files of a community that was founded once: deriving its keys takes the most time.
static FOUNDED: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
    let community = Community::empty();
    let said = community.run(&INIT);
    assert_eq!(said.code, 0, "{:?}", said.lines);
    let mut files = Vec::new();
    read_all(&community.data(), Path::new(""), &mut files);
    files
});

fn read_all(root: &Path, under: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(root.join(under)).unwrap() {
        let path = under.join(entry.unwrap().file_name());
        if root.join(&path).is_dir() {
            read_all(root, &path, files);
        } else {
            let bytes = fs::read(root.join(&path)).unwrap();
            files.push((path, bytes));
        }
    }
}

impl Community {
    /// A folder that has none yet.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn new() -> Self {
        let community = Self::empty();
        for (path, bytes) in &*FOUNDED {
            let path = community.data().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        community
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The program on this folder, on the morning of the tests, with the password in the environment.
    pub fn yichuang(&self, arguments: &[&str]) -> Command {
        self.yichuang_at(MORNING, arguments)
    }

    pub fn yichuang_at(&self, now: &str, arguments: &[&str]) -> Command {
        let mut command = yichuang(arguments);
        command
            .arg("--data")
            .arg(self.data())
            .args(["--now", now])
            .env("YICHUANG_PASSWORD", PASSWORD);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::of(self.yichuang(arguments).output().unwrap())
    }

    /// Many calls in one process, as this person: an answer each.
    pub fn calls(&self, person: &str, calls: &[(&str, Value)]) -> Vec<Value> {
        self.calls_at(MORNING, person, calls)
    }

    pub fn calls_at(&self, now: &str, person: &str, calls: &[(&str, Value)]) -> Vec<Value> {
        let command = self.yichuang_at(now, &["call", "-", "--as", person]);
        let said = feed(command, lines(calls));
        assert_eq!(said.lines.len(), calls.len(), "{:?}", said.lines);
        said.lines
    }
}

pub const INIT: [&str; 9] = [
    "init",
    "--community",
    "新茂社区",
    "--clerk",
    "王丽",
    "--clerk",
    "李强",
    "--supervisor",
    "赵珊",
];

/// One `call -` that goes on: asks a line, waits for its answer.
pub struct Talk {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Talk {
    pub fn new(community: &Community, now: &str, person: &str) -> Self {
        let mut child = community
            .yichuang_at(now, &["call", "-", "--as", person])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            stdin: child.stdin.take(),
            stdout: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    pub fn ask(&mut self, call: &str, input: &Value) -> Value {
        let line = format!("{}\n", json!({ "call": call, "input": input }));
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(line.as_bytes()).unwrap();
        let mut answer = String::new();
        self.stdout.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{call}: {answer}"))
    }

    pub fn done(&mut self, call: &str, input: &Value) -> Value {
        let answer = self.ask(call, input);
        assert_eq!(answer["status"], "done", "{call} {input}: {answer}");
        answer["value"].clone()
    }

    pub fn refused(&mut self, call: &str, input: &Value) -> String {
        let answer = self.ask(call, input);
        assert_eq!(answer["status"], "refused", "{call} {input}: {answer}");
        reason(&answer).to_owned()
    }

    /// Ends it as a script does, by closing its input.
    pub fn end(mut self) {
        drop(self.stdin.take());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}
