//! What is known of rules without looking into them: whether they hold a Forbid, whether they open
//! every secret.
//!
//! This room does not find out: it is given somebody who does, asks whenever rules are written, and
//! keeps the answers, so that members can be filtered by them. Until when something of a member
//! holds a Forbid is kept by triggers; see the migrations.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use reeve_domain::project::{CatalogueEdition, Project, Semantics};
use reeve_domain::role::{Role, RoleKind};
use rusqlite::Connection;

use crate::error::StoreError;
use crate::transaction::Transaction;
use crate::workspace::Workspace;

/// What is known of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleFacts {
    /// Whether one of them is a Forbid.
    pub forbids: bool,
    /// Whether they by themselves give access to every secret.
    pub wide: bool,
}

/// Rules, as they are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoredRules<'a> {
    /// JSON text: a list of rule objects.
    Written(&'a str),
    /// Those that the catalogue has for the predefined role with this slug.
    Predefined(&'a str),
}

/// What of a project decides about its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Server {
    /// Which of two rules counts.
    pub semantics: Semantics,
    /// What the predefined roles are.
    pub catalogue: CatalogueEdition,
}

impl From<&Project> for Server {
    fn from(project: &Project) -> Self {
        Self {
            semantics: project.semantics,
            catalogue: project.catalogue,
        }
    }
}

/// Finds out what there is to know of rules.
pub trait FindFacts: Send + Sync {
    /// Changes whenever the same rules may have other facts than before, so that what is stored is
    /// found out again.
    fn version(&self) -> &str;

    /// What is known of `rules` on such a server. Those that cannot be read are neither.
    fn facts(&self, rules: StoredRules<'_>, server: Server) -> RuleFacts;
}

/// Who is asked about rules, if somebody is.
#[derive(Default)]
pub(crate) struct Finder {
    asked: Option<Arc<dyn FindFacts>>,
    /// That of the project, once it was read in this transaction.
    server: Cell<Option<Server>>,
}

impl Finder {
    /// Forgets what another transaction may have changed.
    pub(crate) fn begin(&self) {
        self.server.set(None);
    }
}

impl fmt::Debug for Finder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Finder")
            .field(&self.asked.is_some())
            .finish()
    }
}

/// Under this key stands by which version the stored facts were found out.
const VERSION: &str = "rule-facts";

const PAUSE: &str = "
    INSERT INTO bulk (only) VALUES (1)";

const RESUME: &str = "
    DELETE FROM bulk";

const SELECT_ROLES: &str = "
    SELECT seq, id, kind, slug, name, description, rules FROM role";

const SELECT_PRIVILEGES: &str = "
    SELECT seq, rules, forbids, is_wide FROM privilege";

const UPDATE_ROLE: &str = "
    UPDATE role SET forbids = ?2, is_wide = ?3
    WHERE seq = ?1 AND (forbids, is_wide) IS NOT (?2, ?3)";

const UPDATE_PRIVILEGE: &str = "
    UPDATE privilege SET forbids = ?2, is_wide = ?3 WHERE seq = ?1";

/// What members must hold of it, from scratch.
pub(crate) const RECOMPUTE: &str = "
    UPDATE member
        SET has_permanent_role = fact.has_permanent_role,
            forbid_until = fact.forbid_until,
            wide_until = fact.wide_until
        FROM member_fact AS fact
        WHERE fact.member = member.seq
          AND (member.has_permanent_role, member.forbid_until, member.wide_until)
              IS NOT (fact.has_permanent_role, fact.forbid_until, fact.wide_until);";

impl Workspace {
    /// The workspace with somebody who finds out what there is to know of rules. What was stored
    /// without asking, or was found out by another version, is found out now.
    pub fn finding_facts_with(self, finder: Arc<dyn FindFacts>) -> Result<Self, StoreError> {
        let version = finder.version().to_owned();
        self.writer().find_facts_with(Finder {
            asked: Some(finder),
            server: Cell::default(),
        });
        self.writer().transaction(|transaction| {
            if transaction.setting(VERSION)?.as_deref() != Some(&version) {
                transaction.find_all_facts()?;
                transaction.put_setting(VERSION, &version)?;
            }
            Ok::<_, StoreError>(())
        })?;
        Ok(self)
    }
}

impl Transaction {
    /// What is known of the rules of `role`.
    pub(crate) fn role_facts(&self, role: &Role) -> Result<RuleFacts, StoreError> {
        if role.kind == RoleKind::Custom || !role.rules.is_empty() {
            self.facts_of(StoredRules::Written(&role.rules))
        } else {
            self.facts_of(StoredRules::Predefined(&role.slug))
        }
    }

    /// What is known of `rules`.
    pub(crate) fn facts_of(&self, rules: StoredRules<'_>) -> Result<RuleFacts, StoreError> {
        let Some(asked) = &self.finder.asked else {
            return Ok(RuleFacts::default());
        };
        let server = match self.finder.server.get() {
            Some(server) => server,
            None => self
                .project()?
                .as_ref()
                .map(Server::from)
                .unwrap_or_default(),
        };
        self.finder.server.set(Some(server));
        Ok(asked.facts(rules, server))
    }

    /// Finds everything out again, for a project that became `after`.
    pub(crate) fn facts_change(
        &self,
        before: Option<&Project>,
        after: &Project,
    ) -> Result<(), StoreError> {
        let after = Server::from(after);
        self.finder.server.set(Some(after));
        match before.map(Server::from) {
            Some(before) if before != after => self.find_all_facts(),
            _ => Ok(()),
        }
    }

    fn find_role_facts(&self) -> Result<(), StoreError> {
        let roles: Vec<(i64, Role)> = self
            .connection
            .prepare_cached(SELECT_ROLES)?
            .query_and_then([], |row| {
                Ok::<_, StoreError>((row.get("seq")?, crate::role::read_role(row)?))
            })?
            .collect::<Result<_, _>>()?;
        let mut update = self.connection.prepare_cached(UPDATE_ROLE)?;
        for (seq, role) in roles {
            let facts = self.role_facts(&role)?;
            update.execute((seq, facts.forbids, facts.wide))?;
        }
        Ok(())
    }

    fn find_all_facts(&self) -> Result<(), StoreError> {
        self.connection.execute(PAUSE, [])?;
        self.find_role_facts()?;
        let mut select = self.connection.prepare_cached(SELECT_PRIVILEGES)?;
        let mut update = self.connection.prepare_cached(UPDATE_PRIVILEGE)?;
        let mut changed: Vec<(i64, RuleFacts)> = Vec::new();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let stored = RuleFacts {
                forbids: row.get("forbids")?,
                wide: row.get("is_wide")?,
            };
            let rules = row
                .get_ref("rules")?
                .as_str()
                .map_err(rusqlite::Error::from)?;
            let facts = self.facts_of(StoredRules::Written(rules))?;
            if facts != stored {
                changed.push((row.get("seq")?, facts));
            }
        }
        for (seq, facts) in changed {
            update.execute((seq, facts.forbids, facts.wide))?;
        }
        self.connection.execute(RESUME, [])?;
        recompute(&self.connection)
    }
}

fn recompute(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.execute_batch(RECOMPUTE)?)
}
