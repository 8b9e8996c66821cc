//! A vault in a folder: founded, opened by people, by the printed code and by the recovery key.
//! People and passwords are made up.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "helpers of tests"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use yichuang_vault::{
    DeviceSecretStore, FileSecretStore, FoundOptions, Founded, Host, KdfParams, Key, NewPerson,
    PasswordProblem, Rescue, UnlockError, Unlocked, Vault, VaultError, seal_to, verify,
};
use zeroize::Zeroizing;

const LI: &str = "0a01";
const WANG: &str = "0a02";
const LI_PASSWORD: &str = "tulip-Kettle-41-harbor";
const WANG_PASSWORD: &str = "杏花春雨小桥流水人家";
const NEW_PASSWORD: &str = "seven Copper lanterns drift";

/// A folder of its own, and a clock that moves when it is told to.
struct Desk {
    data: PathBuf,
    device: PathBuf,
    clock_s: Arc<AtomicU64>,
}

impl Desk {
    fn new(name: &str) -> Self {
        let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        let [data, device] = ["data", "device"].map(|name| root.join(name));
        fs::create_dir_all(&data).unwrap();
        Self {
            data,
            device,
            clock_s: Arc::default(),
        }
    }

    fn host(&self) -> Host {
        let clock_s = Arc::clone(&self.clock_s);
        Host {
            secrets: Arc::new(FileSecretStore::new(&self.device)),
            ticks: Arc::new(move || Duration::from_secs(clock_s.load(Ordering::Relaxed))),
        }
    }

    fn found(&self) -> (Vault, Founded) {
        let people = [person(LI, LI_PASSWORD), person(WANG, WANG_PASSWORD)];
        Vault::found(&self.data, &people, self.options()).unwrap()
    }

    fn options(&self) -> FoundOptions {
        FoundOptions {
            kdf: KdfParams::cheap_for_tests(),
            host: Some(self.host()),
            recovery_public: None,
        }
    }

    /// The program starts again; its monotonic clock begins at nothing.
    fn restart(&self) -> Vault {
        self.clock_s.store(0, Ordering::Relaxed);
        Vault::open_on(&self.data, self.host()).unwrap()
    }

    fn wait(&self, seconds: u64) {
        self.clock_s.fetch_add(seconds, Ordering::Relaxed);
    }

    fn attempts(&self) -> [PathBuf; 2] {
        let copy = fs::read_dir(&self.device)
            .unwrap()
            .map(|file| file.unwrap().path());
        let copy = copy.filter(|path| path.extension().is_some_and(|is| is == "attempts"));
        [self.data.join("attempts.toml"), copy.last().unwrap()]
    }
}

static WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| vec!["zhang".to_owned(), "xinghua".to_owned()]);

fn person<'a>(id: &'a str, password: &'a str) -> NewPerson<'a> {
    NewPerson {
        id,
        password,
        inputs: &WORDS,
    }
}

/// Whether two unlocked vaults hold the same keys.
fn agree(one: &Unlocked, other: &Unlocked) -> bool {
    let sealed = one.session.content.view.seal(b"row", b"a record").unwrap();
    one.journal.device.public() == other.journal.device.public()
        && one.session.content.index.token("phone", "1")
            == other.session.content.index.token("phone", "1")
        && other.session.content.view.open(b"row", &sealed).is_ok()
}

