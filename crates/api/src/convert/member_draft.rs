//! A member being written.

use reeve_app::write_member as app;
use reeve_domain::id::{MemberId, RoleId};

use super::common::member_kind;
use super::history::done;
use super::privilege::remarks;
use crate::dto::member_draft::{MemberCheck, MemberDraft, WriteMemberAnswer};

/// A draft as the use cases take it.
pub fn draft(draft: MemberDraft) -> app::MemberDraft {
    app::MemberDraft {
        member: draft.member.map(MemberId::from),
        revision: draft.revision,
        kind: member_kind(draft.kind),
        name: draft.name,
        handle: draft.handle,
        username: draft.username,
        auth_methods: draft.auth_methods,
        metadata: draft
            .metadata
            .into_iter()
            .map(|pair| (pair.key, pair.value))
            .collect(),
        role: draft.role.map(RoleId::from),
        members: draft.members.into_iter().map(MemberId::from).collect(),
    }
}

/// What is wrong with a draft, as it travels.
pub fn check(check: &app::MemberCheck) -> MemberCheck {
    MemberCheck {
        problems: remarks(&check.problems),
        warnings: remarks(&check.warnings),
    }
}

/// How saving went, as it travels.
pub fn answer(saved: &app::MemberSaved) -> WriteMemberAnswer {
    match saved {
        app::MemberSaved::Saved { member, entry } => WriteMemberAnswer::Saved {
            member: member.to_string(),
            done: entry.as_deref().map(done),
        },
        app::MemberSaved::Refused(wrong) => WriteMemberAnswer::Refused {
            check: check(wrong),
        },
        app::MemberSaved::Overtaken => WriteMemberAnswer::Overtaken,
    }
}
