//! Text as it is compared in sorting and search: lower case, without marks, split into words.
//!
//! The same folding is used for what is stored and for what is looked for, so it must not change
//! without a migration that folds the stored names again.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Folded text, and the lower-case letters that fold to it.
const LETTERS: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ("ae", "æǣǽ"),
    ("b", "ɓḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ðďđɖɗḋḍḏḑḓ"),
    ("e", "èéêëēĕėęěȅȇȩəɛḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ƒḟ"),
    ("g", "ĝğġģǧǵɣḡ"),
    ("h", "ĥħȟḣḥḧḩḫẖ"),
    ("i", "ìíîïĩīĭįıǐȉȋɨḭḯỉị"),
    ("ij", "ij"),
    ("j", "ĵǰ"),
    ("k", "ķĸǩḱḳḵ"),
    ("l", "ĺļľŀłḷḹḻḽ"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňŉŋǹɲṅṇṉṋ"),
    ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱɔṍṏṑṓọỏốồổỗộớờởỡợ"),
    ("oe", "œ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšſșṡṣṥṧṩẛ"),
    ("ss", "ß"),
    ("t", "ţťŧțṫṭṯṱẗ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗʉṳṵṷṹṻụủứừửữự"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕ"),
    ("ʒ", "ǯ"),
    ("α", "άἀἁἂἃἄἅἆἇὰᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ"),
    ("ε", "έἐἑἒἓἔἕὲ"),
    ("η", "ήἠἡἢἣἤἥἦἧὴᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ"),
    ("ι", "ΐίϊἰἱἲἳἴἵἶἷὶῐῑῒῖῗ"),
    ("ο", "όὀὁὂὃὄὅὸ"),
    ("ρ", "ῤῥ"),
    ("σ", "ς"),
    ("υ", "ΰϋύὐὑὒὓὔὕὖὗὺῠῡῢῦῧ"),
    ("ω", "ώὠὡὢὣὤὥὦὧὼᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ"),
    ("а", "ӑӓ"),
    ("г", "ѓ"),
    ("е", "ѐёӗ"),
    ("ж", "ӂӝ"),
    ("з", "ӟ"),
    ("и", "йѝӣӥ"),
    ("к", "ќ"),
    ("о", "ӧ"),
    ("у", "ўӯӱӳ"),
    ("ч", "ӵ"),
    ("ы", "ӹ"),
    ("э", "ӭ"),
    ("і", "ї"),
    ("ѵ", "ѷ"),
    ("ә", "ӛ"),
    ("ө", "ӫ"),
];

static FOLDED: LazyLock<BTreeMap<char, &'static str>> = LazyLock::new(|| {
    LETTERS
        .iter()
        .flat_map(|(folded, letters)| letters.chars().map(|letter| (letter, *folded)))
        .collect()
});

/// `text` in lower case, without marks, trimmed: `José Ångström` becomes `jose angstrom`.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.trim().chars().flat_map(char::to_lowercase) {
        if character.is_ascii() {
            folded.push(character);
        } else if let Some(letters) = FOLDED.get(&character) {
            folded.push_str(letters);
        } else if !is_combining_mark(character) {
            folded.push(character);
        }
    }
    folded
}

fn is_combining_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// The words of a folded text: runs of letters and digits, and every sign outside ASCII, such as an
/// emoji, by itself. Everything else only separates them.
pub(crate) fn words(folded: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for piece in folded.split(is_separator) {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            let end = if first.is_alphanumeric() {
                rest.find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            let (word, after) = rest.split_at(end);
            words.push(word);
            rest = after;
        }
    }
    words
}

fn is_separator(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || (character.is_ascii() && !character.is_ascii_alphanumeric())
        // Joiners, direction marks and dashes; variation selectors; punctuation between ideographs.
        || matches!(character, '\u{2000}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{3000}'..='\u{303f}')
}

/// The shortest end of a word that is indexed: three characters, or two outside ASCII, where a
/// character says more.
const SHORTEST_PART: usize = 3;

/// The ends of `word`, without the word itself: `laurent` gives `aurent`, `urent`, `rent`, `ent`.
pub(crate) fn parts(word: &str) -> impl Iterator<Item = &str> {
    let length = word.chars().count();
    let last = (length + 1).saturating_sub(shortest_part(word));
    word.char_indices()
        .take(last)
        .skip(1)
        .map(|(at, _)| word.split_at(at).1)
}

/// Whether `word` is long enough to be looked for inside of words.
pub(crate) fn is_part(word: &str) -> bool {
    word.chars().count() >= shortest_part(word)
}

/// The beginnings of `word` that are too short to be a part: `laurent` gives `l` and `la`.
pub(crate) fn starts(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices()
        .map(|(at, first)| word.split_at(at + first.len_utf8()).0)
        .take_while(|start| !is_part(start))
}

fn shortest_part(word: &str) -> usize {
    if word.is_ascii() {
        SHORTEST_PART
    } else {
        SHORTEST_PART - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_marks_do_not_count() {
        for (text, folded) in [
            (" José ÅNGSTRÖM ", "jose angstrom"),
            ("Jose\u{301}", "jose"),
            ("Łukasz Øst", "lukasz ost"),
            ("Straße", "strasse"),
            ("Nguyễn Thị Đào", "nguyen thi dao"),
            ("İstanbul ılık", "istanbul ilik"),
            ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
            ("Ёлка", "елка"),
            ("🚀 Deploy", "🚀 deploy"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn every_letter_of_the_table_stands_there_once_and_folds_to_what_stays() {
        let letters: usize = LETTERS.iter().map(|(_, l)| l.chars().count()).sum();
        assert_eq!(FOLDED.len(), letters);
        for (folded, _) in LETTERS {
            assert_eq!(fold(folded), *folded);
        }
    }

    #[test]
    fn words_are_letters_and_digits_and_single_signs() {
        for (text, expected) in [
            (
                "alice.laurent@acme.dev",
                &["alice", "laurent", "acme", "dev"][..],
            ),
            ("\"a* -b' OR \0c", &["a", "b", "or", "c"]),
            ("🚀🚀deploy", &["🚀", "🚀", "deploy"]),
            ("田中 太郎", &["田中", "太郎"]),
            ("👩\u{200d}💻", &["👩", "💻"]),
            (" --- ", &[]),
        ] {
            assert_eq!(words(&fold(text)), expected, "{text}");
        }
    }

    #[test]
    fn parts_are_the_ends_long_enough_to_look_for() {
        assert_eq!(
            parts("laurent").collect::<Vec<_>>(),
            ["aurent", "urent", "rent", "ent"]
        );
        assert_eq!(parts("ab").count(), 0);
        assert_eq!(parts("abc").count(), 0);
        assert_eq!(parts("田中太郎").collect::<Vec<_>>(), ["中太郎", "太郎"]);
    }
}