fn wrong(vault: &mut Vault) -> (u8, u64) {
    match vault.unlock(LI, "not it") {
        Err(UnlockError::WrongPassword { left_free, wait_s }) => (left_free, wait_s),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_person_opens_the_same_keys_with_their_own_password() {
    let desk = Desk::new("everybody");
    let (mut vault, founded) = desk.found();
    let li = vault.unlock(LI, LI_PASSWORD).unwrap();
    let mut vault = desk.restart();
    let wang = vault.unlock(WANG, WANG_PASSWORD).unwrap();
    assert!(agree(&li, &wang));

    // Their own keys differ, and are the announced ones.
    for (unlocked, entry) in [(&li, &founded.people[0]), (&wang, &founded.people[1])] {
        assert_eq!(unlocked.session.person, entry.id);
        let signature = unlocked.session.keys.sign(b"commit");
        assert!(verify(&entry.public.signing, b"commit", &signature));
        let sealed = seal_to(&entry.public.sealing, b"fact", b"secret").unwrap();
        assert_eq!(
            unlocked.session.keys.open_sealed(b"fact", &sealed).unwrap(),
            b"secret"
        );
    }
    assert_ne!(founded.people[0].public, founded.people[1].public);
    let signature = li.journal.device.sign(b"commit");
    assert!(verify(&founded.device_public, b"commit", &signature));
}

#[test]
fn a_password_typed_in_full_width_mode_opens_too() {
    let desk = Desk::new("full-width");
    let (mut vault, _) = desk.found();
    let wide = LI_PASSWORD
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap());
    assert!(vault.unlock(LI, &wide.collect::<String>()).is_ok());
}

#[test]
fn three_wrong_passwords_are_free_then_waiting_grows_and_the_tenth_locks() {
    let desk = Desk::new("waiting");
    let (mut vault, _) = desk.found();
    let expected = [
        (2, 0),
        (1, 0),
        (0, 30),
        (0, 300),
        (0, 900),
        (0, 1_800),
        (0, 3_600),
        (0, 3_600),
        (0, 3_600),
    ];
    for (left, wait_s) in expected {
        assert_eq!(wrong(&mut vault), (left, wait_s));
        if wait_s > 0 {
            desk.wait(wait_s - 1);
            // Not even the right password is looked at, and this is no try.
            let early = vault.unlock(LI, LI_PASSWORD);
            assert!(
                matches!(early, Err(UnlockError::Wait { seconds: 1 })),
                "{early:?}"
            );
            desk.wait(1);
        }
    }
    assert!(matches!(
        vault.unlock(LI, "not it"),
        Err(UnlockError::LockedOut)
    ));
    desk.wait(1_000_000);
    assert!(matches!(
        vault.unlock(LI, LI_PASSWORD),
        Err(UnlockError::LockedOut)
    ));
    let mut vault = desk.restart();
    assert!(matches!(
        vault.unlock(LI, LI_PASSWORD),
        Err(UnlockError::LockedOut)
    ));
    assert!(
        vault.unlock(WANG, WANG_PASSWORD).is_ok(),
        "a colleague still works"
    );
}

#[test]
fn a_right_password_gives_all_tries_back() {
    let desk = Desk::new("forgiven");
    let (mut vault, _) = desk.found();
    wrong(&mut vault);
    wrong(&mut vault);
    vault.unlock(LI, LI_PASSWORD).unwrap();
    assert_eq!(wrong(&mut vault), (2, 0));
}

#[test]
fn starting_again_begins_the_wait_anew_and_shortens_nothing() {
    let desk = Desk::new("restart");
    let (mut vault, _) = desk.found();
    for _ in 0..4 {
        wrong(&mut vault);
        desk.wait(30);
    }
    desk.wait(200);
    let mut vault = desk.restart();
    let early = vault.unlock(LI, LI_PASSWORD);
    assert!(
        matches!(early, Err(UnlockError::Wait { seconds: 300 })),
        "{early:?}"
    );
    desk.wait(300);
    assert!(vault.unlock(LI, LI_PASSWORD).is_ok());
}

/// A secret store that can be read and not written.
struct ReadOnly(FileSecretStore);

impl DeviceSecretStore for ReadOnly {
    fn get(&self, name: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        self.0.get(name)
    }

    fn set(&self, _name: &str, _secret: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn is_weak(&self) -> bool {
        true
    }
}

#[test]
fn a_password_is_not_even_looked_at_before_the_try_is_written_down() {
    let desk = Desk::new("written-first");
    desk.found();
    let host = Host {
        secrets: Arc::new(ReadOnly(FileSecretStore::new(&desk.device))),
        ..desk.host()
    };
    let mut vault = Vault::open_on(&desk.data, host).unwrap();
    for password in [LI_PASSWORD, "not it"] {
        let refused = vault.unlock(LI, password);
        assert!(
            matches!(
                refused,
                Err(UnlockError::Failed(VaultError::SecretStore(_)))
            ),
            "{refused:?}"
        );
    }
}

#[test]
fn a_try_that_was_cut_short_counts_as_wrong() {
    let desk = Desk::new("cut-short");
    let (mut vault, _) = desk.found();
    wrong(&mut vault);
    // What stands on the disk while the next password is being looked at.
    fs::write(desk.data.join("attempts.toml"), "[wrong]\n0a01 = 2\n").unwrap();
    assert_eq!(wrong(&mut desk.restart()), (0, 30));
}

#[test]
fn an_old_or_lost_attempts_file_gives_no_new_tries() {
    let desk = Desk::new("old-file");
    let (mut vault, founded) = desk.found();
    let [here, copy] = desk.attempts();
    let old = fs::read(&here).unwrap();
    for _ in 0..3 {
        wrong(&mut vault);
    }
    for restored in [&here, &copy] {
        let kept = fs::read(restored).unwrap();
        fs::write(restored, &old).unwrap();
        assert!(matches!(
            desk.restart().unlock(LI, "x"),
            Err(UnlockError::Wait { .. })
        ));
        fs::remove_file(restored).unwrap();
        assert!(matches!(
            desk.restart().unlock(LI, "x"),
            Err(UnlockError::Wait { .. })
        ));
        fs::write(restored, kept).unwrap();
    }
    fs::write(&here, "torn").unwrap();
    fs::remove_file(&copy).unwrap();
    let mut vault = desk.restart();
    for (id, password) in [(LI, LI_PASSWORD), (WANG, WANG_PASSWORD)] {
        assert!(matches!(
            vault.unlock(id, password),
            Err(UnlockError::LockedOut)
        ));
    }
    vault
        .reset_attempts(Rescue::Code(&founded.code.to_string()), LI)
        .unwrap();
    assert!(vault.unlock(LI, LI_PASSWORD).is_ok());
    assert!(matches!(
        vault.unlock(WANG, WANG_PASSWORD),
        Err(UnlockError::LockedOut)
    ));
}

#[test]
fn the_printed_code_gives_tries_back_and_a_wrong_one_does_not() {
    let desk = Desk::new("reset");
    let (mut vault, founded) = desk.found();
    for _ in 0..10 {
        vault.unlock(LI, "not it").unwrap_err();
        desk.wait(3_600);
    }
    let code = founded.code.to_string().to_lowercase().replace('-', " ");
    let (_, foreign) = Desk::new("reset-foreign").found();
    for wrong in ["", "nonsense", &foreign.code.to_string()] {
        let refused = vault.reset_attempts(Rescue::Code(wrong), LI);
        assert!(matches!(refused, Err(UnlockError::WrongCode)), "{wrong}");
    }
    assert!(matches!(
        vault.unlock(LI, LI_PASSWORD),
        Err(UnlockError::LockedOut)
    ));
    vault.reset_attempts(Rescue::Code(&code), LI).unwrap();
    assert!(vault.unlock(LI, LI_PASSWORD).is_ok());
}

#[test]
fn a_changed_password_opens_the_same_keys_and_the_old_one_nothing() {
    let desk = Desk::new("change");
    let (mut vault, _) = desk.found();
    let before = vault.unlock(LI, LI_PASSWORD).unwrap();
    let refused = vault.change_password("not it", &person(LI, NEW_PASSWORD));
    assert!(matches!(
        refused,
        Err(UnlockError::WrongPassword { left_free: 2, .. })
    ));
    vault
        .change_password(LI_PASSWORD, &person(LI, NEW_PASSWORD))
        .unwrap();
    let mut vault = desk.restart();
    assert!(vault.unlock(LI, LI_PASSWORD).is_err());
    let after = vault.unlock(LI, NEW_PASSWORD).unwrap();
    assert!(agree(&before, &after));
    assert_eq!(before.session.keys.public(), after.session.keys.public());
}

#[test]
fn a_colleague_lets_one_more_person_in() {
    let desk = Desk::new("add");
    let (mut vault, _) = desk.found();
    let li = vault.unlock(LI, LI_PASSWORD).unwrap();
    let new = person("0a03", NEW_PASSWORD);
    let refused = vault.add_person(LI, "not it", &new);
    assert!(matches!(refused, Err(UnlockError::WrongPassword { .. })));
    let public = vault.add_person(LI, LI_PASSWORD, &new).unwrap();
    let twice = vault.add_person(LI, LI_PASSWORD, &new);
    assert!(matches!(twice, Err(UnlockError::PersonExists)));

    let mut vault = desk.restart();
    assert_eq!(vault.people().len(), 3);
    let added = vault.unlock("0a03", NEW_PASSWORD).unwrap();
    assert!(agree(&li, &added));
    assert_eq!(added.session.keys.public(), public);
}

#[test]
fn the_printed_code_and_the_recovery_key_open_what_was_kept_without_the_device_secret() {
    let desk = Desk::new("rescue");
    let (mut vault, founded) = desk.found();
    let li = vault.unlock(LI, LI_PASSWORD).unwrap();
    let sealed = li.session.content.view.seal(b"row", b"a record").unwrap();
    fs::remove_dir_all(&desk.device).unwrap();

    let mut vault = desk.restart();
    let gone = vault.unlock(LI, LI_PASSWORD);
    assert!(
        matches!(
            gone,
            Err(UnlockError::Failed(VaultError::DeviceSecretMissing))
        ),
        "{gone:?}"
    );
    let code = founded.code.to_string();
    let secret = founded.recovery_secret.unwrap();
    for rescue in [Rescue::Code(&code), Rescue::Secret(&secret)] {
        let rescued = vault.rescue(rescue).unwrap();
        assert_eq!(
            rescued.content.view.open(b"row", &sealed).unwrap(),
            b"a record"
        );
        assert_eq!(rescued.journal.device.public(), founded.device_public);
    }
    let foreign = Key::from_bytes([7; 32]);
    let refused = vault.rescue(Rescue::Secret(&foreign));
    assert!(matches!(refused, Err(UnlockError::WrongCode)));

    // A new password makes a new device secret and new keys of the person.
    let public = vault
        .set_password_by_rescue(Rescue::Code(&code), &person(LI, NEW_PASSWORD))
        .unwrap();
    assert_ne!(public, li.session.keys.public());
    let again = desk.restart().unlock(LI, NEW_PASSWORD).unwrap();
    assert!(agree(&li, &again));
    assert_eq!(again.session.keys.public(), public);
}

#[test]
fn a_key_store_that_forgot_asks_everybody_for_the_code_and_counts_no_password_as_wrong() {
    let desk = Desk::new("forgot");
    let (mut vault, founded) = desk.found();
    assert!(!vault.needs_code(LI) && !vault.needs_code(WANG));
    vault.unlock(WANG, WANG_PASSWORD).unwrap();
    fs::remove_dir_all(&desk.device).unwrap();
    let mut vault = desk.restart();
    assert!(vault.needs_code(LI) && vault.needs_code(WANG));
    let code = founded.code.to_string();
    vault
        .set_password_by_rescue(Rescue::Code(&code), &person(LI, NEW_PASSWORD))
        .unwrap();
    let mut vault = desk.restart();
    vault.unlock(LI, NEW_PASSWORD).unwrap();
    assert!(!vault.needs_code(LI) && vault.needs_code(WANG));
    for _ in 0..12 {
        let gone = vault.unlock(WANG, WANG_PASSWORD);
        assert!(
            matches!(
                gone,
                Err(UnlockError::Failed(VaultError::DeviceSecretMissing))
            ),
            "{gone:?}"
        );
    }
    vault
        .set_password_by_rescue(Rescue::Code(&code), &person(WANG, WANG_PASSWORD))
        .unwrap();
    vault.unlock(WANG, WANG_PASSWORD).unwrap();
    vault.unlock(LI, NEW_PASSWORD).unwrap();
}

#[test]
fn a_second_desk_of_a_community_is_sealed_to_the_same_recovery_key() {
    let (_, first) = Desk::new("community-1").found();
    let desk = Desk::new("community-2");
    let options = FoundOptions {
        recovery_public: Some(first.recovery_public),
        ..desk.options()
    };
    let (vault, second) = Vault::found(&desk.data, &[person(LI, LI_PASSWORD)], options).unwrap();
    assert!(second.recovery_secret.is_none());
    let secret = first.recovery_secret.unwrap();
    assert!(vault.rescue(Rescue::Secret(&secret)).is_ok());
}

#[test]
fn the_password_alone_opens_nothing_on_another_device() {
    let desk = Desk::new("carried-off");
    let (vault, _) = desk.found();
    drop(vault);
    for secret in fs::read_dir(&desk.device).unwrap() {
        let path = secret.unwrap().path();
        if path.extension().is_some_and(|is| is == "secret") {
            fs::write(path, [1; 32]).unwrap();
        }
    }
    let refused = desk.restart().unlock(LI, LI_PASSWORD);
    assert!(matches!(refused, Err(UnlockError::WrongPassword { .. })));
}

#[test]
fn weak_passwords_people_twice_and_bad_ids_are_refused_before_anything_is_made() {
    let desk = Desk::new("refused");
    let found =
        |people: &[NewPerson<'_>]| Vault::found(&desk.data, people, desk.options()).map(|_| ());
    match found(&[person(LI, "zhang123")]) {
        Err(UnlockError::WeakPassword(strength)) => {
            assert_eq!(
                strength.problem,
                Some(PasswordProblem::Name),
                "{strength:?}"
            );
        }
        other => panic!("{other:?}"),
    }
    let twice = found(&[person(LI, LI_PASSWORD), person(LI, NEW_PASSWORD)]);
    assert!(matches!(twice, Err(UnlockError::PersonExists)));
    for id in ["", "0A", "张"] {
        let bad = found(&[person(id, LI_PASSWORD)]);
        assert!(matches!(
            bad,
            Err(UnlockError::Failed(VaultError::BadPersonId))
        ));
    }
    assert_eq!(fs::read_dir(&desk.data).unwrap().count(), 0);
}

#[test]
fn a_vault_is_neither_overwritten_nor_made_by_opening() {
    let desk = Desk::new("twice");
    let absent = Vault::open_on(&desk.data, desk.host());
    assert!(matches!(absent, Err(VaultError::Absent)));
    desk.found();
    let again = Vault::found(&desk.data, &[person(LI, LI_PASSWORD)], desk.options());
    assert!(matches!(
        again,
        Err(UnlockError::Failed(VaultError::AlreadyThere))
    ));
}

/// Changes `vault.toml` behind everybody's back.
fn edit(desk: &Desk, change: impl Fn(&str) -> String) {
    let path = desk.data.join("vault.toml");
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed);
    fs::write(path, changed).unwrap();
}

fn value<'a>(text: &'a str, section: &str, name: &str) -> &'a str {
    let (_, section) = text.split_once(section).unwrap();
    let (_, value) = section.split_once(&format!("\n{name} = \"")).unwrap();
    value.split_once('"').unwrap().0
}

