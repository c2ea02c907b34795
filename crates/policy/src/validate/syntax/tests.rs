//! Whether texts are readable, and whether their templates are let in.

use super::*;

#[track_caller]
fn says(text: &str, expected: Result<(), TemplateFlaw>) {
    assert_eq!(check(text), expected, "{text}");
}

#[test]
fn a_name_of_the_identity_or_the_helper_is_let_in() {
    for text in [
        "plain",
        "{a,b}",
        "/{{identity.metadata.team}}/x",
        "{{~identity.id~}}",
        "{{ identity.metadata.[cost center] }}",
        "{{not_identity.id}}",
        "{{../identity.id}}",
        "{{@identity.id}}",
        "{{identity.id 'x' (y 1) z=2}}",
        "{{stripPrefix (identity.id) 'a'}}",
        "{{stripPrefix}}",
        "\\\\{{identity.id}}",
        "\\{{whatever",
    ] {
        says(text, Ok(()));
    }
}

#[test]
fn anything_else_that_is_readable_is_refused() {
    for text in [
        "{{secret.value}}",
        "{{identity}}",
        "{{{identity.id}}}",
        "{{&identity.id}}",
        "{{*identity.id}}",
        "{{! identity.id }}",
        "{{!-- identity.id }} --}}",
        "{{true}}",
        "{{'identity.id'}}",
        "{{replace identity.id 'a' 'b'}}",
        "{{#if identity.id}}x{{else if y}}z{{else}}{{/if}}",
        "{{^identity.id}}x{{else}}{{/identity.id}}",
        "{{> identity.id}}",
        "{{#> (identity.id)}}{{/undefined}}",
        "{{#each identity.id as |a b|}}{{/each}}",
        "{{{{raw}}}} {{x {{{{/raw}}}}",
        "{{#1}}{{/01}}",
    ] {
        says(text, Err(TemplateFlaw::NotAllowed));
    }
}

#[test]
fn what_the_language_cannot_read_is_refused_as_such() {
    for text in [
        "{{",
        "{{identity.id",
        "{{a,b}}",
        "{{identity.metadata.0}}",
        "{{^}}",
        "{{else}}",
        "{{{identity.id}}",
        "{{identity.id}}}",
        "{{#if x}}",
        "{{#if x}}{{/unless}}",
        "{{/if}}",
        "{{#if x}}{{else}}{{else}}{{/if}}",
        "{{{{raw}}}}",
        "{{identity.id/../x}}",
        "{{identity.id a=}}",
        "{{identity.id a=1 b}}",
        "{{identity.id (x}}",
        "{{#each x as ||}}{{/each}}",
        "{{ok}} then {{",
    ] {
        says(text, Err(TemplateFlaw::DoesNotParse));
    }
}

#[test]
fn nesting_has_no_limit() {
    let deep = 200_000;
    let calls = format!(
        "{{{{identity.id {}{}}}}}",
        "(a ".repeat(deep),
        ")".repeat(deep)
    );
    says(&calls, Ok(()));
    let blocks = format!("{}{}", "{{#a}}".repeat(deep), "{{/a}}".repeat(deep));
    says(&blocks, Err(TemplateFlaw::NotAllowed));
}
/// What the real library says of random texts; `tests/oracle/template-syntax.mjs` makes them.
#[test]
fn the_real_library_says_the_same() {
    let vectors = include_str!("../../../../../tests/vectors/template-syntax.jsonl");
    let mut lines = 0;
    for line in vectors.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let expected = match case["verdict"].as_str().unwrap() {
            "ok" => Ok(()),
            "parse" => Err(TemplateFlaw::DoesNotParse),
            "refused" => Err(TemplateFlaw::NotAllowed),
            other => panic!("{other}"),
        };
        says(case["text"].as_str().unwrap(), expected);
        lines += 1;
    }
    assert_eq!(lines, 900);
}
