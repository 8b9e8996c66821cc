//! The way back with the printed code (密码信封): a new password, and with it new keys of the person.

use std::collections::BTreeMap;

use serde_json::json;
use yichuang_domain::record::{Change, Id, Kind, RecordKey, Seen};
use yichuang_vault::{NewPerson, Rescue};

use crate::{
    error::StoreError,
    hex::hex,
    sensitive::handed_back,
    store::{Act, Store},
};

impl Store {
    /// Whether only the printed code lets this person in, because the key store has forgotten what
    /// their password goes with.
    pub fn needs_code(&self, person: Id) -> bool {
        self.vault.needs_code(&person.to_string())
    }

    /// Gives a person a new password by the printed code. Their keys are new; the next unlock announces
    /// them, and hands them back what was sealed to the old ones. `words` are what the password must not be made of.
    ///
    /// # Errors
    ///
    /// Refuses a wrong code and a weak password.
    pub fn set_password_by_code(
        &mut self,
        person: Id,
        code: &str,
        password: &str,
        words: &[String],
    ) -> Result<(), StoreError> {
        let id = person.to_string();
        let new = NewPerson {
            id: &id,
            password,
            inputs: words,
        };
        self.vault
            .set_password_by_rescue(Rescue::Code(code), &new)?;
        // While the code is at hand: what it opens goes to the person's new keys when they are announced.
        self.recovering = self
            .vault
            .recovery_secret(code)?
            .map(|secret| (person, secret));
        Ok(())
    }

    /// Announces the public halves of a person's keys where the records have other ones. This machine
    /// signs: nobody could check a signature of keys that are not announced yet.
    pub(crate) fn announce_keys(&mut self) -> Result<(), StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::Locked)?;
        let public = session.keys.public();
        let person = self.person().ok_or(StoreError::Locked)?;
        let key = RecordKey::new(Kind::STAFF, person);
        let Some(record) = self.record(&key)? else {
            // A desk that has just joined has nobody's records yet; the hub announced the keys.
            return Ok(());
        };
        let device = self.device().ok_or(StoreError::Locked)?;
        // Where there are other desks, each announces under its own name.
        let at_desk = |name: &str| format!("{name}@{device}");
        let is_known = |name: &str, key: &str| {
            let announced = record.folded.get::<String>(&at_desk(name));
            announced.or_else(|| record.folded.get(name)).as_deref() == Some(key)
        };
        let (signing, sealing) = (hex(&public.signing), hex(&public.sealing));
        if is_known("signing", &signing) && is_known("sealing", &sealing) {
            return Ok(());
        }
        let has_others = self.truth.as_ref().is_some_and(|truth| truth.has_received);
        let field = |name: &str| {
            if has_others {
                at_desk(name)
            } else {
                name.to_owned()
            }
        };
        let fields = [
            (field("signing"), json!(signing)),
            (field("sealing"), json!(sealing)),
        ];
        let mut changes = vec![Change::Set {
            record: key,
            fields: fields.into(),
        }];
        let recovering = self.recovering.as_ref();
        if let Some((_whose, secret)) = recovering.filter(|(whose, _secret)| *whose == person) {
            let records = self.records(&Kind::SENSITIVE_KEY)?;
            let records = records.iter().map(|record| (record.id, &record.folded));
            let people = BTreeMap::from([(person.to_string(), public.sealing)]);
            changes.extend(handed_back(records, secret, &people)?);
        }
        let act = Act {
            actor: self.device().ok_or(StoreError::Locked)?,
            keys: None,
            on_behalf_of: None,
            command: "announce_keys",
            seen: Seen::default(),
            time: self.last_time().unwrap_or_default(),
            changes,
        };
        self.commit(vec![act])?;
        // Not before: what could not be handed on now is handed on at the next unlock.
        if self
            .recovering
            .as_ref()
            .is_some_and(|(whose, _secret)| *whose == person)
        {
            self.recovering = None;
        }
        Ok(())
    }
}