#[test]
fn nobody_becomes_somebody_else_by_exchanging_wraps() {
    let desk = Desk::new("exchanged");
    desk.found();
    edit(&desk, |text| {
        text.replace(LI, "somebody")
            .replace(WANG, LI)
            .replace("somebody", WANG)
    });
    let mut vault = desk.restart();
    for (id, password) in [(WANG, LI_PASSWORD), (LI, WANG_PASSWORD)] {
        let refused = vault.unlock(id, password);
        assert!(matches!(refused, Err(UnlockError::WrongPassword { .. })));
    }
}

#[test]
fn a_recovery_key_put_in_by_somebody_else_is_noticed() {
    let desk = Desk::new("foreign-recovery");
    desk.found();
    let foreign = "ab".repeat(32);
    edit(&desk, |text| {
        let public = value(text, "[recovery]", "public").to_owned();
        text.replace(&public, &foreign)
    });
    let noticed = desk.restart().unlock(LI, LI_PASSWORD);
    assert!(
        matches!(
            noticed,
            Err(UnlockError::Failed(VaultError::Damaged {
                what: "the recovery key"
            }))
        ),
        "{noticed:?}"
    );
}

#[test]
fn a_public_key_put_in_by_somebody_else_is_noticed() {
    let desk = Desk::new("foreign-public");
    let (_, founded) = desk.found();
    let other = "ab".repeat(32);
    for name in ["signing_public", "sealing_public"] {
        let kept = fs::read(desk.data.join("vault.toml")).unwrap();
        edit(&desk, |text| text.replace(value(text, LI, name), &other));
        let noticed = desk.restart().unlock(LI, LI_PASSWORD);
        assert!(matches!(
            noticed,
            Err(UnlockError::Failed(VaultError::Damaged { .. }))
        ));
        fs::write(desk.data.join("vault.toml"), kept).unwrap();
        let rescued = desk
            .restart()
            .reset_attempts(Rescue::Code(&founded.code.to_string()), LI);
        rescued.unwrap();
    }
}

