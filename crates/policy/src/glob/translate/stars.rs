//! Stars: one, two, and the folders between them.

use super::state::Parser;
use super::token::{Kind, Token};
use super::{GLOBSTAR, NO_DOT, NO_DOT_SLASH, ONE_CHAR, SLASH_LITERAL, STAR};
use crate::glob::units::Units;

impl Parser<'_> {
    pub(super) fn read_star(&mut self) {
        let prev = self.prev();
        let prev_kind = prev.kind;
        if prev_kind == Kind::Globstar || prev.star {
            self.swallow_star();
        } else if self.peek(1) == Some('(') && self.peek(2).is_some_and(|next| next != '?') {
            self.open_group(Kind::Star);
        } else if prev_kind == Kind::Star {
            self.read_second_star();
        } else {
            self.read_first_star(prev_kind);
        }
    }

    /// A third star in a row makes all of them one.
    fn swallow_star(&mut self) {
        self.change(self.prev, |prev| {
            prev.kind = Kind::Star;
            prev.star = true;
            prev.value.push_str("*");
            prev.output = Some(Units::from(STAR));
        });
        self.rebuild = true;
    }

    fn read_first_star(&mut self, prev_kind: Kind) {
        if self.next == self.start + 1 || matches!(prev_kind, Kind::Slash | Kind::Dot) {
            let mut guard = String::from(if prev_kind == Kind::Dot {
                NO_DOT_SLASH
            } else {
                NO_DOT
            });
            if self.peek(1) != Some('*') {
                guard.push_str(ONE_CHAR);
            }
            self.output.push_str(&guard);
            self.change(self.prev, |prev| prev.append_output(&guard));
        }
        self.push_token(Kind::Star, "*", Some(STAR), false);
    }

    fn read_second_star(&mut self) {
        let prior = self.prev().previous.unwrap_or(0);
        let prior_kind = self.token(prior).kind;
        let before = self.token(prior).previous.map(|id| self.token(id).kind);
        let in_brace = !self.braces.is_empty() && matches!(prior_kind, Kind::Comma | Kind::Brace);
        if !matches!(prior_kind, Kind::Slash | Kind::Start | Kind::Paren) && !in_brace {
            self.push(
                Token::new(Kind::Star, Units::from("*"), Some(Units::new())),
                false,
            );
            return;
        }
        self.skip_repeated_folders();
        let after_slash = prior_kind == Kind::Slash && before != Some(Kind::Start);
        let after_star = matches!(before, Some(Kind::Star | Kind::Globstar));
        let slash_follows = self.peek(1) == Some('/');
        if prior_kind == Kind::Start && self.at_end() {
            self.make_globstar(GLOBSTAR);
            self.output = Units::from(GLOBSTAR);
        } else if after_slash && !after_star && self.at_end() {
            self.join_to_slash(prior, &format!("{GLOBSTAR}|$)"));
        } else if after_slash && slash_follows {
            let end = if self.peek(2).is_some() { "|$" } else { "" };
            self.join_to_slash(
                prior,
                &format!("{GLOBSTAR}{SLASH_LITERAL}|{SLASH_LITERAL}{end})"),
            );
            self.advance();
            self.push_token(Kind::Slash, "/", Some(""), false);
        } else if prior_kind == Kind::Start && slash_follows {
            let leading = format!("(?:^|{SLASH_LITERAL}|{GLOBSTAR}{SLASH_LITERAL})");
            self.make_globstar(&leading);
            self.output = Units::from(leading.as_str());
            self.advance();
            self.push_token(Kind::Slash, "/", Some(""), false);
        } else {
            self.output.drop_last(self.prev().output_len());
            self.make_globstar(GLOBSTAR);
            self.output.push_str(GLOBSTAR);
        }
    }

    /// Reads `/**/**` as one.
    fn skip_repeated_folders(&mut self) {
        let repeats = |parser: &Self| {
            let folders = (parser.peek(1), parser.peek(2), parser.peek(3))
                == (Some('/'), Some('*'), Some('*'));
            folders && parser.peek(4).is_none_or(|after| after == '/')
        };
        while repeats(self) {
            self.next += 3;
        }
    }

    /// Makes the previous token, a star, a globstar that writes `output`.
    fn make_globstar(&mut self, output: &str) {
        self.change(self.prev, |prev| {
            prev.kind = Kind::Globstar;
            prev.value.push_str("*");
            prev.output = Some(Units::from(output));
        });
    }

    /// Makes the slash in front and the star one optional group.
    fn join_to_slash(&mut self, slash: usize, output: &str) {
        self.output
            .drop_last(self.token(slash).output_len() + self.prev().output_len());
        self.change(slash, |slash| {
            let mut grouped = Units::from("(?:");
            grouped.push_units(slash.written().as_slice());
            slash.output = Some(grouped);
        });
        self.make_globstar(output);
        let written = self.token(slash).written().clone();
        self.output.push_units(written.as_slice());
        self.output.push_str(output);
    }
}
