//! The shell: opens the desk of this machine and its window, and carries calls between the two.
//!
//! It translates and decides nothing. What a window may ask is known to `desk`; what the page may do in
//! the web view (nothing but call and listen) stands in `tauri.conf.json` and `capabilities/`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bridge;
mod notice;
mod options;
mod profile;
#[cfg(target_os = "linux")]
mod system_lock;
mod web_engine;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use profile::Profile;
use yichuang_desk::{Desk, DeskOptions, WIPING_ALLOCATOR, WipingAllocator};

#[global_allocator]
static MEMORY: WipingAllocator = WIPING_ALLOCATOR;

fn main() -> ExitCode {
    // Where the system refuses, the desk is no worse off than without.
    drop(yichuang_desk::wipe_what_c_frees());
    drop(yichuang_desk::forbid_core_dumps());
    web_engine::choose();
    match options::read(std::env::args_os().skip(1))
        .map_err(notice::Trouble::from)
        .and_then(run)
    {
        Ok(code) => code,
        Err(trouble) => {
            notice::show(&trouble);
            ExitCode::FAILURE
        }
    }
}

/// Opens the desk, then the window, and returns when the window is closed.
fn run(options: DeskOptions) -> Result<ExitCode, notice::Trouble> {
    let data = options.data.clone();
    // First of all, because it takes the lock: only who has it may touch the folder, profile included.
    let desk = Arc::new(Desk::open(options)?);
    let profile = Profile::emptied(&data)?;
    let profile_dir = profile.dir().to_owned();

    desk.use_idle_moments();
    desk.keep_in_touch();
    let shared = Arc::clone(&desk);
    let app = tauri::Builder::default()
        .manage(bridge::Shared(Arc::clone(&desk)))
        .invoke_handler(tauri::generate_handler![bridge::call])
        .setup(move |app| {
            bridge::tell_of_changes(&shared, app.handle().clone());
            #[cfg(target_os = "linux")]
            system_lock::follow(&shared, app.handle());
            window::open(app, profile_dir)?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    let code = app.run_return(|_, _| {});
    desk.close()?;
    drop(profile);
    Ok(if code == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
