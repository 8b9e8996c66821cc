//! The real program, `yichuang call -`, at the other end of two pipes.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::office::PASSWORD;

/// The program at work on a folder.
pub(crate) struct Program {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
    started: Instant,
}

/// What came back.
pub(crate) enum Heard {
    /// An answer.
    Answer(Value),
    /// Nothing until the deadline.
    Nothing,
    /// The program is gone.
    End,
}

impl Program {
    /// Starts it with this clerk at the desk.
    pub(crate) fn start(program: &Path, data: &Path, clerk: &str) -> Self {
        let started = Instant::now();
        let mut child = Command::new(program)
            .args([
                "call",
                "-",
                "--as",
                clerk,
                "--now",
                "2026-11-24T09:00",
                "--data",
            ])
            .arg(data)
            .env("YICHUANG_PASSWORD", PASSWORD)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program yichuang, built beside this one");
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, answers) = channel();
        thread::spawn(move || {
            for line in output.lines() {
                let Ok(line) = line else { return };
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input,
            answers,
            started,
        }
    }

    /// How long ago it was started.
    pub(crate) fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// Asks without waiting. A program that is gone hears nothing.
    pub(crate) fn ask(&mut self, call: &str, input: &Value) {
        let line = json!({ "call": call, "input": input });
        drop(writeln!(self.input, "{line}"));
    }

    /// Waits for the next answer until a moment.
    pub(crate) fn hear(&self, until: Instant) -> Heard {
        let left = until.saturating_duration_since(Instant::now());
        match self.answers.recv_timeout(left) {
            // The last line may be cut off in the middle: then it was not said.
            Ok(line) => serde_json::from_str(&line).map_or(Heard::End, Heard::Answer),
            Err(RecvTimeoutError::Timeout) => Heard::Nothing,
            Err(RecvTimeoutError::Disconnected) => Heard::End,
        }
    }

    /// `kill -9`, and what it had said by then.
    pub(crate) fn kill(mut self) -> Vec<Value> {
        drop(self.child.kill());
        drop(self.child.wait());
        let said = self.answers.iter();
        said.filter_map(|line| serde_json::from_str(&line).ok())
            .collect()
    }
}
