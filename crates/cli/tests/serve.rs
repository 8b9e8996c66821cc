//! `serve`: the same calls for a browser on this machine, and for nobody else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code,
    reason = "tests and the helpers they share"
)]
#![cfg(unix)]

mod terminal;

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read, Write},
    net::{IpAddr, SocketAddr, TcpStream, UdpSocket},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use terminal::{Community, PASSWORD, done, reason};

/// Longer than any answer takes; what hangs is ended by it.
const PATIENCE: Duration = Duration::from_secs(30);

struct Served {
    community: Community,
    child: Child,
    port: u16,
    token: String,
}

impl Served {
    fn new() -> Self {
        Self::of(Community::new())
    }

    fn of(community: Community) -> Self {
        let mut child = community
            .yichuang(&["serve", "--as", "王丽"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let value = done(&said);
        let address = value["address"].as_str().unwrap();
        let port = u16::try_from(value["port"].as_u64().unwrap()).unwrap();
        let start = format!("http://127.0.0.1:{port}/#t=");
        let token = address.strip_prefix(&start).unwrap().to_owned();
        Self {
            community,
            child,
            port,
            token,
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends a request with these headers; gives the status and what came with it.
    fn request(&self, line: &str, headers: &[(&str, &str)], body: &[u8]) -> (u16, String, Vec<u8>) {
        let mut head = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        if !body.is_empty() {
            write!(head, "Content-Length: {}\r\n", body.len()).unwrap();
        }
        head.push_str("\r\n");
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).unwrap();
        // It may answer and close before it has read all.
        drop(stream.write_all(body));
        answer_of(&mut stream)
    }

    fn call(&self, name: &str, input: &Value) -> Value {
        let headers = [("Host", &*self.host()), ("X-Token", &self.token)];
        let line = format!("POST /call/{name}");
        let (status, _head, body) = self.request(&line, &headers, input.to_string().as_bytes());
        assert_eq!(status, 200, "{name}");
        serde_json::from_slice(&body).unwrap()
    }

    fn terminate(&mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(told.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn answer_of(stream: &mut TcpStream) -> (u16, String, Vec<u8>) {
    let mut answer = Vec::new();
    // A reset after the answer is no matter.
    drop(stream.read_to_end(&mut answer));
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or(answer.len());
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let status = head
        .split(' ')
        .nth(1)
        .map_or(0, |code| code.parse().unwrap());
    let body = answer.get(end + 4..).unwrap_or_default().to_vec();
    (status, head.to_lowercase(), body)
}

#[test]
fn a_browser_with_the_token_calls_as_the_terminal_does() {
    let served = Served::new();
    let registered = served.call("register_resident", &json!({ "name": "张三" }));
    assert_eq!(done(&registered)["id"].as_str().unwrap().len(), 32);
    let found = served.call("search", &json!({ "text": "zs" }));
    assert_eq!(done(&found)["hits"][0]["title"], "张三");
    assert_eq!(reason(&served.call("nosuch", &json!({}))), "unknown_call");
    assert_eq!(
        reason(&served.call("search", &json!({ "text": 5 }))),
        "bad_input"
    );
    let headers = [("Host", &*served.host()), ("X-Token", &served.token)];
    let (status, _, body) = served.request("POST /call/search", &headers, b"{");
    assert_eq!(status, 200);
    assert_eq!(reason(&serde_json::from_slice(&body).unwrap()), "bad_input");
    let address = format!("http://{}", served.host());
    let own = [headers[0], headers[1], ("Origin", &*address)];
    assert_eq!(served.request("POST /call/status", &own, b"{}").0, 200);
}

#[test]
fn who_has_no_token_another_host_or_a_foreign_origin_is_turned_away() {
    let served = Served::new();
    let host = served.host();
    let host = host.as_str();
    let token = served.token.as_str();
    let (_first, short) = token.split_at(1);
    let elsewhere = format!("evil.example:{}", served.port);
    for (headers, why) in [
        (vec![("Host", host)], "no token"),
        (vec![("Host", host), ("X-Token", "")], "an empty token"),
        (
            vec![("Host", host), ("X-Token", short)],
            "a part of the token",
        ),
        (
            vec![("Host", host), ("Cookie", token)],
            "the token elsewhere",
        ),
        (vec![("X-Token", token)], "no host"),
        (
            vec![("Host", &elsewhere), ("X-Token", token)],
            "a foreign name that leads here",
        ),
        (
            vec![("Host", "127.0.0.1"), ("X-Token", token)],
            "another port",
        ),
        (
            vec![
                ("Host", host),
                ("X-Token", token),
                ("Origin", "http://evil.example"),
            ],
            "a foreign page",
        ),
        (
            vec![("Host", host), ("X-Token", token), ("Origin", "null")],
            "a page of nowhere",
        ),
    ] {
        let (status, _, body) = served.request("POST /call/home", &headers, b"{}");
        assert!([400, 403].contains(&status), "{why}: {status}");
        assert!(!String::from_utf8_lossy(&body).contains("done"), "{why}");
    }
    let events = |query: &str| {
        served
            .request(&format!("GET /events{query}"), &[("Host", host)], b"")
            .0
    };
    assert_eq!(
        (events(""), events("?t="), events(&format!("?t={short}"))),
        (403, 403, 403)
    );
}

#[test]
fn every_start_has_a_token_of_its_own() {
    let mut served = Served::new();
    let old = served.token.clone();
    assert_eq!(served.terminate(), Some(0));
    let community = std::mem::replace(&mut served.community, Community::empty());
    let again = Served::of(community);
    assert_ne!(again.token, old);
    let headers = [("Host", &*again.host()), ("X-Token", &*old)];
    assert_eq!(again.request("POST /call/home", &headers, b"{}").0, 403);
}

#[test]
fn wrong_methods_and_paths_are_answered_and_hold_nothing() {
    let served = Served::new();
    let host = served.host();
    let headers = [("Host", &*host), ("X-Token", &*served.token)];
    for (line, wanted) in [
        ("GET /call/home", 405),
        ("PUT /call/home", 405),
        ("DELETE /", 405),
        ("POST /", 405),
        ("GET /call", 404),
        ("GET /nosuch.html", 404),
        ("GET /../../etc/passwd", 404),
        ("GET /%2e%2e/%2e%2e/etc/passwd", 404),
        ("GET //etc/passwd", 404),
        ("POST /call/%ff", 400),
        ("POST /call/a/b", 405),
    ] {
        let (status, head, body) = served.request(line, &headers, b"");
        assert_eq!(status, wanted, "{line}");
        assert!(!String::from_utf8_lossy(&body).contains("root:"), "{line}");
        if wanted != 400 {
            assert!(
                head.contains("content-security-policy: default-src 'none'"),
                "{line}: {head}"
            );
            assert!(head.contains("cache-control: no-store"), "{line}");
        }
    }
    // Bytes that are no request end this connection only.
    let mut stream = served.connect();
    stream
        .write_all(b"\x16\x03\x01\x02\x00 hello\r\n\r\n")
        .unwrap();
    assert_eq!(answer_of(&mut stream).0, 400);
    done(&served.call("status", &json!({})));
}

#[test]
fn an_oversized_body_is_refused_and_the_next_call_is_answered() {
    let served = Served::new();
    let headers = [("Host", &*served.host()), ("X-Token", &*served.token)];
    let body = vec![b'x'; 10 * 1024 * 1024];
    let (status, _, answer) = served.request("POST /call/search", &headers, &body);
    assert_eq!(status, 200);
    assert_eq!(
        reason(&serde_json::from_slice(&answer).unwrap()),
        "too_large"
    );
    // One that only says it is huge is refused without being read.
    let mut stream = served.connect();
    let head = format!(
        "POST /call/search HTTP/1.1\r\nHost: {}\r\nX-Token: {}\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n",
        served.host(),
        served.token
    );
    stream.write_all(head.as_bytes()).unwrap();
    let (status, _, answer) = answer_of(&mut stream);
    assert_eq!(status, 200);
    assert_eq!(
        reason(&serde_json::from_slice(&answer).unwrap()),
        "too_large"
    );
    done(&served.call("home", &json!({})));
}

#[test]
fn a_slow_client_does_not_block_another() {
    let served = Served::new();
    let head = format!(
        "POST /call/search HTTP/1.1\r\nHost: {}\r\nX-Token: {}\r\nContent-Length: 20\r\n\r\n{{",
        served.host(),
        served.token
    );
    let mut slow: Vec<TcpStream> = (0..40).map(|_| served.connect()).collect();
    for (place, stream) in slow.iter_mut().enumerate() {
        // Some send half a head, some half a body, some nothing.
        let part = head.len() * (place % 4) / 3;
        stream.write_all(&head.as_bytes()[..part]).unwrap();
    }
    done(&served.call("home", &json!({})));
    // The first with half a body still gets its answer.
    slow[3]
        .write_all(br#""text":"zs"         }"#.get(..19).unwrap())
        .unwrap();
    let mut first = [0_u8; 12];
    slow[3].read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
}

#[test]
fn it_listens_on_loopback_only() {
    let served = Served::new();
    // The address this machine would use to reach others; nothing is sent.
    let outward = UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        socket.connect("192.0.2.1:9")?;
        socket.local_addr()
    });
    let address = outward.map(|address| address.ip());
    if let Ok(address @ IpAddr::V4(_)) = address
        && !address.is_loopback()
    {
        let there = SocketAddr::new(address, served.port);
        assert!(TcpStream::connect_timeout(&there, Duration::from_secs(2)).is_err());
    }
    let sockets = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let port = format!(":{:04X} ", served.port);
    for line in sockets.lines().filter(|line| line.contains(" 0A ")) {
        let local = line.split_whitespace().nth(1).unwrap_or_default();
        let is_ours = format!("{local} ").ends_with(&port);
        assert!(!is_ours || local.starts_with("0100007F"), "{line}");
    }
}

#[test]
fn told_to_end_it_ends_well_and_what_was_done_is_there() {
    let mut served = Served::new();
    done(&served.call("register_resident", &json!({ "name": "张三" })));
    // Somebody is still connected, half way through a request.
    let mut waiting = served.connect();
    waiting.write_all(b"POST /call/home HTTP/1.1\r\n").unwrap();
    assert_eq!(served.terminate(), Some(0));
    let verified = served.community.run(&["verify", "--as", "赵珊"]);
    assert_eq!(verified.value()["commits"], 2);
}

#[test]
fn a_wrong_password_serves_nothing() {
    let community = Community::new();
    let mut command = community.yichuang(&["serve", "--as", "王丽"]);
    command.env("YICHUANG_PASSWORD", format!("{PASSWORD}!"));
    let said = terminal::Said::of(command.output().unwrap());
    assert_eq!(said.reason(), "wrong_password");
}
