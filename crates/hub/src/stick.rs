//! A desk's stick: its pushes are taken in as if they had come by the line, and the answer file has all
//! that comes after its cursor.

use std::{fs::File, io::Write, path::Path};

use serde_bytes::ByteBuf;
use serde_json::{Value, json};
use yichuang_store::{StickKey, StoreError, Way, device_of_stick};
use yichuang_sync::{
    LONE_COMMIT_BYTES, PAGE_BYTES, Pull, PullAnswer, Push, PushAnswer, STICK_BYTES, Sent, Stick,
    StickAnswer, WireError, read, write,
};

use crate::{
    error::HubError,
    service::{Bearer, Service},
};

/// What a push weighs at most, with what is around its commits.
const PUSH_BODY_BYTES: usize = LONE_COMMIT_BYTES + 64 * 1024;

/// Takes a stick in and writes the answer file.
pub(crate) fn import(data: &Path, from: &Path, to: &Path) -> Result<Value, HubError> {
    let file = std::fs::read(from)?;
    let mut service = Service::open(data)?;
    service.carry_out_orders()?;
    let device = device_of_stick(&file).ok_or(HubError::NoStick)?;
    let (key, bearer, stick) = service
        .tokens_of(device)
        .find_map(|(hash, bearer)| {
            let key = StickKey::of_hash(hash);
            let body = key.open(Way::ToHub, device, &file).ok()?;
            Some((key, bearer, read::<Stick>(&body, STICK_BYTES).ok()?))
        })
        .ok_or(HubError::NoStick)?;
    let (taken, sent) = push_all(&mut service, bearer, &stick)?;
    let answer = StickAnswer {
        sent,
        pages: pages(&mut service, bearer, &stick)?,
    };
    let body = write(&answer).map_err(broken)?;
    let mut new = File::create_new(to)?;
    new.write_all(&key.seal(Way::ToDesk, device, &body)?)?;
    new.sync_all()?;
    Ok(json!({ "device": device, "taken": taken, "sent": sent }))
}

fn push_all(service: &mut Service, bearer: Bearer, stick: &Stick) -> Result<(u64, Sent), HubError> {
    let mut all = 0;
    for body in &stick.pushes {
        let push: Push = read(body, PUSH_BODY_BYTES).map_err(|_error| HubError::NoStick)?;
        match service.push(bearer, &push)? {
            PushAnswer::Taken { taken, sent, .. } => {
                all += u64::from(taken);
                if sent != Sent::All {
                    return Ok((all, sent));
                }
            }
            // The hub was restored: only the line can give it back what it lacks.
            PushAnswer::PullFirst => return Err(HubError::NeedsLine),
        }
    }
    Ok((all, Sent::All))
}

/// Everything after the desk's cursor.
fn pages(service: &mut Service, bearer: Bearer, stick: &Stick) -> Result<Vec<ByteBuf>, HubError> {
    let mut cursor = stick.cursor;
    let mut pages = Vec::new();
    loop {
        let pull = Pull {
            cursor,
            own_seq: stick.own_seq,
            most_bytes: PAGE_BYTES,
        };
        let answer = service.pull(bearer, &pull)?;
        let PullAnswer::Page(page) = &answer else {
            return Err(HubError::NeedsLine);
        };
        cursor = Some(page.end);
        let is_last = page.end.mark.number >= page.number;
        pages.push(ByteBuf::from(write(&answer).map_err(broken)?));
        if is_last {
            return Ok(pages);
        }
    }
}

fn broken(_error: WireError) -> HubError {
    HubError::Store(StoreError::Form { what: "a stick" })
}
