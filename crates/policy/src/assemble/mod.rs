//! Gathers the rules that count for one actor at one instant, in the order the server uses.
//!
//! This module knows which grants are active, how the server orders and expands them, and that
//! templates are rendered over the whole list. It does not match anything.
//!
//! Order of concatenation. Servers whose Forbids win: roles of the actor, additional privileges,
//! roles through groups; within each, as given. Servers before that (last match decides): roles of
//! the actor, roles through groups, additional privileges. Folder grants come last in both.

mod arrange;
mod fill_in;
mod folder;
mod source;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::{Lifetime, Standing};
use reeve_domain::member::MemberKind;
use reeve_domain::project::Semantics;
use reeve_domain::rule::Rule;
use reeve_domain::value::Object;

pub(crate) use arrange::replaced_action;
pub use arrange::{is_templated, legacy_action};
pub use fill_in::{FilledRule, filled_in};
pub use folder::{FolderTier, folder_rules};
pub use source::{ADMIN, Source, Through};

use crate::template::{TemplateFault, UnresolvedReason};

/// What the server knows about the actor when it fills in templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorFacts {
    /// `{{identity.id}}`: the id of the user or of the machine identity.
    pub id: MemberId,
    /// What the actor is.
    pub kind: MemberKind,
    /// `{{identity.username}}`: what a user signs in with, the name of a machine identity.
    pub username: String,
    /// `{{identity.metadata.…}}`: keys and values; a later value of the same key counts.
    pub metadata: Vec<(String, String)>,
    /// `{{identity.auth.…}}`: what the actor's token says.
    pub auth: Auth,
}

/// What the token of an actor says about how it signed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Auth {
    /// The request carries nothing, as for users: templates on it render to nothing.
    #[default]
    Absent,
    /// The claims, as the server holds them: `{"oidc": {"claims": {…}}, …}`.
    Known(Object),
    /// Nobody told. What depends on it is unknown, not empty. Only the conditions that use it are
    /// taken for unknown; a token that breaks the JSON of the rules, on which the server would
    /// answer every request with an error, is not reckoned with.
    Unknown,
}

/// Rules that an actor has from one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Where they come from.
    pub source: Source,
    /// How long they count.
    pub lifetime: Lifetime,
    /// The rules, shared between all who have the same role.
    pub rules: Arc<[Rule]>,
}

/// The rules that count for one actor at one instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Assembly {
    /// How the server orders rules.
    pub semantics: Semantics,
    /// The instant.
    pub now: DateTime<Utc>,
    /// The grants that count, arranged.
    pub active: Arrangement,
    /// The grants that do not count, each with what would count if it did.
    pub inactive: Vec<InactiveGrant>,
    /// What is odd about the grants as a whole.
    pub problems: Vec<AssemblyProblem>,
    /// Whether templates were left as they are written, so that each actor may have other rules.
    pub as_written: bool,
}

/// Grants in the server's order, with templates filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrangement {
    /// The grants in order of concatenation; folder grants last.
    pub grants: Vec<ArrangedGrant>,
    /// Set if filling in templates moved rules across grants: the rules as one list, in the order
    /// in which they are read, already sorted. The grants then only say where rules came from.
    pub merged: Option<Merged>,
    /// Templates that had no value, in order.
    pub unresolved: Vec<UnresolvedTemplate>,
    /// Set if the server cannot use these rules at all.
    pub fault: Option<TemplateFault>,
}

/// One grant in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrangedGrant {
    /// Where the rules come from.
    pub source: Source,
    /// How long they count.
    pub lifetime: Lifetime,
    /// The rules with templates filled in; the same list as in the grant if it has none.
    pub rules: Arc<[Rule]>,
    /// Whether templates were filled in, so that the rules are this actor's own.
    pub rendered: bool,
    /// Conditions whose value nobody told: position of the rule, name of the property.
    pub doubtful: Vec<(usize, String)>,
}

