//! Tries a pattern on the folders and secrets of the project and on texts of one's own, and says what
//! is easily taken for something else.

use std::collections::BTreeSet;

use reeve_domain::id::MemberId;
use reeve_domain::project::SecretName;
use reeve_policy::glob::{Glob, Unreproducible};

use crate::actor::facts;
use crate::error::DeedError;
use crate::preview_privilege::reach::literal_beginning;
use crate::reeve::Reeve;
use crate::review_role::filled_in;

/// At most so many folders or secrets of either kind are named.
const NAMED: usize = 60;

/// A pattern to be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlobQuestion {
    /// The pattern as it stands in the rule.
    pub pattern: String,
    /// The property that it is about: `secretPath` is tried on folders and what lies in them,
    /// `secretName` on the names of secrets.
    pub property: String,
    /// For whom templates in it are filled in.
    pub member: Option<MemberId>,
    /// Texts to try it on.
    pub texts: Vec<String>,
}

/// What a pattern matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlobTrial {
    /// The pattern with templates filled in.
    pub pattern: String,
    /// How many folders there are, each path counted once.
    pub folders: usize,
    /// How many of them match.
    pub matching: usize,
    /// Those that match, up to a number that can be read.
    pub matches: Vec<String>,
    /// Those that nearly match, each with what keeps it from it.
    pub near_misses: Vec<NearMiss>,
    /// The secrets that it is about; `None` if no names of secrets are known or it is about none.
    pub secrets: Option<SecretTrial>,
    /// Each text with whether it matches; `None` if that cannot be told.
    pub tried: Vec<(String, Option<bool>)>,
    /// The places around the beginning of the pattern, tried likewise.
    pub around: Vec<(String, Option<bool>)>,
    /// What to know about the pattern.
    pub pitfalls: Vec<String>,
    /// Why it cannot be told what it matches, if it cannot.
    pub unknown: Option<String>,
}

/// Which secrets a pattern reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretTrial {
    /// How many there are.
    pub known: usize,
    /// How many of them match.
    pub matching: usize,
    /// Those that match, up to a number that can be read.
    pub matches: Vec<SecretName>,
    /// Names that nearly match, each once.
    pub near_misses: Vec<NearMiss>,
}

/// A folder or name that nearly matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// Its path, or its name.
    pub path: String,
    /// What keeps it from matching.
    pub why: String,
}

impl Reeve {
    /// Tries the pattern of `question`.
    pub fn try_glob(&self, question: &GlobQuestion) -> Result<GlobTrial, DeedError> {
        let (places, member, secrets) = self.workspace()?.reader().read(|snapshot| {
            let member = match &question.member {
                Some(member) => snapshot.member(member)?,
                None => None,
            };
            Ok::<_, DeedError>((snapshot.places()?, member, snapshot.secret_names()?))
        })?;
        let pattern = filled_in(&question.pattern, member.as_ref().map(facts).as_ref());
        let paths: BTreeSet<&str> = places.folders.iter().map(|f| f.path.as_str()).collect();
        let mut trial = trial(&pattern, &paths, &question.texts);
        if trial.unknown.is_none() {
            trial.secrets = secret_trial(&pattern, &question.property, &secrets);
        }
        Ok(trial)
    }
}

fn trial(pattern: &str, paths: &BTreeSet<&str>, texts: &[String]) -> GlobTrial {
    let glob = Glob::new(pattern);
    let mut trial = GlobTrial {
        pattern: pattern.to_owned(),
        folders: paths.len(),
        matching: 0,
        matches: Vec::new(),
        near_misses: Vec::new(),
        secrets: None,
        tried: try_each(&glob, texts.iter().cloned()),
        around: try_each(&glob, around(pattern).into_iter()),
        pitfalls: glob.diagnoses().iter().map(ToString::to_string).collect(),
        unknown: None,
    };
    if pattern.contains("{{") {
        trial.unknown = Some("the template is filled in for each member; choose one".to_owned());
        return trial;
    }
    let near = Near::of(pattern);
    for path in paths {
        match glob.matches(path) {
            Ok(true) => {
                trial.matching += 1;
                if trial.matches.len() < NAMED {
                    trial.matches.push((*path).to_owned());
                }
            }
            Ok(false) => {
                if trial.near_misses.len() < NAMED {
                    trial.near_misses.extend(near.miss(path));
                }
            }
            Err(reason) => {
                trial.unknown = Some(reason.to_string());
                break;
            }
        }
    }
    trial
}

/// The trial on `secrets`, by what of them `property` is about.
fn secret_trial(pattern: &str, property: &str, secrets: &[SecretName]) -> Option<SecretTrial> {
    let about: fn(&SecretName) -> &str = match property {
        "secretPath" => |secret| &secret.path,
        "secretName" => |secret| &secret.name,
        _ => return None,
    };
    if secrets.is_empty() {
        return None;
    }
    let glob = Glob::new(pattern);
    let near = Near::of(pattern);
    let mut trial = SecretTrial {
        known: secrets.len(),
        matching: 0,
        matches: Vec::new(),
        near_misses: Vec::new(),
    };
    for secret in secrets {
        if glob.matches(about(secret)).unwrap_or(false) {
            trial.matching += 1;
            if trial.matches.len() < NAMED {
                trial.matches.push(secret.clone());
            }
        } else if property == "secretName"
            && trial.near_misses.len() < NAMED
            && !trial
                .near_misses
                .iter()
                .any(|miss| miss.path == secret.name)
        {
            trial.near_misses.extend(near.miss(&secret.name));
        }
    }
    Some(trial)
}

