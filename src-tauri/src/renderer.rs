//! How the web view draws: on Linux without the DMA-BUF renderer, which costs 90 MB and 140 ms at the start and
//! shows nothing at all with some old graphics drivers.

/// Starts this program anew with the right environment, unless it has one. WebKit reads it before our code could
/// set it safely. Who has set the variable has decided.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    use std::os::unix::process::CommandExt;

    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(SWITCH).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // Returns only where it did not work, and then the window is just a little slower.
        drop(
            std::process::Command::new(program)
                .args(std::env::args_os().skip(1))
                .env(SWITCH, "1")
                .exec(),
        );
    }
}

/// Elsewhere there is nothing to choose.
#[cfg(not(target_os = "linux"))]
pub(crate) fn choose() {}
