//! When the system locks its screen or goes to sleep, the desk locks too: whoever comes back types a
//! password of the desk. Where there is no message bus, the half hour without a hand is all there is.

use std::{sync::Arc, thread, time::Duration};

use gio::{BusType, Cancellable, DBusConnection, DBusSignalFlags};
use serde_json::json;
use tauri::{AppHandle, Emitter};
use yichuang_desk::{Desk, WindowKind};

const LOGIN: &str = "org.freedesktop.login1";
/// How long a page has to keep what is half typed, and to lock by itself.
const FOR_THE_PAGE: Duration = Duration::from_millis(1_500);

/// Listens for as long as the program runs. To be called where the window's loop runs.
pub(crate) fn follow(desk: &Arc<Desk>, app: &AppHandle) {
    if let Ok(system) = gio::bus_get_sync(BusType::System, Cancellable::NONE) {
        listen(&system, Some(LOGIN), desk, app);
    }
    // Every desktop has a screen saver of its own name; they all say the same.
    if let Ok(session) = gio::bus_get_sync(BusType::Session, Cancellable::NONE) {
        listen(&session, None, desk, app);
    }
}

fn listen(bus: &DBusConnection, sender: Option<&str>, desk: &Arc<Desk>, app: &AppHandle) {
    for member in ["PrepareForSleep", "Lock", "ActiveChanged"] {
        let (desk, app) = (Arc::clone(desk), app.clone());
        bus.signal_subscribe(
            sender,
            None,
            Some(member),
            None,
            None,
            DBusSignalFlags::NONE,
            move |_bus, _sender, _path, interface, member, arguments| {
                let first = arguments.try_child_value(0);
                if means_lock(
                    interface,
                    member,
                    first.and_then(|value| value.get::<bool>()),
                ) {
                    lock(Arc::clone(&desk), app.clone());
                }
            },
        );
    }
}

/// Whether a message says that nobody sits here any more.
fn means_lock(interface: &str, member: &str, first: Option<bool>) -> bool {
    match member {
        "PrepareForSleep" => interface == "org.freedesktop.login1.Manager" && first == Some(true),
        "Lock" => interface == "org.freedesktop.login1.Session",
        "ActiveChanged" => interface.ends_with(".ScreenSaver") && first == Some(true),
        _ => false,
    }
}

fn lock(desk: Arc<Desk>, app: AppHandle) {
    thread::spawn(move || {
        drop(app.emit("system-lock", ()));
        thread::sleep(FOR_THE_PAGE);
        // A page that hangs must not keep the desk open.
        desk.call(WindowKind::Clerk, "lock", json!({}));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleep_and_a_locked_screen_lock_and_waking_up_does_not() {
        for (interface, member, first, locks) in [
            (
                "org.freedesktop.login1.Manager",
                "PrepareForSleep",
                Some(true),
                true,
            ),
            (
                "org.freedesktop.login1.Manager",
                "PrepareForSleep",
                Some(false),
                false,
            ),
            ("org.freedesktop.login1.Session", "Lock", None, true),
            (
                "org.freedesktop.ScreenSaver",
                "ActiveChanged",
                Some(true),
                true,
            ),
            ("org.gnome.ScreenSaver", "ActiveChanged", Some(true), true),
            ("org.gnome.ScreenSaver", "ActiveChanged", Some(false), false),
            ("org.ukui.ScreenSaver", "ActiveChanged", Some(true), true),
            ("org.example.Player", "ActiveChanged", Some(true), false),
            ("org.example.Door", "Lock", None, false),
            ("org.gnome.ScreenSaver", "ActiveChanged", None, false),
        ] {
            assert_eq!(
                means_lock(interface, member, first),
                locks,
                "{interface} {member}"
            );
        }
    }
}
