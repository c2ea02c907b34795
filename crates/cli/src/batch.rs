//! Answers a stream: JSON lines in, one JSON line out for each, in order.
//!
//! A line that cannot be answered gets an answer that says why, and the stream goes on. Answers are
//! sent as soon as no further line is waiting, so a program can ask, wait and ask again.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::Ending;
use crate::error::CliError;

/// The longest line that is read, in bytes. It is far longer than any server takes.
const LONGEST_LINE: usize = 64 << 20;
/// How much is read and written at once, in bytes.
const BUFFER: usize = 1 << 16;

/// Why a line has no answer, in words for whoever wrote it.
pub type NoAnswer = String;

/// Answers each line of the file, or of standard input if it is `-`.
pub fn run(
    file: &Path,
    answer: impl FnMut(&Json) -> Result<Json, NoAnswer>,
) -> Result<Ending, CliError> {
    let input = open(file)?;
    let output = BufWriter::with_capacity(BUFFER, std::io::stdout().lock());
    let read_error = |source| CliError::Input {
        path: file.to_owned(),
        source,
    };
    answer_all(
        BufReader::with_capacity(BUFFER, input),
        output,
        answer,
        read_error,
    )?;
    Ok(Ending::Yes)
}

/// Opens a file, or standard input for `-`.
pub fn open(file: &Path) -> Result<Box<dyn Read>, CliError> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    match File::open(file) {
        Ok(opened) => Ok(Box::new(opened)),
        Err(source) => Err(CliError::Input {
            path: file.to_owned(),
            source,
        }),
    }
}

fn answer_all(
    mut input: BufReader<impl Read>,
    mut output: impl Write,
    mut answer: impl FnMut(&Json) -> Result<Json, NoAnswer>,
    read_error: impl Fn(std::io::Error) -> CliError,
) -> Result<(), CliError> {
    let mut line = Vec::new();
    let mut first = true;
    while let Some(length) = read_line(&mut input, &mut line).map_err(&read_error)? {
        let text = if std::mem::take(&mut first) {
            line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line)
        } else {
            &line
        };
        let result = match length {
            LineLength::Complete => parse(text).and_then(|question| answer(&question)),
            LineLength::TooLong => Err("the line is too long".to_owned()),
        };
        let result = result.unwrap_or_else(|error| json!({ "error": error }));
        serde_json::to_writer(&mut output, &result).map_err(std::io::Error::from)?;
        output.write_all(b"\n")?;
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()?;
    Ok(())
}

enum LineLength {
    Complete,
    TooLong,
}

/// Reads a line without its end into `line`; `None` at the end of the input.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<Option<LineLength>> {
    line.clear();
    let mut length = LineLength::Complete;
    let mut seen_any = false;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok(seen_any.then_some(length));
        }
        seen_any = true;
        let (piece, ends) = match available.iter().position(|byte| *byte == b'\n') {
            Some(at) => (available.get(..at).unwrap_or_default(), true),
            None => (available, false),
        };
        if line.len() + piece.len() > LONGEST_LINE {
            length = LineLength::TooLong;
            line.clear();
        } else if matches!(length, LineLength::Complete) {
            line.extend_from_slice(piece);
        }
        let used = piece.len() + usize::from(ends);
        input.consume(used);
        if ends {
            return Ok(Some(length));
        }
    }
}

fn parse(line: &[u8]) -> Result<Json, NoAnswer> {
    if line.trim_ascii().is_empty() {
        return Err("the line is empty".to_owned());
    }
    let text = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())?;
    let question: Json =
        serde_json::from_str(text).map_err(|error| format!("the line is not JSON: {error}"))?;
    if question.is_object() {
        Ok(question)
    } else {
        Err("the line is not a JSON object".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(input: &[u8]) -> Vec<String> {
        let mut output = Vec::new();
        answer_all(
            BufReader::with_capacity(4, input),
            &mut output,
            |question| {
                question
                    .get("a")
                    .cloned()
                    .ok_or_else(|| "no `a`".to_owned())
            },
            CliError::Output,
        )
        .unwrap();
        let text = String::from_utf8(output).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn every_line_gets_one_answer_in_order() {
        let input = b"\xef\xbb\xbf{\"a\":1}\r\n\n{\"a\":2}\n{\"b\":1}\n[]\n{\n\xff\xfe\n{\"a\":3}";
        let got = answers(input);
        assert_eq!(got.len(), 8);
        assert_eq!([&got[0], &got[2], &got[7]], ["1", "2", "3"]);
        for at in [1, 3, 4, 5, 6] {
            assert!(got[at].starts_with("{\"error\":"), "{}", got[at]);
        }
        assert!(answers(b"").is_empty());
    }

    #[test]
    fn a_line_without_end_is_dropped_and_the_next_one_answered() {
        let mut input = vec![b'x'; LONGEST_LINE + 1];
        input.extend_from_slice(b"\n{\"a\":1}\n");
        assert_eq!(
            answers(&input),
            [r#"{"error":"the line is too long"}"#, "1"]
        );
    }
}
