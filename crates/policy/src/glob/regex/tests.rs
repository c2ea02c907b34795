//! Which texts are regular expressions, as V8 has it.

use super::*;

#[track_caller]
fn check(text: &str, expected: Result<&[Irregular], ParseError>) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let parsed = parse(&units).map(|parsed| parsed.irregular);
    assert_eq!(parsed.as_deref(), expected.as_ref().copied(), "{text}");
}

#[test]
fn annex_b_is_tolerant() {
    let texts = [
        "a{",
        "a{,5}",
        "a{1,2",
        "x{99999999999}",
        "(?=a)*",
        "(?!a){2}",
        r"\c",
        r"[\c]",
        r"[\c_]",
        r"[a-\d]",
        r"[\d-a]",
        r"[\b-a]",
        r"\u{3}",
        r"\8\9\0\12",
        r"\k",
        "]",
        "}",
        "[]",
        "[^]",
        "[]a]",
        "(?<$>x)",
        r"\xg",
        r"\_",
    ];
    for text in texts {
        check(text, Ok(&[]));
    }
}

#[test]
fn what_v8_refuses_is_invalid() {
    let texts = [
        "(?<=a)*",
        "(?<=a)?",
        r"\b*",
        "^*",
        "$+",
        "a{2,1}",
        "{1}",
        "{1,}",
        "a**",
        "a*??",
        "a{1}{2}",
        r"[\k](?<a>x)",
        r"\k(?<a>x)",
        r"(?<a>x)\k<b>",
        "(?<a>x)|(?<a>y)",
        "(?<a",
        "(?<1>x)",
        "(?i:a)",
        "(?",
        "(?:",
        "(a",
        "a)",
        "\\",
        "[\\",
        "[",
        "[a",
        r"[b-\c]",
        "[c-a]",
        "*",
        "|+",
        "(?<a>.)\\k<a",
        "(?<>a)",
    ];
    for text in texts {
        check(text, Err(ParseError::Invalid));
    }
}

#[test]
fn what_no_automaton_has_is_named() {
    check(r"(a)\1", Ok(&[Irregular::BackReference]));
    check(r"(a)\2", Ok(&[]));
    check(r"\1(a)", Ok(&[Irregular::BackReference]));
    check(r"[\1](a)", Ok(&[]));
    check(r"(?<a>x)\k<a>", Ok(&[Irregular::BackReference]));
    check(r"a\b\Bc", Ok(&[Irregular::WordBoundary]));
    check(r"[\b]", Ok(&[]));
    check("(?<=a)(?<!b)", Ok(&[Irregular::LookBehind]));
    check(
        r"(?<!\b)",
        Ok(&[Irregular::WordBoundary, Irregular::LookBehind]),
    );
    check("(?<é>x)", Err(ParseError::ForeignName));
    check(&"(".repeat(1_000), Err(ParseError::TooDeep));
}

#[test]
fn sets_are_kept_in_order_and_their_complements_are_exact() {
    let set = UnitSet::new(vec![(5, 9), (1, 2), (3, 3), (8, 20), (0xFFFF, 0xFFFF)]);
    assert_eq!(set.ranges(), [(1, 3), (5, 20), (0xFFFF, 0xFFFF)]);
    assert_eq!(set.complement().ranges(), [(0, 0), (4, 4), (21, 0xFFFE)]);
    assert_eq!(set.complement().complement(), set);
    assert_eq!(UnitSet::all().complement(), UnitSet::default());
    assert!(set.contains(20) && !set.contains(21) && set.contains(0xFFFF));
    assert!(set.intersects(&UnitSet::single(7)) && !set.intersects(&set.complement()));
}
