//! Starting the worker and hearing what it reads. It gets the open file and nothing else: no name, no
//! folder, no environment.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{RecvTimeoutError, Sender, channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use crate::wire::{Form, Limits, Message, Trouble};

/// The worker's file name, beside the program that starts it.
pub const WORKER: &str = if cfg!(windows) {
    "yichuang-sheet-worker.exe"
} else {
    "yichuang-sheet-worker"
};

/// A line longer than the fullest row.
const LINE_BYTES: u64 = 4 * 1024 * 1024;

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The file is refused.
    #[error("the file is refused")]
    Refused(Trouble),
    /// The file or the worker's program cannot be opened.
    #[error("the sheet worker: {0}")]
    Disk(#[from] std::io::Error),
}

/// Reads a spreadsheet; `told` hears sheets and rows in order, and stops the reading with `false`.
///
/// # Errors
///
/// When the file is refused, or the worker cannot be started.
pub fn read(
    worker: &Path,
    file: File,
    promised: Form,
    mut told: impl FnMut(Message) -> bool,
) -> Result<(), WorkerError> {
    if file.metadata()?.len() > Limits::FILE_BYTES {
        return Err(WorkerError::Refused(Trouble::TooLarge {
            what: "bytes".to_owned(),
            most: Limits::FILE_BYTES,
        }));
    }
    let mut child = Command::new(worker)
        .arg(promised.ending())
        .env_clear()
        .stdin(Stdio::from(file))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut lines = child.stdout.take().map(BufReader::new);
    let watch = Watch::over(child);
    let mut end = None;
    while let Some(message) = lines.as_mut().and_then(next_message) {
        if !watch.hears() {
            break;
        }
        end = match message {
            Message::End => Some(Ok(())),
            Message::Refused { trouble } => Some(Err(WorkerError::Refused(trouble))),
            Message::Sheet { .. } | Message::Row { .. } => (!told(message)).then_some(Ok(())),
        };
        if end.is_some() {
            break;
        }
    }
    watch.end();
    // Killed by a limit, or broken: whatever it was, no real file does that.
    end.unwrap_or(Err(WorkerError::Refused(Trouble::Exhausting)))
}

fn next_message(lines: &mut impl BufRead) -> Option<Message> {
    let mut line = Vec::new();
    lines.take(LINE_BYTES).read_until(b'\n', &mut line).ok()?;
    serde_json::from_slice(&line).ok()
}

/// Ends a worker that says nothing for too long, and the one that is done with. Whoever listens may be
/// slow: only silence counts, not the whole time.
struct Watch {
    child: Arc<Mutex<Child>>,
    heard: Sender<()>,
    thread: JoinHandle<()>,
}

impl Watch {
    fn over(child: Child) -> Self {
        let child = Arc::new(Mutex::new(child));
        let (heard, listens) = channel();
        let watched = Arc::clone(&child);
        let thread = std::thread::spawn(move || {
            let patience = Duration::from_secs(Limits::PATIENCE_SECONDS);
            while let Ok(()) = match listens.recv_timeout(patience) {
                Err(RecvTimeoutError::Timeout) => {
                    kill(&watched);
                    Err(RecvTimeoutError::Timeout)
                }
                other => other,
            } {}
        });
        Self {
            child,
            heard,
            thread,
        }
    }

    /// The worker has said something. Nobody watches any more once it was silent for too long.
    fn hears(&self) -> bool {
        self.heard.send(()).is_ok()
    }

    fn end(self) {
        kill(&self.child);
        drop(self.heard);
        drop(self.thread.join());
    }
}

fn kill(child: &Mutex<Child>) {
    if let Ok(mut child) = child.lock() {
        // It may have ended by itself.
        drop(child.kill());
        drop(child.wait());
    }
}
