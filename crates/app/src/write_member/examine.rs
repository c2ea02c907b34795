//! What is wrong with a member being written, field by field, with the remedy.

use std::collections::{BTreeMap, BTreeSet};

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::slug::{ROLE_SLUG_MAX, read_slug};
use reeve_store::snapshot::Snapshot;

use super::{MemberCheck, MemberDraft};
use crate::error::DeedError;
use crate::journal::new_id;
use crate::preview_privilege::Remark;

/// The longest text of a field, in characters.
const TEXT_MAX: usize = 255;
/// The longest value of metadata, in characters.
const VALUE_MAX: usize = 1020;

/// A draft, looked at.
pub(super) struct Examined {
    pub check: MemberCheck,
    /// The member as it is; `None` if it is added.
    pub before: Option<Member>,
    /// The member as it would be; `None` if that cannot be read.
    pub member: Option<Member>,
}

/// Everything about `draft`.
pub(super) fn examine(snapshot: &Snapshot, draft: &MemberDraft) -> Result<Examined, DeedError> {
    let before = match &draft.member {
        None => None,
        Some(id) => Some(
            snapshot
                .member(id)?
                .ok_or(DeedError::Missing { what: "member" })?,
        ),
    };
    let kind = before.as_ref().map_or(draft.kind, |before| before.kind);
    let mut looking = Looking {
        snapshot,
        draft,
        kind,
        check: MemberCheck::default(),
    };
    let name = looking.text("name", &draft.name, "give a name");
    let handle = looking.handle()?;
    let username = looking.username(name.as_deref(), handle.as_deref())?;
    let auth_methods = looking.auth_methods();
    let metadata = looking.metadata();
    if before.is_none() {
        looking.first_role()?;
        looking.members()?;
    }
    let check = looking.check;
    let member = match (name, handle, username) {
        (Some(name), Some(handle), Some(username)) => Some(Member {
            id: before
                .as_ref()
                .map_or_else(|| MemberId::new(new_id()), |before| before.id.clone()),
            kind,
            name,
            handle,
            username,
            auth_methods,
            metadata,
        }),
        _ => None,
    };
    Ok(Examined {
        check,
        before,
        member,
    })
}

struct Looking<'a> {
    snapshot: &'a Snapshot,
    draft: &'a MemberDraft,
    kind: MemberKind,
    check: MemberCheck,
}

