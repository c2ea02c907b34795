//! Character classes of a pattern.

use super::parser::{escape_regex, is_regex_special};
use super::state::{Inside, Parser, START};
use super::token::{Kind, Opened};
use super::{ONE_CHAR, Quirk};
use crate::glob::units::{Units, glyph};
use crate::prototype::IN_EVERY_OBJECT;

impl Parser<'_> {
    pub(super) fn open_bracket(&mut self) {
        let closable = self.remaining().iter().any(|unit| glyph(*unit) == ']');
        if closable {
            self.inside = Inside::Brackets;
            self.open(Opened::Bracket);
            if self.peek(1) == Some('!') {
                self.quirks.push(Quirk::BangClass);
            }
        }
        self.push_token(
            Kind::Bracket,
            if closable { "[" } else { r"\[" },
            None,
            false,
        );
    }

    /// Whether `unit` is a `]` that is not the first one of its class.
    pub(super) fn closes_bracket(&self, unit: u16) -> bool {
        let value = &self.prev().value;
        glyph(unit) == ']' && !value.is("[") && !value.is("[^")
    }

    pub(super) fn read_in_brackets(&mut self, unit: u16) {
        if glyph(unit) == ':' && self.read_posix_name() {
            return;
        }
        let escaped = match glyph(unit) {
            '[' => self.peek(1) != Some(':'),
            '-' => self.peek(1) == Some(']'),
            // Only the first `]` of a class comes here.
            ']' => true,
            _ => false,
        };
        let mut value = Units::from(if escaped { "\\" } else { "" });
        value.push(unit);
        self.extend_prev(value.as_slice());
    }

    /// At a `:` in a class: replaces a name such as `[:alpha` by its characters, if it ends here.
    fn read_posix_name(&mut self) -> bool {
        let value = &self.prev().value;
        let inner = value.tail(1);
        if !inner.contains('[') {
            return false;
        }
        let open = value.last_position('[').unwrap_or(0);
        let (name, named) = (value.tail(open + 2), inner.contains(':'));
        self.change(self.prev, |prev| prev.posix = true);
        let Some(set) = posix_set(&name.to_string()).filter(|_| named) else {
            return false;
        };
        self.change(self.prev, |prev| {
            prev.value.keep(open);
            prev.value.push_str(&set);
        });
        self.rebuild = true;
        self.advance();
        let comes_first = self.tokens.iter().position(|id| *id == self.prev) == Some(1);
        if self.token(START).output_len() == 0 && comes_first {
            self.change(START, |start| start.append_output(ONE_CHAR));
        }
        true
    }

    pub(super) fn close_bracket(&mut self) {
        let lone = self.prev().kind == Kind::Bracket && self.prev().value.len() == 1;
        if lone || self.inside != Inside::Brackets {
            self.push_token(Kind::Text, "]", Some(r"\]"), false);
            return;
        }
        self.inside = Inside::Nothing;
        self.close();
        let inner = self.prev().value.tail(1);
        let negative = inner
            .as_slice()
            .first()
            .is_some_and(|unit| glyph(*unit) == '^');
        let adds_slash = !self.prev().posix && negative && !inner.contains('/');
        self.extend_prev(Units::from(if adds_slash { "/]" } else { "]" }).as_slice());
        if !inner.as_slice().iter().any(|unit| is_regex_special(*unit)) {
            self.match_class_or_text();
        }
    }

    /// A class without special characters also matches its own text.
    fn match_class_or_text(&mut self) {
        let value = self.prev().value.clone();
        self.output.drop_last(value.len());
        let mut both = Units::from("(?:");
        both.push_units(escape_regex(value.as_slice()).as_slice());
        both.push_str("|");
        both.push_units(value.as_slice());
        both.push_str(")");
        self.output.push_units(both.as_slice());
        self.change(self.prev, |prev| prev.value = both);
    }
}

/// The characters of a POSIX class name, or what the server's table lookup finds for a name that
/// every JavaScript object has.
fn posix_set(name: &str) -> Option<String> {
    let set = match name {
        "alnum" => "a-zA-Z0-9",
        "alpha" => "a-zA-Z",
        "ascii" => r"\x00-\x7F",
        "blank" => r" \t",
        "cntrl" => r"\x00-\x1F\x7F",
        "digit" => "0-9",
        "graph" => r"\x21-\x7E",
        "lower" => "a-z",
        "print" => r"\x20-\x7E ",
        "punct" => r##"\-!"#$%&'()\*+,./:;<=>?@[\]^_`{|}~"##,
        "space" => r" \t\r\n\v\f",
        "upper" => "A-Z",
        "word" => "A-Za-z0-9_",
        "xdigit" => "A-Fa-f0-9",
        "__proto__" => "[object Object]",
        "constructor" => "function Object() { [native code] }",
        inherited if IN_EVERY_OBJECT.contains(&inherited) => {
            return Some(format!("function {inherited}() {{ [native code] }}"));
        }
        _ => return None,
    };
    Some(set.to_owned())
}
