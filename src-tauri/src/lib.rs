//! The host: a window around the core.
//!
//! It fills the core's ports (events, data folder, keyring, browser), lends it the one `rpc` command,
//! and keeps the log. It has no logic of its own and knows nothing below the use cases.

mod arguments;
mod browser;
mod events;
mod log;
mod notices;
mod rpc;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use reeve_api::core::{Core, RemotePorts, StartOptions, SystemClock};
use reeve_keychain::OsKeyring;
use tauri::{AppHandle, Manager, Runtime};

use crate::arguments::Arguments;
use crate::browser::SystemBrowser;
use crate::events::WindowEvents;
use crate::notices::DesktopNotices;

/// Runs the app until its window is closed.
pub fn run() -> ExitCode {
    let arguments = match Arguments::read(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(problem) => {
            complain(&problem.to_string());
            return ExitCode::from(2);
        }
    };
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            show_window(app);
        }))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![
            rpc::rpc,
            rpc::choose_workspace_file,
            rpc::choose_certificate_file,
            rpc::save_text,
            rpc::save_bytes
        ])
        .setup(move |app| Ok(start(app.handle(), arguments)?))
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&format!("the window could not be opened: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn start<R: Runtime>(app: &AppHandle<R>, arguments: Arguments) -> Result<(), std::io::Error> {
    let data = data_folder(app)?;
    // The guard writes what is left of the log when the app ends.
    app.manage(log::start(&data.join("logs")));
    let core = Arc::new(Core::start_with(
        StartOptions {
            data,
            workspace: arguments.workspace,
            sample: arguments.sample,
            scale: arguments.scale,
            author: signed_in_user(),
        },
        Arc::new(SystemClock),
        Arc::new(WindowEvents::new(app.clone())),
        RemotePorts {
            secrets: Arc::new(OsKeyring),
            browser: Arc::new(SystemBrowser),
        },
    ));
    app.manage(Arc::clone(&core));
    core.notify_through(Arc::new(DesktopNotices::new(app.clone())));
    let telling = Arc::clone(&core);
    tauri::async_runtime::spawn(async move { telling.watch_notices().await });
    tauri::async_runtime::spawn(async move { core.watch_expiry().await });
    Ok(())
}

/// The name under which the user is signed in to this computer; empty if it is not to be had.
fn signed_in_user() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()))
        .unwrap_or_default()
}

/// Where workspaces and logs are: the user's data folder, unless `REEVE_DATA_DIR` names another.
fn data_folder<R: Runtime>(app: &AppHandle<R>) -> Result<PathBuf, std::io::Error> {
    match std::env::var_os("REEVE_DATA_DIR") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => app.path().app_data_dir().map_err(std::io::Error::other),
    }
}

pub(crate) fn show_window<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

#[allow(clippy::print_stderr, reason = "there is no window yet to say it in")]
fn complain(problem: &str) {
    eprintln!("reeve-desktop: {problem}");
}