#[test]
fn nothing_in_clear_stands_in_the_folder_and_only_the_owner_reads_it() {
    let desk = Desk::new("in-clear");
    let (mut vault, founded) = desk.found();
    vault.unlock(LI, LI_PASSWORD).unwrap();
    let secret = founded.recovery_secret.unwrap();
    let hex = |bytes: &[u8]| {
        let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
        digits.collect::<Vec<_>>().concat()
    };
    for file in fs::read_dir(&desk.data).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for hidden in [
            LI_PASSWORD,
            WANG_PASSWORD,
            &founded.code.to_string(),
            &hex(secret.expose()),
        ] {
            assert!(!text.contains(hidden), "{}", path.display());
        }
        owner_only(&path);
    }
    for file in fs::read_dir(&desk.device).unwrap() {
        owner_only(&file.unwrap().path());
    }
}

#[cfg(unix)]
fn owner_only(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{}", path.display());
}

#[cfg(not(unix))]
fn owner_only(_path: &Path) {}

/// The one test that stretches a password as slowly as life does; prints how long it takes.
#[test]
fn the_real_parameters_work() {
    let desk = Desk::new("real");
    let options = FoundOptions {
        kdf: KdfParams::default(),
        ..desk.options()
    };
    let (mut vault, _) = Vault::found(&desk.data, &[person(LI, LI_PASSWORD)], options).unwrap();
    let began = Instant::now();
    vault.unlock(LI, LI_PASSWORD).unwrap();
    println!("unlocking took {:?}", began.elapsed());
    let text = fs::read_to_string(desk.data.join("vault.toml")).unwrap();
    assert!(text.contains("memory_kib = 65536\npasses = 3\nlanes = 1"));
}

