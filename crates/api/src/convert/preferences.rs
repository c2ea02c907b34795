//! Preferences, both ways.

use reeve_app::preferences::{self as app, LEADS, read_time, time_text};

use crate::dto::common::FieldProblem;
use crate::dto::preferences::{NoticePreferences, Preferences, QuietHours};

/// The longest name for the history.
const AUTHOR_MAX: usize = 80;

/// Preferences as they travel.
pub fn view(preferences: &app::Preferences) -> Preferences {
    let notices = &preferences.notices;
    Preferences {
        author: preferences.author.clone(),
        notices: NoticePreferences {
            enabled: notices.enabled,
            leads: notices.leads.clone(),
            quiet: notices.quiet.map(|hours| QuietHours {
                from: time_text(hours.from),
                to: time_text(hours.to),
            }),
            with_names: notices.with_names,
            only_consequences: notices.only_consequences,
        },
    }
}

/// Preferences as they are kept, or what is wrong with them.
pub fn read(preferences: Preferences) -> Result<app::Preferences, FieldProblem> {
    let problem = |field: &str, message: &str| FieldProblem {
        field: field.to_owned(),
        message: message.to_owned(),
    };
    let author = preferences.author.trim();
    if author.chars().count() > AUTHOR_MAX {
        return Err(problem("author", "A name has at most 80 characters."));
    }
    let notices = preferences.notices;
    let time = |field: &str, text: &str| {
        read_time(text).ok_or_else(|| problem(field, "Write a time of day such as 22:00."))
    };
    let quiet = match &notices.quiet {
        None => None,
        Some(hours) => Some(app::QuietHours {
            from: time("notices.quiet.from", &hours.from)?,
            to: time("notices.quiet.to", &hours.to)?,
        }),
    };
    Ok(app::Preferences {
        author: author.to_owned(),
        notices: app::NoticePreferences {
            enabled: notices.enabled,
            leads: LEADS
                .into_iter()
                .filter(|lead| notices.leads.contains(lead))
                .collect(),
            quiet,
            with_names: notices.with_names,
            only_consequences: notices.only_consequences,
        },
    })
}
