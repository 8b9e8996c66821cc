//! One HTTP POST to the spooler, with an end. A thread does it, so that even a spooler that lets us
//! connect and then says nothing holds nobody up.

#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use super::PrintError;

/// More than the longest answer; a spooler that talks on is cut off.
const LONGEST_ANSWER: u64 = 4 << 20;

/// Where a spooler listens.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// A Unix socket.
    Socket(PathBuf),
    /// A port.
    Port(SocketAddr),
}

/// Posts by the first way that opens, and answers with the body.
pub(super) fn post(
    ways: Vec<Way>,
    path: String,
    body: Vec<u8>,
    patience: Duration,
) -> Result<Vec<u8>, PrintError> {
    let end = Instant::now() + patience;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody listens any more when it took too long.
        drop(sender.send(exchange(&ways, &path, &body, end)));
    });
    receiver
        .recv_timeout(patience)
        .unwrap_or(Err(PrintError::NoAnswer))
}

fn exchange(ways: &[Way], path: &str, body: &[u8], end: Instant) -> Result<Vec<u8>, PrintError> {
    for way in ways {
        let done = match way {
            #[cfg(unix)]
            Way::Socket(socket) => UnixStream::connect(socket).ok().map(|stream| {
                let limit = Some(left(end));
                stream
                    .set_read_timeout(limit)
                    .and_then(|()| stream.set_write_timeout(limit))?;
                talk(stream, path, body)
            }),
            #[cfg(not(unix))]
            Way::Socket(_) => None,
            Way::Port(address) => {
                TcpStream::connect_timeout(address, left(end))
                    .ok()
                    .map(|stream| {
                        let limit = Some(left(end));
                        stream
                            .set_read_timeout(limit)
                            .and_then(|()| stream.set_write_timeout(limit))?;
                        talk(stream, path, body)
                    })
            }
        };
        if let Some(answer) = done {
            return body_of(&answer.map_err(told)?);
        }
    }
    Err(PrintError::NoSpooler)
}

fn left(end: Instant) -> Duration {
    // A time-out of nothing means none, so it is never nothing.
    end.saturating_duration_since(Instant::now())
        .max(Duration::from_millis(1))
}

fn talk(mut stream: impl Read + Write, path: &str, body: &[u8]) -> io::Result<Vec<u8>> {
    let length = body.len();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/ipp\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(body)?;
    stream.flush()?;
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER).read_to_end(&mut answer)?;
    Ok(answer)
}

fn told(error: io::Error) -> PrintError {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => PrintError::NoAnswer,
        _ => PrintError::Wire(error),
    }
}

/// The body of an HTTP answer, whole or in chunks.
fn body_of(answer: &[u8]) -> Result<Vec<u8>, PrintError> {
    let (head, body) = split_at(answer, b"\r\n\r\n").ok_or(PrintError::Garbled)?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let status = head.split(' ').nth(1).unwrap_or_default();
    if status != "200" {
        return Err(PrintError::Refused {
            status: format!("http {status}"),
        });
    }
    if head.contains("transfer-encoding: chunked") {
        unchunk(body).ok_or(PrintError::Garbled)
    } else {
        Ok(body.to_vec())
    }
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let (size, after) = split_at(rest, b"\r\n")?;
        let size = std::str::from_utf8(size).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(after.get(..size)?);
        rest = after.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

fn split_at<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes
        .windows(mark.len())
        .position(|window| window == mark)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_whole_or_in_chunks() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(body_of(whole).unwrap(), b"hello");
        let chunked =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=1\r\nlo\r\n0\r\n\r\n";
        assert_eq!(body_of(chunked).unwrap(), b"hello");
    }

    #[test]
    fn an_answer_that_breaks_off_makes_no_sense() {
        for answer in [
            &b"HTTP/1.1 200 OK\r\n"[..],
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhel",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhel\r\n",
        ] {
            assert!(matches!(body_of(answer), Err(PrintError::Garbled)));
        }
    }

    #[test]
    fn a_spooler_that_wants_a_password_refused() {
        let answer = b"HTTP/1.1 401 Unauthorized\r\n\r\n";
        assert!(
            matches!(body_of(answer), Err(PrintError::Refused { status }) if status == "http 401")
        );
    }
}
