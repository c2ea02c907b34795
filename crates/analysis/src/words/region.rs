//! Regions in words: what the values of one attribute are called, and how sets of them are told.

use reeve_domain::condition::Property;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::Subject;
use reeve_domain::value::Value;
use reeve_policy::catalogue::Catalogue;

use crate::region::{Element, Exception, ListPiece, Missing, Piece, Region, Values};

/// What to call an attribute and its values.
pub(super) struct Noun {
    /// What a value is called: "path".
    one: String,
    /// What stands before values; empty where they speak for themselves.
    before: String,
}

impl Noun {
    pub(super) fn of(property: &Property, subject: &Subject, edition: CatalogueEdition) -> Self {
        let plain = |one: &str| Self {
            one: one.to_owned(),
            before: String::new(),
        };
        match property.as_str() {
            "environment" => plain("environment"),
            "secretPath" => plain("path"),
            "secretName" => Self {
                one: "name".to_owned(),
                before: "named ".to_owned(),
            },
            name => {
                let title = Catalogue::of(edition)
                    .subject(subject.as_str())
                    .and_then(|entry| entry.property(name))
                    .map_or_else(|| format!("`{name}`"), |entry| entry.title.to_string());
                Self {
                    before: format!("{title} "),
                    one: if name == "secretTags" {
                        "tags".to_owned()
                    } else {
                        title
                    },
                }
            }
        }
    }
}

/// `None` if there is nothing worth saying.
pub(super) fn region_of(region: &Region, noun: &Noun) -> Option<String> {
    let Noun { one, before } = noun;
    // Who is not tagged does not need to be told to lack tags.
    let goes_without_saying = matches!(&region.values, Values::Lists(pieces)
        if pieces.iter().any(|piece| piece.with.is_empty()));
    let included = region.missing == Missing::Included && !goes_without_saying;
    let values = match &region.values {
        Values::Nothing => return Some(format!("no {one} given")),
        Values::Any if region.missing == Missing::Excluded => {
            return Some(format!("any given {one}"));
        }
        Values::Any => return None,
        Values::Texts(pieces) => match pieces_of(pieces, one) {
            all_but if all_but.starts_with("any ") => all_but,
            some => format!("{before}{some}"),
        },
        Values::Lists(pieces) => {
            let pieces: Vec<String> = pieces.iter().map(|piece| list_of(piece, one)).collect();
            pieces.join(", or ")
        }
        Values::Exactly(Value::List(items)) if items.is_empty() => format!("no {one}"),
        Values::Exactly(Value::List(items)) => format!("{before}{}", all(&texts(items))),
        Values::Exactly(value) => format!("{before}{}", all(&texts(std::slice::from_ref(value)))),
    };
    Some(if included {
        format!("{values}, or no {one} given")
    } else {
        values
    })
}

fn pieces_of(pieces: &[Piece], one: &str) -> String {
    let words: Vec<String> = pieces
        .iter()
        .map(|piece| piece_of(piece, pieces, one))
        .collect();
    all(&words)
}

