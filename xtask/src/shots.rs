//! Pictures of the screens, in every size, language and theme, with the check for accessibility.

use crate::house::House;
use crate::process::{command, run};
use crate::trouble::Result;
use crate::{apt, rust, web};

/// Takes them all, or those of the screens named.
pub(crate) fn shots(house: &House, screens: &[&str]) -> Result<()> {
    apt::ensure(apt::TO_RUN)?;
    apt::ensure(apt::TO_TEST)?;
    web::ensure(house)?;
    rust::build_programs(house, false)?;
    let mut node = command("node", &house.root, &["tests/harness/shots.mjs"]);
    run(node.args(screens).envs(programs(house)))
}

/// Where the programs under test lie, for the harness.
pub(crate) fn programs(house: &House) -> [(&'static str, std::path::PathBuf); 2] {
    [
        ("YICHUANG_BIN", house.program("debug", "yichuang")),
        (
            "YICHUANG_DESKTOP_BIN",
            house.program("debug", "yichuang-desktop"),
        ),
    ]
}
