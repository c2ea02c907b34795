//! What only a linked project has: the raw texts beside its rows, the names of its secrets, and the
//! server's answers that the next pull compares with.

use std::collections::BTreeMap;

use reeve_domain::project::SecretName;

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
}

/// An answer of the server, to compare with the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RememberedAnswer {
    /// The server's mark for the body.
    pub etag: String,
    /// The body.
    pub body: String,
}

const PUT_PROJECT: &str = "UPDATE project SET raw = ?1 WHERE ?2 = ''";
const PUT_ENVIRONMENT: &str = "UPDATE environment SET raw = ?1 WHERE slug = ?2 AND raw IS NOT ?1";
const PUT_FOLDER: &str = "UPDATE folder SET raw = ?1 WHERE path = ?2 AND environment = ?3";
const PUT_TAG: &str = "UPDATE tag SET raw = ?1 WHERE slug = ?2 AND raw IS NOT ?1";
const PUT_MEMBER: &str = "UPDATE member SET raw = ?1 WHERE id = ?2 AND raw IS NOT ?1";
const PUT_ROLE: &str = "UPDATE role SET raw = ?1 WHERE id = ?2 AND raw IS NOT ?1";
const PUT_ASSIGNMENT: &str = "UPDATE role_assignment SET raw = ?1 WHERE id = ?2 AND raw IS NOT ?1";
const PUT_PRIVILEGE: &str = "UPDATE privilege SET raw = ?1 WHERE id = ?2 AND raw IS NOT ?1";

const SELECT_MEMBER: &str = "SELECT raw FROM member WHERE id = ?1";
const SELECT_ROLES: &str = "SELECT id, raw FROM role WHERE raw IS NOT NULL";
const SELECT_PRIVILEGES: &str = "SELECT id, raw FROM privilege WHERE raw IS NOT NULL";

const SELECT_SECRET_NAMES: &str = "
    SELECT environment, path, name, tags FROM secret_name ORDER BY environment, path, name";
const DELETE_SECRET_NAMES: &str = "DELETE FROM secret_name";
const INSERT_SECRET_NAME: &str = "
    INSERT INTO secret_name (environment, path, name, tags) VALUES (?1, ?2, ?3, ?4)";

const SELECT_TAG_LIST: &str = "SELECT value FROM json_each(?1) ORDER BY key";

const SELECT_ANSWERS: &str = "SELECT request, etag, body FROM remembered_answer";
const DELETE_ANSWERS: &str = "DELETE FROM remembered_answer";
const INSERT_ANSWER: &str = "
    INSERT INTO remembered_answer (request, etag, body) VALUES (?1, ?2, ?3)";

impl Snapshot {
    /// The raw text of the member `id`, if it has one.
    pub fn raw_member(&self, id: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_MEMBER)?;
        let mut rows = statement.query([id])?;
        Ok(match rows.next()? {
            Some(row) => row.get("raw")?,
            None => None,
        })
    }

    /// The raw texts of the roles that have one, by id.
    pub fn raw_roles(&self) -> Result<BTreeMap<String, Box<str>>, StoreError> {
        self.raw_texts(SELECT_ROLES)
    }

    /// The raw texts of the privileges that have one, by id.
    pub fn raw_privileges(&self) -> Result<BTreeMap<String, Box<str>>, StoreError> {
        self.raw_texts(SELECT_PRIVILEGES)
    }

    fn raw_texts(&self, sql: &str) -> Result<BTreeMap<String, Box<str>>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        statement
            .query_and_then([], |row| Ok((row.get("id")?, row.get("raw")?)))?
            .collect()
    }

    /// The names of secrets, by environment, path and name.
    pub fn secret_names(&self) -> Result<Vec<SecretName>, StoreError> {
        self.connection
            .prepare_cached(SELECT_SECRET_NAMES)?
            .query_and_then([], |row| {
                Ok(SecretName {
                    environment: row.get::<_, String>("environment")?.into(),
                    path: row.get("path")?,
                    name: row.get("name")?,
                    tags: self.tag_list(&row.get::<_, String>("tags")?)?,
                })
            })?
            .collect()
    }

    fn tag_list(&self, json: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_TAG_LIST)?;
        statement
            .query_and_then([json], |row| Ok(row.get("value")?))?
            .collect()
    }

    /// The server's answers of the last pull, by request.
    pub fn remembered_answers(&self) -> Result<BTreeMap<String, RememberedAnswer>, StoreError> {
        self.connection
            .prepare_cached(SELECT_ANSWERS)?
            .query_and_then([], |row| {
                let answer = RememberedAnswer {
                    etag: row.get("etag")?,
                    body: row.get("body")?,
                };
                Ok((row.get("request")?, answer))
            })?
            .collect()
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
        };
        self.connection.prepare_cached(sql)?.execute([raw, key])?;
        Ok(())
    }

    /// Replaces the names of secrets by `names`. Their environments must be stored.
    pub fn replace_secret_names(&self, names: &[SecretName]) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(DELETE_SECRET_NAMES)?
            .execute([])?;
        let mut statement = self.connection.prepare_cached(INSERT_SECRET_NAME)?;
        for secret in names {
            let tags = column::json_list(secret.tags.iter().map(String::as_str));
            statement.execute((
                secret.environment.as_str(),
                &secret.path,
                &secret.name,
                tags,
            ))?;
        }
        Ok(())
    }

    /// Replaces the remembered answers by `answers`.
    pub fn replace_remembered_answers<'a>(
        &self,
        answers: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(DELETE_ANSWERS)?
            .execute([])?;
        let mut statement = self.connection.prepare_cached(INSERT_ANSWER)?;
        for answer in answers {
            statement.execute(answer)?;
        }
        Ok(())
    }
}
