//! The matchers against one another and against what is known of the server; picomatch itself is
//! asked by the tests across rooms.

use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(pattern: &str, value: &str, expected: bool) {
    let glob = Glob::new(pattern);
    assert_eq!(
        glob.matches(value),
        Ok(expected),
        "`{pattern}` on `{value}`"
    );
    assert_eq!(
        glob.matches_exactly(value),
        Ok(expected),
        "`{pattern}` on `{value}`, exactly"
    );
}

#[track_caller]
fn check_all(pattern: &str, matching: &[&str], others: &[&str]) {
    for value in matching {
        check(pattern, value, true);
    }
    for value in others {
        check(pattern, value, false);
    }
}

#[test]
fn the_empty_pattern_and_the_empty_value_match_nothing() {
    check_all("", &[], &["", "a", "/"]);
    for pattern in ["*", "**", "{a,}", "!(a)", "!a", "/**", "{}", "?", "()"] {
        check(pattern, "", false);
    }
}

#[test]
fn a_pattern_matches_its_own_text() {
    for pattern in [
        "!prod",
        "{a,b}",
        "[ab]",
        "(a",
        "[c-a]",
        "}{",
        r"\1",
        "a|b",
        "!(x)",
        "/v1.{0..3}",
        "😀?",
    ] {
        check(pattern, pattern, true);
    }
}

#[test]
fn an_invalid_expression_matches_nothing_but_its_own_text() {
    for pattern in ["{a,b", "[c-a]", "}{", "a)|b)", "(?<n>a)(?<n>b)"] {
        check_all(pattern, &[pattern], &["a", "b", "c", "ab"]);
        assert!(
            Glob::new(pattern)
                .diagnoses()
                .contains(&Diagnosis::InvalidRegex),
            "{pattern}"
        );
    }
}

#[test]
fn values_are_counted_in_utf_16_units() {
    check_all("?", &["a", "é", "日"], &["😀", ".", "/"]);
    check_all("??", &["ab", "😀"], &["日", "a"]);
    check_all("[😀]", &["[😀]"], &["😀", "a"]);
    check_all("+([😀])", &["😀", "[😀][😀]"], &["a", "😀a"]);
    check_all("*", &["a", "\u{85}", "a\nb"], &["\n", "\u{2028}", "\ra"]);
    check_all("a.b", &["a.b"], &["a\nb", "axb"]);
}

#[test]
fn a_star_at_the_start_of_a_segment_may_be_empty() {
    check_all(
        "/app/*/db",
        &["/app/x/db", "/app//db"],
        &["/app/.x/db", "/app/db", "/app/x/y/db"],
    );
    check_all(
        "/app/*",
        &["/app/x", "/app/x/", "/app//"],
        &["/app/", "/app", "/app/.env", "/app/x/y"],
    );
    check_all("*", &["dev", "/"], &["/a", ".x", "//"]);
    check_all(
        "*/*",
        &["a/b", "//", "/b", "a/b/"],
        &["/", "a/", "./b", "a/.b"],
    );
    check_all("/*", &["/a", "//"], &["/", "/a/b"]);
}

#[test]
fn a_star_or_class_at_the_end_takes_one_more_slash() {
    check_all("/app*", &["/app", "/app/", "/appx/"], &["/app/x", "/app//"]);
    check_all(
        "/x[ab]",
        &["/xa", "/xa/", "/x[ab]"],
        &["/x", "/xc", "/xa//"],
    );
    check_all("DB_*", &["DB_", "DB_x", "DB_."], &["DB_/", "DB_x/"]);
    check_all("*.txt", &["a.txt", "a.txt/"], &[".txt", "a/b.txt"]);
}

#[test]
fn a_pattern_without_slashes_and_brackets_takes_another_path() {
    check_all("a++", &["a+", "a++", "a+++"], &["a", "aa"]);
    check_all("a$b", &["a$b"], &["a", "ab"]);
    check_all("$$", &["$", "$$"], &["$$$"]);
    check_all("^^", &["^^"], &["^", "a"]);
    check_all("a|b", &["a|b"], &["a", "b"]);
    check_all("a@b", &["a@b"], &["ab"]);
}

