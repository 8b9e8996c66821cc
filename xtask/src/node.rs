//! Node.js and the packages of the UI, as locked and without running any script of theirs.

use std::path::Path;

use crate::house::House;
use crate::process::{ask, command, run};
use crate::stamp;
use crate::trouble::{Result, Trouble};

const OLDEST: (u32, u32) = (20, 19);

/// Installs the locked packages, when the lock changed.
pub(crate) fn ensure(house: &House) -> Result<()> {
    let version = ask(&mut command("node", Path::new("."), &["--version"]));
    let version = version.as_deref().and_then(parse).ok_or_else(|| {
        Trouble::new(
            "Node.js is missing. Install 20.19 or newer (https://nodejs.org) and start again.",
        )
    })?;
    if version < OLDEST {
        let (major, minor) = version;
        return Err(Trouble::new(format!(
            "Node.js is {major}.{minor}; it takes 20.19 or newer."
        )));
    }
    let ui = house.ui();
    let inputs = ["package.json", "package-lock.json", ".npmrc"].map(|name| ui.join(name));
    let product = ui.join("node_modules/.package-lock.json");
    stamp::unless_done(house, "npm ci", &inputs, &product, || {
        run(&mut command(
            "npm",
            &ui,
            &["ci", "--no-progress", "--prefer-offline"],
        ))
    })
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_is_too_old_is_known_by_its_version() {
        assert_eq!(parse("v20.19.0\n"), Some((20, 19)));
        assert!(parse("v18.20.4").unwrap() < OLDEST);
        assert!(parse("v22.3.0").unwrap() > OLDEST);
        assert_eq!(parse("something else"), None);
    }
}
