//! An office of the real program in folders of its own, and the work of a day with the planted people.

use std::{
    error::Error,
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};

use crate::planted::Planted;

pub(crate) type Done<T> = Result<T, Box<dyn Error>>;

pub(crate) const PASSWORD: &str = "plum-river-47-lantern";
const CLERK: &str = "王丽";
const SUPERVISOR: &str = "赵珊";
/// Decided by the committee itself, with papers that are simply brought.
const ITEM: &str = "ZM002";

const BETWEEN_SIGNALS: std::time::Duration = std::time::Duration::from_millis(200);

/// The folders of an office.
pub(crate) struct Office {
    program: PathBuf,
    /// Everything the program could write to without being asked.
    pub(crate) root: PathBuf,
}

impl Office {
    pub(crate) fn found(program: &Path, root: &Path) -> Done<Self> {
        for folder in ["home", "tmp", "cwd", "run", "logs"] {
            fs::create_dir_all(root.join(folder))?;
        }
        let office = Self {
            program: program.to_owned(),
            root: root.to_owned(),
        };
        let mut init = office.command("init")?;
        init.args([
            "--community",
            "新茂社区",
            "--clerk",
            CLERK,
            "--clerk",
            "李强",
        ]);
        let answer = init.args(["--supervisor", SUPERVISOR]).output()?;
        if answer.status.success() {
            Ok(office)
        } else {
            Err(format!("init: {}", String::from_utf8_lossy(&answer.stdout)).into())
        }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// Where papers go that somebody saved: named to the clerk, and full of names.
    pub(crate) fn export(&self) -> PathBuf {
        self.data().join("export")
    }

    fn command(&self, name: &str) -> Done<Command> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.root.join("logs/stderr"))?;
        let mut command = Command::new(&self.program);
        self.at_home(command.arg(name).arg("--data").arg(self.data()))
            .env("YICHUANG_PASSWORD", PASSWORD)
            .stderr(log);
        Ok(command)
    }

    /// Whatever a program writes without being asked lands in this office's folders.
    pub(crate) fn at_home<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .current_dir(self.root.join("cwd"))
            .env("RUST_BACKTRACE", "full")
            .env("RUST_LOG", "trace")
            .env("HOME", self.root.join("home"))
            .env("TMPDIR", self.root.join("tmp"))
            .env("XDG_RUNTIME_DIR", self.root.join("run"))
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CACHE_HOME")
    }

    /// Many calls of one person; the answers in their order.
    fn calls(&self, person: &str, lines: Vec<String>) -> Done<Vec<Value>> {
        let mut command = self.command("call")?;
        let mut child = command
            .args(["-", "--as", person])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take().ok_or("no input")?;
        let writer =
            std::thread::spawn(move || lines.iter().try_for_each(|line| writeln!(input, "{line}")));
        let output = child.stdout.take().ok_or("no output")?;
        let answers = BufReader::new(output)
            .lines()
            .map(|line| Ok(serde_json::from_str(&line?)?))
            .collect::<Done<Vec<Value>>>()?;
        writer.join().map_err(|_panic| "the writer broke")??;
        child.wait()?;
        Ok(answers)
    }

    /// A day's work with these people: what is right and what is wrong.
    pub(crate) fn work(&self, people: &[Planted]) -> Done<Tally> {
        let mut tally = Tally::default();
        let registered = people.iter().map(|one| {
            let input = json!({
                "name": one.name, "id_number": one.id_number,
                "phone": one.phone, "address": one.address_typed,
            });
            call("register_resident", &input)
        });
        let mut ids = Vec::new();
        for answer in self.calls(CLERK, registered.collect())? {
            tally.take(&answer);
            ids.push(value(&answer, "/value/id")?);
        }
        let brought = self.brought()?;
        let at_window = people
            .iter()
            .zip(&ids)
            .flat_map(|(one, id)| at_window(one, id, &brought));
        let mut papers = Vec::new();
        for answer in self.calls(CLERK, at_window.collect())? {
            tally.take(&answer);
            let paper = answer.pointer("/value/papers/0/number");
            papers.extend(paper.and_then(Value::as_str).map(str::to_owned));
        }
        // Typesetting is what takes long here.
        let printed = papers
            .iter()
            .take(1 + people.len() / 100)
            .flat_map(|paper| {
                ["save_paper", "print_paper"]
                    .map(|name| call(name, &json!({ "paper": paper, "printer": "Nobody" })))
            });
        for answer in self.calls(CLERK, printed.collect())? {
            tally.take(&answer);
        }
        let restricted = people.iter().zip(&ids).flat_map(|(one, id)| {
            let tag =
                json!({ "person": id, "code": "M1", "from": "2026-03-01", "source": one.word });
            let open = json!({ "person": id, "reason": one.word });
            [call("add_care_tag", &tag), call("open_restricted", &open)]
        });
        for answer in self.calls(SUPERVISOR, restricted.collect())? {
            tally.take(&answer);
        }
        tally.saved = fs::read_dir(self.export()).map_or(0, Iterator::count);
        Ok(tally)
    }

    fn brought(&self) -> Done<Value> {
        let answers = self.calls(CLERK, vec![call("item", &json!({ "code": ITEM }))])?;
        let materials = answers
            .first()
            .and_then(|one| one.pointer("/value/materials"));
        let materials = materials.and_then(Value::as_array).ok_or("no materials")?;
        let brought = materials
            .iter()
            .map(|one| json!({ "material": one.get("code"), "pages": 1 }));
        Ok(brought.collect())
    }

    /// Serves to a browser of this machine, with the clerk at the desk.
    pub(crate) fn serve(&self) -> Done<Served> {
        let mut command = self.command("serve")?;
        let mut child = command
            .args(["--as", CLERK, "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut first = String::new();
        let mut output = BufReader::new(child.stdout.take().ok_or("no output")?);
        output.read_line(&mut first)?;
        let said: Value = serde_json::from_str(&first)?;
        let address = value(&said, "/value/address")?;
        let token = address.split("#t=").nth(1).unwrap_or_default().to_owned();
        let port = said.pointer("/value/port").and_then(Value::as_u64);
        Ok(Served {
            port: u16::try_from(port.ok_or("no port")?)?,
            token,
            child,
            output: Some(output),
        })
    }
}

/// How the calls ended.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) done: usize,
    pub(crate) refused: usize,
    pub(crate) failed: usize,
    pub(crate) saved: usize,
    pub(crate) reasons: std::collections::BTreeMap<String, usize>,
}