#[test]
fn the_printed_code_opens_the_recovery_key_and_a_new_code_replaces_both() {
    let desk = Desk::new("new-code");
    let (mut vault, founded) = desk.found();
    let old = founded.code.to_string();
    let kept = vault.recovery_secret(&old).unwrap().unwrap();
    assert_eq!(kept.expose(), founded.recovery_secret.unwrap().expose());
    let keys = vault.backup_keys().unwrap();
    assert_eq!(keys.code, founded.code.backup_secret().public());
    assert_eq!(keys.recovery, founded.recovery_public);

    assert!(vault.new_code(LI, WANG_PASSWORD).is_err());
    let new = vault.new_code(LI, LI_PASSWORD).unwrap();
    let vault = desk.restart();
    assert_eq!(
        vault.backup_keys().unwrap().code,
        new.backup_secret().public()
    );
    assert_ne!(vault.recovery_public(), founded.recovery_public);
    assert!(vault.rescue(Rescue::Code(&new.to_string())).is_ok());
    for refused in [
        vault.rescue(Rescue::Code(&old)).map(drop),
        vault.rescue(Rescue::Secret(&kept)).map(drop),
        vault.recovery_secret(&old).map(drop),
    ] {
        assert!(matches!(refused, Err(UnlockError::WrongCode)));
    }
}

