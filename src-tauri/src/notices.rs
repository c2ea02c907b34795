//! Shows messages of the desktop, one at a time, and the window when one is clicked.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use notify_rust::{Notification, NotificationResponse, Timeout};
use reeve_api::core::{LastMessage, Notice, Notices};
use tauri::{AppHandle, Runtime};

use crate::show_window;

/// What a desktop calls a click on the message itself.
const CLICK: &str = "default";

/// Messages of the desktop for the app.
pub struct DesktopNotices<R: Runtime> {
    app: AppHandle<R>,
    last: Arc<Mutex<Last>>,
}

/// The message that was shown last.
#[derive(Default)]
struct Last {
    /// How many were shown; tells the last one from those it took the place of.
    count: u64,
    /// What the desktop calls it; `None` once it is gone.
    id: Option<u32>,
}

impl<R: Runtime> DesktopNotices<R> {
    /// Messages whose click shows the window of `app`.
    pub fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            last: Arc::default(),
        }
    }
}

impl<R: Runtime> Notices for DesktopNotices<R> {
    fn show(&self, notice: &Notice) {
        let (notice, app, last) = (notice.clone(), self.app.clone(), Arc::clone(&self.last));
        // Showing waits for the desktop, and a click may come much later.
        thread::spawn(move || {
            let Some((handle, mine)) = place(&notice, &last) else {
                return;
            };
            let answered = handle.wait_for_response(|answer: &NotificationResponse| {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                // One that took its place listens for itself.
                if last.count != mine {
                    return;
                }
                last.id = None;
                let is_click = match answer {
                    NotificationResponse::Default => true,
                    NotificationResponse::Action(action) => action == CLICK,
                    _ => false,
                };
                if is_click {
                    show_window(&app);
                }
            });
            if let Err(error) = answered {
                tracing::warn!(%error, "what becomes of a message cannot be heard");
            }
        });
    }

    fn last(&self) -> LastMessage {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match last.id {
            Some(_) => LastMessage::Shown,
            None => LastMessage::Gone,
        }
    }
}

/// Puts `notice` where the last one stands, or beside everything else, with its number.
fn place(notice: &Notice, last: &Mutex<Last>) -> Option<(notify_rust::NotificationHandle, u64)> {
    // Held while it is shown, so that two that come together find one another.
    let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
    let mut message = Notification::new();
    message
        .appname("Reeve")
        .summary(&notice.title)
        .body(&notice.body)
        .icon("reeve-desktop")
        .action(CLICK, "Open Reeve")
        .timeout(Timeout::Default);
    if let Some(id) = last.id {
        message.id(id);
    }
    match message.show() {
        Ok(handle) => {
            last.count += 1;
            last.id = Some(handle.id());
            Some((handle, last.count))
        }
        Err(error) => {
            tracing::warn!(%error, "the desktop shows no message");
            None
        }
    }
}
