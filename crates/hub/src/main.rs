//! `yichuang-hub`: where the desks of a community meet. One binary, one folder.
//!
//! It takes arguments, serves desks over TLS with the key it made at `init`, and keeps communities in
//! journals of their own. What a commit must be, and who may do what, is decided in `sync` and `domain`.
//!
//! Where does it go?
//! - what a desk may ask: `service.rs` decides, `http.rs` carries
//! - how a desk comes in: `enrol.rs`, `codes.rs`
//! - what stands in the folder: `spool.rs` here, `store/hub_log.rs` for the log

mod arguments;
mod codes;
mod enrol;
mod error;
mod http;
mod serve;
mod service;
mod spool;
mod stick;
mod tls;

use std::{io::Write, path::Path, process::ExitCode};

use arguments::{Asked, HELP};
use error::HubError;
use serde_json::{Value, json};
use yichuang_store::{HubFolder, StoreError, hex};
use yichuang_sync::HubKeys;

fn main() -> ExitCode {
    let answer = arguments::read(std::env::args_os()).and_then(|asked| match asked {
        Asked::Help => {
            say_text(HELP);
            Ok(None)
        }
        Asked::Init { data } => init(&data).map(Some),
        Asked::Enrol { data, community } => codes::new_code(&data, &community).map(Some),
        Asked::Revoke { data, device, lost } => {
            spool::order_revoking(&data, device, lost).map(Some)
        }
        Asked::Import { data, file, to } => stick::import(&data, &file, &to).map(Some),
        Asked::Communities { data } => communities(&data).map(Some),
        Asked::Serve { data, listen } => serve::serve(&data, listen).map(|()| None),
    });
    match answer {
        Ok(Some(value)) => {
            say(&json!({ "status": "done", "value": value }));
            ExitCode::SUCCESS
        }
        Ok(None) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error.answer());
            ExitCode::from(error.code())
        }
    }
}

/// Prints one line of JSON, at once: somebody may wait for it at the other end of a pipe.
fn say(value: &Value) {
    say_text(&format!("{value}\n"));
}

fn say_text(text: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody may be listening there.
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

/// Makes a hub in an empty folder.
fn init(data: &Path) -> Result<Value, HubError> {
    let pen = HubFolder::init(data)?;
    spool::write_public(data, &pen.public())?;
    Ok(json!({ "key": hex(&pen.public()) }))
}

fn communities(data: &Path) -> Result<Value, HubError> {
    let (folder, _pen) = match HubFolder::open(data) {
        Ok(opened) => opened,
        Err(StoreError::InUse) => return Err(HubError::InUse),
        Err(error) => return Err(error.into()),
    };
    let mut rows = Vec::new();
    for community in folder.communities()? {
        use yichuang_sync::Ledger;

        let ledger = folder.ledger(&community)?;
        rows.push(json!({
            "community": hex(&community),
            "name": spool::name_of(data, &community)?,
            "number": ledger.mark().number,
        }));
    }
    Ok(Value::Array(rows))
}
