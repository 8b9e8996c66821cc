//! What this process leaves behind in memory: as little as can be.
//!
//! Keys wipe themselves. Everything else that is personal (names and numbers in the search, records on
//! their way to a screen, sentences, pages) lives in ordinary values all over the program, so all of it
//! is wiped in one place: by the allocator, when it is freed.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// The system's allocator, wiping what is freed.
pub type WipingAllocator = ZeroAlloc<System>;

/// For `#[global_allocator]` of a program that has a desk in it.
pub const WIPING_ALLOCATOR: WipingAllocator = ZeroAlloc(System);

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