fn try_each(glob: &Glob, texts: impl Iterator<Item = String>) -> Vec<(String, Option<bool>)> {
    texts
        .map(|text| {
            let answer: Result<bool, Unreproducible> = glob.matches(&text);
            (text, answer.ok())
        })
        .collect()
}

/// The place where the pattern begins, what lies in it, and what only looks like it.
fn around(pattern: &str) -> Vec<String> {
    let base = literal_beginning(pattern);
    if !pattern.starts_with('/') || pattern.contains("{{") {
        return Vec::new();
    }
    let mut texts = vec![if base.is_empty() {
        "/".to_owned()
    } else {
        base.to_owned()
    }];
    texts.extend(["/a", "/a/b", "/.a"].map(|below| format!("{base}{below}")));
    if !base.is_empty() {
        texts.extend([format!("{base}/"), format!("{base}-old")]);
    }
    texts
}

/// Patterns that differ from one in a way that people often overlook.
struct Near {
    beginning: String,
    deeper: Option<Glob>,
    without_slash: Option<Glob>,
    in_lower_case: Glob,
    itself: Glob,
}

impl Near {
    fn of(pattern: &str) -> Self {
        let deeper = pattern.ends_with("/*").then(|| format!("{pattern}*"));
        let without_slash = pattern.strip_suffix('/');
        Self {
            beginning: literal_beginning(pattern).to_owned(),
            deeper: deeper.map(|pattern| Glob::new(&pattern)),
            without_slash: without_slash.map(Glob::new),
            in_lower_case: Glob::new(&pattern.to_lowercase()),
            itself: Glob::new(pattern),
        }
    }

    /// What keeps `path`, which does not match, from matching.
    fn miss(&self, path: &str) -> Option<NearMiss> {
        let is_matched = |glob: &Glob, path: &str| glob.matches(path).unwrap_or(false);
        let undotted = path.replace("/.", "/");
        let why = if undotted != path && is_matched(&self.itself, &undotted) {
            "a name that begins with a dot is passed over by wildcards".to_owned()
        } else if let Some(glob) = self.deeper.as_ref().filter(|glob| is_matched(glob, path)) {
            if path == self.beginning {
                format!(
                    "it is the folder itself; `{}` matches it too",
                    glob.pattern()
                )
            } else {
                format!("it lies deeper; `{}` matches it too", glob.pattern())
            }
        } else if let Some(glob) = self.without_slash.as_ref().filter(|g| is_matched(g, path)) {
            format!(
                "the pattern ends with a slash; `{}` matches it",
                glob.pattern()
            )
        } else if is_matched(&self.in_lower_case, &path.to_lowercase()) {
            "capital and small letters differ".to_owned()
        } else if self.beginning.len() > 1 && path.starts_with(&self.beginning) {
            "it begins alike".to_owned()
        } else {
            return None;
        };
        Some(NearMiss {
            path: path.to_owned(),
            why,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, path: &str, expected: &str) {
        let trial = trial(pattern, &BTreeSet::from([path]), &[]);
        let why: Vec<_> = trial.near_misses.iter().map(|miss| &*miss.why).collect();
        assert_eq!(why, [expected], "{pattern} on {path}");
    }

    #[test]
    fn a_near_miss_says_what_keeps_it_from_matching() {
        check(
            "/app/*",
            "/app/a/b",
            "it lies deeper; `/app/**` matches it too",
        );
        check(
            "/app/*",
            "/app",
            "it is the folder itself; `/app/**` matches it too",
        );
        check(
            "/app/**",
            "/app/.git",
            "a name that begins with a dot is passed over by wildcards",
        );
        check("/App/**", "/app/x", "capital and small letters differ");
        check("/app/**", "/app-old", "it begins alike");
    }

    #[test]
    fn secrets_are_matched_by_what_the_condition_is_about() {
        let secret = |path: &str, name: &str| SecretName {
            environment: "dev".into(),
            path: path.into(),
            name: name.into(),
            tags: Vec::new(),
        };
        let secrets = [
            secret("/app", "STRIPE_KEY"),
            secret("/app/api", "stripe_url"),
            secret("/data", "STRIPE_KEY"),
        ];
        let names = secret_trial("STRIPE_*", "secretName", &secrets).unwrap();
        assert_eq!((names.known, names.matching), (3, 2));
        let near: Vec<_> = names.near_misses.iter().map(|miss| &*miss.path).collect();
        assert_eq!(near, ["stripe_url"]);
        let paths = secret_trial("/app/**", "secretPath", &secrets).unwrap();
        assert_eq!(paths.matches, secrets[..2]);
        assert_eq!(secret_trial("*", "environment", &secrets), None);
        assert_eq!(secret_trial("*", "secretName", &[]), None);
    }

    #[test]
    fn what_is_far_is_no_near_miss() {
        let trial = trial(
            "/app/**",
            &BTreeSet::from(["/data", "/app/x"]),
            &["/app".into()],
        );
        assert_eq!(trial.near_misses, []);
        assert_eq!((trial.folders, trial.matching), (2, 1));
        assert_eq!(trial.tried, [("/app".to_owned(), Some(true))]);
    }
}
