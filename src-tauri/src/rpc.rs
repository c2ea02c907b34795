//! The commands of the window: `rpc`, which reaches everything, and those with a file dialog.

use std::sync::Arc;

use reeve_api::core::Core;
use reeve_api::error::ApiError;
use serde_json::Value;
use tauri::{Runtime, State, Window};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

/// Carries out one command of the core.
///
/// The work blocks (the database is a file), so it runs off the window's thread. A panic becomes an
/// error: a promise that never settles would freeze whatever waits for it.
#[tauri::command]
pub async fn rpc(
    core: State<'_, Arc<Core>>,
    command: String,
    request: Value,
) -> Result<Value, ApiError> {
    let core = Arc::clone(&core);
    let name = command.clone();
    tauri::async_runtime::spawn_blocking(move || core.call(&command, request))
        .await
        .unwrap_or_else(|_| {
            tracing::error!(command = name, "a command panicked");
            Err(ApiError::defect(&name))
        })
}

/// Lets the user choose a file: an existing workspace, or where a new one shall be.
#[tauri::command]
pub async fn choose_workspace_file<R: Runtime>(window: Window<R>, new: bool) -> Option<String> {
    let title = if new {
        "Create a workspace"
    } else {
        "Open a workspace"
    };
    let dialog = file_dialog(&window, title).add_filter("Reeve workspace", &["reeve"]);
    let chosen = tauri::async_runtime::spawn_blocking(move || {
        if new {
            dialog.set_file_name("project.reeve").blocking_save_file()
        } else {
            dialog.blocking_pick_file()
        }
    })
    .await
    .ok()??;
    Some(chosen.into_path().ok()?.to_string_lossy().into_owned())
}

/// Lets the user choose a file with certificates.
#[tauri::command]
pub async fn choose_certificate_file<R: Runtime>(window: Window<R>) -> Option<String> {
    let dialog = file_dialog(&window, "Choose a certificate file")
        .add_filter("Certificates", &["pem", "crt", "cer"])
        .add_filter("All files", &["*"]);
    let chosen = tauri::async_runtime::spawn_blocking(move || dialog.blocking_pick_file())
        .await
        .ok()??;
    Some(chosen.into_path().ok()?.to_string_lossy().into_owned())
}

/// Writes `text` to a file that the user chooses, with `name` as a proposal. Gives the file, or
/// nothing if they gave up.
#[tauri::command]
pub async fn save_text<R: Runtime>(
    window: Window<R>,
    name: String,
    text: String,
) -> Result<Option<String>, ApiError> {
    save(&window, &name, text.into_bytes()).await
}

/// The same for a file that is no text, such as a picture.
#[tauri::command]
pub async fn save_bytes<R: Runtime>(
    window: Window<R>,
    name: String,
    bytes: Vec<u8>,
) -> Result<Option<String>, ApiError> {
    save(&window, &name, bytes).await
}

async fn save<R: Runtime>(
    window: &Window<R>,
    name: &str,
    content: Vec<u8>,
) -> Result<Option<String>, ApiError> {
    let dialog = file_dialog(window, "Save as").set_file_name(name);
    let saved = tauri::async_runtime::spawn_blocking(move || {
        let Some(path) = dialog
            .blocking_save_file()
            .and_then(|chosen| chosen.into_path().ok())
        else {
            return Ok(None);
        };
        std::fs::write(&path, content)
            .map(|()| Some(path.to_string_lossy().into_owned()))
            .map_err(|error| ApiError::unwritable(&path, &error))
    });
    saved
        .await
        .unwrap_or_else(|_| Err(ApiError::defect("save")))
}

/// A dialog of `window`, which stays above it where the desktop can keep it there.
fn file_dialog<R: Runtime>(window: &Window<R>, title: &str) -> FileDialogBuilder<R> {
    window.dialog().file().set_parent(window).set_title(title)
}
