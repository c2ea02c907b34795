//! The two ways around the tokenizer: fixed outputs for common shapes, and the path for patterns
//! without slash, bracket, brace, parenthesis and quote.

use super::{
    DOT_LITERAL, GLOBSTAR, NO_DOT, ONE_CHAR, QUESTION, QUESTION_NO_DOT, SLASH_LITERAL, STAR,
};
use crate::glob::units::{Units, glyph, is_line_terminator, is_word};

/// The fixed output of `*`, `**/*` and their like, with any number of `.word` extensions.
pub(super) fn common_shape(input: &[u16]) -> Option<Units> {
    let mut extensions = Vec::new();
    let mut rest = input;
    let base = loop {
        if let Some(base) = fixed(&Units::from(rest.to_vec())) {
            break base;
        }
        let (head, extension) = split_extension(rest)?;
        extensions.push(extension);
        rest = head;
    };
    let mut output = Units::from(base.as_str());
    for extension in extensions.into_iter().rev() {
        output.push_str(DOT_LITERAL);
        output.push_units(extension);
    }
    output.push_str(r"\/?");
    Some(output)
}

fn fixed(input: &Units) -> Option<String> {
    let folders = || format!("(?:{NO_DOT}{GLOBSTAR}{SLASH_LITERAL})?");
    let shapes = [
        ("*", format!("{NO_DOT}{ONE_CHAR}{STAR}")),
        (".*", format!("{DOT_LITERAL}{ONE_CHAR}{STAR}")),
        (
            "*.*",
            format!("{NO_DOT}{STAR}{DOT_LITERAL}{ONE_CHAR}{STAR}"),
        ),
        (
            "*/*",
            format!("{NO_DOT}{STAR}{SLASH_LITERAL}{ONE_CHAR}{NO_DOT}{STAR}"),
        ),
        ("**", format!("{NO_DOT}{GLOBSTAR}")),
        ("**/*", format!("{}{NO_DOT}{ONE_CHAR}{STAR}", folders())),
        (
            "**/*.*",
            format!("{}{NO_DOT}{STAR}{DOT_LITERAL}{ONE_CHAR}{STAR}", folders()),
        ),
        (
            "**/.*",
            format!("{}{DOT_LITERAL}{ONE_CHAR}{STAR}", folders()),
        ),
    ];
    shapes
        .into_iter()
        .find(|(shape, _)| input.is(shape))
        .map(|(_, output)| output)
}

/// Splits like `/^(.*?)\.(\w+)$/`.
fn split_extension(input: &[u16]) -> Option<(&[u16], &[u16])> {
    let dot = input.iter().rposition(|unit| glyph(*unit) == '.')?;
    let (head, extension) = (input.get(..dot)?, input.get(dot + 1..)?);
    let fits = !extension.is_empty()
        && extension.iter().all(|unit| is_word(*unit))
        && !head.iter().any(|unit| is_line_terminator(*unit));
    fits.then_some((head, extension))
}

/// The output for a pattern that needs no tokenizer, or nothing if it needs one.
pub(super) fn word_path(input: &[u16]) -> Option<Units> {
    let first_is_special = input
        .first()
        .is_some_and(|unit| matches!(glyph(*unit), '*' | '!'));
    let needs_tokens =
        |unit: &u16| matches!(glyph(*unit), '/' | '(' | ')' | '[' | ']' | '{' | '}' | '"');
    if first_is_special || input.iter().any(needs_tokens) {
        return None;
    }
    let (escaped, backslashes) = escape_specials(input);
    let mut output = Units::from("^(?:");
    output.push_units(
        if backslashes {
            collapse_backslashes(&escaped)
        } else {
            escaped
        }
        .as_slice(),
    );
    output.push_str(")$");
    Some(output)
}

/// Replaces each run of one special unit, with the backslash before it; also tells whether the
/// pattern has backslashes of its own.
fn escape_specials(input: &[u16]) -> (Units, bool) {
    let (mut output, mut backslashes, mut at) = (Units::new(), false, 0);
    while let Some(run) = SpecialRun::find(input, at) {
        output.push_units(input.get(at..run.start).unwrap_or_default());
        at = run.end;
        let matched = input.get(run.start..run.end).unwrap_or_default();
        match glyph(run.unit) {
            '\\' => {
                backslashes = true;
                output.push_units(matched);
            }
            '?' => push_questions(&mut output, &run),
            '.' => output.push_str(&DOT_LITERAL.repeat(run.count)),
            '*' => {
                output.push_str(if run.escaped { r"\*" } else { STAR });
                if run.escaped && run.count > 1 {
                    output.push_str(STAR);
                }
            }
            _ => {
                output.push_str(if run.escaped { "" } else { "\\" });
                output.push_units(matched);
            }
        }
    }
    output.push_units(input.get(at..).unwrap_or_default());
    (output, backslashes)
}

fn push_questions(output: &mut Units, run: &SpecialRun) {
    if run.escaped {
        output.push_str(r"\?");
        output.push_str(&QUESTION.repeat(run.count - 1));
    } else if run.start == 0 {
        output.push_str(QUESTION_NO_DOT);
        output.push_str(&QUESTION.repeat(run.count - 1));
    } else {
        output.push_str(&QUESTION.repeat(run.count));
    }
}

/// One match of `/(\\?)((\W)(\3*))/`.
struct SpecialRun {
    start: usize,
    end: usize,
    unit: u16,
    count: usize,
    escaped: bool,
}

impl SpecialRun {
    fn find(input: &[u16], from: usize) -> Option<Self> {
        let start = from + input.get(from..)?.iter().position(|unit| !is_word(*unit))?;
        let first = *input.get(start)?;
        let escaped_unit = input
            .get(start + 1)
            .copied()
            .filter(|next| glyph(first) == '\\' && !is_word(*next));
        let unit = escaped_unit.unwrap_or(first);
        let run_start = start + usize::from(escaped_unit.is_some());
        let count = input
            .get(run_start..)?
            .iter()
            .take_while(|other| **other == unit)
            .count();
        Some(Self {
            start,
            end: run_start + count,
            unit,
            count,
            escaped: escaped_unit.is_some(),
        })
    }
}

/// Makes every run of backslashes two of them if its length is even, else one.
fn collapse_backslashes(text: &Units) -> Units {
    let mut output = Units::new();
    for run in text
        .as_slice()
        .chunk_by(|a, b| glyph(*a) == '\\' && glyph(*b) == '\\')
    {
        match run {
            [first, ..] if glyph(*first) == '\\' => {
                output.push_str(if run.len().is_multiple_of(2) {
                    r"\\"
                } else {
                    "\\"
                });
            }
            plain => output.push_units(plain),
        }
    }
    output
}
