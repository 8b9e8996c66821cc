//! A hub and desks as real programs, started as a script starts them.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

pub const PASSWORD: &str = "plum-river-47-lantern";
const COMMUNITY: &str = "新茂社区";

/// A value that is there when it was done.
pub fn done(answer: &Value) -> &Value {
    assert_eq!(answer["status"], "done", "{answer}");
    &answer["value"]
}

pub fn reason(answer: &Value) -> &str {
    assert_eq!(answer["status"], "refused", "{answer}");
    answer["refusal"]["reason"].as_str().unwrap()
}

fn answer_of(command: &mut Command) -> Value {
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(text.trim()).unwrap_or_else(|_| panic!("{text}"))
}

/// The hub's folder and, while it serves, its process.
pub struct Hub {
    pub data: TempDir,
    serving: Option<Child>,
    pub address: String,
}

impl Hub {
    pub fn new() -> Self {
        let hub = Self {
            data: tempfile::tempdir().unwrap(),
            serving: None,
            address: String::new(),
        };
        done(&hub.run(&["init"]));
        hub
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yichuang-hub"));
        command
            .args(arguments)
            .arg("--data")
            .arg(self.data.path())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Value {
        answer_of(&mut self.command(arguments))
    }

    /// Serves, at the same address as before.
    pub fn serve(&mut self) {
        let address = match self.address.as_str() {
            "" => "127.0.0.1:0".to_owned(),
            before => before.to_owned(),
        };
        let mut child = self
            .command(&["serve", "--listen", &address])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
        done(&answer)["address"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.address);
        self.serving = Some(child);
    }

    /// As a power cut ends it.
    pub fn kill(&mut self) {
        let mut child = self.serving.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// A one-time code, and the hub's key.
    pub fn code(&self) -> (String, String) {
        let answer = self.run(&["enrol", "--community", COMMUNITY]);
        let value = done(&answer);
        let text = |name: &str| value[name].as_str().unwrap().to_owned();
        (text("code"), text("key"))
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        if self.serving.is_some() {
            self.kill();
        }
    }
}

/// A desk's folder.
pub struct Desk {
    folder: TempDir,
}

/// The desk's program lies beside the hub's.
fn program() -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_yichuang-hub")).with_file_name("yichuang");
    assert!(path.exists(), "first: cargo build --workspace");
    path
}

impl Desk {
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// One with a community of its own.
    pub fn founded() -> Self {
        let desk = Self::empty();
        let people = [
            "init",
            "--community",
            COMMUNITY,
            "--clerk",
            "王丽",
            "--clerk",
            "李强",
            "--supervisor",
            "赵珊",
        ];
        done(&desk.run(&people));
        desk
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .args(arguments)
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .env("YICHUANG_PASSWORD", PASSWORD)
            .env("HOME", "/nonexistent")
            .env_remove("XDG_DATA_HOME")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Value {
        answer_of(&mut self.command(arguments))
    }

    /// The same desk, opened in this very process.
    pub fn options(&self) -> yichuang_desk::DeskOptions {
        let data = self.folder.path().join("data");
        yichuang_desk::DeskOptions {
            export: data.join("export"),
            data,
            clock: yichuang_desk::Clock::System,
            fonts: None,
        }
    }

    pub fn join(&self, hub: &Hub, person: &str) -> Value {
        let (code, key) = hub.code();
        self.join_with(hub, &code, &key, person)
    }

    pub fn join_with(&self, hub: &Hub, code: &str, key: &str, person: &str) -> Value {
        self.run(&[
            "join",
            "--hub",
            &hub.address,
            "--code",
            code,
            "--key",
            key,
            "--as",
            person,
        ])
    }

    pub fn sync(&self, person: &str) -> Value {
        self.run(&["sync", "--once", "--as", person])
    }

    /// Begins to talk with the hub and does not wait for the end.
    pub fn start_sync(&self, person: &str) -> Child {
        self.command(&["sync", "--once", "--as", person])
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    }

    pub fn digest(&self, person: &str) -> Value {
        done(&self.run(&["digest", "--as", person])).clone()
    }

    /// A process in which a person works, call by call.
    pub fn talk(&self, person: &str) -> Talk {
        let mut child = self
            .command(&["call", "-", "--as", person])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Talk {
            stdin: child.stdin.take().unwrap(),
            stdout: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }
}

/// A process of a desk.
pub struct Talk {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Talk {
    pub fn done(&mut self, call: &str, input: &Value) -> Value {
        writeln!(self.stdin, "{}", json!({ "call": call, "input": input })).unwrap();
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
        done(&answer).clone()
    }

    /// Asks for something, and ends the process before it can answer.
    pub fn kill_while(mut self, call: &str, input: &Value) {
        writeln!(self.stdin, "{}", json!({ "call": call, "input": input })).unwrap();
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn end(mut self) {
        drop(self.stdin);
        assert!(self.child.wait().unwrap().success());
    }
}
