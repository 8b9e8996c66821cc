//! Printing against a spooler of our own that answers in IPP as CUPS does.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
};

use serde_json::{Value, json};
use yichuang_domain::office::staff::Role;
use yichuang_store::{Founding, KdfParams, NewStaff, Store};

use super::*;
use crate::{
    call::Run,
    clock::{Clock, read_moment},
    desk::DeskOptions,
    papers::paper_of,
};

const PASSWORD: &str = "柚子 灯塔 算盘 蓝鲸";

struct Office {
    desk: Inner,
    _folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let clock = Clock::starting_at(read_moment("2026-11-24T10:42").unwrap());
        let staff = vec![NewStaff {
            name: "王丽".to_owned(),
            role: Role::Clerk,
            corner: None,
            password: PASSWORD.to_owned(),
        }];
        let founding = Founding {
            community: "昆山市周市镇新茂东苑社区居民委员会".to_owned(),
            staff,
            station: 'A',
            time: clock.now_ms(),
            kdf: KdfParams::cheap_for_tests(),
        };
        let founded = Store::found(&data, &founding).unwrap();
        let mut desk = Inner::open(DeskOptions {
            data,
            export: folder.path().join("export"),
            clock,
            fonts: None,
        })
        .unwrap();
        desk.unlock(founded.staff[0], PASSWORD).unwrap();
        Self {
            desk,
            _folder: folder,
        }
    }

    fn done(&mut self, name: &str, input: Value) -> Value {
        let calls = crate::calls::all();
        let call = calls.iter().find(|call| call.name == name).unwrap();
        match call.run {
            Run::Desk(run) => run(&mut self.desk, input).unwrap(),
            Run::Check(_) => panic!("{name} is a check"),
        }
    }

    /// The newest paper of a case taken in for somebody without documents.
    fn paper(&mut self) -> String {
        let person = self.done("register_resident", json!({ "name": "王𬭎" }));
        let intake = json!({
            "item": "HJ002",
            "person": person["id"],
            "identity": { "how": "known_or_none", "reason": "邻居认识" },
            "statement": "证件遗失，先行登记",
        });
        let decision = json!({ "decision": "receive" });
        let case = self.done("take_in", json!({ "intake": intake, "decision": decision }));
        case["papers"][0]["number"].as_str().unwrap().to_owned()
    }

    fn print(&mut self, number: &str, spooler: &Spooler) -> Result<PrintView, Stop> {
        let asked = PrintPaper {
            paper: number.to_owned(),
            copies: None,
            large: None,
            printer: None,
        };
        print_paper(&asked, &mut self.desk, spooler)
    }

    fn next_printing(&self, number: &str) -> u32 {
        let view = self.desk.view(Action::ReadCases).unwrap();
        paper_of(number, &view).unwrap().paper.print_count
    }
}

/// What the spooler has to say: a status, and words for the group of this tag.
struct Said {
    status: u16,
    group: u8,
    words: Vec<u8>,
}

const PRINTERS: u8 = 4;
const JOBS: u8 = 2;

fn word(tag: u8, name: &str, value: &[u8]) -> Vec<u8> {
    let length = |count: usize| u16::try_from(count).unwrap().to_be_bytes();
    let mut bytes = vec![tag];
    bytes.extend(length(name.len()));
    bytes.extend(name.as_bytes());
    bytes.extend(length(value.len()));
    bytes.extend(value);
    bytes
}

fn the_printer() -> Said {
    Said {
        status: 0,
        group: PRINTERS,
        words: word(0x42, "printer-name", b"window"),
    }
}

fn the_job(state: i32) -> Said {
    let mut words = word(0x21, "job-id", &31_i32.to_be_bytes());
    words.extend(word(0x23, "job-state", &state.to_be_bytes()));
    Said {
        status: 0,
        group: JOBS,
        words,
    }
}

fn refuses(status: u16) -> Said {
    Said {
        status,
        group: JOBS,
        words: Vec::new(),
    }
}

/// A spooler that says these things, one an asking.
fn spooler(says: Vec<Said>) -> (Spooler, thread::JoinHandle<Vec<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address: SocketAddr = listener.local_addr().unwrap();
    let asked = thread::spawn(move || {
        let answer = |said: &Said| serve(listener.accept().unwrap().0, said);
        says.iter().map(answer).collect()
    });
    (Spooler::at(address), asked)
}

