//! The pages: `ui/dist`, which the window has inside itself and the local browser is served.

use crate::house::House;
use crate::process::{command, run};
use crate::trouble::Result;
use crate::{fonts, node, stamp};

/// Builds the pages with all they need, when something in them changed.
pub(crate) fn ensure(house: &House) -> Result<()> {
    node::ensure(house)?;
    fonts::ensure(house)?;
    let ui = house.ui();
    let inputs = [
        "src",
        "public",
        "index.html",
        "package-lock.json",
        "vite.config.ts",
        "svelte.config.js",
        "tsconfig.json",
    ]
    .map(|name| ui.join(name));
    stamp::unless_done(
        house,
        "building the pages",
        &inputs,
        &ui.join("dist/index.html"),
        || run(&mut command("npm", &ui, &["run", "--silent", "build"])),
    )
}
