//! The command line of the desktop program:
//! `reeve-desktop [--sample | --scale MEMBERS | WORKSPACE]`.

use std::ffi::OsString;
use std::path::PathBuf;

const USAGE: &str = "usage: reeve-desktop [--sample | --scale MEMBERS | WORKSPACE]";

/// What was asked for on the command line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// The workspace file to open.
    pub workspace: Option<PathBuf>,
    /// Whether to open the sample project.
    pub sample: bool,
    /// How many members the sample project shall have, if not a team's.
    pub scale: Option<u32>,
}

/// Why the command line could not be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArgumentError {
    /// An option that does not exist.
    #[error("there is no option `{0}`; {USAGE}")]
    UnknownOption(String),
    /// `--scale` without a number of members.
    #[error("`--scale` needs a number of members; {USAGE}")]
    NoScale,
    /// More than one workspace, or one beside `--sample`.
    #[error("one workspace can be opened at a time; {USAGE}")]
    TooMany,
}

impl Arguments {
    /// Reads the command line without the program's own name.
    pub fn read(arguments: impl Iterator<Item = OsString>) -> Result<Self, ArgumentError> {
        let mut read = Self::default();
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            if argument == "--sample" {
                read.sample = true;
            } else if argument == "--scale" {
                let members = arguments
                    .next()
                    .and_then(|text| text.to_str()?.parse().ok());
                read.scale = Some(members.ok_or(ArgumentError::NoScale)?);
            } else if argument.to_string_lossy().starts_with("--") {
                return Err(ArgumentError::UnknownOption(
                    argument.to_string_lossy().into_owned(),
                ));
            } else if read.workspace.replace(PathBuf::from(argument)).is_some() {
                return Err(ArgumentError::TooMany);
            }
        }
        let samples = read.sample || read.scale.is_some();
        if samples && read.workspace.is_some() {
            return Err(ArgumentError::TooMany);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Arguments, ArgumentError> {
        Arguments::read(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_file_or_the_sample_but_not_both() {
        assert_eq!(read(&[]), Ok(Arguments::default()));
        assert!(read(&["--sample"]).unwrap().sample);
        assert_eq!(
            read(&["a b.reeve"]).unwrap().workspace,
            Some(PathBuf::from("a b.reeve"))
        );
        assert_eq!(read(&["--sample", "x"]), Err(ArgumentError::TooMany));
        assert_eq!(read(&["x", "y"]), Err(ArgumentError::TooMany));
        assert_eq!(read(&["--scale", "1000"]).unwrap().scale, Some(1000));
        assert_eq!(read(&["--scale", "many"]), Err(ArgumentError::NoScale));
        assert_eq!(
            read(&["--x"]),
            Err(ArgumentError::UnknownOption("--x".into()))
        );
    }
}
