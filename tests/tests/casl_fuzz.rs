//! The judge against the server's own libraries, on random rules and requests.
//!
//! `REEVE_FUZZ_CASES` sets the number of decisions, `REEVE_FUZZ_SEED` the seed.

use std::collections::BTreeMap;

use reeve_domain::project::Semantics;
use reeve_policy::decide::{Outcome, decide, outcome, who_can};
use reeve_tests::judge::{compile_list, outcome_word, request_of};
use reeve_tests::oracle;

/// Requests asked of each list of rules.
const PER_LIST: usize = 25;

fn expected(letter: char) -> &'static str {
    match letter {
        'A' => "allowed",
        'D' => "denied",
        _ => "error",
    }
}

#[test]
fn the_judge_and_the_library_agree_on_random_rules() {
    let cases = oracle::cases(30_000);
    let lists = cases.div_ceil(PER_LIST).to_string();
    let words = ["--count", &lists, "--per", &PER_LIST.to_string()];
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    oracle::ask("casl_fuzz.mjs", 20_260_224, &words, |_, case| {
        let rules = compile_list(&case["rules"], Semantics::LastMatch);
        let requests = case["requests"].as_array().unwrap();
        for (request, letter) in requests
            .iter()
            .zip(case["answers"].as_str().unwrap().chars())
        {
            let asked = request_of(request);
            let answer = outcome(&rules, &asked);
            *counts.entry(outcome_word(answer)).or_default() += 1;
            let traced = decide(&rules, &asked).outcome;
            let among_many = who_can(&asked, [&rules])[0];
            let agrees =
                matches!(answer, Outcome::Unknown(_)) || outcome_word(answer) == expected(letter);
            if !agrees || traced != answer || among_many != answer {
                wrong.push(format!(
                    "{answer:?} (with reasons {traced:?}, among many {among_many:?}), library \
                     {letter}\n  {}\n  {request}",
                    case["rules"]
                ));
            }
        }
    });
    println!("{counts:?}, {} wrong", wrong.len());
    let asked: usize = counts.values().sum();
    assert!(asked >= cases, "only {asked} decisions");
    wrong.truncate(12);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unknown = counts.get("unknown").copied().unwrap_or_default();
    assert!(unknown * 100 <= asked, "{unknown} of {asked} unknown");
}
