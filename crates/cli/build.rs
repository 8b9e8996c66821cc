//! Puts the pages of `ui/dist` into the program, as a table of paths and bytes.
//!
//! Where they are not built yet the table is empty: the program still works in a terminal, and `serve`
//! says what to do.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default());
    let pages = here.join("../../ui/dist");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    let mut files = Vec::new();
    if pages.is_dir() {
        collect(&pages, &mut files)?;
        files.sort();
    }
    // A folder that is not there counts as changed at every build, so that it is taken in once it is.
    emit(&format!("cargo::rerun-if-changed={}", pages.display()))?;
    emit("cargo::rerun-if-changed=build.rs")?;

    let mut table = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&pages).unwrap_or(file);
        let name = name.to_string_lossy().replace('\\', "/");
        let row = format!(
            "    ({name:?}, include_bytes!({:?})),\n",
            file.display().to_string()
        );
        table.push_str(&row);
    }
    table.push_str("]\n");
    fs::write(out.join("pages.rs"), table)
}

fn emit(line: &str) -> io::Result<()> {
    use io::Write;
    writeln!(io::stdout(), "{line}")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
