//! The history in words.

use reeve_app::history::RecordedDeed;
use reeve_domain::history::HistoryEntry;
use serde_json::Value;

use super::common::{instant, member_ref};
use crate::dto::common::Done;
use crate::dto::history::HistoryEntryView;

/// An entry with its sentence.
pub fn entry_view(recorded: &RecordedDeed) -> HistoryEntryView {
    let entry = &recorded.entry;
    HistoryEntryView {
        id: entry.id.to_string(),
        at: instant(entry.at),
        deed: entry.deed.clone(),
        sentence: entry_sentence(entry),
        member: recorded.member.as_ref().map(member_ref),
        reason: entry.reason.clone(),
        before: entry.before.as_deref().map(indented),
        after: entry.after.as_deref().map(indented),
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
        ("role.edit", false) => format!("Changed the rules of {title}"),
        ("role.edit", true) => format!("Took back a change of the rules of {title}"),
        ("role.rename", false) => format!("Renamed the role {title}"),
        ("role.rename", true) => format!("Took back renaming the role {title}"),
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
        "group.join" => ("Put into the group", "Put back into the group"),
        "group.leave" => ("Took out of the group", "Took back out of the group"),
        _ => return None,
    };
    Some((format!("{done} {title}"), format!("{undone} {title}")))
}

/// JSON text, indented for reading; text that is no JSON as it is.
fn indented(text: &str) -> String {
    serde_json::from_str::<Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned())
}

/// What was done, for a toast with an undo.
pub fn done(entry: &HistoryEntry) -> Done {
    Done {
        history: entry.id.to_string(),
        sentence: entry_sentence(entry),
    }
}