#[test]
fn two_stars_cross_folders_but_no_dots() {
    check_all("**", &["a", "/", "a/b", "//"], &[".a", "a/.b", "a\n"]);
    check_all("/**", &["/", "/a", "/a/b"], &["a", "/.h", "/a/.h"]);
    check_all(
        "/app/**",
        &["/app", "/app/", "/app/x/y"],
        &["/app2", "/app/.x", "/app/x/.y", "/ap"],
    );
    check_all("//**", &["/", "//", "//x"], &["/x", "///.x"]);
    check_all(
        "/app/**/db",
        &["/app/db", "/app/x/y/db"],
        &["/app/.x/db", "/appdb"],
    );
    check_all("**/db", &["db", "/db", "a/b/db"], &["xdb", ".a/db"]);
    check_all(
        "/app/**/*",
        &["/app/x", "/app/x/y"],
        &["/app", "/app/", "/app/.x"],
    );
}

#[test]
fn two_stars_after_a_slash_at_the_beginning_miss_the_first_level() {
    check_all("/**/db", &["/a/db", "/a/b/db"], &["/db"]);
    check_all("/**/*", &["/a/b"], &["/a", "/"]);
    check_all("/app/*/**", &["/app/x/", "/app/x/y"], &["/app/x", "/app"]);
    check_all("/*/**", &["/a/", "/a/b"], &["/a"]);
}

#[test]
fn two_stars_within_a_segment_are_one() {
    check_all("/app**", &["/app", "/appx", "/app/"], &["/app/x"]);
    check_all("a**b", &["ab", "axb"], &["a/b"]);
    check_all("/app/***", &["/app/x", "/app//"], &["/app", "/app/x/y"]);
}

#[test]
fn a_question_mark_takes_one_unit_but_no_slash() {
    check_all("/a?c", &["/abc", "/a.c"], &["/a/c", "/ac"]);
    check_all("/?", &["/a"], &["/.", "//", "/"]);
}

#[test]
fn classes_are_those_of_a_regular_expression() {
    check_all("[ab]c", &["ac", "bc", "[ab]c"], &["c", "cc"]);
    check_all("[!a]b", &["ab", "!b", "[!a]b"], &["xb"]);
    check_all("[^a]b", &["xb"], &["ab", "/b"]);
    check_all("x[a-c]", &["xb", "xb/"], &["xd"]);
    check_all("[[:alpha:]]*", &["x", "xy"], &["1", ":]"]);
    check_all("[a", &["[a"], &["a"]);
}

#[test]
fn braces_are_alternatives_and_ranges_are_classes() {
    check_all("{a,b}", &["a", "b", "{a,b}"], &["c", "a,b"]);
    check_all("/{a,b}/**", &["/a", "/b/x"], &["/c", "/a.x"]);
    check_all("{a,{b,c}}x", &["ax", "bx", "cx"], &["dx"]);
    check_all("{a}", &["{a}"], &["a"]);
    check_all("{1..10}", &["0", "1"], &["2", "10", "1..10"]);
    check_all("{01..12}", &["0", "1", "2"], &["01", "12", "3"]);
    check_all("{a..c}", &["a", "b", "c"], &["d"]);
    check_all("/app{,/**}", &["/app", "/app/x"], &["/appx", "/app/.x"]);
    check_all("{*,x}", &[".a", "x"], &["a/b"]);
}

#[test]
fn groups_and_raw_parentheses_work() {
    check_all("@(a|b)", &["a", "b"], &["ab", "c"]);
    check_all("+(a|b)", &["a", "abba"], &["c"]);
    check_all("?(a)b", &["b", "ab"], &["aab"]);
    check_all("*(a)", &["a", "aaa"], &["b"]);
    check_all("/(a|b)", &["/a", "/b"], &["/c"]);
    check_all("/a|b", &["/a", "b"], &["a"]);
    check_all("(a)+", &["a", "aa"], &["b"]);
    check_all("(?=a)*", &["(?=a)*", "a", "ab"], &["b"]);
    check_all("(?<n>a)b", &["ab"], &["b"]);
}

