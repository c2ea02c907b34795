//! The glob engine against picomatch: recorded answers, and picomatch itself on random patterns.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what this file's tests share may fail as a test does"
)]

use std::collections::{BTreeMap, BTreeSet};

use reeve_policy::glob::translate::translation;
use reeve_policy::glob::units::Units;
use reeve_policy::glob::{Glob, Unreproducible, regex};
use reeve_tests::oracle;
use serde_json::Value;

const VECTORS: &str = include_str!("../vectors/glob-vectors.jsonl");

#[test]
fn all_recorded_answers_are_given_even_for_parts_that_no_automaton_has() {
    let mut irregular = BTreeSet::new();
    for line in VECTORS.lines() {
        let case: Value = serde_json::from_str(line).expect("a line of JSON");
        let (pattern, path) = (text(&case, "pattern"), text(&case, "path"));
        if names_an_irregular_part(pattern) {
            irregular.insert(pattern.to_owned());
        }
        let answer = Glob::new(pattern).matches(path);
        assert_eq!(
            answer.map(Value::from).as_ref(),
            Ok(&case["match"]),
            "{line}"
        );
    }
    assert!(!irregular.is_empty());
    for pattern in irregular {
        assert!(Glob::new(&pattern).automaton().is_err(), "{pattern}");
    }
}

#[test]
fn picomatch_and_the_engine_agree_on_random_patterns_and_values() {
    let cases = oracle::cases(20_000);
    let mut refused: BTreeMap<Unreproducible, usize> = BTreeMap::new();
    let mut disagreements = Vec::new();
    let mut glob = Glob::new("");
    let (mut compared, mut matching) = (0_usize, 0_usize);
    ask_picomatch("match", cases, |line, case| {
        let pattern = text(case, "pattern");
        if glob.pattern() != pattern {
            glob = Glob::new(pattern);
        }
        let path = text(case, "path");
        let automaton = glob.automaton().map(|automaton| automaton.matches(path));
        match (glob.matches(path), case.get("match")) {
            (Ok(answer), Some(expected))
                if answer == *expected && automaton.is_ok_and(|told| told != answer) =>
            {
                disagreements.push(format!("the automaton says {automaton:?}: {line}"));
            }
            (Ok(answer), Some(expected)) if answer == *expected => {
                compared += 1;
                matching += usize::from(answer);
            }
            (Err(Unreproducible::ServerFails), None) => compared += 1,
            (Err(reason @ Unreproducible::TooMuchWork), Some(_))
                if names_an_irregular_part(pattern) =>
            {
                *refused.entry(reason).or_default() += 1;
            }
            (Err(reason @ Unreproducible::ForeignGroupName), _) => {
                *refused.entry(reason).or_default() += 1;
            }
            (answer, _) => disagreements.push(format!("{answer:?}: {line}")),
        }
    });
    println!("{compared} compared, {matching} of them match; refused: {refused:?}");
    assert!(
        disagreements.is_empty(),
        "{} disagree:\n{}",
        disagreements.len(),
        first(&disagreements)
    );
    assert!(
        compared > cases * 9 / 10,
        "only {compared} of {cases} compared"
    );
}

#[test]
fn the_regular_expression_is_picomatch_s_own_to_the_letter() {
    let cases = oracle::cases(10_000);
    let mut differences = Vec::new();
    let mut compared = 0_usize;
    ask_picomatch("regex", cases, |line, case| {
        compared += 1;
        let ours = translation(text(case, "pattern"));
        let same = match (&ours, case.get("output").and_then(Value::as_str)) {
            (Ok(ours), Some(output)) => {
                let valid =
                    regex::parse(ours.source().as_slice()) != Err(regex::ParseError::Invalid);
                hexadecimal(&ours.output) == output
                    && ours.negated == case["negated"]
                    && valid == case["valid"]
            }
            (Err(Unreproducible::ServerFails), None) => true,
            _ => false,
        };
        if !same {
            let ours = ours.map(|ours| ours.source().to_string());
            differences.push(format!("{ours:?}: {line}"));
        }
    });
    println!("{compared} patterns compared");
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        first(&differences)
    );
    assert_eq!(compared, cases);
}

fn text<'c>(case: &'c Value, key: &str) -> &'c str {
    case[key]
        .as_str()
        .unwrap_or_else(|| panic!("no text `{key}` in {case}"))
}

fn first(lines: &[String]) -> String {
    lines
        .iter()
        .take(20)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n")
}

fn hexadecimal(units: &Units) -> String {
    let digits = |unit: &u16| [12, 8, 4, 0].map(|shift| u32::from(*unit) >> shift & 15);
    let digits = units.as_slice().iter().flat_map(digits);
    digits
        .filter_map(|digit| char::from_digit(digit, 16))
        .collect()
}

/// Runs picomatch and shows each of its lines to `compare`.
fn ask_picomatch(mode: &str, cases: usize, compare: impl FnMut(&str, &Value)) {
    let words = ["--mode", mode, "--count", &cases.to_string()];
    oracle::ask("glob_fuzz.mjs", 1, &words, compare);
}

/// Whether picomatch's regular expression for `pattern` has a back-reference, a word boundary or a
/// look-behind: told from its text, apart from the engine's parser.
fn names_an_irregular_part(pattern: &str) -> bool {
    let Ok(translation) = translation(pattern) else {
        return false;
    };
    let text: Vec<char> = translation.source().to_string().chars().collect();
    if regex::parse(translation.source().as_slice()) == Err(regex::ParseError::Invalid) {
        return false;
    }
    let (mut groups, mut named, mut numbers, mut found) = (0, false, Vec::new(), false);
    let (mut at, mut in_class, mut by_name) = (0, false, false);
    while let Some(char) = text.get(at) {
        let rest: String = text[at + 1..].iter().take(12).collect();
        match char {
            '\\' => {
                if !in_class {
                    found |= rest.starts_with(['b', 'B']);
                    by_name |= rest.starts_with('k');
                    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                    numbers.extend(
                        digits
                            .parse::<u64>()
                            .ok()
                            .filter(|_| !digits.starts_with('0')),
                    );
                }
                at += 1;
            }
            '[' if !in_class => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let behind = rest.starts_with("?<=") || rest.starts_with("?<!");
                let name = rest.starts_with("?<") && !behind;
                found |= behind;
                named |= name;
                groups += u64::from(name || !rest.starts_with('?'));
            }
            _ => {}
        }
        at += 1;
    }
    found || (by_name && named) || numbers.iter().any(|number| *number <= groups)
}
