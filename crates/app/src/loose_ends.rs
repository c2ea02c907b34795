//! What hangs loose in a project: groups that nobody is in, members all of whose roles end, and rules
//! about environments or folders that the project does not have.

use std::collections::{BTreeSet, HashMap};

use reeve_domain::condition::Operator;
use reeve_domain::role::{Role, RoleKind};
use reeve_domain::rule::Rule;
use reeve_policy::glob::Glob;
use reeve_policy::read::rules_from_text;
pub use reeve_store::loose_end::{Found, OnlyTimed, PrivilegeRef};
use reeve_store::member::MemberRef;
use reeve_store::place::Places;
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::review_role::{each_operand, texts};

/// How many of each kind are listed.
const LISTED: usize = 50;

/// What hangs loose.
#[derive(Debug, Clone)]
pub struct LooseEnds {
    /// Groups that nobody is in, by name.
    pub empty_groups: Found<MemberRef>,
    /// Members with roles, none of them permanent; whose last role ends first comes first.
    pub only_timed: Found<OnlyTimed>,
    /// Roles and privileges with rules about places that the project does not have: roles by name,
    /// then privileges in the order they were given.
    pub nowhere: Found<Nowhere>,
}

/// A role or privilege with rules about places that the project does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nowhere {
    /// Which role or privilege.
    pub holder: Holder,
    /// The first such place, in a sentence.
    pub sentence: String,
    /// How many of its rules are about such a place.
    pub rules: usize,
}

/// Whose rules they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A custom role's.
    Role(Role),
    /// An additional privilege's.
    Privilege(PrivilegeRef),
}

impl Reeve {
    /// What hangs loose.
    pub fn loose_ends(&self) -> Result<LooseEnds, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            Ok(LooseEnds {
                empty_groups: snapshot.empty_groups(LISTED)?,
                only_timed: snapshot.only_timed(LISTED)?,
                nowhere: nowhere(snapshot)?,
            })
        })
    }
}

/// What is wrong with a list of rules: the first sentence, and how many rules it concerns.
type Finding = Option<(String, usize)>;

fn nowhere(snapshot: &Snapshot) -> Result<Found<Nowhere>, DeedError> {
    let places = snapshot.places()?;
    let mut ground = Ground::new(&places);
    let mut rows = Vec::new();
    for row in snapshot.roles()? {
        if row.role.kind == RoleKind::Custom
            && let Some((sentence, rules)) = ground.look(&row.role.rules)
        {
            rows.push(Nowhere {
                holder: Holder::Role(row.role),
                sentence,
                rules,
            });
        }
    }
    // Thousands hold the same rules: each text is read once.
    let mut known: HashMap<Box<str>, Finding> = HashMap::new();
    let mut found = Vec::new();
    let mut count = rows.len() as u64;
    snapshot.each_privilege_rules(|seat, text| {
        let finding = match known.get(text) {
            Some(finding) => finding,
            None => known
                .entry(text.into())
                .or_insert_with(|| ground.look(text)),
        };
        if let Some((sentence, rules)) = finding {
            count += 1;
            if found.len() < LISTED {
                found.push((seat, sentence.clone(), *rules));
            }
        }
    })?;
    let seats: Vec<_> = found.iter().map(|(seat, ..)| *seat).collect();
    let privileges = snapshot.privileges_at(&seats)?;
    let privileges = privileges.into_iter().zip(found);
    rows.extend(privileges.map(|(privilege, (_, sentence, rules))| Nowhere {
        holder: Holder::Privilege(privilege),
        sentence,
        rules,
    }));
    rows.truncate(LISTED);
    Ok(Found { rows, count })
}

/// The places that there are, to hold rules against.
struct Ground<'p> {
    environments: BTreeSet<&'p str>,
    /// Paths, each with the environments that have it.
    folders: HashMap<&'p str, BTreeSet<&'p str>>,
    /// Which environments have a folder that a pattern matches.
    patterns: HashMap<String, BTreeSet<&'p str>>,
}

impl<'p> Ground<'p> {
    fn new(places: &'p Places) -> Self {
        let environments: BTreeSet<&str> = places
            .environments
            .iter()
            .map(|one| one.slug.as_str())
            .collect();
        let mut folders: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        // Every environment has a root, whether it is stored or not.
        folders.insert("/", environments.clone());
        for folder in &places.folders {
            let those = folders.entry(folder.path.as_str()).or_default();
            those.insert(folder.environment.as_str());
        }
        Self {
            environments,
            folders,
            patterns: HashMap::new(),
        }
    }

    /// What is wrong with the rules in `text`. What is no list of rules has no places.
    fn look(&mut self, text: &str) -> Finding {
        let (rules, _) = rules_from_text(text).ok()?;
        let mut first = None;
        let mut count = 0;
        for rule in &rules {
            if let Some(sentence) = self.lost(rule) {
                count += 1;
                first.get_or_insert(sentence);
            }
        }
        first.map(|sentence| (sentence, count))
    }

