//! What the server reads off the text of a glob: whether it is one, how it begins, and whether one
//! seems to contain another. It never asks what the globs match.

/// Whether the server's library takes `pattern` for a glob at all. Braces without a comma, closed
/// or not, a leading `!` and whatever follows a backslash do not make one.
pub fn is_glob(pattern: &str) -> bool {
    Scan::new(pattern).run()
}

/// Whether every segment of `inner` is one that `outer` lets through in its place. Patterns that
/// have more than plain segments, `*` and `**` are only contained in themselves.
pub fn contains(outer: &str, inner: &str) -> bool {
    if outer == inner {
        return true;
    }
    match (segments(outer), segments(inner)) {
        (Some(outer), Some(inner)) => segments_contain(&outer, &inner),
        _ => false,
    }
}

/// Whether neither of the plain beginnings of two globs begins with the other, so that nothing
/// matches both.
pub fn have_disjoint_prefixes(one: &str, other: &str) -> bool {
    let (one, other) = (literal_prefix(one), literal_prefix(other));
    !one.starts_with(other) && !other.starts_with(one)
}

/// The text of `glob` before its first special character.
pub fn literal_prefix(glob: &str) -> &str {
    let mut characters = glob.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let opens_group = characters.peek().is_some_and(|(_, next)| *next == '(');
        let special = match character {
            '*' | '?' | '[' | '{' | '(' => true,
            '@' | '+' | '!' => opens_group,
            _ => false,
        };
        if special {
            return glob.get(..at).unwrap_or(glob);
        }
    }
    glob
}

#[derive(Debug, PartialEq)]
enum Segment<'a> {
    Literal(&'a str),
    Star,
    Globstar,
}

/// The segments of a glob; `None` if one of them is more than plain text, `*` or `**`.
fn segments(glob: &str) -> Option<Vec<Segment<'_>>> {
    glob.split('/')
        .map(|part| match part {
            "*" => Some(Segment::Star),
            "**" => Some(Segment::Globstar),
            _ if part.contains(['*', '?', '[', ']', '{', '}', '!', '(', ')']) => None,
            _ => Some(Segment::Literal(part)),
        })
        .collect()
}

/// Goes through `outer` and keeps, for each, how many segments of `inner` it can have used up.
fn segments_contain(outer: &[Segment<'_>], inner: &[Segment<'_>]) -> bool {
    let mut reached = vec![false; inner.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for segment in outer {
        let mut next = vec![false; reached.len()];
        if *segment == Segment::Globstar {
            let mut any = false;
            for (from, to) in reached.iter().zip(next.iter_mut()) {
                any |= from;
                *to = any;
            }
        } else {
            let takes = |inner: &Segment<'_>| match segment {
                Segment::Literal(_) => inner == segment,
                Segment::Star | Segment::Globstar => *inner != Segment::Globstar,
            };
            for ((from, to), inner) in reached.iter().zip(next.iter_mut().skip(1)).zip(inner) {
                *to = *from && takes(inner);
            }
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

/// Reads a pattern as the server's library does when it only wants to know whether it is a glob:
/// up to the first thing that settles it. A zero character ends its inner loops.
struct Scan {
    units: Vec<char>,
    at: usize,
    previous: Option<char>,
    current: Option<char>,
    start: usize,
}

impl Scan {
    fn new(pattern: &str) -> Self {
        Self {
            units: pattern.chars().collect(),
            at: 0,
            previous: None,
            current: None,
            start: 0,
        }
    }

    fn run(mut self) -> bool {
        let mut brace_escaped = false;
        while let Some(character) = self.advance() {
            let index = self.at - 1;
            match character {
                '\\' => brace_escaped |= self.advance() == Some('{'),
                _ if brace_escaped || character == '{' => return self.brace(brace_escaped),
                '/' if self.previous == Some('.') && index == self.start + 1 => self.start += 2,
                '+' | '@' | '!' if self.peek() == Some('(') => return true,
                '*' | '?' | '(' => return true,
                '[' => return self.bracket(),
                '!' if index == self.start => self.start += 1,
                _ => {}
            }
        }
        false
    }

    /// Whether braces make it a glob: if there is a comma or two dots before they close.
    fn brace(&mut self, escaped: bool) -> bool {
        let mut open = 1;
        while let Some(mut character) = self.advance().filter(|character| *character != '\0') {
            if character == '\\' {
                self.advance();
                continue;
            }
            if character == '{' {
                open += 1;
                continue;
            }
            if !escaped && character == '.' {
                match self.advance() {
                    Some('.') => return true,
                    Some(next) => character = next,
                    None => return false,
                }
            }
            if !escaped && character == ',' {
                return true;
            }
            if character == '}' {
                open -= 1;
                if open == 0 {
                    return false;
                }
            }
        }
        false
    }

    /// Whether a bracket makes it a glob: if it closes.
    fn bracket(&mut self) -> bool {
        while let Some(character) = self.advance().filter(|character| *character != '\0') {
            match character {
                '\\' => {
                    self.advance();
                }
                ']' => return true,
                _ => {}
            }
        }
        false
    }

    fn advance(&mut self) -> Option<char> {
        let next = self.units.get(self.at).copied();
        self.previous = self.current;
        self.current = next;
        self.at += 1;
        next
    }

    fn peek(&self) -> Option<char> {
        self.units.get(self.at).copied()
    }
}
