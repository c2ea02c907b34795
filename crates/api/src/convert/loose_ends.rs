//! What hangs loose, as it travels.

use reeve_app::loose_ends::{Holder, LooseEnds, Nowhere};

use super::common::{count, instant};
use super::error::sentence;
use super::member::reference;
use crate::dto::loose_ends as dto;

/// What hangs loose.
pub fn view(ends: &LooseEnds) -> dto::LooseEnds {
    dto::LooseEnds {
        empty_groups: ends.empty_groups.rows.iter().map(reference).collect(),
        empty_group_count: count(ends.empty_groups.count),
        only_timed: ends
            .only_timed
            .rows
            .iter()
            .map(|one| dto::OnlyTimedMember {
                member: reference(&one.member),
                until: one.until.map(instant),
            })
            .collect(),
        only_timed_count: count(ends.only_timed.count),
        nowhere: ends.nowhere.rows.iter().map(nowhere).collect(),
        nowhere_count: count(ends.nowhere.count),
    }
}

fn nowhere(row: &Nowhere) -> dto::NowhereRow {
    let (id, title, member) = match &row.holder {
        Holder::Role(role) => (role.id.to_string(), role.name.clone(), None),
        Holder::Privilege(privilege) => (
            privilege.id.to_string(),
            privilege.slug.clone(),
            Some(reference(&privilege.member)),
        ),
    };
    dto::NowhereRow {
        id,
        title,
        member,
        sentence: sentence(&row.sentence),
        rules: count(row.rules),
    }
}
