//! The worker's own limits: memory, time, and no file of its own making.

use std::io;

/// Takes the limits on.
#[cfg(unix)]
pub(crate) fn take() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    use yichuang_sheets::Limits;

    let limits = [
        (Resource::As, Limits::MEMORY_BYTES),
        (Resource::Cpu, Limits::SECONDS),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}

/// Elsewhere the desk's patience is the only limit of time, and the limits of content the only ones of
/// memory.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other system's may fail")]
pub(crate) fn take() -> io::Result<()> {
    Ok(())
}
