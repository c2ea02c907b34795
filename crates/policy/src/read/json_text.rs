//! JSON text to [`Value`] and back, with key order, repeated list items and the spelling of numbers
//! kept. A repeated key keeps its first place and its last value, as in JavaScript.

use std::fmt::Write as _;

use reeve_domain::value::{Object, Value};

/// Deeper nesting is refused, so that no input can exhaust the stack.
const DEPTH_MAX: usize = 200;

/// Why a text is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonTextError {
    /// Something else was needed at this place.
    #[error("line {line}, column {column} was not expected")]
    Unexpected {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// Lists and objects are nested too deeply.
    #[error("lists and objects are nested more than {DEPTH_MAX} deep")]
    TooDeep,
    /// A `\u` escape names half a character, which text cannot hold.
    #[error("line {line}, column {column} holds half a character")]
    HalfCharacter {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
}

/// Reads one JSON value, which must be all there is in `text`.
pub fn value_from_text(text: &str) -> Result<Value, JsonTextError> {
    let mut reader = Reader {
        text,
        rest: text,
        depth: 0,
    };
    let value = reader.value()?;
    reader.skip_blanks();
    if reader.rest.is_empty() {
        Ok(value)
    } else {
        Err(reader.unexpected())
    }
}

/// Writes `value` as compact JSON, as JavaScript's `JSON.stringify` does, except that numbers keep
/// their spelling.
pub fn value_to_text(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value);
    text
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Result<Value, JsonTextError> {
        self.skip_blanks();
        match self.rest.bytes().next() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => Ok(Value::Text(self.string()?.into())),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<Value, JsonTextError>,
    ) -> Result<Value, JsonTextError> {
        if self.depth == DEPTH_MAX {
            return Err(JsonTextError::TooDeep);
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value, JsonTextError> {
        let mut object = Object::new();
        self.expect("{")?;
        if self.take("}") {
            return Ok(Value::Object(object));
        }
        loop {
            self.skip_blanks();
            let key = self.string()?;
            self.expect(":")?;
            object.set(key, self.value()?);
            if self.take("}") {
                return Ok(Value::Object(object));
            }
            self.expect(",")?;
        }
    }

    fn list(&mut self) -> Result<Value, JsonTextError> {
        let mut items = Vec::new();
        self.expect("[")?;
        if self.take("]") {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.take("]") {
                return Ok(Value::List(items));
            }
            self.expect(",")?;
        }
    }

    fn word(&mut self) -> Result<Value, JsonTextError> {
        for (word, value) in [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                return Ok(value);
            }
        }
        Err(self.unexpected())
    }

    fn number(&mut self) -> Result<Value, JsonTextError> {
        let start = self.rest;
        self.skip_one('-');
        if !self.skip_one('0') && self.skip_digits() == 0 {
            return Err(self.unexpected());
        }
        if self.skip_one('.') && self.skip_digits() == 0 {
            return Err(self.unexpected());
        }
        if self.skip_one('e') || self.skip_one('E') {
            let _ = self.skip_one('+') || self.skip_one('-');
            if self.skip_digits() == 0 {
                return Err(self.unexpected());
            }
        }
        let length = start.len() - self.rest.len();
        Ok(Value::Number(
            start.get(..length).unwrap_or_default().into(),
        ))
    }

    fn string(&mut self) -> Result<String, JsonTextError> {
        if !self.skip_one('"') {
            return Err(self.unexpected());
        }
        let mut string = String::new();
        loop {
            let plain = self
                .rest
                .find(|c| c == '"' || c == '\\' || c < ' ')
                .ok_or_else(|| self.at_end())?;
            let (text, rest) = self.rest.split_at(plain);
            string.push_str(text);
            self.rest = rest;
            if self.skip_one('"') {
                return Ok(string);
            }
            string.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, JsonTextError> {
        let Some(rest) = self.rest.strip_prefix('\\') else {
            return Err(self.unexpected());
        };
        let before = self.rest;
        let mut characters = rest.chars();
        let character = match characters.next() {
            Some('"') => '"',
            Some('\\') => '\\',
            Some('/') => '/',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                self.rest = characters.as_str();
                return self.code_point(before);
            }
            _ => return Err(self.unexpected()),
        };
        self.rest = characters.as_str();
        Ok(character)
    }

    /// One character from one or two `\uXXXX`, of which the first `\u` is already taken.
    fn code_point(&mut self, before: &'a str) -> Result<char, JsonTextError> {
        let high = self.four_digits()?;
        if let Some(character) = char::from_u32(high) {
            return Ok(character);
        }
        if high < 0xDC00 && self.rest.starts_with("\\u") {
            self.rest = self.rest.get(2..).unwrap_or_default();
            let low = self.four_digits()?;
            if (0xDC00..0xE000).contains(&low) {
                let point = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                if let Some(character) = char::from_u32(point) {
                    return Ok(character);
                }
            }
        }
        let (line, column) = self.place(before);
        Err(JsonTextError::HalfCharacter { line, column })
    }

    fn four_digits(&mut self) -> Result<u32, JsonTextError> {
        let digits = self
            .rest
            .get(..4)
            .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))
            .ok_or_else(|| self.unexpected())?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| self.unexpected())?;
        self.rest = self.rest.get(4..).unwrap_or_default();
        Ok(number)
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn skip_one(&mut self, character: char) -> bool {
        match self.rest.strip_prefix(character) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn skip_digits(&mut self) -> usize {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let count = self.rest.len() - rest.len();
        self.rest = rest;
        count
    }

    fn take(&mut self, sign: &str) -> bool {
        self.skip_blanks();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, sign: &str) -> Result<(), JsonTextError> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn at_end(&self) -> JsonTextError {
        let (line, column) = self.place("");
        JsonTextError::Unexpected { line, column }
    }

    fn unexpected(&self) -> JsonTextError {
        let (line, column) = self.place(self.rest);
        JsonTextError::Unexpected { line, column }
    }

    fn place(&self, rest: &str) -> (usize, usize) {
        let read = self.text.len() - rest.len();
        let before = self.text.get(..read).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let last = before.rsplit('\n').next().unwrap_or_default();
        (line, last.chars().count() + 1)
    }
}

fn write_value(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => text.push_str(number),
        Value::Text(string) => write_string(text, string),
        Value::List(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_value(text, item);
            }
            text.push(']');
        }
        Value::Object(object) => {
            text.push('{');
            for (at, (key, member)) in object.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_string(text, key);
                text.push(':');
                write_value(text, member);
            }
            text.push('}');
        }
    }
}

