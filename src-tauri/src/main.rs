//! The desktop program.

// A console window beside the app is not wanted on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    reeve_desktop::run()
}