#[test]
fn negation_is_picomatch_s() {
    check_all("!(prod)", &["dev", "prod-eu"], &["prod", "a/b"]);
    check_all("!(prod)-eu", &["dev-eu"], &["prod-eu", "production-eu"]);
    check_all("!prod", &["dev", "a/b", "!prod"], &["prod", "a\nb"]);
    check_all("!/app/**", &["x", "/ap"], &["/app", "/app/x"]);
    check_all("!!prod", &["prod"], &["dev"]);
    check_all("!(*.d).ts", &["a.ts"], &["a.d.ts"]);
}

#[test]
fn escapes_are_those_of_a_regular_expression() {
    check_all(r"a\d", &["a0"], &["ad"]);
    check_all(r"/\x41", &["/A"], &["/x41"]);
    check_all(r"\*", &["*"], &["a"]);
    check_all(r"/a\.b", &["/a.b"], &["/axb"]);
    check_all(r"/a\/b", &["/a/b"], &["/a"]);
}

#[test]
fn quotes_make_their_content_literal_only_at_the_start_of_a_token() {
    check_all("\"a*\"", &["a*"], &["ab"]);
    check_all("/x\"a*\"", &["/x\"ab\""], &["/xa*"]);
    check_all("./a", &["a", "./a"], &["/a"]);
    check_all("\0/a", &["/a", "\0/a"], &["a"]);
}

#[test]
fn text_before_a_dot_is_lost_where_the_output_is_put_together_again() {
    check_all("/v1.{0..3}", &["/x0", "/.3"], &["/v1.0"]);
    assert_eq!(Glob::new("/v1.{0..3}").diagnoses(), [Diagnosis::LostText]);
    assert_eq!(Glob::new("/v1.{a,b}").diagnoses(), []);
}

#[test]
fn what_no_automaton_has_is_matched_value_by_value() {
    let no_automaton = |pattern: &str| Glob::new(pattern).automaton().map(|_| ());
    for (pattern, reason, yes, no) in [
        (r"(a|b)\1", Unreproducible::BackReference, "bb", "ab"),
        (r"(?<n>a|b)\k<n>", Unreproducible::BackReference, "aa", "ab"),
        (r"(\b)a", Unreproducible::WordBoundary, "a", "aa"),
        (r"a(?<=a)b", Unreproducible::LookBehind, "ab", "bb"),
    ] {
        assert_eq!(no_automaton(pattern), Err(reason));
        check(pattern, yes, true);
        check(pattern, no, false);
    }
}

#[test]
fn what_cannot_be_followed_is_refused_with_its_reason() {
    let refused = |pattern: &str| Glob::new(pattern).matches("aa");
    assert_eq!(
        refused("(?<é>a)(?<b>)"),
        Err(Unreproducible::ForeignGroupName)
    );
    assert_eq!(refused(&"*?/".repeat(6_000)), Err(Unreproducible::TooLarge));
    assert_eq!(refused(&"(".repeat(500)), Err(Unreproducible::TooLarge));
    check(r"(a)\1", r"(a)\1", true);
    check(r"(a)\1", "", false);
}

#[test]
fn a_pattern_on_which_the_server_hangs_or_throws_has_no_answer_at_all() {
    for pattern in [r"/a\\\\", "[][:alpha:"] {
        let glob = Glob::new(pattern);
        assert_eq!(
            glob.matches(pattern),
            Err(Unreproducible::NeverEnds),
            "{pattern}"
        );
        assert_eq!(
            glob.matches(""),
            Err(Unreproducible::NeverEnds),
            "{pattern}"
        );
        assert_eq!(glob.diagnoses(), [Diagnosis::HangsServer]);
    }
    for pattern in ["constructor", "__proto__", &"a".repeat(70_000)] {
        let glob = Glob::new(pattern);
        assert_eq!(glob.matches(pattern), Err(Unreproducible::ServerFails));
        assert_eq!(glob.diagnoses(), [Diagnosis::FailsOnServer]);
    }
}

