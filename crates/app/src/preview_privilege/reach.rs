//! Which existing folders a condition on a path covers. The globs are matched by the judge's own
//! engine.

use std::collections::BTreeSet;

use reeve_domain::condition::Operator;
use reeve_policy::glob::Glob;
use reeve_store::place::Places;

use super::PrivilegeDraft;

const EXAMPLES: usize = 5;
const NEAR_MISSES: usize = 3;

/// Which existing folders a glob on `secretPath` covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderReach {
    /// Path of the condition in the draft, such as `policies.0.conditions.1`.
    pub field: String,
    /// How many folders there are, each path counted once.
    pub folders: usize,
    /// How many of them match.
    pub matching: usize,
    /// Some that match.
    pub examples: Vec<String>,
    /// Some that begin alike and do not match.
    pub near_misses: Vec<String>,
    /// Why it cannot be told, if it cannot.
    pub unknown: Option<String>,
}

pub(super) fn reaches(draft: &PrivilegeDraft, places: &Places) -> Vec<FolderReach> {
    let paths: BTreeSet<&str> = places.folders.iter().map(|f| f.path.as_str()).collect();
    let mut reaches = Vec::new();
    for (index, policy) in draft.policies.iter().enumerate() {
        for (at, condition) in policy.conditions.iter().enumerate() {
            let is_path_glob =
                condition.property.as_str() == "secretPath" && condition.operator == Operator::Glob;
            let pattern = condition.values.first().filter(|value| !value.is_empty());
            if let Some(pattern) = pattern
                && is_path_glob
            {
                let field = format!("policies.{index}.conditions.{at}");
                reaches.push(reach(field, pattern, &paths));
            }
        }
    }
    reaches
}

/// Which of `paths` the pattern covers.
pub(crate) fn reach(field: String, pattern: &str, paths: &BTreeSet<&str>) -> FolderReach {
    let mut reach = FolderReach {
        field,
        folders: paths.len(),
        matching: 0,
        examples: Vec::new(),
        near_misses: Vec::new(),
        unknown: None,
    };
    if pattern.contains("{{") {
        reach.unknown = Some("the template is filled in for each member".into());
        return reach;
    }
    let glob = Glob::new(pattern);
    let beginning = literal_beginning(pattern);
    for path in paths {
        match glob.matches(path) {
            Ok(true) => {
                reach.matching += 1;
                if reach.examples.len() < EXAMPLES {
                    reach.examples.push((*path).to_owned());
                }
            }
            Ok(false) => {
                let begins_alike = beginning.len() > 1 && path.starts_with(beginning);
                if begins_alike && reach.near_misses.len() < NEAR_MISSES {
                    reach.near_misses.push((*path).to_owned());
                }
            }
            Err(reason) => {
                reach.unknown = Some(reason.to_string());
                break;
            }
        }
    }
    reach
}

/// What stands before the first special character, without a slash at its end.
pub(crate) fn literal_beginning(pattern: &str) -> &str {
    let end = pattern
        .find([
            '*', '?', '[', ']', '{', '}', '(', ')', '!', '+', '@', '|', '\\',
        ])
        .unwrap_or(pattern.len());
    pattern.get(..end).unwrap_or_default().trim_end_matches('/')
}
