//! The plain class: patterns that globset can answer exactly once they are rewritten.
//!
//! Raw globset disagrees with the server about dots, trailing slashes and empty stars. A plain
//! pattern becomes one to four globs without these differences, and one check on the value.

use std::fmt::Write as _;
use std::sync::OnceLock;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::translate;

/// Longer patterns are left to the exact engine, whose building time is bounded.
const LENGTH_LIMIT: usize = 500;

/// A plain pattern, rewritten for globset.
#[derive(Clone, Debug)]
pub(super) struct Plain {
    globs: Vec<String>,
    /// With `**` in the pattern, no segment of the value may start with a dot.
    visible_only: bool,
    set: OnceLock<Option<GlobSet>>,
}

/// What stands between two slashes.
enum Segment {
    AnyDepth,
    Pieces(Vec<Piece>),
}

enum Piece {
    Text(String),
    Star,
    List(Vec<String>),
}

impl Plain {
    /// The rewritten pattern, if it is in the class.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let segments = read_pattern(pattern)?;
        let last = segments.last()?;
        let word = !pattern.contains(['/', '{']) && !pattern.starts_with('*');
        let mut globs = vec![write_glob(&segments, segments.len(), word)];
        if !word {
            add_variants(&mut globs, pattern, &segments, last);
        }
        let visible_only = segments
            .iter()
            .any(|segment| matches!(segment, Segment::AnyDepth));
        Some(Self {
            globs,
            visible_only,
            set: OnceLock::new(),
        })
    }

    /// Whether the pattern matches `value`, or nothing if that is for the exact engine to say.
    pub(super) fn matches(&self, value: &str) -> Option<bool> {
        if value.contains(['\0', '\n', '\r', '\u{2028}', '\u{2029}']) {
            return None;
        }
        let set = self.set.get_or_init(|| build(&self.globs)).as_ref()?;
        let hidden = self.visible_only && (value.starts_with('.') || value.contains("/."));
        Some(!hidden && set.is_match(value))
    }
}

fn build(globs: &[String]) -> Option<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        let mut builder = GlobBuilder::new(glob);
        builder
            .literal_separator(true)
            .empty_alternates(true)
            .backslash_escape(true);
        set.add(builder.build().ok()?);
    }
    set.build().ok()
}

/// The segments of a plain pattern that has at least one wildcard or list.
fn read_pattern(pattern: &str) -> Option<Vec<Segment>> {
    let odd = [
        '?', '[', ']', '(', ')', '!', '+', '@', '|', '\\', '"', '$', '^', '\0', '\n', '\r',
        '\u{2028}', '\u{2029}',
    ];
    let odd_start = ["./", "*.*", "**/*.*"]
        .iter()
        .any(|start| pattern.starts_with(start));
    if pattern.len() > LENGTH_LIMIT
        || odd_start
        || pattern.contains(odd)
        || !pattern.contains(['*', '{'])
    {
        return None;
    }
    let segments: Vec<Segment> = pattern
        .split('/')
        .map(read_segment)
        .collect::<Option<_>>()?;
    let depth_after = |before: &Segment, after: &Segment| {
        let empty = matches!(after, Segment::Pieces(pieces) if pieces.is_empty());
        matches!(before, Segment::AnyDepth) && (empty || matches!(after, Segment::AnyDepth))
    };
    let adjoining = segments
        .iter()
        .zip(segments.iter().skip(1))
        .any(|(before, after)| depth_after(before, after));
    let misses_first_level = pattern.starts_with("/**/");
    (!adjoining && !misses_first_level).then_some(segments)
}

fn read_segment(segment: &str) -> Option<Segment> {
    if segment == "**" {
        return Some(Segment::AnyDepth);
    }
    if segment.starts_with('.') || segment.contains("**") {
        return None;
    }
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '*' => {
                pieces.push(Piece::Star);
                rest.strip_prefix('*')?
            }
            '{' => {
                let (inner, after) = rest.strip_prefix('{')?.split_once('}')?;
                pieces.push(Piece::List(read_list(inner)?));
                after
            }
            '}' => return None,
            _ => {
                let end = rest.find(['*', '{', '}']).unwrap_or(rest.len());
                let (text, after) = rest.split_at_checked(end)?;
                pieces.push(Piece::Text(text.to_owned()));
                after
            }
        };
    }
    Some(Segment::Pieces(pieces))
}

fn read_list(inner: &str) -> Option<Vec<String>> {
    let items: Vec<String> = inner.split(',').map(str::to_owned).collect();
    let flat = !inner.contains(['.', '*', '{', '}']) && items.iter().all(|item| !item.is_empty());
    (flat && items.len() > 1).then_some(items)
}

/// The first `count` segments as one glob. A star at the start of a segment takes no dot, and may be empty only
/// if something other than a dot follows it; in a `word` it is a star and nothing else.
fn write_glob(segments: &[Segment], count: usize, word: bool) -> String {
    let mut glob = String::new();
    for (at, segment) in segments.iter().take(count).enumerate() {
        if at > 0 {
            glob.push('/');
        }
        let Segment::Pieces(pieces) = segment else {
            glob.push_str("**");
            continue;
        };
        for (position, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => push_escaped(&mut glob, text),
                Piece::List(items) => push_list(&mut glob, items),
                Piece::Star if word || position > 0 => glob.push('*'),
                Piece::Star => {
                    let before_dot =
                        matches!(pieces.get(1), Some(Piece::Text(text)) if text.starts_with('.'));
                    let whole_end = pieces.len() == 1 && at + 1 == segments.len();
                    glob.push_str(if before_dot || whole_end {
                        "[!./]*"
                    } else {
                        "{[!./]*,}"
                    });
                }
            }
        }
    }
    glob
}

/// Adds the globs for an optional slash at the end, for an empty last star, and for the folder
/// itself.
fn add_variants(globs: &mut Vec<String>, pattern: &str, segments: &[Segment], last: &Segment) {
    let above = segments.len() - 1;
    let Segment::Pieces(pieces) = last else {
        if above > 0
            && pattern != "/**"
            && !segments
                .iter()
                .take(above)
                .next_back()
                .is_some_and(ends_in_star)
        {
            globs.push(write_glob(segments, above, false));
        }
        return;
    };
    let ends_in_star = ends_in_star(last);
    if ends_in_star || translate::has_common_shape(pattern) {
        let with_slash: Vec<String> = globs.iter().map(|glob| format!("{glob}/")).collect();
        globs.extend(with_slash);
    }
    if ends_in_star && pieces.len() == 1 {
        let mut empty = write_glob(segments, above, false);
        empty.push_str(if above == 0 { "/" } else { "//" });
        globs.push(empty);
    }
}

fn ends_in_star(segment: &Segment) -> bool {
    match segment {
        Segment::AnyDepth => true,
        Segment::Pieces(pieces) => matches!(pieces.last(), Some(Piece::Star)),
    }
}

fn push_list(glob: &mut String, items: &[String]) {
    for (at, item) in items.iter().enumerate() {
        glob.push(if at == 0 { '{' } else { ',' });
        push_escaped(glob, item);
    }
    glob.push('}');
}

fn push_escaped(glob: &mut String, text: &str) {
    for char in text.chars() {
        let special = matches!(
            char,
            '?' | '*' | '[' | ']' | '{' | '}' | ',' | '!' | '\\' | '-' | '^'
        );
        // Writing to a string does not fail.
        let _ = write!(glob, "{}{char}", if special { "\\" } else { "" });
    }
}
