//! The built `reeve` program, driven as people and other programs drive it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// The program, built once for all tests of this run.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build.args(["build", "--quiet", "--package", "reeve-cli"]);
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        let status = build
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .expect("cargo runs");
        assert!(status.success(), "the program builds");
        let test = std::env::current_exe().expect("a test knows where it is");
        let folder = test.ancestors().nth(2).expect("tests stand in `deps`");
        folder.join(format!("reeve{}", std::env::consts::EXE_SUFFIX))
    })
}

/// Runs the program with nothing to read.
pub fn reeve(arguments: &[&str]) -> Output {
    run(arguments, b"")
}

/// Runs the program on `input`.
pub fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(program())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input is a pipe");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // It may end before it has read everything, such as on a wrong argument.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output().expect("the program ends")
    })
}

/// The answers to a stream: one JSON value for each line.
pub fn stream(arguments: &[&str], input: &[u8]) -> Vec<Value> {
    let output = run(arguments, input);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    assert!(complaint.is_empty(), "{complaint}");
    let text = String::from_utf8(output.stdout).expect("answers are UTF-8");
    text.split_terminator('\n')
        .map(|line| serde_json::from_str(line).expect("answers are JSON"))
        .collect()
}

/// The exit code and what was printed.
pub fn code_and_text(output: &Output) -> (Option<i32>, String) {
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}
