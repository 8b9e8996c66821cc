//! From a PDF to the spooler: a spooler of our own that answers as CUPS does, and the real one where
//! it runs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]

mod sample;

use std::{
    io::{BufRead, BufReader, Cursor, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use ipp::{
    attribute::{IppAttribute, IppAttributeGroup},
    model::{DelimiterTag, IppVersion, Operation, StatusCode},
    parser::IppParser,
    reader::IppReader,
    request::IppRequestResponse,
    value::IppValue,
};
use yichuang_documents::{
    FontFolders, Pdf, Press, Spooler,
    paper::PaperBody,
    print::{Job, JobState, PrintError, PrinterState},
};

fn pdf() -> Pdf {
    let paper = sample::paper("BZ", PaperBody::Supplement(sample::supplement()));
    Press::new(FontFolders::of_system()).render(&paper).unwrap()
}

/// What the spooler was asked: the path, the request's own attributes by name, and the pages.
struct Asked {
    path: String,
    operation: i16,
    words: Vec<(String, String)>,
    pages: Vec<u8>,
}

impl Asked {
    fn word(&self, name: &str) -> &str {
        let found = self.words.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// A spooler that gives these answers, in this order, and tells what it was asked.
fn spooler(answers: Vec<IppRequestResponse>) -> (Spooler, Receiver<Asked>) {
    let (address, asked) = listen(answers);
    (Spooler::at(address), asked)
}

fn listen(answers: Vec<IppRequestResponse>) -> (SocketAddr, Receiver<Asked>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().unwrap();
            serve(stream, &answer, &sender);
        }
    });
    (address, receiver)
}

fn serve(mut stream: TcpStream, answer: &IppRequestResponse, asked: &Sender<Asked>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut path, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(rest) = line.strip_prefix("POST ") {
            rest.split(' ').next().unwrap().clone_into(&mut path);
        }
        if let Some(rest) = line.strip_prefix("Content-Length: ") {
            length = rest.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let parser = IppParser::new(IppReader::new(Cursor::new(body)));
    let (header, attributes, rest) = parser.parse_parts().unwrap();
    let mut pages = Vec::new();
    rest.into_payload().read_to_end(&mut pages).unwrap();
    let all = attributes
        .groups()
        .iter()
        .flat_map(IppAttributeGroup::attributes);
    let words = all
        .map(|it| (it.name().to_string(), it.value().to_string()))
        .collect();
    asked
        .send(Asked {
            path,
            operation: header.operation_or_status,
            words,
            pages,
        })
        .unwrap();
    let body = answer.to_bytes();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .unwrap();
    stream.write_all(&body).unwrap();
}

fn answer(status: StatusCode) -> IppRequestResponse {
    IppRequestResponse::new_response(IppVersion::v1_1(), status, 1).unwrap()
}

fn with(
    mut answer: IppRequestResponse,
    tag: DelimiterTag,
    words: &[(&str, IppValue)],
) -> IppRequestResponse {
    for (name, value) in words {
        let word = IppAttribute::with_name(*name, value.clone()).unwrap();
        answer.attributes_mut().add(tag, word);
    }
    answer
}

fn text(said: &str) -> IppValue {
    IppValue::new_text_without_language(said).unwrap()
}

fn job(state: i32, message: &str) -> IppRequestResponse {
    let words = [
        ("job-id", IppValue::Integer(31)),
        ("job-state", IppValue::Enum(state)),
        ("job-printer-state-message", text(message)),
    ];
    with(
        answer(StatusCode::SuccessfulOk),
        DelimiterTag::JobAttributes,
        &words,
    )
}

#[test]
fn a_job_is_followed_until_the_spooler_is_done() {
    let states = [
        (3, JobState::Waiting),
        (4, JobState::Held),
        (
            5,
            JobState::Printing {
                message: "Waiting for printer".into(),
            },
        ),
        (
            6,
            JobState::Stopped {
                message: "Waiting for printer".into(),
            },
        ),
        (7, JobState::Cancelled),
        (
            8,
            JobState::Failed {
                message: "Waiting for printer".into(),
            },
        ),
        (9, JobState::Spooled),
    ];
    let answers = states
        .iter()
        .map(|(state, _)| job(*state, "Waiting for printer"));
    let (spooler, _asked) = spooler([job(3, "")].into_iter().chain(answers).collect());
    let taken = spooler
        .submit(&pdf(), "window1", "XM261124A00073-BZ01")
        .unwrap();
    assert_eq!(
        taken,
        Job {
            printer: "window1".into(),
            id: 31
        }
    );
    for (_, state) in states {
        assert_eq!(spooler.state(&taken).unwrap(), state);
    }
}

#[test]
fn the_spooler_learns_the_document_number_and_the_pages_and_nothing_else() {
    let (spooler, asked) = spooler(vec![job(3, "")]);
    let pdf = pdf();
    spooler
        .submit(&pdf, "一号台", "XM261124A00073-BZ01")
        .unwrap();
    let asked = asked.recv().unwrap();
    assert_eq!(asked.operation, Operation::PrintJob as i16);
    assert_eq!(asked.path, "/printers/%E4%B8%80%E5%8F%B7%E5%8F%B0");
    assert_eq!(asked.word("job-name"), "XM261124A00073-BZ01");
    assert_eq!(asked.word("requesting-user-name"), "yichuang");
    assert_eq!(asked.word("sides"), "one-sided");
    assert_eq!(asked.pages, pdf.bytes());
    assert!(asked.words.iter().all(|(_, value)| !value.contains("陈喆")));
}

#[test]
fn a_job_is_not_called_by_a_name() {
    for title in ["陈喆的告知书", "notice of chen zhe", "", &"9".repeat(41)] {
        let error = Spooler::local().submit(&pdf(), "window1", title).err();
        assert!(
            matches!(error, Some(PrintError::TitleNotANumber)),
            "{title}"
        );
    }
}

#[test]
fn printers_are_listed_with_the_one_to_take() {
    let list = [("window1", 3, "一号台"), ("window2", 5, "")];
    let mut printers = answer(StatusCode::SuccessfulOk);
    for (name, state, info) in list {
        let words = [
            (
                "printer-name",
                IppValue::new_name_without_language(name).unwrap(),
            ),
            ("printer-info", text(info)),
            ("printer-state", IppValue::Enum(state)),
            ("printer-is-accepting-jobs", IppValue::Boolean(state == 3)),
            (
                "printer-state-message",
                text(if state == 3 { "" } else { "Out of paper" }),
            ),
        ];
        let mut group = IppAttributeGroup::new(DelimiterTag::PrinterAttributes);
        group
            .attributes_mut()
            .extend(words.map(|(name, value)| IppAttribute::with_name(name, value).unwrap()));
        printers.attributes_mut().groups_mut().push(group);
    }
    let name = [(
        "printer-name",
        IppValue::new_name_without_language("window2").unwrap(),
    )];
    let default = with(
        answer(StatusCode::SuccessfulOk),
        DelimiterTag::PrinterAttributes,
        &name,
    );
    let (spooler, _asked) = spooler(vec![printers, default]);
    let found = spooler.printers().unwrap();
    let [first, second] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (first.name.as_str(), first.description.as_str()),
        ("window1", "一号台")
    );
    assert_eq!(
        (first.state, first.accepts_jobs, first.is_default),
        (PrinterState::Idle, true, false)
    );
    assert_eq!(
        (second.state, second.accepts_jobs),
        (PrinterState::Stopped, false)
    );
    assert_eq!(
        (second.message.as_str(), second.is_default),
        ("Out of paper", true)
    );
}

#[test]
fn a_machine_without_printers_has_none() {
    let (spooler, _asked) = spooler(vec![answer(StatusCode::ClientErrorNotFound)]);
    assert_eq!(spooler.printers().unwrap(), []);
}

#[test]
fn what_the_spooler_refuses_is_told_apart() {
    let refused = [
        StatusCode::ClientErrorNotFound,
        StatusCode::ServerErrorNotAcceptingJobs,
        StatusCode::ClientErrorDocumentFormatNotSupported,
    ];
    let (spooler, _asked) = spooler(refused.map(answer).into());
    let pdf = pdf();
    let submit = || {
        spooler
            .submit(&pdf, "window1", "XM261124A00073-BZ01")
            .unwrap_err()
    };
    assert!(matches!(submit(), PrintError::NoPrinter));
    assert!(matches!(submit(), PrintError::TakesNoJobs));
    assert!(matches!(submit(), PrintError::Refused { .. }));
}

#[test]
fn a_forgotten_job_is_no_job() {
    let (spooler, _asked) = spooler(vec![answer(StatusCode::ClientErrorNotFound)]);
    let error = spooler
        .state(&Job {
            printer: "window1".into(),
            id: 1,
        })
        .err();
    assert!(matches!(error, Some(PrintError::NoJob)));
}

#[test]
fn no_spooler_is_said_at_once() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = port.local_addr().unwrap();
    drop(port);
    let begun = Instant::now();
    assert!(matches!(
        Spooler::at(closed).printers(),
        Err(PrintError::NoSpooler)
    ));
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_spooler_that_says_nothing_holds_nobody_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let begun = Instant::now();
    let error = Spooler::at(silent.local_addr().unwrap()).printers().err();
    assert!(matches!(error, Some(PrintError::NoAnswer)), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(6));
}

#[test]
fn the_real_spooler_takes_a_paper_where_one_runs() {
    let spooler = Spooler::local();
    let printers = match spooler.printers() {
        Ok(printers) => printers,
        Err(error) => return println!("skipped: {error}"),
    };
    let Some(printer) = printers
        .iter()
        .find(|printer| printer.name.starts_with("yichuang-test"))
    else {
        return println!("skipped: the spooler has no printer called yichuang-test");
    };
    let job = spooler
        .submit(&pdf(), &printer.name, "XM261124A00073-BZ01")
        .unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    let mut state = spooler.state(&job).unwrap();
    while Instant::now() < end && state != JobState::Spooled {
        thread::sleep(Duration::from_millis(300));
        state = spooler.state(&job).unwrap();
    }
    assert_eq!(state, JobState::Spooled);
}
