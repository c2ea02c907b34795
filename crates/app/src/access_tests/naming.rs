//! Whom the text of a test names, and how a test names whom it is about.

use reeve_domain::id::MemberId;
use reeve_store::snapshot::Snapshot;

use super::{AccessTest, Expected, Named};
use crate::error::DeedError;
use crate::simulate::{Question, Who};

/// Whom a text names, or why it names nobody.
pub(super) fn resolve(
    snapshot: &Snapshot,
    named: &Named,
) -> Result<Result<Who, String>, DeedError> {
    Ok(match named {
        Named::Member(text) => member_named(snapshot, text)?.map(Who::Member),
        Named::Role(slug) => match snapshot.role_by_slug(slug)? {
            Some(role) => Ok(Who::Role(role.id)),
            None => Err(format!("there is no role `{slug}`")),
        },
        Named::Rules {
            rules,
            folder_rules,
        } => Ok(Who::Rules {
            rules: rules.clone(),
            folder_rules: folder_rules.clone(),
        }),
        Named::RulesFile(file) => Err(format!("the file `{file}` was not read")),
    })
}

/// How many members are looked through for the one that is named.
const LOOKED_THROUGH: usize = 200;

/// The one member whose id, e-mail address or name is `text`, or why there is none.
fn member_named(snapshot: &Snapshot, text: &str) -> Result<Result<MemberId, String>, DeedError> {
    let id = MemberId::from(text);
    if snapshot.member(&id)?.is_some() {
        return Ok(Ok(id));
    }
    let is_named = |word: &str| word.to_lowercase() == text.to_lowercase();
    let hits = snapshot.lookup(text, LOOKED_THROUGH)?.members;
    let mut fitting = hits
        .into_iter()
        .filter(|hit| is_named(&hit.handle) || is_named(&hit.member.name));
    Ok(match (fitting.next(), fitting.next()) {
        (Some(hit), None) => Ok(hit.member.id),
        (None, _) => Err(format!("there is no member `{text}`")),
        (Some(one), Some(other)) => Err(format!(
            "several members are called `{text}`; give an id, such as `{}` or `{}`",
            one.member.id, other.member.id
        )),
    })
}

/// `question` as a test that names whom it is about so that people can read it, where that is
/// unambiguous.
pub(super) fn named(
    snapshot: &Snapshot,
    name: &str,
    question: &Question,
    expect: Expected,
) -> Result<AccessTest, DeedError> {
    let who = match &question.who {
        Who::Member(id) => {
            let member = snapshot
                .member(id)?
                .ok_or(DeedError::Missing { what: "member" })?;
            let by_name = member_named(snapshot, &member.name)?;
            Named::Member(if by_name.as_ref() == Ok(id) {
                member.name
            } else {
                id.to_string()
            })
        }
        Who::Role(id) => {
            let role = snapshot
                .role(id)?
                .ok_or(DeedError::Missing { what: "role" })?;
            Named::Role(role.slug)
        }
        Who::Rules {
            rules,
            folder_rules,
        } => Named::Rules {
            rules: rules.clone(),
            folder_rules: folder_rules.clone(),
        },
    };
    Ok(AccessTest {
        name: name.trim().to_owned(),
        who,
        what: question.what.clone(),
        place: question.place.clone(),
        when: question.when,
        semantics: question.semantics,
        role_drafts: question.unsaved.role_drafts,
        privilege: question.unsaved.privilege.clone(),
        expect,
    })
}
