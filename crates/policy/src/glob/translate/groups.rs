//! Parentheses: plain ones, and the groups `!(…)`, `?(…)`, `+(…)`, `*(…)`.

use super::state::Parser;
use super::token::{Group, Kind, Opened, Token};
use super::{GLOBSTAR, ONE_CHAR, Quirk, STAR};
use crate::glob::risky::is_risky;
use crate::glob::units::{Units, glyph};

impl Parser<'_> {
    pub(super) fn open_paren(&mut self) {
        self.parens += 1;
        self.open(Opened::Paren);
        self.push_token(Kind::Paren, "(", None, false);
    }

    pub(super) fn close_paren(&mut self) {
        let closes_group = self
            .groups
            .last()
            .is_some_and(|group| self.parens == group.parens + 1);
        if let Some(group) = self.groups.pop_if(|_| closes_group) {
            self.close_group(&group);
            return;
        }
        let output = if self.parens == 0 { r"\)" } else { ")" };
        self.push_token(Kind::Paren, ")", Some(output), false);
        self.parens -= 1;
        self.close();
    }

    /// At one of `!?+*` before a parenthesis.
    pub(super) fn open_group(&mut self, kind: Kind) {
        let (sign, opening) = match kind {
            Kind::Negate => ("!", "(?:(?!(?:"),
            Kind::Question => ("?", "(?:"),
            Kind::Plus => ("+", "(?:"),
            _ => ("*", "(?:"),
        };
        let group = Group {
            kind,
            parens: self.parens,
            inner: Units::new(),
            start: self.next - 1,
        };
        self.parens += 1;
        self.open(Opened::Paren);
        let first = if self.output.is_empty() { ONE_CHAR } else { "" };
        self.push_token(kind, sign, Some(first), false);
        self.advance();
        self.push_token(Kind::Paren, "(", Some(opening), true);
        self.groups.push(group);
    }

    fn close_group(&mut self, group: &Group) {
        let output = match group.kind {
            Kind::Negate => self.negative_ending(group),
            Kind::Question => Units::from(")?"),
            Kind::Plus => Units::from(")+"),
            _ => Units::from(")*"),
        };
        if matches!(group.kind, Kind::Plus | Kind::Star) {
            let body = self
                .input
                .get(group.start + 2..self.next - 1)
                .unwrap_or_default();
            if is_risky(body) {
                self.quirks.push(Quirk::RiskyRepeat);
            }
        }
        self.push(
            Token::new(Kind::Paren, Units::from(")"), Some(output)),
            true,
        );
        self.parens -= 1;
        self.close();
    }

    fn negative_ending(&mut self, group: &Group) -> Units {
        let crosses_folders = group.inner.len() > 1 && group.inner.contains('/');
        let star = if crosses_folders { GLOBSTAR } else { STAR };
        let only_closings = self.remaining().iter().all(|unit| glyph(*unit) == ')');
        let mut ending = Units::from("))");
        if crosses_folders || only_closings {
            ending = Units::from(")$))");
        }
        ending.push_str(star);
        if !crosses_folders && !only_closings {
            ending.push_str(")");
        }
        if group.inner.contains('*')
            && is_extension(self.remaining())
            && let Some(extension) = self.translate_rest()
        {
            ending = Units::from(")");
            ending.push_units(extension.as_slice());
            ending.push_str(")");
            ending.push_str(star);
            ending.push_str(")");
        }
        ending
    }

    /// The output of what follows the group, read on its own.
    fn translate_rest(&mut self) -> Option<Units> {
        match Parser::new(self.remaining()).run() {
            Ok(translation) => Some(translation.output),
            Err(failure) => {
                self.failure = Some(failure);
                None
            }
        }
    }
}

/// Whether `rest` is a dot and something without dots, slashes and backslashes.
fn is_extension(rest: &[u16]) -> bool {
    let [dot, name @ ..] = rest else { return false };
    glyph(*dot) == '.'
        && !name.is_empty()
        && !name
            .iter()
            .any(|unit| matches!(glyph(*unit), '\\' | '/' | '.'))
}