    /// The place that `rule` is about and the project does not have. Templates stand for what each
    /// member has, and what a rule leaves out it does not name.
    fn lost(&mut self, rule: &Rule) -> Option<String> {
        let mut environments: Vec<String> = Vec::new();
        let mut paths: Vec<(String, bool)> = Vec::new();
        each_operand(
            std::slice::from_ref(rule),
            |_, property, operator, operand| {
                let is_literal = matches!(operator, Operator::Eq | Operator::In);
                let is_pattern = *operator == Operator::Glob;
                for value in
                    texts(operand).filter(|value| !value.is_empty() && !value.contains("{{"))
                {
                    match property {
                        "environment" if is_literal => environments.push(value.to_owned()),
                        "secretPath" if is_literal || is_pattern => {
                            paths.push((value.to_owned(), is_pattern));
                        }
                        _ => {}
                    }
                }
            },
        );
        let gone = environments
            .iter()
            .find(|slug| !self.environments.contains(slug.as_str()));
        if let Some(slug) = gone {
            return Some(format!("the project has no environment `{slug}`"));
        }
        paths.iter().find_map(|(path, is_pattern)| {
            let having = if *is_pattern {
                self.matched(path)
            } else {
                self.folders.get(path.as_str()).cloned().unwrap_or_default()
            };
            let is_there = if environments.is_empty() {
                !having.is_empty()
            } else {
                environments
                    .iter()
                    .any(|slug| having.contains(slug.as_str()))
            };
            (!is_there).then(|| {
                let what = if *is_pattern {
                    format!("no folder matches `{path}`")
                } else {
                    format!("there is no folder `{path}`")
                };
                match environments.as_slice() {
                    [] => what,
                    [slug] => format!("{what} in `{slug}`"),
                    _ => format!("{what} in the environments it names"),
                }
            })
        })
    }

    /// The environments with a folder that `pattern` matches; all, if that cannot be told.
    fn matched(&mut self, pattern: &str) -> BTreeSet<&'p str> {
        if let Some(known) = self.patterns.get(pattern) {
            return known.clone();
        }
        let glob = Glob::new(pattern);
        let mut having = BTreeSet::new();
        for (path, environments) in &self.folders {
            if glob.matches(path).unwrap_or(true) {
                having.extend(environments.iter().copied());
            }
        }
        self.patterns.insert(pattern.to_owned(), having.clone());
        having
    }
}

#[cfg(test)]
mod tests {
    use reeve_domain::project::{Environment, Folder};

    use super::*;

    fn places() -> Places {
        let environment = |slug: &str| Environment {
            slug: slug.into(),
            name: slug.to_owned(),
        };
        let folder = |environment: &str, path: &str| Folder {
            environment: environment.into(),
            path: path.to_owned(),
        };
        Places {
            environments: vec![environment("dev"), environment("prod")],
            folders: vec![folder("dev", "/api"), folder("prod", "/db/eu")],
            tags: Vec::new(),
        }
    }

    #[track_caller]
    fn check(conditions: &str, expected: Option<&str>) {
        let text = format!(
            r#"[{{"subject": "secrets", "action": ["readValue"], "conditions": {conditions}}}]"#
        );
        let places = places();
        let found = Ground::new(&places).look(&text);
        assert_eq!(found.as_ref().map(|(words, _)| words.as_str()), expected);
    }

    #[test]
    fn a_place_that_is_there_is_no_finding() {
        check("{}", None);
        check(r#"{"environment": "prod"}"#, None);
        check(r#"{"environment": "dev", "secretPath": "/"}"#, None);
        check(
            r#"{"environment": {"$in": ["dev", "prod"]}, "secretPath": "/api"}"#,
            None,
        );
        check(
            r#"{"environment": "prod", "secretPath": {"$glob": "/db/**"}}"#,
            None,
        );
        check(r#"{"secretPath": "/{{identity.metadata.team}}"}"#, None);
        check(r#"{"environment": {"$ne": "gone"}}"#, None);
    }

    #[test]
    fn a_place_that_is_gone_is_named() {
        check(
            r#"{"environment": {"$in": ["dev", "old"]}}"#,
            Some("the project has no environment `old`"),
        );
        check(
            r#"{"environment": "prod", "secretPath": "/api"}"#,
            Some("there is no folder `/api` in `prod`"),
        );
        check(
            r#"{"secretPath": {"$glob": "/old/*"}}"#,
            Some("no folder matches `/old/*`"),
        );
    }

    #[test]
    fn rules_that_cannot_be_read_are_about_no_place() {
        let places = places();
        assert_eq!(Ground::new(&places).look("no rules"), None);
        assert_eq!(Ground::new(&places).look("{}"), None);
    }
}
