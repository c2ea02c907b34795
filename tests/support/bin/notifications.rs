//! Stands for the part of a desktop that shows messages: `notifications FILE`. Every message that
//! reaches it over the session bus becomes a line of JSON in FILE. Nobody ever waves one away.

#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    reason = "the desktop's standard says what is asked and with what"
)]

use std::collections::HashMap;
use std::fs::File;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use zbus::OwnedVariant;

/// What is said to be shown, and by which number.
struct Desktop {
    file: Mutex<File>,
    shown: Mutex<u32>,
}

impl Desktop {
    fn write(&self, line: &Value) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(file, "{line}").expect("the file can be written");
    }
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Desktop {
    #[expect(clippy::too_many_arguments, reason = "the desktop's standard says so")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        hints: HashMap<String, OwnedVariant>,
        expire_timeout: i32,
    ) -> u32 {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let id = if replaces_id == 0 {
            *shown += 1;
            *shown
        } else {
            replaces_id
        };
        let line = json!({
            "id": id, "replaces": replaces_id, "app": app_name, "icon": app_icon,
            "title": summary, "body": body, "actions": actions,
            "hints": hints.keys().collect::<Vec<_>>(), "timeout": expire_timeout,
        });
        self.write(&line);
        id
    }

    fn close_notification(&self, id: u32) {
        self.write(&json!({ "closed": id }));
    }

    fn get_capabilities(&self) -> Vec<&str> {
        vec!["actions", "body", "persistence"]
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("notifications", "reeve", "1", "1.2")
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("the file is not named")?;
    let desktop = Desktop {
        file: Mutex::new(File::options().create(true).append(true).open(file)?),
        shown: Mutex::new(0),
    };
    let _bus = zbus::block_on(
        zbus::connection::Builder::session()
            .serve_at("/org/freedesktop/Notifications", desktop)
            .name("org.freedesktop.Notifications")
            .build(),
    )?;
    loop {
        std::thread::park();
    }
}
