//! Lists and ranges in braces.

use super::parser::escape_regex;
use super::state::Parser;
use super::token::{Id, Kind, OpenBrace, Opened, Token};
use super::{DOT_LITERAL, Quirk};
use crate::glob::regex;
use crate::glob::units::Units;

impl Parser<'_> {
    pub(super) fn open_brace(&mut self) {
        let (output_index, tokens_index) = (self.output.len(), self.tokens.len());
        self.open(Opened::Brace);
        self.braces.push(OpenBrace {
            token: 0,
            comma: false,
            dots: false,
            output_index,
            tokens_index,
        });
        let token = self.push(
            Token::new(Kind::Brace, Units::from("{"), Some(Units::from("("))),
            false,
        );
        if let Some(brace) = self.braces.last_mut() {
            brace.token = token;
        }
    }

    pub(super) fn close_brace(&mut self) {
        let Some(brace) = self.braces.last() else {
            self.push_token(Kind::Text, "}", Some("}"), false);
            return;
        };
        let (comma, dots) = (brace.comma, brace.dots);
        let (token, output_index, tokens_index) =
            (brace.token, brace.output_index, brace.tokens_index);
        let (value, output) = if dots {
            self.rebuild = true;
            ("}", self.take_range())
        } else if comma {
            ("}", Units::from(")"))
        } else {
            self.make_brace_literal(token, output_index, tokens_index);
            (r"\}", Units::from(r"\}"))
        };
        self.push(
            Token::new(Kind::Brace, Units::from(value), Some(output)),
            false,
        );
        self.close();
        self.braces.pop();
    }

    /// Braces without a comma or range stand for themselves.
    fn make_brace_literal(&mut self, token: Id, output_index: usize, tokens_index: usize) {
        self.change(token, |brace| {
            brace.value = Units::from(r"\{");
            brace.output = Some(Units::from(r"\{"));
        });
        self.output.keep(output_index);
        let tokens = self.tokens.get(tokens_index..).unwrap_or_default().to_vec();
        for id in tokens {
            let token = self.token(id);
            let output = token.output.as_ref().filter(|output| !output.is_empty());
            let written = output.unwrap_or(&token.value).clone();
            self.output.push_units(written.as_slice());
        }
    }

    /// At the second dot in a row inside braces: makes the two a range.
    pub(super) fn grow_range(&mut self) -> bool {
        let Some(brace) = self.braces.last_mut() else {
            return false;
        };
        brace.dots = true;
        self.change(self.prev, |prev| {
            if prev.value.is(".") {
                prev.output = Some(Units::from(DOT_LITERAL));
            }
            prev.kind = Kind::Dots;
            prev.append_output(".");
            prev.value.push_str(".");
        });
        true
    }

    /// Removes the tokens of the innermost brace and returns the output of their range.
    fn take_range(&mut self) -> Units {
        let mut ends = Vec::new();
        while let Some(id) = self.tokens.pop() {
            let token = self.token(id);
            match token.kind {
                Kind::Brace => break,
                Kind::Dots => {}
                _ => ends.push(token.value.clone()),
            }
        }
        if ends.len() != 2 || ends.iter().any(|end| end.len() != 1) {
            self.quirks.push(Quirk::WideRange);
        }
        expand_range(ends)
    }
}

/// A class of the sorted ends: `{1..10}` is `[1-10]`, that is `0` or `1`.
fn expand_range(mut ends: Vec<Units>) -> Units {
    ends.sort_unstable();
    let mut class = Units::from("[");
    push_joined(&mut class, "-", ends.iter().map(Units::as_slice));
    class.push_str("]");
    if regex::parse(class.as_slice()).is_err_and(|error| error == regex::ParseError::Invalid) {
        let escaped: Vec<_> = ends
            .iter()
            .map(|end| escape_regex(end.as_slice()))
            .collect();
        class = Units::new();
        push_joined(&mut class, "..", escaped.iter().map(Units::as_slice));
    }
    class
}

fn push_joined<'a>(target: &mut Units, separator: &str, parts: impl Iterator<Item = &'a [u16]>) {
    for (position, part) in parts.enumerate() {
        if position > 0 {
            target.push_str(separator);
        }
        target.push_units(part);
    }
}
