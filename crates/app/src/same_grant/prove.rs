//! Proves that changes leave everybody's access as it is, now and later.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use reeve_analysis::{Concerned, Difference, Moment, Scope, blast_radius};
use reeve_domain::member::Member;
use reeve_domain::project::CatalogueEdition;
use reeve_store::snapshot::Snapshot;

use crate::blast_radius::{Environments, Gathered, concerned, project_universe};
use crate::error::DeedError;
use crate::journal::ThingChange;
use crate::reeve::Reeve;
use crate::role::project;

/// How many instants are looked at before the proof is given up.
const INSTANTS: usize = 2_000;

/// What was found out about everybody concerned.
#[derive(Debug, Clone)]
pub struct Proof {
    /// How many users and identities were looked at.
    pub looked_at: usize,
    /// At how many instants: now, and whenever something of one of them ends.
    pub instants: usize,
    /// Those whose access would change, or for whom that could not be excluded, with the first
    /// difference and when it begins.
    pub changed: Vec<(Member, Difference, DateTime<Utc>)>,
    /// Those who could not be looked at.
    pub unreadable: Vec<Member>,
    /// Whether there were too many instants to look at all of them.
    pub is_cut: bool,
    /// The catalogue in whose words it is told.
    pub edition: CatalogueEdition,
}

impl Proof {
    /// Whether nobody's access changes, ever.
    pub fn holds(&self) -> bool {
        self.changed.is_empty() && self.unreadable.is_empty() && !self.is_cut
    }
}

impl Reeve {
    /// Whether `changes` leave everybody's access as it is from `now` on.
    pub(super) fn prove_same(
        &self,
        snapshot: &Snapshot,
        changes: &[ThingChange],
        now: DateTime<Utc>,
    ) -> Result<Proof, DeedError> {
        let project = project(snapshot)?;
        let universe = project_universe(&project, snapshot.places()?, &Environments::Open);
        let scope = Scope::new(&universe, &self.analysis);
        let Gathered {
            concerned,
            unreadable,
        } = concerned(snapshot, changes, project.catalogue)?;
        let mut instants = instants(&concerned, now);
        let mut proof = Proof {
            looked_at: concerned.len(),
            instants: instants.len(),
            changed: Vec::new(),
            unreadable,
            is_cut: instants.len() > INSTANTS,
            edition: project.catalogue,
        };
        if proof.is_cut {
            instants.clear();
        }
        let mut told = BTreeSet::new();
        for (at, whose) in instants {
            let moment = Moment {
                semantics: project.semantics,
                at,
            };
            let then = whose
                .iter()
                .filter_map(|place| concerned.get(*place))
                .cloned();
            for impact in blast_radius(then, moment, moment, &scope)?.impacts {
                for member in impact.actors {
                    if told.insert(member.id.clone()) {
                        proof.changed.push((member, impact.difference.clone(), at));
                    }
                }
            }
        }
        Ok(proof)
    }
}

/// The instants from which on access may be another one, each with those for whom that is so: now
/// for everybody, and every end that lies ahead for whose it is.
fn instants(
    concerned: &[Concerned<Member>],
    now: DateTime<Utc>,
) -> BTreeMap<DateTime<Utc>, BTreeSet<usize>> {
    let mut instants: BTreeMap<DateTime<Utc>, BTreeSet<usize>> = BTreeMap::new();
    instants.insert(now, (0..concerned.len()).collect());
    for (place, one) in concerned.iter().enumerate() {
        let grants = one.before.grants.iter().chain(&one.after.grants);
        let ends = grants.filter_map(|grant| grant.lifetime.end());
        for end in ends.filter(|end| *end > now) {
            instants.entry(end).or_default().insert(place);
        }
    }
    instants
}
