//! The pages: `ui/dist`, which the window has inside itself and the local browser is served.

use std::path::PathBuf;

use crate::house::House;
use crate::process::{command, run};
use crate::trouble::Result;
use crate::{fonts, node, stamp};

/// Builds the pages with all they need, when something in them changed.
pub(crate) fn ensure(house: &House) -> Result<()> {
    node::ensure(house)?;
    fonts::ensure(house)?;
    let ui = house.ui();
    let inputs: Vec<_> = sources(house).collect();
    stamp::unless_done(
        house,
        "building the pages",
        &inputs,
        &ui.join("dist/index.html"),
        || run(&mut command("npm", &ui, &["run", "--silent", "build"])),
    )
}

/// Everything the pages are made and checked by.
pub(crate) fn sources(house: &House) -> impl Iterator<Item = PathBuf> + use<> {
    let ui = house.ui();
    [
        "src",
        "public",
        "index.html",
        "package.json",
        "package-lock.json",
        "vite.config.ts",
        "svelte.config.js",
        "tsconfig.json",
        "eslint.config.js",
        ".prettierrc",
        ".prettierignore",
    ]
    .into_iter()
    .map(move |name| ui.join(name))
}
