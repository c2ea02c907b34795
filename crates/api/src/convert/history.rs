//! The history in words.

use reeve_app::check_history::{self, ChainBreak};
use reeve_app::export_history;
use reeve_app::history::{HistoryQuery, HistorySlice, RecordedDeed};
use reeve_app::restore::Side;
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{MemberId, RoleId};

use super::common::{count, instant, member_ref};
use crate::dto::common::Done;
use crate::dto::history::{
    DeedChoice, HistoryBreak, HistoryCheck, HistoryChoices, HistoryEntryView, HistoryFilter,
    HistoryFormat, HistoryPage, HistorySide,
};

/// What a filter asks the history for; all of it in one slice.
pub fn query(filter: HistoryFilter) -> HistoryQuery {
    HistoryQuery {
        member: filter.member.map(MemberId::from),
        role: filter.role.map(RoleId::from),
        deeds: filter.deeds,
        text: filter.text,
        ..HistoryQuery::default()
    }
}

/// A slice as it travels.
pub fn page(slice: &HistorySlice) -> HistoryPage {
    HistoryPage {
        entries: slice.entries.iter().map(entry_view).collect(),
        older: slice.older.as_ref().map(ToString::to_string),
    }
}

/// Which side of an entry is meant.
pub fn side(side: HistorySide) -> Side {
    match side {
        HistorySide::Before => Side::Before,
        HistorySide::After => Side::After,
    }
}

/// The form of a file.
pub fn format(format: HistoryFormat) -> export_history::HistoryFormat {
    match format {
        HistoryFormat::Json => export_history::HistoryFormat::Json,
        HistoryFormat::Csv => export_history::HistoryFormat::Csv,
    }
}

/// Whether the history is as it was written.
pub fn check(check: &check_history::HistoryCheck) -> HistoryCheck {
    HistoryCheck {
        entries: count(check.entries),
        fingerprint: check.head.fingerprint.to_string(),
        breaks: check.breaks.iter().map(break_view).collect(),
        checked_at: instant(check.checked_at),
    }
}

fn break_view(found: &ChainBreak) -> HistoryBreak {
    match found {
        ChainBreak::Changed {
            number,
            id,
            at,
            title,
        } => HistoryBreak::Changed {
            number: count(*number),
            history: id.to_string(),
            at: instant(*at),
            title: title.clone(),
        },
        ChainBreak::Missing { first, last } => HistoryBreak::Missing {
            first: count(*first),
            last: count(*last),
        },
    }
}

/// The kinds of deeds, in words, those that change the same kind of thing together.
pub fn choices(deeds: &[String]) -> HistoryChoices {
    let mut deeds: Vec<DeedChoice> = deeds
        .iter()
        .map(|deed| {
            let (object, done) = deed.split_once('.').unwrap_or((deed.as_str(), ""));
            DeedChoice {
                group: object_words(object).to_owned(),
                title: done_words(done),
                deed: deed.clone(),
            }
        })
        .collect();
    deeds.sort();
    HistoryChoices { deeds }
}

fn object_words(object: &str) -> &str {
    match object {
        "privilege" => "Additional Privileges",
        "role" => "Roles",
        "assignment" => "Role assignments",
        "group" | "groupMembership" | "membership" => "Groups",
        "member" => "Members",
        "lifetime" => "Durations",
        "project" => "Server",
        "scheduled" | "schedule" => "Scheduled",
        other => other,
    }
}

/// What was done; what has no words of its own is spelled out.
fn done_words(done: &str) -> String {
    let words = match done {
        "attach" => "Attached",
        "add" => "Added",
        "create" => "Made",
        "remove" => "Removed",
        "gather" => "Made of privileges",
        "scatter" => "Turned into a privilege",
        "edit" => "Changed",
        "rename" => "Renamed",
        "restore" => "Restored",
        "extend" => "Extended",
        "shorten" => "Shortened",
        "end" => "Ended",
        "restart" => "Restarted",
        "renew" => "Renewed",
        "makePermanent" => "Made permanent",
        "cancel" => "Cancelled",
        "start" => "Started",
        "pull" => "Pulled",
        "join" => "Put in",
        "leave" => "Taken out",
        other => {
            let mut letters = other.replace(['-', '.'], " ");
            if let Some(first) = letters.get_mut(0..1) {
                first.make_ascii_uppercase();
            }
            return letters;
        }
    };
    words.to_owned()
}

/// An entry with its sentence.
pub fn entry_view(recorded: &RecordedDeed) -> HistoryEntryView {
    let entry = &recorded.entry;
    HistoryEntryView {
        id: entry.id.to_string(),
        at: instant(entry.at),
        deed: entry.deed.clone(),
        sentence: entry_sentence(entry),
        member: recorded.member.as_ref().map(member_ref),
        author: recorded.author.clone(),
        reason: entry.reason.clone(),
        can_undo: !recorded.undone && (entry.before.is_some() || entry.after.is_some()),
        undone: recorded.undone,
    }
}

