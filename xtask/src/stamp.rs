//! What need not be done again: a stamp holds the hash of all that went into a product.
//!
//! A stamp saves set-up and checks that read nothing but files (format, lint, types), as cargo's own do for its
//! checks. Tests are never skipped because of one.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::console::say;
use crate::house::House;
use crate::trouble::{Result, While};

/// Makes `product` with `make`, unless it is there and nothing that goes into it (`inputs`: files and folders) changed.
pub(crate) fn unless_done(
    house: &House,
    what: &str,
    inputs: &[PathBuf],
    product: &Path,
    make: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let stamp = house.notes().join(format!("{what}.stamp"));
    let hash = hash_of(inputs)?;
    if product.exists() && fs::read_to_string(&stamp).is_ok_and(|known| known == hash) {
        return Ok(());
    }
    say(&format!("- {what} …"));
    make()?;
    fs::create_dir_all(house.notes()).doing("making target/xtask")?;
    // Hashed anew: what is made may be an input too (a lock file written by the tool).
    fs::write(&stamp, hash_of(inputs)?).doing("writing a stamp")
}

fn hash_of(inputs: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        add(&mut hasher, input)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Names and contents, in the order of names. What is absent counts as such.
fn add(hasher: &mut DefaultHasher, path: &Path) -> Result<()> {
    hasher.write(path.as_os_str().as_encoded_bytes());
    if path.is_dir() {
        let mut entries = fs::read_dir(path)
            .and_then(|entries| {
                entries
                    .map(|entry| Ok(entry?.path()))
                    .collect::<std::io::Result<Vec<_>>>()
            })
            .doing(path.display())?;
        entries.sort();
        for entry in entries {
            add(hasher, &entry)?;
        }
    } else if path.exists() {
        let content = fs::read(path).doing(path.display())?;
        hasher.write_usize(content.len());
        hasher.write(&content);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_again_exactly_when_its_inputs_change() {
        let root = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        let input = root.join("input");
        fs::create_dir_all(&input).unwrap();
        fs::write(input.join("a"), "1").unwrap();
        let house = House {
            target: root.join("target"),
            root: root.clone(),
        };
        let product = root.join("product");
        let made = std::cell::Cell::new(0);
        let make = || {
            unless_done(
                &house,
                "product",
                std::slice::from_ref(&input),
                &product,
                || {
                    made.set(made.get() + 1);
                    fs::write(&product, "made").doing("test")
                },
            )
            .unwrap();
            made.get()
        };

        assert_eq!(make(), 1);
        assert_eq!(make(), 1, "nothing changed");
        fs::write(input.join("a"), "2").unwrap();
        assert_eq!(make(), 2, "a content changed");
        fs::write(input.join("b"), "").unwrap();
        assert_eq!(make(), 3, "a file came");
        fs::remove_file(&product).unwrap();
        assert_eq!(make(), 4, "the product went");
        fs::remove_dir_all(&root).unwrap();
    }
}