fn piece_of(piece: &Piece, among: &[Piece], one: &str) -> String {
    match piece {
        Piece::Value(value) => {
            let has_more = among.iter().any(|other| match other {
                Piece::Below { folder, .. } => {
                    folder == value || (folder.is_empty() && **value == *"/")
                }
                Piece::Matching { patterns, .. } => patterns.iter().any(|pattern| {
                    pattern
                        .strip_prefix(&**value)
                        .is_some_and(|rest| rest.starts_with('/'))
                }),
                Piece::Value(_) => false,
            });
            if has_more {
                format!("`{value}` itself")
            } else {
                format!("`{value}`")
            }
        }
        Piece::Below { folder, levels } => {
            let folder = if folder.is_empty() { "/" } else { folder };
            match levels {
                0 | 1 => format!("everything below `{folder}`"),
                2 => format!("everything from the second level below `{folder}`"),
                3 => format!("everything from the third level below `{folder}`"),
                level => format!("everything from level {level} below `{folder}`"),
            }
        }
        Piece::Matching { patterns, except } => {
            let quoted: Vec<String> = patterns.iter().map(|p| format!("`{p}`")).collect();
            let negated = |exception: &Exception| match exception {
                Exception::Pattern(pattern) if pattern.starts_with('!') => {
                    Some(format!("`{pattern}`"))
                }
                _ => None,
            };
            let left_out: Option<Vec<String>> = except.iter().map(negated).collect();
            if let (true, Some(left_out @ [_, ..])) = (patterns.is_empty(), left_out.as_deref()) {
                let verb = if left_out.len() == 1 {
                    "leaves"
                } else {
                    "leave"
                };
                return format!("any {one} that {} {verb} out", all(left_out));
            }
            let whole = match quoted.as_slice() {
                [] => format!("any {one}"),
                [single] => single.clone(),
                several => format!("what is both {}", all(several)),
            };
            if except.is_empty() {
                return whole;
            }
            let except: Vec<String> = except
                .iter()
                .map(|exception| match exception {
                    Exception::Value(value) => format!("`{value}`"),
                    Exception::Pattern(pattern) => format!("`{pattern}`"),
                })
                .collect();
            format!("{whole} except {}", all(&except))
        }
    }
}

fn list_of(piece: &ListPiece, one: &str) -> String {
    let tags = one == "tags";
    let (has, lacks) = if tags {
        ("tagged".to_owned(), "not tagged".to_owned())
    } else {
        let one = one.to_lowercase();
        (format!("with {one}"), format!("without {one}"))
    };
    let with: Vec<String> = piece.with.iter().map(element_of).collect();
    let without: Vec<String> = piece.without.iter().map(element_of).collect();
    match (with.is_empty(), without.is_empty()) {
        (true, true) => format!("any {one}"),
        (true, false) => format!("{lacks} {}", without.join(" or ")),
        (false, true) => format!("{has} {}", all(&with)),
        (false, false) => format!("{has} {} but not {}", all(&with), without.join(" or ")),
    }
}

/// "`pci`", "`team`=`pay`", "`team` with any value except `pay`".
fn element_of(element: &Element) -> String {
    let members = match element {
        Element::Text(pieces) => return either_of(pieces),
        Element::Object(members) => members,
    };
    let is_single = |(_, pieces): &(_, Vec<Piece>)| matches!(pieces.as_slice(), [Piece::Value(_)]);
    let words = |(_, pieces): &(_, Vec<Piece>)| either_of(pieces);
    if members.iter().all(is_single) {
        return members.iter().map(words).collect::<Vec<_>>().join("=");
    }
    let is_any = |pieces: &[Piece]| {
        matches!(pieces, [Piece::Matching { patterns, except }]
        if patterns.is_empty() && except.is_empty())
    };
    let said: Vec<String> = members
        .iter()
        .filter(|(_, pieces)| !is_any(pieces))
        .map(|(name, pieces)| format!("{name} {}", either_of(pieces)))
        .collect();
    all(&said)
}

fn either_of(pieces: &[Piece]) -> String {
    let words: Vec<String> = pieces
        .iter()
        .map(|piece| piece_of(piece, pieces, "other"))
        .collect();
    words.join(" or ")
}

pub(super) fn texts(items: &[Value]) -> Vec<String> {
    items
        .iter()
        .map(|item| match item {
            Value::Text(text) => format!("`{text}`"),
            Value::Object(object) => object
                .iter()
                .map(|(_, member)| member.as_text().unwrap_or_default())
                .map(|member| format!("`{member}`"))
                .collect::<Vec<_>>()
                .join("="),
            _ => "a value".to_owned(),
        })
        .collect()
}

/// "a", "a and b", "a, b and c".
pub(super) fn all(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
