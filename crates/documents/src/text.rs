//! Which characters may stand on a paper: those that print, and that a font of ours has.
//!
//! The typesetter would tell too, but late, and not which field's character it was that mattered.

use serde_json::Value;

/// Every character of every text in this data, keys aside.
pub(crate) fn characters(data: &Value) -> Vec<char> {
    let mut found = Vec::new();
    collect(data, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn collect(data: &Value, found: &mut Vec<char>) {
    match data {
        Value::String(text) => found.extend(text.chars()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether this character has no shape of its own: controls (Cc), direction and join marks (Cf) and
/// the two line separators. A line feed is none: remarks have lines.
pub(crate) fn is_invisible(character: char) -> bool {
    match character {
        '\n' => false,
        // Unicode 17, general categories Cf, Zl and Zp.
        '\u{ad}'
        | '\u{600}'..='\u{605}'
        | '\u{61c}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{890}'..='\u{891}'
        | '\u{8e2}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{110bd}'
        | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0001}'
        | '\u{e0020}'..='\u{e007f}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_marks_and_controls_are_invisible_and_names_are_not() {
        for character in [
            '\u{202e}', '\u{200f}', '\u{2066}', '\u{0}', '\u{7}', '\u{feff}', '\t',
        ] {
            assert!(is_invisible(character), "U+{:04X}", u32::from(character));
        }
        for character in "𬭎铁生·O'Brien ①\n".chars() {
            assert!(!is_invisible(character), "{character}");
        }
    }

    #[test]
    fn texts_are_found_at_any_depth() {
        let data = serde_json::json!({"乙": ["甲", {"a": "丙"}], "n": 7});
        assert_eq!(characters(&data), ['丙', '甲']);
    }
}
