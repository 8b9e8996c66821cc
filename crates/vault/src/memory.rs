//! What this process leaves behind in memory: as little as can be.
//!
//! Keys wipe themselves. Everything else that is personal (names and numbers in the search, records on
//! their way to a screen, sentences, pages) lives in ordinary values all over the program, so all of it
//! is wiped in one place: by the allocator, when it is freed.

use std::alloc::System;

use zeroize::Zeroize;
use zeroizing_alloc::ZeroAlloc;

/// The system's allocator, wiping what is freed.
pub type WipingAllocator = ZeroAlloc<System>;

/// For `#[global_allocator]` of a program that has a desk in it.
pub const WIPING_ALLOCATOR: WipingAllocator = ZeroAlloc(System);

/// Wipes the stack below the caller, where values that were moved about left copies: keys among them.
///
/// The allocator does not see those. Called when a piece of work with secrets in it is done.
#[inline(never)]
pub fn wipe_stack() {
    wipe_below(STACK_PIECES);
}

const STACK_PIECE_BYTES: usize = 16 * 1024;
/// Half a megabyte in all: deeper than any call of ours goes but for the typesetter's, and a quarter of
/// the smallest stack we run on.
const STACK_PIECES: usize = 32;

#[inline(never)]
fn wipe_below(pieces: usize) {
    let mut piece = [0xA5_u8; STACK_PIECE_BYTES];
    std::hint::black_box(&mut piece);
    if pieces > 1 {
        wipe_below(pieces - 1);
    }
    piece.zeroize();
    // Used after the call above, so that each piece keeps its own place.
    std::hint::black_box(&piece);
}

/// Has the system's own allocator wipe what C code frees: the packer of the journal keeps what it packed,
/// and our allocator does not see it. The system reads that from the environment when a program begins, so
/// this one begins once more, as the same process. What a thread keeps for itself to use again (its cache of
/// small pieces) is not wiped, so there is none. To be called before anything else.
///
/// # Errors
///
/// When the system refuses; a program goes on then, and is no worse off than without.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn wipe_what_c_frees() -> std::io::Result<()> {
    use std::{env, os::unix::process::CommandExt, process::Command};

    const TUNABLES: &str = "GLIBC_TUNABLES";
    const WIPES: &str = "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0";
    let set = env::var(TUNABLES).unwrap_or_default();
    if set.contains(WIPES) {
        return Ok(());
    }
    let joint = if set.is_empty() { "" } else { ":" };
    let mut words = env::args_os();
    let mut again = Command::new(env::current_exe()?);
    if let Some(name) = words.next() {
        again.arg0(name);
    }
    again
        .args(words)
        .env(TUNABLES, format!("{set}{joint}{WIPES}"));
    Err(again.exec())
}

/// Other systems have no such switch.
///
/// # Errors
///
/// Never.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn wipe_what_c_frees() -> std::io::Result<()> {
    Ok(())
}

/// Makes sure that a crash writes no picture of this process to the disk, and that no other program of
/// the same user looks into it.
///
/// # Errors
///
/// When the system refuses; a program goes on then, and is no worse off than without.
#[cfg(target_os = "linux")]
pub fn forbid_core_dumps() -> std::io::Result<()> {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

    // The limit is inherited by the web view's processes, the flag is not.
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none)?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// Other systems write a picture of a crashed program only where an administrator asked for it.
///
/// # Errors
///
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn forbid_core_dumps() -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;

    #[test]
    fn a_process_that_forbade_it_is_dumped_nowhere() {
        super::forbid_core_dumps().unwrap();
        let limits = fs::read_to_string("/proc/thread-self/limits").unwrap();
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))
            .unwrap();
        let numbers: Vec<&str> = core.split_whitespace().skip(4).take(2).collect();
        assert_eq!(numbers, ["0", "0"]);
        let dumpable = rustix::process::dumpable_behavior().unwrap();
        assert_eq!(dumpable, rustix::process::DumpableBehavior::NotDumpable);
    }
}
