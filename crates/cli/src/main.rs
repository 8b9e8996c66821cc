//! `yichuang`: the same desk in a terminal, and served to a browser on this machine.
//!
//! It reads arguments, hands calls to `desk` and prints its answers as JSON; it decides nothing. Exit
//! code 0: done; 2: refused, with the reason, where and what to do; 1: something broke.
//!
//! Where does it go?
//! - a new call: nowhere here, `desk` lists it
//! - a new command of the terminal: `arguments.rs`, and a file of its name
//! - what the browser is told: `serve/`

mod answer;
mod arguments;
mod backup;
mod call;
mod import;
mod init;
mod input;
mod list;
mod password;
mod proof;
mod sample;
mod serve;
mod sync;
mod terminal;
mod upkeep;

use std::process::ExitCode;

use answer::Outcome;
use arguments::{Asked, Command};
use terminal::Terminal;
use yichuang_desk::{WIPING_ALLOCATOR, WipingAllocator};

#[global_allocator]
static MEMORY: WipingAllocator = WIPING_ALLOCATOR;

fn main() -> ExitCode {
    // Where the system refuses, the desk is no worse off than without.
    drop(yichuang_desk::wipe_what_c_frees());
    drop(yichuang_desk::forbid_core_dumps());
    let outcome = match arguments::read(std::env::args_os()) {
        Ok(asked) => run(asked),
        Err(wrong) => wrong.into(),
    };
    outcome.say()
}

fn run(asked: Asked) -> Outcome {
    let terminal = Terminal::new(asked.common);
    match asked.command {
        Command::Help => Outcome::Text(arguments::HELP.to_owned()),
        Command::Version => Outcome::Text(format!("yichuang {}\n", env!("CARGO_PKG_VERSION"))),
        Command::Bindings => Outcome::Text(yichuang_desk::bindings()),
        Command::Calls => Outcome::done(yichuang_desk::list_of_calls()),
        Command::Init(founding) => init::init(&terminal, &founding),
        Command::Call { name, input } => call::one(&terminal, &name, input),
        Command::CallMany => call::many(&terminal),
        Command::Sample(plan) => sample::sample(&terminal, &plan),
        Command::Import(files) => import::import(&terminal, &files),
        Command::UndoImport(id) => import::undo(&terminal, &id),
        Command::List(wanted) => list::list(&terminal, &wanted),
        Command::Verify { head } => upkeep::verify(&terminal, head.as_deref()),
        Command::Proof { case, to } => proof::proof(&terminal, &case, to.as_deref()),
        Command::CheckProof { file } => proof::check(&terminal, &file),
        Command::DayEnd { day } => proof::day_end(&terminal, day),
        Command::Rebuild => upkeep::rebuild(&terminal),
        Command::Backup { to } => backup::backup(&terminal, to),
        Command::Restore { file, station } => backup::restore(&terminal, file, station),
        Command::RecoverySheet { to } => backup::recovery_sheet(&terminal, to.as_deref()),
        Command::Join { hub, code, key } => sync::join(&terminal, hub, code, key),
        Command::SyncOnce => sync::once(&terminal),
        Command::OutboxExport(to) => sync::export(&terminal, &to),
        Command::OutboxImport(from) => sync::import(&terminal, &from),
        Command::Digest => sync::digest(&terminal),
        Command::Conflicts => sync::conflicts(&terminal),
        Command::Serve { port } => serve::serve(&terminal, port),
    }
}
