//! What only a linked project has: the raw texts beside its rows, the names of its secrets, and the
//! server's answers that the next pull compares with.

use reeve_domain::project::SecretName;
use rusqlite::{OptionalExtension as _, Row};

use crate::column;
use crate::error::StoreError;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// What a raw text belongs to, by what names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawOf<'a> {
    /// The project.
    Project,
    /// An environment, by its slug.
    Environment(&'a str),
    /// A folder, by environment and path.
    Folder(&'a str, &'a str),
    /// A tag, by its slug.
    Tag(&'a str),
    /// A member, by its id.
    Member(&'a str),
    /// A role, by its id.
    Role(&'a str),
    /// A role assignment, by its id.
    Assignment(&'a str),
    /// A privilege, by its id.
    Privilege(&'a str),
    /// A folder grant, by its id.
    FolderGrant(&'a str),
}

const PUT_PROJECT: &str = "UPDATE project SET raw = ?1 WHERE ?2 = ''";
const PUT_ENVIRONMENT: &str = "UPDATE environment SET raw = ?1 WHERE slug = ?2 AND raw IS NOT ?1";
const PUT_FOLDER: &str = "UPDATE folder SET raw = ?1 WHERE path = ?2 AND environment = ?3";
const PUT_TAG: &str = "UPDATE tag SET raw = ?1 WHERE slug = ?2 AND raw IS NOT ?1";
const PUT_MEMBER: &str = "UPDATE member SET raw = ?1 WHERE id = ?2 AND raw IS NOT ?1";
const PUT_ROLE: &str = "UPDATE role SET raw = ?1 WHERE id = ?2 AND raw IS NOT ?1";
const PUT_ASSIGNMENT: &str = "UPDATE role_assignment SET raw = ?1 WHERE id = ?2 AND raw IS NOT ?1";
const PUT_PRIVILEGE: &str = "UPDATE privilege SET raw = ?1 WHERE id = ?2 AND raw IS NOT ?1";
const PUT_FOLDER_GRANT: &str = "UPDATE folder_grant SET raw = ?1 WHERE id = ?2 AND raw IS NOT ?1";

const SELECT_PROJECT: &str = "SELECT raw FROM project WHERE ?1 = ''";
const SELECT_ENVIRONMENT: &str = "SELECT raw FROM environment WHERE slug = ?1";
const SELECT_FOLDER: &str = "SELECT raw FROM folder WHERE path = ?1 AND environment = ?2";
const SELECT_TAG: &str = "SELECT raw FROM tag WHERE slug = ?1";
const SELECT_MEMBER: &str = "SELECT raw FROM member WHERE id = ?1";
const SELECT_ROLE: &str = "SELECT raw FROM role WHERE id = ?1";
const SELECT_ASSIGNMENT: &str = "SELECT raw FROM role_assignment WHERE id = ?1";
const SELECT_PRIVILEGE: &str = "SELECT raw FROM privilege WHERE id = ?1";
const SELECT_FOLDER_GRANT: &str = "SELECT raw FROM folder_grant WHERE id = ?1";

const SELECT_SECRET_NAMES: &str = "
    SELECT environment, path, name, tags FROM secret_name ORDER BY environment, path, name";

const SELECT_SECRET_NAME: &str = "
    SELECT environment, path, name, tags FROM secret_name
    WHERE environment = ?1 AND path = ?2 AND name = ?3";

const DELETE_SECRET_NAME: &str = "
    DELETE FROM secret_name WHERE environment = ?1 AND path = ?2 AND name = ?3";

const PUT_SECRET_NAME: &str = "
    INSERT INTO secret_name (environment, path, name, tags) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (environment, path, name) DO UPDATE SET tags = excluded.tags";

const SELECT_TAG_LIST: &str = "SELECT value FROM json_each(?1) ORDER BY key";

const SELECT_REQUESTS: &str = "SELECT request FROM remembered_answer ORDER BY request";
const SELECT_ETAG: &str = "SELECT etag FROM remembered_answer WHERE request = ?1";
const SELECT_PARTS: &str = "
    SELECT text FROM remembered_part WHERE request = ?1 ORDER BY position";
const DELETE_ANSWER: &str = "DELETE FROM remembered_answer WHERE request = ?1";
const DELETE_ANSWERS: &str = "DELETE FROM remembered_answer";
const INSERT_ANSWER: &str = "INSERT INTO remembered_answer (request, etag) VALUES (?1, ?2)";
const INSERT_PART: &str = "
    INSERT INTO remembered_part (request, position, text) VALUES (?1, ?2, ?3)";

/// How many bytes of a body stand in one row, so that writing a long one takes little memory.
const PART: usize = 1 << 18;

impl Snapshot {
    /// The text from which something was read, if there is one.
    pub fn raw(&self, of: RawOf<'_>) -> Result<Option<String>, StoreError> {
        let (sql, key) = match of {
            RawOf::Project => (SELECT_PROJECT, ""),
            RawOf::Folder(environment, path) => {
                let mut statement = self.connection.prepare_cached(SELECT_FOLDER)?;
                let raw = statement.query_row([path, environment], |row| row.get("raw"));
                return Ok(raw.optional()?.flatten());
            }
            RawOf::Environment(slug) => (SELECT_ENVIRONMENT, slug),
            RawOf::Tag(slug) => (SELECT_TAG, slug),
            RawOf::Member(id) => (SELECT_MEMBER, id),
            RawOf::Role(id) => (SELECT_ROLE, id),
            RawOf::Assignment(id) => (SELECT_ASSIGNMENT, id),
            RawOf::Privilege(id) => (SELECT_PRIVILEGE, id),
            RawOf::FolderGrant(id) => (SELECT_FOLDER_GRANT, id),
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        let raw = statement.query_row([key], |row| row.get("raw"));
        Ok(raw.optional()?.flatten())
    }

    /// The names of secrets, by environment, path and name.
    pub fn secret_names(&self) -> Result<Vec<SecretName>, StoreError> {
        self.connection
            .prepare_cached(SELECT_SECRET_NAMES)?
            .query_and_then([], |row| self.read_secret_name(row))?
            .collect()
    }

    /// The name of a secret, with its tags.
    pub fn secret_name(
        &self,
        environment: &str,
        path: &str,
        name: &str,
    ) -> Result<Option<SecretName>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_SECRET_NAME)?;
        let mut rows = statement
            .query_and_then([environment, path, name], |row| self.read_secret_name(row))?;
        rows.next().transpose()
    }

    fn read_secret_name(&self, row: &Row<'_>) -> Result<SecretName, StoreError> {
        Ok(SecretName {
            environment: row.get::<_, String>("environment")?.into(),
            path: row.get("path")?,
            name: row.get("name")?,
            tags: self.tag_list(&row.get::<_, String>("tags")?)?,
        })
    }

    fn tag_list(&self, json: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_TAG_LIST)?;
        statement
            .query_and_then([json], |row| Ok(row.get("value")?))?
            .collect()
    }

    /// The requests whose answers are remembered.
    pub fn remembered_requests(&self) -> Result<Vec<String>, StoreError> {
        self.connection
            .prepare_cached(SELECT_REQUESTS)?
            .query_and_then([], |row| Ok(row.get("request")?))?
            .collect()
    }

    /// The server's mark for the answer to `request`, if that is remembered.
    pub fn remembered_etag(&self, request: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_ETAG)?;
        let etag = statement.query_row([request], |row| row.get("etag"));
        Ok(etag.optional()?)
    }

    /// The answer to `request`; empty if it is not remembered.
    pub fn remembered_body(&self, request: &str) -> Result<String, StoreError> {
        let mut body = String::new();
        let mut statement = self.connection.prepare_cached(SELECT_PARTS)?;
        let mut rows = statement.query([request])?;
        while let Some(row) = rows.next()? {
            let part = row.get_ref("text")?.as_str();
            body.push_str(part.map_err(rusqlite::Error::from)?);
        }
        Ok(body)
    }
}

impl Transaction {
    /// Puts the text from which something was read beside it.
    pub fn put_raw(&self, of: RawOf<'_>, raw: &str) -> Result<(), StoreError> {
        let (sql, key) = match of {
            RawOf::Project => (PUT_PROJECT, ""),
            RawOf::Folder(environment, path) => {
                let mut statement = self.connection.prepare_cached(PUT_FOLDER)?;
                statement.execute([raw, path, environment])?;
                return Ok(());
            }
            RawOf::Environment(slug) => (PUT_ENVIRONMENT, slug),
            RawOf::Tag(slug) => (PUT_TAG, slug),
            RawOf::Member(id) => (PUT_MEMBER, id),
            RawOf::Role(id) => (PUT_ROLE, id),
            RawOf::Assignment(id) => (PUT_ASSIGNMENT, id),
            RawOf::Privilege(id) => (PUT_PRIVILEGE, id),
            RawOf::FolderGrant(id) => (PUT_FOLDER_GRANT, id),
        };
        self.connection.prepare_cached(sql)?.execute([raw, key])?;
        Ok(())
    }

    /// Adds the name of a secret, or sets its tags. Its environment must be stored.
    pub fn put_secret_name(&self, secret: &SecretName) -> Result<(), StoreError> {
        let tags = column::json_list(secret.tags.iter().map(String::as_str));
        self.connection.prepare_cached(PUT_SECRET_NAME)?.execute((
            secret.environment.as_str(),
            &secret.path,
            &secret.name,
            tags,
        ))?;
        Ok(())
    }

    /// Removes the name of a secret.
    pub fn remove_secret_name(
        &self,
        environment: &str,
        path: &str,
        name: &str,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(DELETE_SECRET_NAME)?;
        let removed = statement.execute([environment, path, name])?;
        column::one(removed, "secret", name)
    }

    /// Remembers the answer to `request` with the server's mark for it, in place of an older one.
    pub fn remember_answer(&self, request: &str, etag: &str, body: &str) -> Result<(), StoreError> {
        self.forget_answer(request)?;
        self.connection
            .prepare_cached(INSERT_ANSWER)?
            .execute([request, etag])?;
        let mut insert = self.connection.prepare_cached(INSERT_PART)?;
        let mut rest = body;
        let mut position = 0_i64;
        while !rest.is_empty() {
            let (part, after) = rest.split_at(rest.floor_char_boundary(PART));
            insert.execute((request, position, part))?;
            rest = after;
            position += 1;
        }
        Ok(())
    }

    /// Forgets the answer to `request`, if it is remembered.
    pub fn forget_answer(&self, request: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(DELETE_ANSWER)?
            .execute([request])?;
        Ok(())
    }

    /// Forgets all answers.
    pub fn forget_answers(&self) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(DELETE_ANSWERS)?
            .execute([])?;
        Ok(())
    }
}