#[test]
fn a_word_with_many_backslashes_is_matched_though_saving_it_hangs_the_server() {
    check_all(r"a\\\\", &[r"a\\\\", r"a\"], &["a", "b"]);
    assert_eq!(Glob::new(r"a\\\\").diagnoses(), [Diagnosis::HangsServer]);
}

#[test]
fn surprising_patterns_are_diagnosed() {
    let cases: [(&str, &[Diagnosis]); 24] = [
        ("", &[Diagnosis::Empty]),
        ("/app/**", &[]),
        ("/app/*/db", &[]),
        ("!(prod)", &[]),
        ("{a,b}*", &[]),
        ("{1..3}", &[]),
        ("{1..10}", &[Diagnosis::WideBraceRange]),
        ("[!a]b", &[Diagnosis::BangInClass]),
        ("[^a]b", &[]),
        ("/**/db", &[Diagnosis::MissesFirstLevel]),
        ("/**/*", &[Diagnosis::MissesFirstLevel]),
        ("/**", &[]),
        ("/*/**", &[Diagnosis::MissesFolderItself]),
        ("/a/**/**", &[]),
        ("/{{identity.name}}/**", &[Diagnosis::Template]),
        ("{a,b", &[Diagnosis::InvalidRegex]),
        ("*(*)", &[Diagnosis::ExponentialBacktracking]),
        ("(a*)+", &[Diagnosis::ExponentialBacktracking]),
        ("+(*.js)", &[Diagnosis::ExponentialBacktracking]),
        ("+((x||)a)", &[Diagnosis::ExponentialBacktracking]),
        ("*(a?)", &[]),
        ("+(a|b)", &[]),
        (
            "+(a|aa)",
            &[Diagnosis::ExponentialBacktracking, Diagnosis::RiskyRepeat],
        ),
        (
            "*(+(a))",
            &[Diagnosis::ExponentialBacktracking, Diagnosis::RiskyRepeat],
        ),
    ];
    for (pattern, expected) in cases {
        assert_eq!(Glob::new(pattern).diagnoses(), expected, "{pattern}");
    }
}

#[test]
fn a_pattern_that_hangs_a_backtracking_engine_is_answered() {
    for pattern in ["*(*)x", "+(*)x", "(a*)+x"] {
        check(pattern, &"a".repeat(5_000), false);
    }
}

#[test]
fn a_pattern_with_too_many_states_is_still_matched() {
    let glob = Glob::new(&format!("{}a*", "?".repeat(30)));
    assert_eq!(glob.automaton().err(), Some(Unreproducible::TooManyStates));
    let matching = format!("{}a", "b".repeat(30));
    assert_eq!(glob.matches(&matching), Ok(true));
    assert_eq!(glob.matches(&"b".repeat(40)), Ok(false));
}

#[test]
fn large_patterns_and_values_are_answered_or_refused() {
    let value = "/abc".repeat(500);
    for unit in [
        "/ab*", "*a?", "{ab,c*}", "[^x]*(a)", "/**", "!(a)b", "(a|*", "+(", "[a-c]", "{{}", "a*{",
    ] {
        let glob = Glob::new(&unit.repeat(2_000 / unit.len()));
        let answer = glob.matches(&value);
        let refused = matches!(
            answer,
            Err(Unreproducible::TooMuchWork | Unreproducible::TooLarge)
        );
        assert!(answer.is_ok() || refused, "{unit}: {answer:?}");
        glob.diagnoses();
    }
}

#[test]
fn an_automaton_holds_exactly_the_matching_values() {
    let glob = Glob::new("{a,b}");
    let automaton = glob.automaton().expect("an automaton");
    for (value, expected) in [("a", true), ("{a,b}", true), ("", false), ("c", false)] {
        assert_eq!(automaton.matches(value), expected, "{value}");
    }
    assert!(!automaton.accepts(automaton.start()));
    assert!(!automaton.is_dead(automaton.start()));
    let nothing = Glob::new("");
    assert!(
        nothing
            .automaton()
            .is_ok_and(|automaton| automaton.is_dead(automaton.start()))
    );
}

#[test]
fn automata_are_small() {
    for (pattern, most) in [
        ("/app/**", 8),
        ("*", 5),
        ("dev", 5),
        ("*_KEY", 8),
        ("/app/{a,b}/*/db", 20),
    ] {
        let states = Glob::new(pattern).automaton().map(Automaton::states);
        assert!(
            states.is_ok_and(|states| states <= most),
            "`{pattern}`: {states:?}"
        );
    }
}

#[test]
fn a_domain_can_be_given_as_a_regular_expression() {
    let stored =
        Automaton::of_regex("^/([A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*)?$").expect("an automaton");
    for (value, expected) in [
        ("/", true),
        ("/a/b-c", true),
        ("/a/", false),
        ("a", false),
        ("/.a", false),
        ("/é", false),
    ] {
        assert_eq!(stored.matches(value), expected, "{value}");
    }
    assert_eq!(stored.alphabet().classes(), 3);
    assert!(Automaton::of_regex("(a").is_none());
    assert!(Automaton::of_regex(r"(a)\1").is_none());
}

#[test]
fn joined_alphabets_tell_apart_what_either_does() {
    let (path, word) = (Glob::new("/app/**"), Glob::new("[a-m]*"));
    let (left, right) = (
        path.automaton().unwrap().alphabet(),
        word.automaton().unwrap().alphabet(),
    );
    let (joined, parts) = left.join(right);
    assert_eq!(joined.classes(), parts.len());
    for unit in 0..=u16::MAX {
        let (of_left, of_right) = parts[usize::from(joined.class_of(unit))];
        assert_eq!(
            (left.class_of(unit), right.class_of(unit)),
            (of_left, of_right)
        );
    }
    for class in 0..joined.classes() {
        let class = Class::try_from(class).unwrap();
        assert_eq!(joined.class_of(joined.representative(class)), class);
        assert!(
            joined
                .ranges(class)
                .all(|(low, high)| joined.class_of(low) == class && joined.class_of(high) == class)
        );
    }
}

#[test]
fn globs_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Glob>();
    shared::<Automaton>();
}

fn plain_segment() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-c]{1,2}",
        1 => "[-_,:é😀 .#]",
        1 => "\\.{1,2}[a-c]?",
        3 => Just("*".to_owned()),
        1 => Just("{a,bc}".to_owned()),
        1 => Just("{b,c,a-}".to_owned()),
    ];
    prop_oneof![
        5 => prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat()),
        2 => Just("*".to_owned()),
        3 => Just("**".to_owned()),
        1 => Just(String::new()),
        1 => Just("*.a".to_owned()),
    ]
}

