//! `cargo xtask run`: from a fresh clone to the open window on the sample community.

use std::path::{Path, PathBuf};

use crate::console::say;
use crate::house::House;
use crate::process::{command, run as run_command};
use crate::trouble::{Result, Trouble};
use crate::{apt, rust, web};

/// The password of the sample's invented clerks. It guards nothing; set `YICHUANG_PASSWORD` for another.
const SAMPLE_PASSWORD: &str = "haitang-xia-de-yichuang";

struct Wish {
    data: PathBuf,
    browser: bool,
    release: bool,
}

/// Sets up, builds, makes the sample community, and opens it.
pub(crate) fn run(house: &House, arguments: &[&str]) -> Result<()> {
    let wish = read(house, arguments)?;
    apt::ensure(apt::TO_RUN)?;
    web::ensure(house)?;
    rust::build_programs(house, wish.release)?;

    let profile = if wish.release { "release" } else { "debug" };
    let desk = house.program(profile, "yichuang");
    make_sample(house, &desk, &wish.data)?;

    if !wish.browser && has_display() {
        say("- opening the window");
        let window = house.program(profile, "yichuang-desktop");
        return run_command(command(window, &house.root, &["--data"]).arg(&wish.data));
    }
    if !wish.browser {
        say("There is no display here, so the same pages go to a browser on this machine.");
    }
    say("Open the address below in a browser; Ctrl+C ends it.");
    run_command(command(desk, &house.root, &["serve", "--data"]).arg(&wish.data))
}

fn read(house: &House, arguments: &[&str]) -> Result<Wish> {
    let mut wish = Wish {
        data: house.root.join("data/sample"),
        browser: false,
        release: false,
    };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match (*argument, arguments.as_slice()) {
            ("--browser", _) => wish.browser = true,
            ("--release", _) => wish.release = true,
            ("--data", [folder, ..]) => {
                wish.data = folder.into();
                arguments.next();
            }
            _ => {
                return Err(Trouble::new(
                    "Usage: cargo xtask run [--data DIR] [--browser] [--release]",
                ));
            }
        }
    }
    Ok(wish)
}

/// A folder that has something in it is never touched.
fn make_sample(house: &House, desk: &Path, data: &Path) -> Result<()> {
    let given = std::env::var("YICHUANG_PASSWORD").ok();
    let password = given.as_deref().unwrap_or(SAMPLE_PASSWORD);
    if !data.exists() {
        say(&format!(
            "- making the sample community in {}",
            data.display()
        ));
        run_command(
            command(desk, &house.root, &["sample", "--data"])
                .arg(data)
                .env("YICHUANG_PASSWORD", password),
        )?;
    }
    if given.is_none() {
        say(&format!(
            "  password of everyone in the sample community: {SAMPLE_PASSWORD}"
        ));
    }
    Ok(())
}

fn has_display() -> bool {
    cfg!(not(target_os = "linux"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some())
}
