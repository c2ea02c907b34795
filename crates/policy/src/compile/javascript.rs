//! The few rules of JavaScript on which the server's matching rests.

use reeve_domain::value::{Object, Value};

/// The members of a value as `Object.keys` lists them: names that are array indices first, in
/// order; then the others as written. A string has its characters as members.
pub(crate) fn members(value: &Value) -> Vec<(Box<str>, Value)> {
    match value {
        Value::Object(object) => object_members(object),
        Value::List(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| (at.to_string().into(), item.clone()))
            .collect(),
        // A character outside the basic plane is two members, each half a character. No text equals
        // half a character, and neither does null.
        Value::Text(text) => text
            .encode_utf16()
            .enumerate()
            .map(|(at, unit)| {
                let half = char::from_u32(u32::from(unit))
                    .map_or(Value::List(Vec::new()), |c| Value::text(c.to_string()));
                (at.to_string().into(), half)
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn object_members(object: &Object) -> Vec<(Box<str>, Value)> {
    let mut members: Vec<(Option<usize>, Box<str>, Value)> = object
        .iter()
        .map(|(key, value)| (is_array_index(key), key.into(), value.clone()))
        .collect();
    members.sort_by_key(|(index, _, _)| (index.is_none(), *index));
    members
        .into_iter()
        .map(|(_, key, value)| (key, value))
        .collect()
}

/// The array index a name stands for: digits without a leading zero, below 2³² − 1.
pub(crate) fn is_array_index(name: &str) -> Option<usize> {
    let plain = name == "0" || !name.starts_with('0');
    let index: u32 = (plain && !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()))
        .then(|| name.parse().ok())
        .flatten()?;
    (index < u32::MAX)
        .then(|| usize::try_from(index).ok())
        .flatten()
}

/// Whether `Number(name)` is a number.
pub(crate) fn is_numeric(name: &str) -> bool {
    number_of(name).is_some()
}

/// What `Number(text)` gives; `None` for `NaN`.
pub(crate) fn number_of(text: &str) -> Option<f64> {
    let text = text.trim_matches(is_blank);
    if text.is_empty() {
        return Some(0.0);
    }
    for (prefixes, radix) in [(["0x", "0X"], 16), (["0o", "0O"], 8), (["0b", "0B"], 2)] {
        if let Some(digits) = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)) {
            return number_in(digits, radix);
        }
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "Infinity" {
        let negative = text.starts_with('-');
        return Some(if negative {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        });
    }
    let plain = unsigned
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    if plain { text.parse().ok() } else { None }
}

fn number_in(digits: &str, radix: u32) -> Option<f64> {
    let well_formed = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    well_formed.then(|| {
        digits.chars().fold(0.0, |number, digit| {
            number * f64::from(radix) + f64::from(digit.to_digit(radix).unwrap_or_default())
        })
    })
}

/// Whether JavaScript takes a character for blank (`\s`).
pub(crate) fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202f}'
                | '\u{205f}'
                | '\u{3000}'
                | '\u{feff}'
    )
}

/// `left > right` between a text or number `right` and any `left`; `None` where JavaScript would
/// turn a list or an object into text first, which is not reproduced here.
pub(crate) fn is_greater(left: Option<&Value>, right: &Value) -> Option<bool> {
    match (left, right) {
        (None, _) => Some(false),
        (Some(Value::Text(left)), Value::Text(right)) => {
            Some(left.encode_utf16().gt(right.encode_utf16()))
        }
        (Some(Value::List(_) | Value::Object(_)), _) => None,
        (Some(left), right) => match (scalar_number(left), scalar_number(right)) {
            (Some(left), Some(right)) => Some(left > right),
            _ => Some(false),
        },
    }
}

fn scalar_number(value: &Value) -> Option<f64> {
    match value {
        Value::Null => Some(0.0),
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        Value::Number(number) => number.parse().ok(),
        Value::Text(text) => number_of(text),
        Value::List(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_in_the_order_of_javascript() {
        let object: Object = ["b", "10", "a", "2", "01"]
            .into_iter()
            .map(|key| (key, Value::Null))
            .collect();
        let keys: Vec<_> = members(&Value::Object(object))
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        assert_eq!(
            keys.iter().map(|k| &**k).collect::<Vec<_>>(),
            ["2", "10", "b", "a", "01"]
        );
    }

    #[test]
    fn texts_become_numbers_as_in_javascript() {
        for (text, number) in [
            ("", Some(0.0)),
            (" 12 ", Some(12.0)),
            ("1e2", Some(100.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("0x1F", Some(31.0)),
            ("-Infinity", Some(f64::NEG_INFINITY)),
            ("-0x1", None),
            ("1_0", None),
            ("inf", None),
            ("NaN", None),
            ("key", None),
            (".", None),
            ("e5", None),
            ("1e", None),
        ] {
            assert_eq!(number_of(text), number, "{text:?}");
        }
    }
}
