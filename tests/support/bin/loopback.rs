//! Serves the app's pages and core on loopback: `loopback DATA_FOLDER [WORKSPACE | --scale N | --first]`.
//! Prints its address, with the one-time token, as the only line.
#![allow(clippy::print_stdout, reason = "a program that prints its address")]

use std::io::Write;
use std::path::PathBuf;

use reeve_api::core::StartOptions;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().map(PathBuf::from).ok_or_else(|| {
        std::io::Error::other("usage: loopback DATA_FOLDER [WORKSPACE | --scale N | --first]")
    })?;
    let mut options = StartOptions {
        data,
        author: "ana".into(),
        ..StartOptions::default()
    };
    match arguments.next() {
        Some(scale) if scale == "--scale" => {
            options.sample = true;
            options.scale = arguments.next().and_then(|count| count.parse().ok());
        }
        Some(first) if first == "--first" => {}
        Some(workspace) => options.workspace = Some(PathBuf::from(workspace)),
        None => options.sample = true,
    }
    let token = uuid::Uuid::new_v4().to_string();
    reeve_tests::loopback::serve(options, token, |address| {
        println!("{address}");
        let _ = std::io::stdout().flush();
    })
    .await
}
