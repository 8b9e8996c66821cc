//! How the web view's engine is to run, told by the environment: WebKit reads it before our code could set it
//! safely, so this program begins anew with it.

/// Starts this program anew with the right environment, unless it has one. Who has set a variable has decided.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    use std::os::unix::process::CommandExt;

    const CHOICES: [(&str, &str); 2] = [
        // Without the DMA-BUF renderer, which costs 90 MB and 140 ms at the start and shows nothing at all with some
        // old graphics drivers.
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        // Memory from the system instead of the engine's own pools: what the system gets back it wipes, and every
        // answer to the page goes through the engine's buffers in this process (`cargo xtask scan`).
        ("Malloc", "1"),
    ];
    let open = CHOICES
        .iter()
        .filter(|(name, _value)| std::env::var_os(name).is_none());
    let open: Vec<_> = open.copied().collect();
    if open.is_empty() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // Returns only where it did not work, and then the window is just a little slower and less tidy.
        drop(
            std::process::Command::new(program)
                .args(std::env::args_os().skip(1))
                .envs(open)
                .exec(),
        );
    }
}

/// Elsewhere there is nothing to choose.
#[cfg(not(target_os = "linux"))]
pub(crate) fn choose() {}
