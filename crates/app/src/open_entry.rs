//! One entry of the history with what it changed, thing by thing.

use std::collections::{BTreeMap, BTreeSet};

use reeve_domain::id::{HistoryId, MemberId, RoleId};
use reeve_domain::member::MemberKind;
use reeve_domain::project::CatalogueEdition;
use reeve_store::history::Concern;
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::history::{RecordedDeed, recorded_deeds};
use crate::journal::thing::read_things;
use crate::journal::{Thing, ThingChange};
use crate::reeve::Reeve;
use crate::undo::changes_between;

/// An entry with what it changed.
#[derive(Debug, Clone)]
pub struct OpenedEntry {
    /// The entry.
    pub deed: RecordedDeed,
    /// What it changed; `None` if this build cannot read what was kept.
    pub changes: Option<Vec<ThingChange>>,
    /// The names of what the things refer to.
    pub names: Names,
    /// The catalogue in whose words rules are shown.
    pub catalogue: CatalogueEdition,
}

/// The names of members and roles; what is gone has none unless the entry itself tells it.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Members with their kinds.
    pub members: BTreeMap<MemberId, (MemberKind, String)>,
    /// Roles.
    pub roles: BTreeMap<RoleId, String>,
}

impl Reeve {
    /// The entry `id` with what it changed.
    pub fn open_entry(&self, id: &HistoryId) -> Result<OpenedEntry, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            let missing = DeedError::Missing {
                what: "history entry",
            };
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            let recorded = snapshot.recorded_entry(id)?;
            let deed = recorded_deeds(snapshot, Vec::from_iter(recorded))?
                .pop()
                .ok_or(missing)?;
            let changes = recorded_changes(&deed);
            let names = Names::of(snapshot, changes.iter().flatten())?;
            Ok(OpenedEntry {
                deed,
                changes,
                names,
                catalogue: project.catalogue,
            })
        })
    }
}

fn recorded_changes(deed: &RecordedDeed) -> Option<Vec<ThingChange>> {
    let before = read_things(deed.entry.before.as_deref())?;
    let after = read_things(deed.entry.after.as_deref())?;
    Some(changes_between(before, after))
}

impl Names {
    /// The names of all that `changes` refer to.
    pub(crate) fn of<'a>(
        snapshot: &Snapshot,
        changes: impl IntoIterator<Item = &'a ThingChange>,
    ) -> Result<Self, DeedError> {
        let mut names = Self::default();
        let mut concerns: BTreeSet<Concern> = BTreeSet::new();
        for thing in changes
            .into_iter()
            .flat_map(|change| [&change.before, &change.after])
            .flatten()
        {
            concerns.extend(thing.concerns());
            names.learn(thing);
        }
        let mut members: Vec<MemberId> = Vec::new();
        for concern in concerns {
            match concern {
                Concern::Member(id) => members.push(id),
                Concern::Role(id) => {
                    if let Some(role) = snapshot.role(&id)? {
                        names.roles.insert(id, role.name);
                    }
                }
            }
        }
        for member in snapshot.members(&members)? {
            names.members.insert(member.id, (member.kind, member.name));
        }
        Ok(names)
    }

    fn learn(&mut self, thing: &Thing) {
        match thing {
            Thing::Member(member) => {
                let named = (member.kind, member.name.clone());
                self.members.insert(member.id.clone(), named);
            }
            Thing::Role(role) => {
                self.roles.insert(role.id.clone(), role.name.clone());
            }
            _ => {}
        }
    }
}
