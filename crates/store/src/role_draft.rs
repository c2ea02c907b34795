//! Edits of roles that were not saved yet: at most one draft for each role.

use chrono::{DateTime, Utc};
use reeve_domain::id::RoleId;
use rusqlite::OptionalExtension;

use crate::column;
use crate::error::StoreError;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// Rules being edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleDraft {
    /// What identifies the saved rules that the edits began from.
    pub base: String,
    /// The edited rules, as JSON text.
    pub rules: String,
    /// What stands in the text editor, where that is no list of rules.
    pub written: Option<String>,
    /// The steps that led to the edited rules, in the words of whoever edits; nobody else reads them.
    pub steps: Option<String>,
    /// When it was kept.
    pub saved_at: DateTime<Utc>,
}

const SELECT: &str = "
    SELECT base, role_draft.rules, written, steps, saved_at
    FROM role JOIN role_draft ON role_draft.role = role.seq
    WHERE role.id = ?1";

const SELECT_ROLES: &str = "
    SELECT role.id FROM role_draft JOIN role ON role.seq = role_draft.role
    ORDER BY role_draft.role";

const PUT: &str = "
    INSERT INTO role_draft (role, base, rules, written, steps, saved_at)
    SELECT seq, ?2, ?3, ?4, ?5, ?6 FROM role WHERE id = ?1
    ON CONFLICT (role) DO UPDATE SET base = excluded.base, rules = excluded.rules,
        written = excluded.written, steps = excluded.steps, saved_at = excluded.saved_at";

const DELETE: &str = "
    DELETE FROM role_draft WHERE role = (SELECT seq FROM role WHERE id = ?1)";

impl Snapshot {
    /// The draft of the role `role`, if there is one.
    pub fn role_draft(&self, role: &RoleId) -> Result<Option<RoleDraft>, StoreError> {
        self.connection
            .prepare_cached(SELECT)?
            .query_row([role.as_str()], |row| {
                Ok((|| {
                    Ok(RoleDraft {
                        base: row.get("base")?,
                        rules: row.get("rules")?,
                        written: row.get("written")?,
                        steps: row.get("steps")?,
                        saved_at: column::instant(row, "saved_at")?,
                    })
                })())
            })
            .optional()?
            .transpose()
    }

    /// The roles that have a draft.
    pub fn roles_with_draft(&self) -> Result<Vec<RoleId>, StoreError> {
        self.connection
            .prepare_cached(SELECT_ROLES)?
            .query_and_then([], |row| Ok(row.get::<_, String>("id")?.into()))?
            .collect()
    }
}

impl Transaction {
    /// Keeps `draft` as the one draft of the role `role`.
    pub fn put_role_draft(&self, role: &RoleId, draft: &RoleDraft) -> Result<(), StoreError> {
        let kept = self.connection.prepare_cached(PUT)?.execute((
            role.as_str(),
            &draft.base,
            &draft.rules,
            &draft.written,
            &draft.steps,
            column::millis(draft.saved_at),
        ))?;
        column::one(kept, "role", role.as_str())
    }

    /// Forgets the draft of the role `role`, if there is one.
    pub fn remove_role_draft(&self, role: &RoleId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(DELETE)?
            .execute([role.as_str()])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use reeve_domain::role::{Role, RoleKind};

    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn a_role_has_one_draft_which_goes_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&folder.path().join("test.reeve")).unwrap();
        let id = RoleId::new("r");
        let draft = |rules: &str| RoleDraft {
            base: "b".into(),
            rules: rules.into(),
            written: Some("[".into()),
            steps: Some("{}".into()),
            saved_at: Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap(),
        };
        let read = || -> (Option<RoleDraft>, Vec<RoleId>) {
            let read = |snapshot: &Snapshot| -> Result<_, StoreError> {
                Ok((snapshot.role_draft(&id)?, snapshot.roles_with_draft()?))
            };
            workspace.reader().read(read).unwrap()
        };
        let missing = workspace
            .writer()
            .transaction(|transaction| transaction.put_role_draft(&id, &draft("[]")));
        assert!(
            matches!(missing, Err(StoreError::Missing { .. })),
            "{missing:?}"
        );
        workspace
            .writer()
            .transaction(|transaction| -> Result<(), StoreError> {
                transaction.insert_role(&Role {
                    id: id.clone(),
                    kind: RoleKind::Custom,
                    slug: "r".into(),
                    name: "R".into(),
                    description: String::new(),
                    rules: "[]".into(),
                })?;
                transaction.put_role_draft(&id, &draft("[]"))?;
                transaction.put_role_draft(&id, &draft("[1]"))
            })
            .unwrap();
        assert_eq!(read(), (Some(draft("[1]")), vec![id.clone()]));
        workspace
            .writer()
            .transaction(|transaction| transaction.remove_role(&id))
            .unwrap();
        assert_eq!(read(), (None, Vec::new()));
    }
}
