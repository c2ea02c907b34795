//! Shows messages of the desktop, and the window when one is clicked.

use std::thread;

use notify_rust::{Notification, Timeout};
use reeve_api::core::{Notice, Notices};
use tauri::{AppHandle, Runtime};

use crate::show_window;

/// What a desktop calls a click on the message itself.
const CLICK: &str = "default";

/// Messages of the desktop for the app.
pub struct DesktopNotices<R: Runtime>(AppHandle<R>);

impl<R: Runtime> DesktopNotices<R> {
    /// Messages whose click shows the window of `app`.
    pub fn new(app: AppHandle<R>) -> Self {
        Self(app)
    }
}

impl<R: Runtime> Notices for DesktopNotices<R> {
    fn show(&self, notice: &Notice) {
        let (notice, app) = (notice.clone(), self.0.clone());
        // Showing waits for the desktop, and a click may come much later.
        thread::spawn(move || {
            let shown = Notification::new()
                .appname("Reeve")
                .summary(&notice.title)
                .body(&notice.body)
                .icon("reeve-desktop")
                .action(CLICK, "Open Reeve")
                .timeout(Timeout::Default)
                .show();
            match shown {
                Ok(handle) => handle.wait_for_action(|action| {
                    if action == CLICK {
                        show_window(&app);
                    }
                }),
                Err(error) => tracing::warn!(%error, "the desktop shows no message"),
            }
        });
    }
}
