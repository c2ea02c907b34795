//! Whether an answer could be another one because of what a pull could not see.
//!
//! It is asked of the judge: once more with the most, and once more with the least that what is hidden
//! can come to. If the answer stays, what is hidden cannot matter.

use reeve_analysis::Answer;
use reeve_domain::member::MemberKind;
use reeve_policy::assemble::{FolderTier, Grant};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{Outcome, UnknownReason};
use reeve_store::snapshot::Snapshot;

use super::extremes::{asks_for_metadata, extremes};
use super::{Asked, Case};
use crate::error::DeedError;
use crate::pull::link::read_last_pull;
use crate::pull::unseen::{Unseen, UnseenKind};

/// What the last pull could not see of whoever is asked about.
pub(super) fn unseen_of(snapshot: &Snapshot, asked: &Asked) -> Result<Vec<UnseenKind>, DeedError> {
    let unseen = unseen(snapshot)?;
    let clouds = |unseen: &&Unseen| match asked {
        Asked::Member(member) => unseen.clouds(member),
        // A role counts as a group does: only its own rules can be hidden.
        Asked::Role(_) => unseen.kind.clouds(MemberKind::Group),
        Asked::Rules => false,
    };
    Ok(unseen
        .iter()
        .filter(clouds)
        .map(|unseen| unseen.kind)
        .collect())
}

/// What the last pull could not see, and what nobody here knows of what it saw.
pub(crate) fn unseen(snapshot: &Snapshot) -> Result<Vec<Unseen>, DeedError> {
    let pull = read_last_pull(snapshot)?;
    let mut unseen = pull.map(|pull| pull.unseen).unwrap_or_default();
    let levels = |unseen: &Unseen| unseen.kind == UnseenKind::FolderLevels;
    if !unseen.iter().any(levels) {
        unseen.extend(unknown_levels(snapshot)?);
    }
    Ok(unseen)
}

/// Folder grants that give nobody knows what: a local duplicate has them without a pull.
fn unknown_levels(snapshot: &Snapshot) -> Result<Option<Unseen>, DeedError> {
    let whom = snapshot.with_other_tiers(&FolderTier::ALL.map(FolderTier::as_wire))?;
    Ok((!whom.is_empty()).then(|| Unseen {
        kind: UnseenKind::FolderLevels,
        of: u64::try_from(whom.len()).ok(),
        whom: whom.into_iter().collect(),
        why: "they give what this Reeve does not know".to_owned(),
        remedy: "The server may be newer than Reeve. Update Reeve.".to_owned(),
    }))
}

/// Those of `unseen` that can matter to what `grants` allow.
pub(crate) fn that_matter<'a>(
    unseen: &[UnseenKind],
    grants: impl Iterator<Item = &'a Grant> + Clone,
) -> Vec<UnseenKind> {
    let mut matter = unseen.to_vec();
    // Admins have none of their folder grants.
    if grants.clone().any(|grant| grant.source.is_admin()) {
        matter.retain(|kind| !kind.is_folder_grants());
    }
    if unseen.iter().any(|kind| kind.is_metadata())
        && !grants
            .flat_map(|grant| grant.rules.iter())
            .any(asks_for_metadata)
    {
        matter.retain(|kind| !kind.is_metadata());
    }
    matter
}

/// What is hidden of somebody.
#[derive(Debug)]
pub(crate) struct Clouds {
    /// What could not be pulled.
    pub to_blame: Vec<UnseenKind>,
    /// The rules with the most and with the least that it can come to.
    pub extremes: [CompiledRules; 2],
}

/// Whether an answer stands, whatever is hidden: `answers` are the one by what was seen and those at
/// the extremes. What is unknown for another reason does not become less known.
pub(crate) fn stands(answers: &[Answer]) -> bool {
    match answers {
        [] | [Answer::Unknown, ..] => true,
        [seen, extremes @ ..] => extremes.iter().all(|answer| answer == seen),
    }
}

impl Case {
    /// What could not be pulled of whoever is asked about and can matter to what they may do.
    pub(crate) fn unseen_that_matter(&self) -> Vec<UnseenKind> {
        let grants = self.holder.grants.iter();
        that_matter(
            &self.unseen,
            grants.filter(|grant| grant.lifetime.is_active(self.at)),
        )
    }

    /// `outcome`, or that it cannot be known, with what is to blame.
    pub(super) fn as_far_as_seen(
        &self,
        outcome: Outcome,
        cache: &mut CompileCache,
        ask: impl Fn(&CompiledRules) -> Outcome,
    ) -> (Outcome, Vec<UnseenKind>) {
        if matches!(outcome, Outcome::Unknown(_)) {
            return (outcome, Vec::new());
        }
        match self.clouds(cache) {
            Some(clouds) if clouds.extremes.iter().any(|rules| ask(rules) != outcome) => {
                let not_seen = Outcome::Unknown(UnknownReason::NotSeen);
                (not_seen, clouds.to_blame)
            }
            _ => (outcome, Vec::new()),
        }
    }

    /// What is hidden of whoever is asked about; nothing if nothing hidden can matter.
    pub(crate) fn clouds(&self, cache: &mut CompileCache) -> Option<Clouds> {
        let to_blame = self.unseen_that_matter();
        if to_blame.is_empty() {
            return None;
        }
        let extremes = extremes(&to_blame, self.edition, &self.holder.grants);
        let extremes = extremes.map(|grants| {
            let mut case = self.clone();
            case.holder.grants = grants;
            compile(&case.active_at(case.at), cache)
        });
        Some(Clouds { to_blame, extremes })
    }
}