impl Looking<'_> {
    fn problem(&mut self, field: &str, message: impl Into<String>) {
        self.check.problems.push(Remark {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    fn warning(&mut self, field: &str, message: impl Into<String>) {
        self.check.warnings.push(Remark {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    /// A text that may be in any script, without what cannot be seen at its ends.
    fn text(&mut self, field: &str, text: &str, when_empty: &str) -> Option<String> {
        let text = text.trim();
        let length = text.chars().count();
        if text.is_empty() {
            self.problem(field, when_empty);
        } else if length > TEXT_MAX {
            self.problem(
                field,
                format!("it has {length} characters; at most {TEXT_MAX} are allowed"),
            );
        } else if text.chars().any(char::is_control) {
            self.problem(
                field,
                "it holds a line break or another character that cannot be seen; take it out",
            );
        } else {
            return Some(text.to_owned());
        }
        None
    }

    fn handle(&mut self) -> Result<Option<String>, DeedError> {
        let typed = self.draft.handle.trim();
        let handle = match self.kind {
            MemberKind::Identity => return Ok(Some(String::new())),
            MemberKind::User => {
                let Some(address) = self.text("handle", typed, "give an e-mail address") else {
                    return Ok(None);
                };
                if !is_address(&address) {
                    self.problem(
                        "handle",
                        "this is no e-mail address; write it as in `ann@example.com`",
                    );
                    return Ok(None);
                }
                address
            }
            MemberKind::Group => match read_slug(typed, ROLE_SLUG_MAX) {
                Ok(slug) => slug,
                Err(error) => {
                    self.problem("handle", error.to_string());
                    return Ok(None);
                }
            },
        };
        let taken = self.snapshot.member_by_handle(self.kind, &handle)?;
        if let Some(other) = self.another(taken) {
            self.problem(
                "handle",
                format!("`{handle}` is taken by {}; choose another", other.name),
            );
        }
        Ok(Some(handle))
    }

    /// What templates render: a user signs in with it, others have their name.
    fn username(
        &mut self,
        name: Option<&str>,
        handle: Option<&str>,
    ) -> Result<Option<String>, DeedError> {
        if self.kind != MemberKind::User {
            return Ok(name.map(str::to_owned));
        }
        let typed = self.draft.username.trim();
        if typed.is_empty() {
            return Ok(handle.map(str::to_owned));
        }
        let Some(username) = self.text("username", typed, "") else {
            return Ok(None);
        };
        let taken = self.snapshot.member_by_username(&username)?;
        if let Some(other) = self.another(taken) {
            self.problem(
                "username",
                format!("`{username}` is taken by {}; choose another", other.name),
            );
        }
        Ok(Some(username))
    }

    /// `found`, unless it is the member that is being changed.
    fn another(&self, found: Option<Member>) -> Option<Member> {
        found.filter(|found| self.draft.member.as_ref() != Some(&found.id))
    }

    fn auth_methods(&mut self) -> Vec<String> {
        if self.kind != MemberKind::Identity {
            return Vec::new();
        }
        let mut methods: Vec<String> = Vec::new();
        for (index, method) in self.draft.auth_methods.iter().enumerate() {
            let field = format!("authMethods.{index}");
            if let Some(method) = self.text(&field, method, "choose a method, or take it out") {
                if methods.contains(&method) {
                    self.problem(&field, format!("`{method}` is there already; take one out"));
                }
                methods.push(method);
            }
        }
        if methods.is_empty() {
            self.warning(
                "authMethods",
                "without an auth method it cannot sign in; it has its access all the same",
            );
        }
        methods
    }

    fn metadata(&mut self) -> Vec<(String, String)> {
        if self.kind == MemberKind::Group {
            return Vec::new();
        }
        let mut pairs = Vec::with_capacity(self.draft.metadata.len());
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for (index, (key, value)) in self.draft.metadata.iter().enumerate() {
            let field = format!("metadata.{index}.key");
            let Some(key) = self.text(&field, key, "give a key, or remove this line") else {
                continue;
            };
            if let Some(before) = first.get(&key) {
                let line = before + 1;
                self.problem(
                    &field,
                    format!("`{key}` is the key of line {line} already; use another key"),
                );
            }
            first.entry(key.clone()).or_insert(index);
            let value = value.trim().to_owned();
            let length = value.chars().count();
            if length > VALUE_MAX {
                self.problem(
                    &format!("metadata.{index}.value"),
                    format!("it has {length} characters; at most {VALUE_MAX} are allowed"),
                );
            }
            pairs.push((key, value));
        }
        pairs
    }

    fn first_role(&mut self) -> Result<(), DeedError> {
        match &self.draft.role {
            None => self.problem(
                "role",
                "choose a role; a server takes nobody without a permanent one",
            ),
            Some(role) if self.snapshot.role(role)?.is_none() => {
                self.problem("role", "this role does not exist any more; choose another");
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn members(&mut self) -> Result<(), DeedError> {
        if self.kind != MemberKind::Group || self.draft.members.is_empty() {
            return Ok(());
        }
        let found = self.snapshot.members(&self.draft.members)?;
        let actors: BTreeSet<&MemberId> = found
            .iter()
            .filter(|member| member.kind != MemberKind::Group)
            .map(|member| &member.id)
            .collect();
        let mut seen = BTreeSet::new();
        for (index, member) in self.draft.members.iter().enumerate() {
            let field = format!("members.{index}");
            if !actors.contains(member) {
                self.problem(
                    &field,
                    "it is not in the project any more, or is a group; take it out",
                );
            } else if !seen.insert(member) {
                self.problem(&field, "it is there already; take one out");
            }
        }
        Ok(())
    }
}

/// Something, an at sign, something: more than that only sending mail can tell.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    !local.is_empty() && !domain.is_empty() && !text.contains(char::is_whitespace)
}
