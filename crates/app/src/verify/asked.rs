//! Whose account the server is asked for.

use std::collections::BTreeSet;

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use reeve_remote::audit::Audited;
use reeve_store::member::MemberRef;
use reeve_store::pulled::RawOf;
use reeve_store::snapshot::Snapshot;
use serde_json::Value;

use super::{Comparison, Finding, Whom};
use crate::error::DeedError;
use crate::pull::link::read_link;

/// How many members of a group are looked at for one that the server gives an account of.
const LOOKED_AT: usize = 500;

/// How many members are read at once.
const READ_AT_ONCE: usize = 500;

/// A member to compare, with what the server wants to know it by.
pub(super) struct Asked {
    pub member: MemberId,
    pub name: String,
    pub kind: MemberKind,
    /// `None` if it is in the project through groups only.
    pub whose: Option<Audited>,
    /// The groups that it is in.
    pub groups: Vec<MemberRef>,
}

impl Asked {
    /// `finding` about this member.
    pub fn found(self, finding: Finding) -> Comparison {
        Comparison {
            member: self.member,
            name: self.name,
            kind: self.kind,
            finding,
        }
    }
}

/// Whom `whom` means.
pub(super) fn asked(snapshot: &Snapshot, whom: &Whom) -> Result<Vec<Asked>, DeedError> {
    read_link(snapshot)?.ok_or(DeedError::NotLinked)?;
    let members = match whom {
        Whom::One(id) => vec![
            snapshot
                .member(id)?
                .ok_or(DeedError::Missing { what: "member" })?,
        ],
        Whom::All => actors(snapshot)?,
    };
    members
        .into_iter()
        .filter(|member| member.kind != MemberKind::Group)
        .map(|member| one(snapshot, member))
        .collect()
}

/// All users and identities, in the order in which they were added.
fn actors(snapshot: &Snapshot) -> Result<Vec<Member>, DeedError> {
    let mut actors: Vec<Member> = Vec::new();
    loop {
        let last = actors.last().map(|member| &member.id);
        let ids = snapshot.actors_after(last, READ_AT_ONCE)?;
        if ids.is_empty() {
            return Ok(actors);
        }
        actors.extend(snapshot.members(&ids)?);
    }
}

/// Direct members whose accounts tell of the groups of those in `asked` who have none of their own,
/// where nobody in `asked` does.
pub(super) fn witnesses(snapshot: &Snapshot, asked: &[Asked]) -> Result<Vec<Asked>, DeedError> {
    let groups_of = |direct: bool| {
        asked
            .iter()
            .filter(move |asked| asked.whose.is_some() == direct)
            .flat_map(|asked| asked.groups.iter().map(|group| group.id.clone()))
            .collect::<BTreeSet<MemberId>>()
    };
    let mut told = groups_of(true);
    let mut witnesses = Vec::new();
    for group in groups_of(false) {
        if told.contains(&group) {
            continue;
        }
        for member in snapshot.group_members(&group, 0, LOOKED_AT)?.members {
            let Some(member) = snapshot.member(&member.id)? else {
                continue;
            };
            let witness = one(snapshot, member)?;
            if witness.whose.is_some() {
                told.extend(witness.groups.iter().map(|group| group.id.clone()));
                witnesses.push(witness);
                break;
            }
        }
    }
    Ok(witnesses)
}

fn one(snapshot: &Snapshot, member: Member) -> Result<Asked, DeedError> {
    let raw = snapshot.raw(RawOf::Member(member.id.as_str()))?;
    let raw: Option<Value> = raw.and_then(|raw| serde_json::from_str(&raw).ok());
    // Who is in the project through a group only has a raw text without roles.
    let membership = raw.filter(|raw| raw.get("roles").is_some());
    let whose = membership.and_then(|raw| match member.kind {
        MemberKind::Identity => Some(Audited::Identity(member.id.to_string())),
        MemberKind::User => Some(Audited::Membership(raw.get("id")?.as_str()?.to_owned())),
        MemberKind::Group => None,
    });
    Ok(Asked {
        whose,
        groups: snapshot.groups_with(&member.id)?,
        member: member.id,
        name: member.name,
        kind: member.kind,
    })
}
