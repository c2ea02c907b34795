//! A table from texts to what stands under them, made once and asked very often.
//!
//! A text is told apart by two words of its bytes, which are all of it up to 16 bytes. Nearly all
//! names, environments and folders are that short, so comparing them takes no loop.

/// Texts of at most this many bytes are wholly in their mark.
const SHORT: usize = 16;

/// A text, ready to be looked up in any number of tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key<'a> {
    text: &'a str,
    mark: Mark,
    place: usize,
}

/// A table from texts to `T`.
#[derive(Debug)]
pub(crate) struct TextTable<T> {
    /// None, or a power of two of places, at most half of them taken. An entry stands at the place
    /// that its key names or at the next free one.
    places: Box<[Option<Entry<T>>]>,
}

#[derive(Debug)]
struct Entry<T> {
    mark: Mark,
    text: Box<str>,
    value: T,
}

/// Two words of a text: all of it if it is short, a mixture if not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    head: u64,
    tail: u64,
}

impl<'a> Key<'a> {
    /// The key of `text`.
    #[inline]
    pub fn of(text: &'a str) -> Self {
        let mark = Mark::of(text.as_bytes());
        Self {
            text,
            mark,
            place: mark.place(),
        }
    }
}

impl<T> TextTable<T> {
    /// What stands under this text.
    #[inline]
    pub fn get(&self, key: Key<'_>) -> Option<&T> {
        let last = self.places.len().wrapping_sub(1);
        let mut at = key.place & last;
        while let Some(entry) = self.places.get(at)? {
            if entry.is_of(key) {
                return Some(&entry.value);
            }
            at = at.wrapping_add(1) & last;
        }
        None
    }
}

impl<T> Entry<T> {
    fn is_of(&self, key: Key<'_>) -> bool {
        self.mark == key.mark
            && self.text.len() == key.text.len()
            && (key.text.len() <= SHORT || *self.text == *key.text)
    }
}

/// Of several values under one text the first is kept.
impl<T> FromIterator<(Box<str>, T)> for TextTable<T> {
    fn from_iter<I: IntoIterator<Item = (Box<str>, T)>>(entries: I) -> Self {
        let entries: Vec<(Box<str>, T)> = entries.into_iter().collect();
        let count = match entries.len() {
            0 => 0,
            some => some.saturating_mul(2).next_power_of_two(),
        };
        let mut places: Box<[Option<Entry<T>>]> = (0..count).map(|_| None).collect();
        for (text, value) in entries {
            let key = Key::of(&text);
            let (mark, start) = (key.mark, key.place & count.wrapping_sub(1));
            let free = (start..count)
                .chain(0..start)
                .find(|at| !matches!(places.get(*at), Some(Some(taken)) if !taken.is_of(key)));
            if let Some(place) = free.and_then(|at| places.get_mut(at)) {
                place.get_or_insert(Entry { mark, text, value });
            }
        }
        Self { places }
    }
}

impl<T> Default for TextTable<T> {
    fn default() -> Self {
        Self {
            places: Box::default(),
        }
    }
}

impl Mark {
    #[inline]
    fn of(text: &[u8]) -> Self {
        let (head, tail) = match text.len() {
            0 => (0, 0),
            1..=3 => few_bytes(text),
            4..=7 => ends::<4>(text),
            8..=SHORT => ends::<8>(text),
            _ => mixed(text),
        };
        Self { head, tail }
    }

    /// Where to look; the low bits differ between most texts.
    #[inline]
    fn place(self) -> usize {
        let mixed = mix(self.head ^ FACTORS[0], self.tail ^ FACTORS[1]);
        usize::try_from(mixed & u64::from(u32::MAX)).unwrap_or_default()
    }
}

/// One to three bytes in two words.
#[inline]
fn few_bytes(text: &[u8]) -> (u64, u64) {
    let at = |at: usize| text.get(at).copied().map_or(0, u64::from);
    (at(0) | at(1) << 8, at(2))
}

/// The first and the last `N` bytes, which overlap in a text of less than twice as many.
#[inline]
fn ends<const N: usize>(text: &[u8]) -> (u64, u64) {
    let word = |bytes: Option<&[u8; N]>| {
        let mut word = [0; 8];
        if let (Some(bytes), Some(place)) = (bytes, word.first_chunk_mut::<N>()) {
            *place = *bytes;
        }
        u64::from_le_bytes(word)
    };
    (word(text.first_chunk::<N>()), word(text.last_chunk::<N>()))
}

/// All eight-byte words of a long text in one, and the last eight bytes.
fn mixed(text: &[u8]) -> (u64, u64) {
    let (words, _) = text.as_chunks::<8>();
    let head = words.iter().fold(0, |mixed, word| {
        mix(mixed ^ FACTORS[0], u64::from_le_bytes(*word) ^ FACTORS[1])
    });
    (head, ends::<8>(text).1)
}

const FACTORS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];

/// The product, folded so that every bit of both tells in the low bits.
#[inline]
fn mix(one: u64, other: u64) -> u64 {
    let (low, high) = one.carrying_mul(other, 0);
    low ^ high
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_table_finds_what_was_put_in_and_nothing_else(
            texts in prop::collection::vec("[ab\\x00é]{0,40}", 0..40),
            others in prop::collection::vec("[ab\\x00é]{0,40}", 0..40),
        ) {
            let entries: BTreeMap<&str, usize> =
                texts.iter().enumerate().map(|(at, text)| (text.as_str(), at)).collect();
            let table: TextTable<usize> =
                entries.iter().map(|(text, at)| (Box::from(*text), *at)).collect();
            for text in texts.iter().chain(&others) {
                prop_assert_eq!(table.get(Key::of(text)), entries.get(text.as_str()), "{:?}", text);
            }
        }
    }

    #[test]
    fn texts_that_look_alike_at_both_ends_are_told_apart() {
        let texts = [
            "",
            "\0",
            "\0\0",
            "a",
            "aa",
            "aaa",
            "aaaa",
            "aaaaa",
            "aaaaaaaaa",
            "abcdefgh_abcdefgh",
            "abcdefgh__abcdefgh",
        ];
        let table: TextTable<&str> = texts.iter().map(|text| (Box::from(*text), *text)).collect();
        for text in texts {
            assert_eq!(table.get(Key::of(text)), Some(&text));
        }
        assert_eq!(table.get(Key::of("aaaaaa")), None);
        assert_eq!(TextTable::<()>::default().get(Key::of("")), None);
    }

    #[test]
    fn of_two_values_under_one_text_the_first_is_kept() {
        let table: TextTable<u8> = [("a".into(), 1), ("a".into(), 2)].into_iter().collect();
        assert_eq!(table.get(Key::of("a")), Some(&1));
    }
}
