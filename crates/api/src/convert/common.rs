//! Kinds, standings, instants and names.

use chrono::{DateTime, Utc};
use reeve_app::events;
use reeve_domain::lifetime::{self, Lifetime};
use reeve_domain::member::{Member, MemberKind};
use reeve_policy::assemble::FolderTier;

use crate::dto::common::{Kind, MemberRef, Standing, Topic};

/// An instant as text.
pub fn instant(instant: DateTime<Utc>) -> String {
    reeve_app::journal::instant_text(instant)
}

/// A count that fits the window's numbers; more than four billion of anything is not kept here.
pub fn count(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}

/// What a member is.
pub fn kind(kind: MemberKind) -> Kind {
    match kind {
        MemberKind::User => Kind::User,
        MemberKind::Identity => Kind::Identity,
        MemberKind::Group => Kind::Group,
    }
}

/// What a member is, the other way.
pub fn member_kind(kind: Kind) -> MemberKind {
    match kind {
        Kind::User => MemberKind::User,
        Kind::Identity => MemberKind::Identity,
        Kind::Group => MemberKind::Group,
    }
}

/// Enough of `member` to name it.
pub fn member_ref(member: &Member) -> MemberRef {
    MemberRef {
        id: member.id.to_string(),
        kind: kind(member.kind),
        name: member.name.clone(),
    }
}

/// What a folder grant gives, in the words of the server's screens; a word that is not known here as
/// it is.
pub fn tier_name(tier: &str) -> String {
    match FolderTier::from_wire(tier) {
        Some(FolderTier::List) => "List",
        Some(FolderTier::Read) => "Read",
        Some(FolderTier::Edit) => "Edit",
        Some(FolderTier::Manage) => "Manage",
        Some(FolderTier::FullAccess) => "Full Access",
        None => tier,
    }
    .to_owned()
}

/// Where `lifetime` stands at `now`.
pub fn standing(lifetime: &Lifetime, now: DateTime<Utc>) -> Standing {
    let range = match lifetime {
        Lifetime::Permanent => None,
        Lifetime::Timed(timed) => timed.range.clone(),
    };
    match lifetime.standing(now) {
        lifetime::Standing::Permanent => Standing::Permanent,
        lifetime::Standing::ActiveUntil(end) => Standing::Active {
            end: instant(end),
            range,
        },
        lifetime::Standing::Ended(end) => Standing::Ended {
            end: instant(end),
            range,
        },
        lifetime::Standing::NeverActive => Standing::NeverActive,
    }
}

/// What the core says is stale, in the window's words.
pub fn topic(topic: events::Topic) -> Topic {
    match topic {
        events::Topic::Workspace => Topic::Workspace,
        events::Topic::Places => Topic::Places,
        events::Topic::Members => Topic::Members,
        events::Topic::Roles => Topic::Roles,
        events::Topic::Privileges => Topic::Privileges,
        events::Topic::History => Topic::History,
        events::Topic::Remote => Topic::Remote,
        events::Topic::Time => Topic::Time,
    }
}
