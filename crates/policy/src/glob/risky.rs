//! Which repeated groups, `+(…)` and `*(…)`, newer servers read in another way: from picomatch
//! 3.0.2 on they become plain text or a single class.
//!
//! This follows `analyzeRepeatedExtglob` of picomatch 3.0.2 (MIT licence, copyright Jon
//! Schlinkert).

use super::units::Units;

/// Whether a repeated group with this body is read differently by newer servers.
pub(super) fn is_risky(body: &[u16]) -> bool {
    let body = Units::from(body.to_vec()).to_string();
    let branches = split_branches(&body);
    let several = branches.len() > 1
        && (branches
            .iter()
            .any(|branch| branch.chars().all(|char| matches!(char, '*' | '?')))
            || repeat_one_character(&branches));
    several
        || branches
            .iter()
            .any(|branch| is_star_sequence(branch) || is_one_repeat(branch))
}

/// The branches at the top level, trimmed.
fn split_branches(body: &str) -> Vec<String> {
    let mut branches = vec![String::new()];
    let mut nesting = Nesting::default();
    for char in body.chars() {
        if char == '|' && nesting.is_top() && !nesting.escaped {
            branches.push(String::new());
            continue;
        }
        nesting.read(char);
        if let Some(branch) = branches.last_mut() {
            branch.push(char);
        }
    }
    branches
        .iter()
        .map(|branch| trim(branch).to_owned())
        .collect()
}

/// Where in brackets, parentheses and quotes a reading stands.
#[derive(Default)]
struct Nesting {
    escaped: bool,
    quoted: bool,
    brackets: u32,
    parens: u32,
}

impl Nesting {
    fn is_top(&self) -> bool {
        !self.quoted && self.brackets == 0 && self.parens == 0
    }

    fn read(&mut self, char: char) {
        if std::mem::take(&mut self.escaped) {
            return;
        }
        match char {
            '\\' => self.escaped = true,
            '"' => self.quoted = !self.quoted,
            _ if self.quoted => {}
            '[' => self.brackets += 1,
            ']' => self.brackets = self.brackets.saturating_sub(1),
            '(' if self.brackets == 0 => self.parens += 1,
            ')' if self.brackets == 0 => self.parens = self.parens.saturating_sub(1),
            _ => {}
        }
    }
}

/// Whether two branches repeat the same single character.
fn repeat_one_character(branches: &[String]) -> bool {
    let repeated = |branch: &String| {
        let plain = plain_text(branch)?;
        let first = plain.chars().next()?;
        (first.len_utf16() == 1 && plain.chars().all(|char| char == first)).then_some(first)
    };
    let mut firsts: Vec<char> = branches.iter().filter_map(repeated).collect();
    firsts.sort_unstable();
    firsts.windows(2).any(|pair| pair.first() == pair.last())
}

/// The branch without `@(…)` around it and without backslashes, if nothing in it is special.
fn plain_text(branch: &str) -> Option<String> {
    let mut value = trim(branch);
    let bare = |inner: &&str| {
        !inner.is_empty() && !inner.contains(['\\', '(', ')', '[', ']', '{', '}', '|'])
    };
    while let Some(inner) = value
        .strip_prefix("@(")
        .and_then(|rest| rest.strip_suffix(')'))
        .filter(bare)
    {
        value = inner;
    }
    let (mut text, mut escaped) = (String::new(), false);
    for char in value.chars() {
        match char {
            '\\' if !escaped => escaped = true,
            '?' | '*' | '+' | '@' | '!' | '(' | ')' | '[' | ']' | '{' | '}' if !escaped => {
                return None;
            }
            _ => {
                text.push(char);
                escaped = false;
            }
        }
    }
    Some(text)
}

/// Whether the branch is nothing but `*(x)*(y)…` with single characters.
fn is_star_sequence(branch: &str) -> bool {
    let mut rest = branch;
    while let Some((body, after)) = rest.strip_prefix('*').and_then(split_group) {
        let single = |text: String| text.encode_utf16().count() == 1;
        let branches = split_branches(body);
        let [only] = branches.as_slice() else {
            return false;
        };
        if !plain_text(only).is_some_and(single) {
            return false;
        }
        rest = after;
    }
    rest.is_empty() && !branch.is_empty()
}

/// Whether the branch is one `+(…)` or `*(…)`.
fn is_one_repeat(branch: &str) -> bool {
    let group = branch.strip_prefix(['+', '*']).and_then(split_group);
    group.is_some_and(|(_, after)| after.is_empty())
}

/// Splits `(body)after`.
fn split_group(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('(')?;
    let mut nesting = Nesting {
        parens: 1,
        ..Nesting::default()
    };
    for (at, char) in inside.char_indices() {
        nesting.read(char);
        if nesting.parens == 0 {
            return inside
                .split_at_checked(at)
                .map(|(body, rest)| (body, rest.strip_prefix(')').unwrap_or(rest)));
        }
    }
    None
}

/// Trims what JavaScript counts as space.
fn trim(text: &str) -> &str {
    text.trim_matches(|char: char| (char.is_whitespace() && char != '\u{85}') || char == '\u{FEFF}')
}
