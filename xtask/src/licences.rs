//! Whether we may ship what we depend on: licences, sources and bans of `deny.toml`, for crates and npm packages.
//!
//! `deny.toml` is cargo-deny's file, so `cargo deny check` works for whoever has it. Building that tool takes longer
//! than all our tests, so the three checks that matter offline are made here. Security advisories are not: they need
//! the network of the day.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::console::say;
use crate::house::House;
use crate::process::{ask, command};
use crate::trouble::{Result, Trouble, While};

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Checks everything in both lock files; says all that is wrong at once.
pub(crate) fn check(house: &House) -> Result<()> {
    let rules = fs::read_to_string(house.root.join("deny.toml")).doing("deny.toml")?;
    let allowed = list(&rules, "allow");
    let banned = list(&rules, "deny");
    let packages = crates(house)?.into_iter().chain(npm_packages(house)?);

    let mut wrong = Vec::new();
    let mut versions: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = 0;
    for package in packages {
        seen += 1;
        let Package {
            name,
            licence,
            source,
        } = package;
        if !may_ship(&licence, &allowed) {
            wrong.push(format!(
                "{name} is under {licence:?}, which deny.toml does not allow"
            ));
        }
        if banned.contains(&name) {
            wrong.push(format!("{name} is banned in deny.toml"));
        }
        if let Source::Other(place) = source {
            wrong.push(format!("{name} comes from {place}, not from the registry"));
        } else if source == Source::CratesIo {
            *versions.entry(name).or_default() += 1;
        }
    }
    let twice = versions.values().filter(|count| **count > 1).count();
    say(&format!(
        "{seen} packages; {twice} crates are here in more than one version (`cargo tree --duplicates`)."
    ));
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Trouble::new(wrong.join("\n")))
    }
}

struct Package {
    name: String,
    licence: String,
    source: Source,
}

#[derive(PartialEq)]
enum Source {
    CratesIo,
    Npm,
    Other(String),
}

/// The crates that are not ours.
fn crates(house: &House) -> Result<Vec<Package>> {
    let metadata = ask(&mut command(
        "cargo",
        &house.root,
        &["metadata", "--locked", "--format-version", "1"],
    ))
    .ok_or_else(|| Trouble::new("`cargo metadata --locked` fails: is Cargo.lock up to date?"))?;
    let metadata: Value = serde_json::from_str(&metadata).doing("reading cargo's metadata")?;
    let packages = metadata
        .get("packages")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let foreign = packages.filter(|package| package.get("source").is_some_and(Value::is_string));
    Ok(foreign
        .map(|package| Package {
            name: text(package, "name"),
            licence: text(package, "license"),
            source: match text(package, "source") {
                source if source == CRATES_IO => Source::CratesIo,
                source => Source::Other(source),
            },
        })
        .collect())
}

fn npm_packages(house: &House) -> Result<Vec<Package>> {
    let lock =
        fs::read_to_string(house.ui().join("package-lock.json")).doing("ui/package-lock.json")?;
    let lock: Value = serde_json::from_str(&lock).doing("ui/package-lock.json")?;
    let packages = lock
        .get("packages")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    Ok(packages
        .filter_map(|(path, package)| Some((path.strip_prefix("node_modules/")?, package)))
        .map(|(name, package)| Package {
            name: name.to_owned(),
            licence: Some(text(package, "license"))
                .filter(|licence| !licence.is_empty())
                .unwrap_or_else(|| in_licence_file(house, name)),
            source: match package.get("resolved").and_then(Value::as_str) {
                Some(place) if !place.starts_with("https://registry.npmjs.org/") => {
                    Source::Other(place.into())
                }
                _ => Source::Npm,
            },
        })
        .collect())
}

/// What a package says in its file only.
fn in_licence_file(house: &House, name: &str) -> String {
    let file = house.ui().join("node_modules").join(name).join("LICENSE");
    let text = fs::read_to_string(file).unwrap_or_default();
    let first = text.lines().next().unwrap_or_default();
    if first.trim() == "MIT License" {
        "MIT"
    } else {
        ""
    }
    .to_owned()
}

fn text(value: &Value, field: &str) -> String {
    value
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// The quoted words of `key = [ … ]`, one or more a line; what follows `#` is a comment.
fn list(toml: &str, key: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut inside = false;
    for line in toml
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
    {
        let opens = line
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with("= ["));
        inside |= opens;
        if inside {
            words.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
            inside = !line.ends_with(']');
        }
    }
    words
}

/// Whether a licence expression (SPDX, or the old `A/B`) can be met with allowed licences.
fn may_ship(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = tokens.as_slice();
    let met = either(&mut rest, allowed);
    met && rest.is_empty()
}

fn either(rest: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = both(rest, allowed);
    while let ["OR", tail @ ..] = rest {
        *rest = tail;
        met |= both(rest, allowed);
    }
    met
}

fn both(rest: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = one(rest, allowed);
    while let ["AND", tail @ ..] = rest {
        *rest = tail;
        met &= one(rest, allowed);
    }
    met
}

fn one(rest: &mut &[&str], allowed: &[String]) -> bool {
    match *rest {
        ["(", tail @ ..] => {
            *rest = tail;
            let met = either(rest, allowed);
            let [")", tail @ ..] = *rest else {
                return false;
            };
            *rest = tail;
            met
        }
        [licence, "WITH", exception, tail @ ..] => {
            *rest = tail;
            allowed.contains(&format!("{licence} WITH {exception}"))
                || allowed.iter().any(|known| known == licence)
        }
        [licence, tail @ ..] => {
            *rest = tail;
            allowed.iter().any(|known| known == licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_must_be_one_we_allow_whatever_way_it_is_written() {
        let allowed = list(
            "[licenses]\nallow = [\n  \"MIT\", # short\n  \"Apache-2.0\",\n]\ndeny = []",
            "allow",
        );
        assert_eq!(allowed, ["MIT", "Apache-2.0"]);
        for (expression, ships) in [
            ("MIT", true),
            ("MIT OR GPL-3.0-only", true),
            ("GPL-3.0-only/MIT", true),
            ("MIT AND Apache-2.0", true),
            ("MIT AND GPL-3.0-only", false),
            ("(MIT OR GPL-3.0-only) AND Apache-2.0", true),
            ("(MIT OR GPL-3.0-only) AND (GPL-3.0-only)", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("GPL-3.0-only", false),
            ("(MIT", false),
            ("", false),
        ] {
            assert_eq!(may_ship(expression, &allowed), ships, "{expression}");
        }
    }
}
