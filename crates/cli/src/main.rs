//! The `reeve` command line: asks the judge about rules, globs and whole actors, one at a time or a
//! stream of them. It links no window and decides nothing itself.

mod actor;
mod args;
mod batch;
mod boundary;
mod check;
mod diff;
mod error;
mod files;
mod glob;
mod json;
mod recent;
mod remote;
mod test;
mod validate;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use error::CliError;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Yes: allowed, matched, accepted, everything of a stream answered.
    Yes,
    /// No: denied, not matched, not accepted.
    No,
    /// Neither: the server would fail, or nobody can know.
    NoAnswer,
    /// Of two sets of rules, the second allows more and nothing less.
    Wider,
    /// Yes, as far as a server tells.
    AsFarAsTold,
    /// Of two sets of rules, each allows what the other does not.
    Incomparable,
}

fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(Ending::Yes) => ExitCode::SUCCESS,
        Ok(Ending::No) => ExitCode::from(1),
        Ok(Ending::NoAnswer) => ExitCode::from(2),
        Ok(Ending::Wider | Ending::AsFarAsTold) => ExitCode::from(3),
        Ok(Ending::Incomparable) => ExitCode::from(4),
        // Whoever reads has seen enough.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            // There is nowhere left to say that standard error is closed.
            let _ = writeln!(std::io::stderr(), "reeve: {}", error.with_causes());
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<Ending, CliError> {
    match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Glob(arguments) => glob::run(&arguments),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Boundary(arguments) => boundary::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Pull(arguments) => remote::pull::run(&arguments),
        Command::Verify(arguments) => remote::verify::run(&arguments),
    }
}