impl Tally {
    pub(crate) fn take(&mut self, answer: &Value) {
        match answer.get("status").and_then(Value::as_str) {
            Some("done") => self.done += 1,
            Some("refused") => self.refused += 1,
            _ => self.failed += 1,
        }
        let reason = answer
            .pointer("/refusal/reason")
            .or(answer.pointer("/failure/part"));
        if let Some(reason) = reason.and_then(Value::as_str) {
            *self.reasons.entry(reason.to_owned()).or_default() += 1;
        }
    }
}

/// The program, serving.
pub(crate) struct Served {
    port: u16,
    token: String,
    child: Child,
    output: Option<BufReader<std::process::ChildStdout>>,
}

impl Served {
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// One call as the page makes it.
    pub(crate) fn ask(&self, name: &str, input: &Value) -> Done<Value> {
        let body = input.to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(
            stream,
            "POST /call/{name} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nX-Token: {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            self.token,
            body.len(),
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        Ok(serde_json::from_str(body)?)
    }

    /// What a page does with these people while the screen is open.
    pub(crate) fn work(&self, people: &[Planted]) -> Done<Tally> {
        let mut tally = Tally::default();
        for one in people {
            for (name, input) in looked_at(one) {
                let answer = self.ask(name, &input)?;
                tally.take(&answer);
                let hit = answer.pointer("/value/hits/0/id").and_then(Value::as_str);
                if let Some(id) = hit.filter(|_id| name == "search") {
                    tally.take(&self.ask("resident", &json!({ "id": id }))?);
                    let reveal = json!({ "person": id, "field": "id_number", "reason": one.word });
                    tally.take(&self.ask("reveal", &reveal)?);
                }
            }
        }
        tally.take(&self.ask("home", &json!({}))?);
        tally.take(&self.ask("cases", &json!({}))?);
        Ok(tally)
    }

    pub(crate) fn unlock(&self) -> Done<Value> {
        self.ask("unlock", &json!({ "person": CLERK, "password": PASSWORD }))
    }

    /// Sends a signal until the program has ended: the first SEGV from outside only takes Rust's own
    /// handler away.
    pub(crate) fn end_by(&mut self, signal: &str) -> Done<()> {
        let process = self.process().to_string();
        while self.child.try_wait()?.is_none() {
            Command::new("kill").args([signal, &process]).status()?;
            std::thread::sleep(BETWEEN_SIGNALS);
        }
        Ok(())
    }

    /// What it said after its address, once it has ended.
    pub(crate) fn rest(&mut self) -> Done<Vec<u8>> {
        let mut rest = Vec::new();
        if let Some(mut output) = self.output.take() {
            output.read_to_end(&mut rest)?;
        }
        Ok(rest)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn at_window(one: &Planted, id: &str, brought: &Value) -> Vec<String> {
    let last_four: String = one.id_number.chars().skip(14).collect();
    let intake = json!({
        "item": ITEM, "person": id, "brought": brought,
        "identity": { "how": "last_four", "last_four": last_four },
    });
    let form =
        json!({ "name": one.name, "id": one.id_number, "phone": one.phone, "text": one.word });
    vec![
        call(
            "record_enquiry",
            &json!({ "person": id, "question": one.word, "answer": one.word }),
        ),
        call(
            "take_in",
            &json!({ "intake": intake, "decision": { "decision": "accept" } }),
        ),
        call(
            "save_draft",
            &json!({ "key": format!("accept/{id}"), "title": one.name, "route": "/window", "body": form }),
        ),
        call(
            "reveal",
            &json!({ "person": id, "field": "phone", "reason": one.word }),
        ),
        call("update_resident", &json!({ "id": id, "reading": "ce shi" })),
        // What goes wrong.
        call(
            "register_resident",
            &json!({ "name": one.name, "id_number": one.id_number }),
        ),
        call(
            "register_resident",
            &json!({ "name": one.id_number, "id_number": one.name }),
        ),
        call(
            "register_resident",
            &json!({ "name": one.name, "phone": one.word }),
        ),
        call(
            "register_resident",
            &json!({ "name": { "a": one.name }, "id_number": 5 }),
        ),
        call("search", &json!({ "text": [one.name] })),
        call(&one.name, &json!({ "person": one.id_number })),
        call("resident", &json!({ "id": one.id_number })),
        call(
            "add_care_tag",
            &json!({ "person": id, "code": "M1", "from": one.word, "source": one.word }),
        ),
        format!(
            "{{\"call\":\"search\",\"input\":{{\"text\":\"{}\"",
            one.name
        ),
        format!("{} {}", one.name, one.id_number),
    ]
}

fn looked_at(one: &Planted) -> Vec<(&'static str, Value)> {
    vec![
        ("search", json!({ "text": one.name })),
        ("search", json!({ "text": one.id_number })),
        ("search", json!({ "text": one.phone })),
        ("search", json!({ "text": one.address_typed })),
        ("check_id", json!({ "text": one.id_number })),
        ("check_phone", json!({ "text": one.phone })),
        (
            "register_resident",
            json!({ "name": one.name, "id_number": one.id_number }),
        ),
        (
            "save_draft",
            json!({ "key": one.word, "title": one.name, "route": "/window", "body": { "id": one.id_number } }),
        ),
        ("draft", json!({ "key": one.word })),
        ("drafts", json!({})),
    ]
}

fn call(name: &str, input: &Value) -> String {
    json!({ "call": name, "input": input }).to_string()
}

fn value(answer: &Value, pointer: &str) -> Done<String> {
    let text = answer.pointer(pointer).and_then(Value::as_str);
    Ok(text
        .ok_or_else(|| format!("{pointer} is missing in {answer}"))?
        .to_owned())
}
