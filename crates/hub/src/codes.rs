//! One-time codes: ten minutes, one use, and five wrong guesses by anybody end all that are open.

use std::{
    io,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use yichuang_store::hex;
use yichuang_sync::enrol::Code;

use crate::{
    error::HubError,
    spool::{CODES, names_in, public, put_table, remove, table},
};

const MINUTES: i64 = 10;
const TRIES: u8 = 5;

/// A code that waits for its desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Open {
    /// The name of the community.
    pub(crate) community: String,
    /// Until when, milliseconds since 1970 (UTC).
    pub(crate) until: i64,
    /// How many wrong guesses are left.
    pub(crate) tries: u8,
}

/// The machine's clock, milliseconds since 1970 (UTC).
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

fn file_of(code: &Code) -> String {
    format!("{}.toml", hex(&code.hash()))
}

/// Makes a code for one desk of a community.
pub(crate) fn new_code(data: &Path, community: &str) -> Result<Value, HubError> {
    let key = public(data)?;
    let random = yichuang_store::random::<8>().map_err(|error| HubError::Store(error.into()))?;
    let code = Code::of(u64::from_be_bytes(random));
    let open = Open {
        community: community.trim().to_owned(),
        until: now_ms() + MINUTES * 60_000,
        tries: TRIES,
    };
    put_table(&data.join(CODES), &file_of(&code), &open)?;
    Ok(json!({
        "code": code.as_str(),
        "key": hex(&key),
        "minutes": MINUTES,
    }))
}

/// What a typed code is for. A wrong one is held against all that are open.
pub(crate) fn find(data: &Path, typed: &str, now: i64) -> io::Result<Option<(Code, Open)>> {
    let folder = data.join(CODES);
    let code = Code::parse(typed);
    let open = match &code {
        Some(code) => table::<Open>(&folder, &file_of(code))?,
        None => None,
    };
    match (code, open) {
        (Some(code), Some(open)) if open.until > now && open.tries > 0 => Ok(Some((code, open))),
        (Some(code), Some(_late)) => {
            remove(&folder, &file_of(&code))?;
            Ok(None)
        }
        (_, _) => {
            count_wrong(&folder)?;
            Ok(None)
        }
    }
}

fn count_wrong(folder: &Path) -> io::Result<()> {
    for name in names_in(folder)? {
        let Some(mut open) = table::<Open>(folder, &name)? else {
            continue;
        };
        open.tries = open.tries.saturating_sub(1);
        if open.tries == 0 {
            remove(folder, &name)?;
        } else {
            put_table(folder, &name, &open)?;
        }
    }
    Ok(())
}

/// Uses a code up.
pub(crate) fn use_up(data: &Path, code: &Code) -> io::Result<()> {
    remove(&data.join(CODES), &file_of(code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spool::write_public;

    fn code_in(data: &Path) -> String {
        write_public(data, &[1; 32]).unwrap();
        let made = new_code(data, "新茂社区").unwrap();
        made["code"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_code_is_good_once_and_for_ten_minutes() {
        let folder = tempfile::tempdir().unwrap();
        let typed = code_in(folder.path());
        let (code, open) = find(folder.path(), &typed, now_ms()).unwrap().unwrap();
        assert_eq!(open.community, "新茂社区");
        use_up(folder.path(), &code).unwrap();
        assert!(find(folder.path(), &typed, now_ms()).unwrap().is_none());

        let late = code_in(folder.path());
        let then = now_ms() + 11 * 60_000;
        assert!(find(folder.path(), &late, then).unwrap().is_none());
        assert!(find(folder.path(), &late, now_ms()).unwrap().is_none());
    }

    #[test]
    fn five_wrong_guesses_end_it() {
        let folder = tempfile::tempdir().unwrap();
        let typed = code_in(folder.path());
        for guess in 0..4 {
            let guess = Code::of(guess);
            assert!(
                find(folder.path(), guess.as_str(), now_ms())
                    .unwrap()
                    .is_none()
            );
        }
        assert!(find(folder.path(), &typed, now_ms()).unwrap().is_some());
        assert!(find(folder.path(), "rubbish", now_ms()).unwrap().is_none());
        assert!(find(folder.path(), &typed, now_ms()).unwrap().is_none());
    }
}
