//! The packages of Debian that a task needs, installed when they are missing.
//!
//! Says what it installs. As root or where nobody sits at the terminal it asks nothing; otherwise `sudo` may ask
//! for the password. On another system it names the packages and goes on: they may be there by another name.

use std::io::IsTerminal;
use std::path::Path;
use std::process::Command;

use crate::console::say;
use crate::process::{ask, command, run};
use crate::trouble::{Result, Trouble};

/// To build the programs, the window among them, and the fonts.
pub(crate) const TO_RUN: &[&str] = &[
    "build-essential",
    "fonts-hanazono",
    "fonts-noto-cjk",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
    "python3-brotli",
    "python3-fonttools",
];

/// To test them, as well.
pub(crate) const TO_TEST: &[&str] = &[
    "chromium",
    "dbus",
    "fcitx5",
    "fcitx5-chinese-addons",
    "fcitx5-frontend-gtk3",
    "poppler-utils",
    "webkit2gtk-driver",
    "xauth",
    "xdotool",
    "xvfb",
    "zbar-tools",
];

/// Installs those of the packages that are missing.
pub(crate) fn ensure(packages: &[&str]) -> Result<()> {
    let here = Path::new(".");
    if ask(&mut command("dpkg-query", here, &["--version"])).is_none() {
        say(&format!(
            "This is not Debian; it needs what these packages bring: {}",
            packages.join(" ")
        ));
        return Ok(());
    }
    let missing: Vec<&str> = packages
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!("- installing with apt: {}", missing.join(" ")));
    let install = ["install", "-y", "--no-install-recommends"];
    run(as_root(&missing)?.args(["apt-get", "update", "-qq"]))?;
    run(as_root(&missing)?
        .arg("apt-get")
        .args(install)
        .args(&missing))
}

fn is_installed(package: &str) -> bool {
    let status = ["--show", "--showformat=${db:Status-Status}", package];
    ask(&mut command("dpkg-query", Path::new("."), &status))
        .is_some_and(|status| status == "installed")
}

/// The beginning of a command that runs as root.
fn as_root(missing: &[&str]) -> Result<Command> {
    let here = Path::new(".");
    let quiet = "DEBIAN_FRONTEND=noninteractive";
    let is_root = ask(&mut command("id", here, &["-u"])).is_some_and(|id| id.trim() == "0");
    if is_root {
        return Ok(command("env", here, &[quiet]));
    }
    let may_ask = std::io::stdin().is_terminal();
    if may_ask || ask(&mut command("sudo", here, &["-n", "true"])).is_some() {
        return Ok(command("sudo", here, &["env", quiet]));
    }
    Err(Trouble::new(format!(
        "Packages are missing and this is not root. Please run:\n  sudo apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    )))
}
