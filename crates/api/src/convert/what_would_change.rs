//! What would change an answer.

use reeve_app::what_would_change::{Edit, Place, WhatWouldChange};

use super::common::count;
use super::error::sentence;
use super::role_effect::change;
use crate::dto::what_would_change::{EditPlace, EditView, StepView, WhatWouldChangeAnswer};

/// How many changes of one edit are listed.
const LISTED: usize = 12;

/// What would change an answer, as it travels.
pub fn answer(answer: Option<&WhatWouldChange>) -> WhatWouldChangeAnswer {
    WhatWouldChangeAnswer {
        stops: answer.map(|answer| answer.stops),
        edits: answer
            .map(|answer| answer.edits.iter().map(|it| edit(it, answer)).collect())
            .unwrap_or_default(),
    }
}

fn edit(edit: &Edit, answer: &WhatWouldChange) -> EditView {
    let changes = &edit.difference.changes;
    EditView {
        steps: edit
            .steps
            .iter()
            .map(|step| StepView {
                words: step.words.clone(),
                at: place(&step.at),
                others: u32::try_from(step.others).unwrap_or(u32::MAX),
            })
            .collect(),
        changes: changes
            .iter()
            .take(LISTED)
            .map(|it| change(it, answer.edition))
            .collect(),
        more: count(changes.len().saturating_sub(LISTED)),
        exhaustive: edit.difference.exhaustive.is_yes(),
    }
}

fn place(place: &Place) -> EditPlace {
    match place {
        Place::Role { role, rules } => EditPlace::Role {
            role: role.to_string(),
            rules: rules.clone(),
        },
        Place::Privilege {
            member,
            privilege,
            rules,
        } => EditPlace::Privilege {
            member: member.to_string(),
            privilege: privilege.to_string(),
            rules: rules.clone(),
        },
        Place::NewPrivilege { member, rules } => EditPlace::NewPrivilege {
            member: member.to_string(),
            rules: rules.clone(),
        },
        Place::EndPrivilege { member, privilege } => EditPlace::EndPrivilege {
            member: member.to_string(),
            privilege: privilege.to_string(),
        },
        Place::LeaveGroup { member, group } => EditPlace::LeaveGroup {
            member: member.to_string(),
            group: group.to_string(),
        },
        Place::TakeRole {
            member,
            role,
            refusal,
        } => EditPlace::TakeRole {
            member: member.to_string(),
            role: role.to_string(),
            refusal: refusal.map(|refusal| sentence(&refusal.to_string())),
        },
    }
}
