//! Any pattern is compiled and matched with any value without a panic, in bounded time, and twice
//! with the same answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reeve_policy::glob::Glob;

fuzz_target!(|case: (&str, &str)| {
    let (pattern, value) = case;
    let glob = Glob::new(pattern);
    let answer = glob.matches(value);
    assert_eq!(answer, glob.matches(value));
    if !value.is_empty() && pattern == value && answer.is_ok() {
        assert_eq!(answer, Ok(true), "a pattern matches itself");
    }
    let _ = glob.diagnoses();
    let _ = glob.automaton();
});
