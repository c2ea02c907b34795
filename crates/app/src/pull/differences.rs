//! What of access differs between the workspace and what a pull brought. Only what differs is looked
//! at, so that this takes as much memory as there are changes.

use chrono::{DateTime, Utc};
use reeve_change::reconcile::{self, Difference, Reconciliation};
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{AssignmentId, MemberId, PrivilegeId, RoleId};
use reeve_domain::member::MemberKind;
use reeve_store::comparison::{Differing, Rows, differing};
use reeve_store::error::StoreError;
use reeve_store::pulled::RawOf;
use reeve_store::snapshot::Snapshot;
use reeve_store::transaction::Transaction;

/// What differs.
pub(super) struct Differences {
    /// What must change.
    pub differences: Vec<Difference>,
    /// The rows that are not the same, by kind. For some nothing but the text differs from which
    /// they were read.
    pub rows: Vec<(Rows, Vec<Differing>)>,
}

/// What must change in `stored` so that it becomes what was `fetched` at `now`, but for what was
/// `unseen`.
pub(super) fn differences(
    stored: &Snapshot,
    fetched: &Snapshot,
    unseen: &reconcile::Unseen,
    now: DateTime<Utc>,
) -> Result<Differences, StoreError> {
    let sides = Sides { stored, fetched };
    let mut reconciliation = Reconciliation::new(unseen, now);
    let mut found = Differences {
        differences: Vec::new(),
        rows: Vec::new(),
    };
    for rows in [
        Rows::Roles,
        Rows::Members,
        Rows::GroupMembers,
        Rows::Assignments,
        Rows::Privileges,
        Rows::FolderGrants,
    ] {
        let differing = differing(rows, stored, fetched)?;
        for row in &differing {
            let difference = sides.difference(rows, row, &mut reconciliation)?;
            found.differences.extend(difference);
        }
        found.rows.push((rows, differing));
    }
    Ok(found)
}

/// Puts the texts beside the rows that were read from others.
pub(super) fn put_raws(
    transaction: &Transaction,
    fetched: &Snapshot,
    rows: &[(Rows, Vec<Differing>)],
) -> Result<(), StoreError> {
    for (kind, rows) in rows {
        for row in rows.iter().filter(|row| row.in_second) {
            let Some(of) = raw_of(*kind, row) else {
                continue;
            };
            if let Some(raw) = fetched.raw(of)? {
                transaction.put_raw(of, &raw)?;
            }
        }
    }
    Ok(())
}

fn raw_of(rows: Rows, row: &Differing) -> Option<RawOf<'_>> {
    let id = row.key.first()?;
    match rows {
        Rows::Roles => Some(RawOf::Role(id)),
        Rows::Members => Some(RawOf::Member(id)),
        Rows::Assignments => Some(RawOf::Assignment(id)),
        Rows::Privileges => Some(RawOf::Privilege(id)),
        Rows::FolderGrants => Some(RawOf::FolderGrant(id)),
        Rows::GroupMembers | Rows::SecretNames => None,
    }
}

struct Sides<'a> {
    stored: &'a Snapshot,
    fetched: &'a Snapshot,
}

impl Sides<'_> {
    fn difference(
        &self,
        rows: Rows,
        row: &Differing,
        reconciliation: &mut Reconciliation<'_>,
    ) -> Result<Option<Difference>, StoreError> {
        let (stored, fetched) = (self.stored, self.fetched);
        Ok(match (rows, row.key.as_slice()) {
            (Rows::Roles, [id]) => {
                let role = RoleId::new(id.as_str());
                let were_seen = fetched.raw(RawOf::Role(id))?.is_some();
                reconciliation.role(stored.role(&role)?, fetched.role(&role)?, were_seen)
            }
            (Rows::Members, [id]) => {
                let member = MemberId::new(id.as_str());
                let by_groups = stored
                    .assignments_of(std::slice::from_ref(&member))?
                    .is_empty();
                let before = stored.member(&member)?;
                reconciliation.member(before, fetched.member(&member)?, by_groups)
            }
            (Rows::GroupMembers, [group, member]) => reconciliation.group_membership(
                MemberId::new(group.as_str()),
                MemberId::new(member.as_str()),
                (row.in_first, row.in_second),
            ),
            (Rows::Assignments, [id]) => {
                let id = AssignmentId::new(id.as_str());
                let (before, after) = (stored.assignment(&id)?, fetched.assignment(&id)?);
                let whose = before.as_ref().or(after.as_ref()).map(|one| &one.member);
                let kind = self.kind(whose)?;
                reconciliation.assignment(before, after, kind)
            }
            (Rows::Privileges, [id]) => {
                let id = PrivilegeId::new(id.as_str());
                let (before, after) = (stored.privilege(&id)?, fetched.privilege(&id)?);
                let whose = before.as_ref().or(after.as_ref()).map(|one| &one.member);
                let kind = self.kind(whose)?;
                reconciliation.privilege(before, after, kind)
            }
            (Rows::FolderGrants, [id]) => {
                let id = PrivilegeId::new(id.as_str());
                let (before, after) = (one_grant(stored, &id)?, one_grant(fetched, &id)?);
                let whose = before.as_ref().or(after.as_ref()).map(|one| &one.member);
                let kind = self.kind(whose)?;
                reconciliation.folder_grant(before, after, kind)
            }
            _ => None,
        })
    }

    /// The kind of a member; one that neither side has is like a user without anything hidden.
    fn kind(&self, whose: Option<&MemberId>) -> Result<MemberKind, StoreError> {
        let Some(id) = whose else {
            return Ok(MemberKind::User);
        };
        let member = match self.stored.member(id)? {
            Some(member) => Some(member),
            None => self.fetched.member(id)?,
        };
        Ok(member.map_or(MemberKind::User, |member| member.kind))
    }
}

fn one_grant(snapshot: &Snapshot, id: &PrivilegeId) -> Result<Option<FolderGrant>, StoreError> {
    Ok(snapshot.folder_grants(std::slice::from_ref(id))?.pop())
}