/// All rules as one list.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The rules in the order in which the server holds them.
    pub rules: Arc<[Rule]>,
    /// For each rule the grant it came from and its position there; `None` if rendering changed the
    /// number of rules, so that nobody can say.
    pub origins: Vec<Option<(usize, usize)>>,
}

/// A grant that does not count.
#[derive(Debug, Clone, PartialEq)]
pub struct InactiveGrant {
    /// Where the rules come from.
    pub source: Source,
    /// Why it does not count.
    pub standing: Standing,
    /// What would count if it did: all active grants and this one.
    pub alternative: Arrangement,
    /// Its position among the grants of the alternative.
    pub position: usize,
}

/// A template that had no value to put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnresolvedTemplate {
    /// Where the rule comes from; `None` if the rules were merged and nobody can say.
    pub source: Option<Source>,
    /// The position of the rule in its source.
    pub rule: usize,
    /// What the template asks for, such as `identity.metadata.team`.
    pub path: String,
    /// What became of it.
    pub reason: UnresolvedReason,
}

/// What is odd about an actor's grants as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssemblyProblem {
    /// The actor has privileges but no role at all, not even an ended one. The server then does not
    /// take it for a member of the project and refuses everything, so the privileges are left out.
    NotAMember,
    /// Servers with the old order have no folder grants, so this one was left out.
    FolderGrantLeftOut(Source),
    /// An `admin` has folder grants; servers do not fetch them for admins, so it was left out.
    FolderGrantOfAdmin(Source),
}

/// One rule in the server's order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrderedRule<'a> {
    /// The rule, with templates filled in.
    pub rule: &'a Rule,
    /// Where it comes from, if that is certain.
    pub source: Option<&'a Source>,
    /// Its position in its source.
    pub position: usize,
}

/// Gathers what counts for `actor` at `now` on a server with these semantics.
///
/// `grants` are taken in the order given within each kind of source; see the module for the order
/// between kinds.
pub fn assemble(
    actor: &ActorFacts,
    grants: &[Grant],
    semantics: Semantics,
    now: DateTime<Utc>,
) -> Assembly {
    gather(Some(actor), grants, semantics, now, Inactive::Told)
}

/// As [`assemble`], without looking into what does not count: for answers without reasons. All
/// grants are needed all the same, since who has an ended role is still a member.
pub fn assemble_active(
    actor: &ActorFacts,
    grants: &[Grant],
    semantics: Semantics,
    now: DateTime<Utc>,
) -> Assembly {
    gather(Some(actor), grants, semantics, now, Inactive::Ignored)
}

/// As [`assemble`], with templates left as they are written: for questions about rules themselves.
pub fn assemble_as_written(grants: &[Grant], semantics: Semantics, now: DateTime<Utc>) -> Assembly {
    gather(None, grants, semantics, now, Inactive::Told)
}

/// What becomes of grants that do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inactive {
    Told,
    Ignored,
}

fn gather(
    actor: Option<&ActorFacts>,
    grants: &[Grant],
    semantics: Semantics,
    now: DateTime<Utc>,
    inactive: Inactive,
) -> Assembly {
    let (usable, problems) = arrange::usable_grants(grants, semantics, now);
    let active: Vec<&Grant> = usable
        .iter()
        .copied()
        .filter(|grant| grant.lifetime.is_active(now))
        .collect();
    let inactive = usable
        .iter()
        .filter(|grant| inactive == Inactive::Told && !grant.lifetime.is_active(now))
        .map(|grant| arrange::alternative(actor, &usable, grant, semantics, now))
        .collect();
    Assembly {
        semantics,
        now,
        active: arrange::arrange(actor, &active, semantics),
        inactive,
        problems,
        as_written: actor.is_none(),
    }
}

impl Assembly {
    /// The active rules in the order in which the server holds them: the last that applies decides.
    /// The legacy actions that the server adds to Forbids are not spelled out here.
    pub fn ordered(&self) -> Vec<OrderedRule<'_>> {
        self.active.ordered(self.semantics)
    }
}
