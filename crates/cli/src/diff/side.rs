//! One of two sets of rules: from a file, a role or a member.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_app::clock::{Clock as _, SystemClock};
use reeve_app::compiled_rules::Holder;
use reeve_app::reeve::Reeve;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::Semantics;
use reeve_domain::rule::Rule;
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};

use crate::args;
use crate::check::member::member_named;
use crate::error::CliError;
use crate::files::rules_of;

/// One of two sets of rules.
pub struct Side {
    /// What it is, as it was given.
    pub name: String,
    /// The rules.
    pub rules: CompiledRules,
    /// Numbers of rules that the server would not take as they are.
    pub odd_rules: Vec<usize>,
    /// The instant for which they count, if that matters.
    pub at: Option<DateTime<Utc>>,
    /// How they are ordered, if that was said.
    pub profile: Option<args::Profile>,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// A.
    First,
    /// B.
    Second,
}

/// The set of rules that `named` names.
pub fn side(
    named: &str,
    arguments: &args::Diff,
    workspace: Option<&Reeve>,
    which: Which,
) -> Result<Side, CliError> {
    let is_second = which == Which::Second;
    let profile = arguments.profile_b.filter(|_| is_second);
    let at = arguments.at_b.filter(|_| is_second).or(arguments.at);
    let mut side = Side {
        name: named.to_owned(),
        rules: compiled(&[], Semantics::ForbidWins, DateTime::UNIX_EPOCH),
        odd_rules: Vec::new(),
        at: None,
        profile: profile.or(arguments.profile),
    };
    let semantics = side.profile.map(args::Profile::semantics);
    let now = at.unwrap_or_else(|| SystemClock.now());
    let holder = match (named.split_once(':'), workspace) {
        (Some(("role", slug)), Some(reeve)) => Some(role(reeve, slug)?),
        (Some(("member", who)), Some(reeve)) => {
            Some(Holder::Member(member_named(reeve, who, now)?))
        }
        (Some(("member", _)), None) => {
            return Err(CliError::Argument(format!(
                "`{named}` is in a workspace; name it with `--workspace`"
            )));
        }
        _ => None,
    };
    if let (Some(holder), Some(reeve)) = (&holder, workspace) {
        side.at = Some(now);
        side.rules = reeve
            .compiled_rules(holder, semantics, now)
            .map_err(CliError::Deed)?;
        return Ok(side);
    }
    let semantics = match (semantics, workspace) {
        (Some(semantics), _) => semantics,
        (None, Some(reeve)) => reeve.project().map_err(CliError::Deed)?.semantics,
        (None, None) => Semantics::ForbidWins,
    };
    if let Some(("role", slug)) = named.split_once(':') {
        let known = predefined_role(arguments.catalogue.edition(), slug).ok_or_else(|| {
            CliError::Argument(format!(
                "there is no predefined role `{slug}`; for a custom role name its `--workspace`"
            ))
        })?;
        side.rules = compiled(&known.rules, semantics, now);
        return Ok(side);
    }
    let (rules, problems) = rules_of(Path::new(named))?;
    side.odd_rules = problems.iter().map(|problem| problem.rule + 1).collect();
    side.rules = compiled(&rules, semantics, now);
    Ok(side)
}

/// The role of the workspace with this slug or id.
fn role(reeve: &Reeve, slug: &str) -> Result<Holder, CliError> {
    let roles = reeve.list_roles().map_err(CliError::Deed)?;
    let is_named = |role: &reeve_domain::role::Role| role.slug == slug || role.id.as_str() == slug;
    let found = roles.into_iter().find(|summary| is_named(&summary.role));
    found
        .map(|summary| Holder::Role(summary.role.id))
        .ok_or_else(|| CliError::Argument(format!("there is no role `{slug}`")))
}

fn compiled(rules: &[Rule], semantics: Semantics, at: DateTime<Utc>) -> CompiledRules {
    let grant = Grant {
        source: Source::AdHoc {
            label: Arc::from("the rules"),
        },
        lifetime: Lifetime::Permanent,
        rules: rules.into(),
    };
    let assembly = assemble_as_written(&[grant], semantics, at);
    compile(&assembly, &mut CompileCache::new())
}