fn serve(mut stream: TcpStream, said: &Said) -> Vec<u8> {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(rest) = line.strip_prefix("Content-Length: ") {
            length = rest.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut asked = vec![0; length];
    reader.read_exact(&mut asked).unwrap();
    let mut body = vec![1, 1];
    body.extend(said.status.to_be_bytes());
    body.extend([0, 0, 0, 1, 1]);
    body.extend(word(0x47, "attributes-charset", b"utf-8"));
    body.extend(word(0x48, "attributes-natural-language", b"en"));
    if !said.words.is_empty() {
        body.push(said.group);
        body.extend(&said.words);
    }
    body.push(3);
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"
    )
    .unwrap();
    stream.write_all(&body).unwrap();
    asked
}

fn holds(bytes: &[u8], wanted: &str) -> bool {
    bytes
        .windows(wanted.len())
        .any(|window| window == wanted.as_bytes())
}

#[test]
fn every_printing_is_counted_and_none_tells_a_name() {
    let mut office = Office::new();
    let number = office.paper();
    for printing in 1..=2 {
        assert_eq!(office.next_printing(&number), printing);
        let says = vec![the_printer(), the_printer(), the_job(3), the_job(9)];
        let (spooler, asked) = spooler(says);
        let printed = office.print(&number, &spooler).unwrap();
        let job = printed.job.unwrap();
        assert_eq!((job.printer.as_str(), job.id), ("window", 31));
        assert_eq!(job.state, "spooled");
        let asked = asked.join().unwrap();
        assert!(holds(&asked[2], &number) && holds(&asked[2], "%PDF-"));
        let before_the_pages = asked[2].split(|byte| *byte == b'%').next().unwrap();
        assert!(!holds(before_the_pages, "王"));
    }
    assert_eq!(office.next_printing(&number), 3);
    let case = office.done("case", json!({ "number": number }));
    // Two copies each time: one to hand over, one to keep.
    assert_eq!(case["papers"][0]["prints"], 4);
    assert_eq!(
        office.done("cases", json!({ "filter": "to_print" }))["total"],
        0
    );
}

#[test]
fn a_slip_counts_its_printings_too() {
    let mut office = Office::new();
    let asked = json!({ "question": "无犯罪记录证明", "banned": 1 });
    let enquiry = office.done("record_enquiry", asked);
    let number = enquiry["paper"]["number"].as_str().unwrap().to_owned();
    let (spooler, _asked) = spooler(vec![the_printer(), the_printer(), the_job(3), the_job(5)]);
    let printed = office.print(&number, &spooler).unwrap();
    assert_eq!(printed.job.unwrap().state, "printing");
    assert_eq!(office.next_printing(&number), 2);
}

#[test]
fn what_the_printer_did_not_take_is_not_on_record() {
    let mut office = Office::new();
    let number = office.paper();
    // No printer at all; one that takes no jobs.
    let nobody = vec![refuses(0x0406)];
    let full = vec![the_printer(), the_printer(), refuses(0x0506)];
    for says in [nobody, full] {
        let (spooler, _asked) = spooler(says);
        let stopped = office.print(&number, &spooler).map(|_| ());
        assert!(
            matches!(stopped, Err(Stop::Refused(Refusal::NoPrinter, _))),
            "{stopped:?}"
        );
    }
    assert_eq!(office.next_printing(&number), 1);
    assert_eq!(
        office.done("cases", json!({ "filter": "to_print" }))["total"],
        1
    );
}

#[test]
fn a_printed_promise_leaves_a_trace_and_no_case() {
    let mut office = Office::new();
    let number = "320583198103079911";
    let entered = json!({ "name": "王𬭎", "id_number": number });
    let person = office.done("register_resident", entered)["id"].clone();
    let brought = ["APP", "RESID", "WORKP"].map(|code| json!({ "material": code }));
    let intake = json!({
        "item": "HJ002",
        "person": person,
        "identity": { "how": "card" },
        "brought": brought,
    });
    let (spooler, asked) = spooler(vec![the_printer(), the_printer(), the_job(3), the_job(9)]);
    let promise = serde_json::from_value(json!({ "intake": intake })).unwrap();
    crate::papers::draft::print_promise(&promise, &mut office.desk, &spooler).unwrap();
    assert!(holds(&asked.join().unwrap()[2], "%PDF-"));
    assert_eq!(office.done("cases", json!({ "filter": "all" }))["total"], 0);
    let store = office.desk.store.as_ref().unwrap();
    let accesses = store
        .records(&yichuang_domain::record::Kind::ACCESS)
        .unwrap();
    let [access] = accesses.as_slice() else {
        panic!("one access")
    };
    assert_eq!(access.folded.events[0].event, "print");
    assert_eq!(access.folded.events[0].body["document"], "RC");
}