fn write_string(text: &mut String, string: &str) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if c < ' ' => {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_value_reads_back_as_the_same_value() {
        for text in [
            r#"{"a":[1,-2.5e+3,true,false,null],"b":"\"\\\b\f\n\r\t\u0001é😀"}"#,
            "[]",
            "{}",
            "0",
            r#""""#,
        ] {
            assert_eq!(value_to_text(&value_from_text(text).unwrap()), text);
        }
        assert_eq!(
            value_from_text(r#" "\u00e9\ud83d\ude00\/" "#),
            Ok(Value::text("é😀/"))
        );
    }

    #[test]
    fn a_repeated_key_keeps_its_first_place_and_its_last_value() {
        let value = value_from_text(r#"{"a":1,"b":2,"a":3}"#).unwrap();
        assert_eq!(value_to_text(&value), r#"{"a":3,"b":2}"#);
    }

    #[test]
    fn what_is_not_json_is_refused_at_its_place() {
        for (text, line, column) in [
            ("", 1, 1),
            ("[1,]", 1, 4),
            ("{\n \"a\" 1}", 2, 6),
            ("01", 1, 2),
            ("1.", 1, 3),
            ("\"\n\"", 1, 2),
            (r#""\x""#, 1, 2),
            ("nul", 1, 1),
            ("\"a", 1, 3),
            ("[1] 2", 1, 5),
        ] {
            assert_eq!(
                value_from_text(text),
                Err(JsonTextError::Unexpected { line, column }),
                "{text}"
            );
        }
        assert_eq!(
            value_from_text(r#"["\ud800"]"#),
            Err(JsonTextError::HalfCharacter { line: 1, column: 3 })
        );
        assert_eq!(
            value_from_text(&"[".repeat(5000)),
            Err(JsonTextError::TooDeep)
        );
    }
}