#[test]
fn a_backup_is_not_sealed_to_a_key_that_somebody_put_there() {
    let desk = Desk::new("put-there");
    drop(desk.found());
    let file = desk.data.join("vault.toml");
    let text = fs::read_to_string(&file).unwrap();
    for table in ["[code.backup]", "[recovery]"] {
        let at = text.find(table).unwrap();
        let place = at + text[at..].find("public = \"").unwrap() + "public = \"".len();
        let mut changed = text.clone();
        changed.replace_range(place..place + 64, &"09".repeat(32));
        fs::write(&file, changed).unwrap();
        let refused = desk.restart().unlock(LI, LI_PASSWORD);
        assert!(
            matches!(
                refused,
                Err(UnlockError::Failed(VaultError::Damaged { .. }))
            ),
            "{table}: {refused:?}"
        );
    }
}

#[test]
fn a_vault_of_the_first_format_opens_and_asks_for_a_new_sheet() {
    let desk = Desk::new("format-1");
    let (_, founded) = desk.found();
    let file = desk.data.join("vault.toml");
    let text = fs::read_to_string(&file).unwrap();
    let cut = |text: &str, from: &str, to: &str| {
        let from = text.find(from).unwrap();
        let to = from + text[from..].find(to).unwrap();
        format!("{}{}", &text[..from], &text[to..])
    };
    let old = text.replace("format = 2", "format = 1");
    let old = cut(&old, "[code.backup]", "[recovery]");
    let old = cut(&old, "secret = \"", "\n[device]");
    fs::write(&file, old).unwrap();

    let mut vault = desk.restart();
    assert!(vault.unlock(LI, LI_PASSWORD).is_ok());
    assert!(vault.backup_keys().is_none());
    let code = founded.code.to_string();
    assert!(vault.recovery_secret(&code).unwrap().is_none());
    let new = vault.new_code(LI, LI_PASSWORD).unwrap().to_string();
    assert!(desk.restart().backup_keys().is_some());
    assert!(desk.restart().recovery_secret(&new).unwrap().is_some());
}
