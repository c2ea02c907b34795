//! Carries the core's events to the window.

use reeve_api::core::Events;
use reeve_api::dto::common::Changed;
use tauri::{AppHandle, Emitter, Runtime};

/// Sends events to the one window.
pub struct WindowEvents<R: Runtime>(AppHandle<R>);

impl<R: Runtime> WindowEvents<R> {
    /// Events for the window of `app`.
    pub fn new(app: AppHandle<R>) -> Self {
        Self(app)
    }
}

impl<R: Runtime> Events for WindowEvents<R> {
    fn changed(&self, changed: Changed) {
        if let Err(error) = self.0.emit("changed", changed) {
            tracing::warn!(%error, "the window could not be told of a change");
        }
    }
}