/// What an entry says was done.
pub fn entry_sentence(entry: &HistoryEntry) -> String {
    let title = &entry.title;
    let taken_back = entry.undoes.is_some();
    match (entry.deed.as_str(), taken_back) {
        ("privilege.attach", false) => format!("Attached the privilege {title}"),
        ("privilege.attach", true) => format!("Brought back the privilege {title}"),
        ("privilege.remove", false) => format!("Removed the privilege {title}"),
        ("privilege.remove", true) => format!("Took back the privilege {title}"),
        ("privilege.edit", false) => format!("Changed the privilege {title}"),
        ("privilege.edit", true) => format!("Took back a change of the privilege {title}"),
        ("role.create", false) => format!("Made the role {title}"),
        ("role.create", true) => format!("Brought back the role {title}"),
        ("role.remove", false) => format!("Removed the role {title}"),
        ("role.remove", true) => format!("Took back the role {title}"),
        ("role.gather", false) => format!("Made the role {title} of privileges that mean the same"),
        ("role.gather", true) => format!("Gave back the privileges that {title} was made of"),
        ("role.scatter", false) => format!("Turned the role {title} into a privilege"),
        ("role.scatter", true) => format!("Made the role {title} of its privilege again"),
        ("role.edit", false) => format!("Changed the rules of {title}"),
        ("role.edit", true) => format!("Took back a change of the rules of {title}"),
        ("role.rename", false) => format!("Renamed the role {title}"),
        ("role.rename", true) => format!("Took back renaming the role {title}"),
        ("project.pull", false) => format!("Pulled what changed in {title} on its server"),
        ("project.pull", true) => format!("Took back what was pulled into {title}"),
        (deed, taken_back) if deed.ends_with(".restore") => {
            let what = match deed.split('.').next() {
                Some("privilege") => "the privilege ",
                Some("role") => "the role ",
                _ => "",
            };
            if taken_back {
                format!("Took back restoring {what}{title}")
            } else {
                format!("Restored {what}{title}")
            }
        }
        (deed, _) => match grant_sentence(deed, title).or_else(|| member_sentence(deed, title)) {
            Some((done, _)) if !taken_back => done,
            Some((_, undone)) => undone,
            None => format!("{deed} {title}"),
        },
    }
}

/// What was done to how long something counts, and how taking it back is said.
fn grant_sentence(deed: &str, title: &str) -> Option<(String, String)> {
    let (done, undone) = match deed {
        "lifetime.extend" => ("Extended", "Took back extending"),
        "lifetime.shorten" => ("Shortened", "Took back shortening"),
        "lifetime.end" => ("Ended", "Took back ending"),
        "lifetime.restart" => ("Restarted", "Took back restarting"),
        "lifetime.renew" => ("Renewed", "Took back renewing"),
        "lifetime.makePermanent" => ("Made permanent:", "Took back making permanent:"),
        "lifetime.remove" => ("Removed", "Brought back"),
        "scheduled.add" => ("Scheduled", "Took back scheduling"),
        "scheduled.edit" => (
            "Changed the scheduled",
            "Took back a change of the scheduled",
        ),
        "scheduled.cancel" => ("Cancelled the scheduled", "Brought back the scheduled"),
        "scheduled.start" => ("Started the scheduled", "Took back starting the scheduled"),
        _ => return None,
    };
    Some((format!("{done} {title}"), format!("{undone} {title}")))
}

/// What deeds on members say: done, and done to take something back.
fn member_sentence(deed: &str, title: &str) -> Option<(String, String)> {
    let (done, undone) = match deed {
        "member.add" => ("Added", "Brought back"),
        "member.edit" => ("Changed", "Took back a change of"),
        "member.remove" => ("Removed", "Took back adding"),
        "assignment.add" => ("Gave the role", "Gave back the role"),
        "assignment.remove" => ("Took away the role", "Took back the role"),
        "group.join" | "group.leave" => return Some(group_sentence(deed, title)),
        _ => return None,
    };
    Some((format!("{done} {title}"), format!("{undone} {title}")))
}

/// Who came into which group, or out of it; the title is `group · who`.
fn group_sentence(deed: &str, title: &str) -> (String, String) {
    let (group, who) = title.rsplit_once(" · ").unwrap_or((title, "somebody"));
    if deed == "group.join" {
        (
            format!("Put {who} into the group {group}"),
            format!("Put {who} back into the group {group}"),
        )
    } else {
        (
            format!("Took {who} out of the group {group}"),
            format!("Took {who} out of the group {group} again"),
        )
    }
}

/// What was done, for a toast with an undo.
pub fn done(entry: &HistoryEntry) -> Done {
    Done {
        history: entry.id.to_string(),
        sentence: entry_sentence(entry),
    }
}
