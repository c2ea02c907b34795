//! A few hits of everything by text, for the search that is always at hand.

use reeve_domain::id::RoleId;
use reeve_domain::project::Folder;
use rusqlite::named_params;

use crate::column;
use crate::error::StoreError;
use crate::filter::Passing;
use crate::fold::{fold, words};
use crate::member::{self, MemberRef};
use crate::place::read_folder;
use crate::search::{self, Sought};
use crate::snapshot::Snapshot;

/// What a text finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// Members of every kind, best first.
    pub members: Vec<MemberHit>,
    /// Roles, names that begin with the text first.
    pub roles: Vec<RoleHit>,
    /// Folders, the shortest path first.
    pub folders: Vec<Folder>,
}

/// A member that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberHit {
    /// The member.
    pub member: MemberRef,
    /// The e-mail address of a user, the slug of a group.
    pub handle: String,
}

/// A role that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHit {
    /// Its id.
    pub id: RoleId,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
}

const SELECT_MEMBERS: &str = "
    SELECT member.id, kind, name, handle
    FROM json_each(?1) AS wanted CROSS JOIN member ON member.seq = wanted.value
    ORDER BY wanted.key";

/// Every word must stand somewhere in the role's name or slug.
const SELECT_ROLES: &str = "
    SELECT id, slug, name FROM role
    WHERE NOT EXISTS (
        SELECT 1 FROM json_each(:words) AS word WHERE instr(search_key, word.value) = 0)
    ORDER BY instr(search_key, :text) <> 1, search_key, seq LIMIT :limit";

/// Every word must stand somewhere in the path.
const SELECT_FOLDERS: &str = "
    SELECT folder.environment, folder.path
    FROM folder JOIN environment ON environment.slug = folder.environment
    WHERE NOT EXISTS (
        SELECT 1 FROM json_each(:words) AS word WHERE instr(search_key, word.value) = 0)
    ORDER BY instr(search_key, :text) = 0, length(path), path, environment.position LIMIT :limit";

impl Snapshot {
    /// At most `limit` of each kind of thing that `text` finds; nothing for a text without a word.
    pub fn lookup(&self, text: &str, limit: usize) -> Result<Hits, StoreError> {
        let folded = fold(text);
        let list = column::json_list(words(&folded));
        if list == "[]" {
            return Ok(Hits::default());
        }
        let limits = named_params! {
            ":words": list, ":text": folded, ":limit": column::limit(limit)
        };
        let roles = self
            .connection
            .prepare_cached(SELECT_ROLES)?
            .query_map(limits, |row| {
                Ok(RoleHit {
                    id: row.get::<_, String>("id")?.into(),
                    slug: row.get("slug")?,
                    name: row.get("name")?,
                })
            })?
            .collect::<Result<_, _>>()?;
        let folders = self
            .connection
            .prepare_cached(SELECT_FOLDERS)?
            .query_map(limits, read_folder)?
            .collect::<Result<_, _>>()?;
        Ok(Hits {
            members: self.found_members(text, limit)?,
            roles,
            folders,
        })
    }

    fn found_members(&self, text: &str, limit: usize) -> Result<Vec<MemberHit>, StoreError> {
        let Some(sought) = Sought::read(text, None) else {
            return Ok(Vec::new());
        };
        let found = search::find(&self.connection, &sought, &Passing::EVERYBODY, limit)?;
        self.connection
            .prepare_cached(SELECT_MEMBERS)?
            .query_and_then([column::number_list(found.seqs)], |row| {
                Ok(MemberHit {
                    member: member::read_ref(row)?,
                    handle: row.get("handle")?,
                })
            })?
            .collect()
    }
}
