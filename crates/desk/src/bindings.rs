//! TypeScript of the seam, made from the list of calls. It is committed with the UI; a test fails
//! when it is stale.

use ts_rs::{Config, TypeVisitor};

use crate::{
    answer::{FailureView, RefusalView},
    call::Types,
    calls::all,
};

/// A type on one line, without the comments of its fields.
pub(crate) fn on_one_line(declared: &str) -> String {
    let mut line = String::new();
    let mut rest = declared;
    while let Some((before, comment)) = rest.split_once("/**") {
        line.push_str(before);
        rest = comment
            .split_once("*/")
            .map_or("", |(_comment, after)| after);
    }
    line.push_str(rest);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn config() -> Config {
    Config::new().with_large_int("number")
}

/// The whole file.
pub fn bindings() -> String {
    let config = config();
    let calls = all();
    let mut types = Types::new(&config);
    for call in &calls {
        (call.types)(&mut types);
    }
    types.visit::<RefusalView>();
    types.visit::<FailureView>();
    let mut text = String::from(
        "// Made from the desk's list of calls: `cargo xtask bindings`. Do not edit by hand.\n\n",
    );
    for declared in types.declarations() {
        text.push_str(&declared);
        text.push_str("\n\n");
    }
    text.push_str("/** Every call by its name. */\nexport interface Calls {\n");
    for call in &calls {
        let (input, output) = ((call.input)(&config), (call.output)(&config));
        let input = on_one_line(&input);
        let row = [
            "  /** ",
            call.about,
            " */\n  ",
            call.name,
            ": { input: ",
            &input,
            "; output: ",
            &output,
            " };\n",
        ];
        text.extend(row);
    }
    text.push_str("}\n\n/** The name of a call. */\nexport type CallName = keyof Calls;\n");
    text
}