fn plain_pattern() -> impl Strategy<Value = String> {
    prop::collection::vec(plain_segment(), 1..5).prop_map(|segments| segments.join("/"))
}

/// Values near a pattern: its stars and lists filled in, its ends nudged.
fn value_near(pattern: String) -> impl Strategy<Value = (String, String)> {
    let filling = prop_oneof![
        6 => "[abc]{0,2}",
        2 => "[abc/]{1,4}",
        1 => Just("/".to_owned()),
        1 => "\\.[abc]?",
        1 => prop_oneof![Just("\n".to_owned()), Just("\u{2028}".to_owned()), Just("é".to_owned()), Just("\0".to_owned())],
    ];
    let end = prop_oneof![4 => Just(""), 2 => Just("/"), 1 => Just("//"), 1 => Just("/a"), 1 => Just("\n"), 1 => Just("."), 1 => Just("a")];
    (
        Just(pattern),
        prop::collection::vec(filling, 6),
        end,
        0..3_usize,
    )
        .prop_map(|(pattern, fillings, end, choice)| {
            let mut fillings = fillings.iter().cycle();
            let mut value = String::new();
            let mut rest = pattern.as_str();
            while let Some(char) = rest.chars().next() {
                if let Some((list, after)) =
                    rest.strip_prefix('{').and_then(|rest| rest.split_once('}'))
                {
                    let items: Vec<&str> = list.split(',').collect();
                    value.push_str(items[choice % items.len()]);
                    rest = after;
                    continue;
                }
                match char {
                    '*' => value.push_str(fillings.next().map_or("", String::as_str)),
                    other => value.push(other),
                }
                rest = rest.strip_prefix(char).unwrap_or_default();
            }
            value.push_str(end);
            (pattern, value)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_lane_gives_the_answer_of_the_exact_engine(
        (pattern, value) in plain_pattern().prop_flat_map(value_near)
    ) {
        let glob = Glob::new(&pattern);
        prop_assert_eq!(glob.matches(&value), glob.matches_exactly(&value), "`{}` on `{:?}`", pattern, value);
        if let Some(plain) = Plain::of(&pattern) && let Some(answer) = glob.shortcut(&value).or_else(|| plain.matches(&value)) {
            prop_assert_eq!(Ok(answer), glob.matches_exactly(&value), "globset: `{}` on `{:?}`", pattern, value);
        }
    }

    #[test]
    fn the_table_gives_the_answer_of_the_automaton(
        pattern in prop_oneof!["[*?!+@()|{},.\\[\\]/^:a1é-]{1,12}", "(/[a-c*?é]{1,3}){1,3}(/\\*\\*)?"],
        value in "[a-cé1./日]{0,12}"
    ) {
        let glob = Glob::new(&pattern);
        if let Ok(automaton) = glob.automaton() && let Some(table) = ByteTable::of(automaton) {
            for value in [&value, &pattern] {
                let answer = table.matches(value);
                prop_assert!(answer.is_none_or(|answer| answer == automaton.matches(value)), "`{}` on `{:?}`", pattern, value);
                prop_assert!(answer.is_some() || !value.is_ascii(), "`{}` on `{:?}`", pattern, value);
            }
        }
    }

    #[test]
    fn the_simulation_gives_the_answer_of_the_automaton(
        (pattern, value) in plain_pattern().prop_flat_map(value_near)
    ) {
        let source = translate::translation(&pattern).unwrap().source();
        let regex = regex::parse(source.as_slice()).unwrap().regex;
        let engine = simulation::Engine::new(&regex).unwrap();
        if let Some(automaton) = Automaton::of_engine(&engine).filter(|_| !value.is_empty()) {
            prop_assert_eq!(engine.matches(&value, usize::MAX), Ok(automaton.matches(&value)));
        }
    }

    #[test]
    fn nothing_panics_and_reading_twice_gives_the_same(
        pattern in prop_oneof!["\\PC{0,20}", "[*?!+@()|{},.\\[\\]\\\\/\"^$:a1-]{0,24}"],
        value in "\\PC{0,20}"
    ) {
        let (once, twice) = (Glob::new(&pattern), Glob::new(&pattern));
        prop_assert_eq!(once.matches(&value), twice.matches(&value));
        prop_assert_eq!(once.diagnoses(), twice.diagnoses());
    }
}

#[test]
fn the_automaton_of_texts_accepts_exactly_these() {
    let texts = ["a", "ba", "/app", "/app/db", "é", "😀", ""];
    let automaton = Automaton::of_texts(texts);
    for text in texts {
        assert_eq!(automaton.matches(text), !text.is_empty(), "{text}");
    }
    for text in ["b", "app", "/ap", "/app/", "aa", "è", "😁", "/app/d"] {
        assert!(!automaton.matches(text), "{text}");
    }
    assert!(!Automaton::of_texts([]).matches("a"));
    assert!(automaton.is_dead(1));
}
