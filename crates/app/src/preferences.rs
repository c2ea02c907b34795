//! What the user prefers on this computer, whatever workspace is open. Kept as JSON in the data
//! folder; what is missing or cannot be read there is as if it was never set.

use std::sync::PoisonError;

use chrono::NaiveTime;
use serde_json::{Value, json};

use crate::error::DeedError;
use crate::reeve::Reeve;

/// The file in the data folder.
const FILE: &str = "preferences.json";

/// How a time of day is written.
const TIME: &str = "%H:%M";

/// The lead times that can be chosen, in minutes.
pub const LEADS: [u32; 6] = [7 * 24 * 60, 24 * 60, 4 * 60, 60, 15, 0];

/// What the user prefers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    /// Under which name the history says that things were done; the name under which the user is
    /// signed in to the computer if it is empty.
    pub author: String,
    /// When the desktop tells of ends.
    pub notices: NoticePreferences,
}

/// When the desktop tells of ends, and how much it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticePreferences {
    /// Whether it does at all.
    pub enabled: bool,
    /// How many minutes before an end it is told; 0 for when it has come.
    pub leads: Vec<u32>,
    /// When nothing is told; what would have been comes after it.
    pub quiet: Option<QuietHours>,
    /// Whether names, and what is lost with its paths, are said, where anybody may read them who
    /// looks at a locked screen.
    pub with_names: bool,
    /// Whether ends that change nothing are left out.
    pub only_consequences: bool,
}

/// Hours of every day in which nothing is told, in the time of the computer. They may pass midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// When they begin.
    pub from: NaiveTime,
    /// When they are over.
    pub to: NaiveTime,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            author: String::new(),
            notices: NoticePreferences {
                enabled: true,
                leads: vec![24 * 60, 60],
                quiet: None,
                with_names: false,
                only_consequences: true,
            },
        }
    }
}

impl QuietHours {
    /// Whether `time` lies in them. Hours that end when they begin are none.
    pub fn contain(self, time: NaiveTime) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }
}

impl Reeve {
    /// What the user prefers.
    pub fn preferences(&self) -> Preferences {
        self.preferences
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Keeps what the user prefers, from now on and for the next start.
    pub fn save_preferences(&self, preferences: &Preferences) -> Result<(), DeedError> {
        let text = format!("{:#}\n", write(preferences));
        std::fs::create_dir_all(&self.data)
            .and_then(|()| std::fs::write(self.data.join(FILE), text))
            .map_err(|error| DeedError::Conflict {
                sentence: format!("the preferences could not be kept: {error}"),
            })?;
        self.adopt(preferences.clone());
        self.look_for_notices.notify_one();
        Ok(())
    }

    /// Reads what was kept; `user` is who is signed in to the computer.
    pub fn read_preferences(&self, user: &str) {
        user.trim().clone_into(
            &mut self
                .signed_in
                .write()
                .unwrap_or_else(PoisonError::into_inner),
        );
        let kept = std::fs::read_to_string(self.data.join(FILE))
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok());
        self.adopt(kept.as_ref().map_or_else(Preferences::default, read));
    }

    /// Who is signed in to the computer.
    pub fn signed_in(&self) -> String {
        self.signed_in
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn adopt(&self, preferences: Preferences) {
        let author = preferences.author.trim().to_owned();
        let author = if author.is_empty() {
            self.signed_in()
        } else {
            author
        };
        *self
            .preferences
            .write()
            .unwrap_or_else(PoisonError::into_inner) = preferences;
        self.sign_as(&author);
    }
}

fn write(preferences: &Preferences) -> Value {
    let NoticePreferences {
        enabled,
        leads,
        quiet,
        with_names,
        only_consequences,
    } = &preferences.notices;
    json!({
        "author": preferences.author,
        "notices": {
            "enabled": enabled,
            "leads": leads,
            "quiet": quiet.map(|hours| json!({
                "from": hours.from.format(TIME).to_string(),
                "to": hours.to.format(TIME).to_string(),
            })),
            "withNames": with_names,
            "onlyConsequences": only_consequences,
        },
    })
}

fn read(kept: &Value) -> Preferences {
    let usual = Preferences::default();
    let notices = kept.get("notices").unwrap_or(&Value::Null);
    let flag = |key: &str, usual: bool| notices.get(key).and_then(Value::as_bool).unwrap_or(usual);
    Preferences {
        author: kept
            .get("author")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        notices: NoticePreferences {
            enabled: flag("enabled", usual.notices.enabled),
            leads: notices
                .get("leads")
                .and_then(Value::as_array)
                .map_or(usual.notices.leads, |leads| read_leads(leads)),
            quiet: notices.get("quiet").and_then(read_quiet),
            with_names: flag("withNames", usual.notices.with_names),
            only_consequences: flag("onlyConsequences", usual.notices.only_consequences),
        },
    }
}

fn read_leads(leads: &[Value]) -> Vec<u32> {
    let given: Vec<u64> = leads.iter().filter_map(Value::as_u64).collect();
    LEADS
        .into_iter()
        .filter(|lead| given.contains(&u64::from(*lead)))
        .collect()
}

fn read_quiet(quiet: &Value) -> Option<QuietHours> {
    Some(QuietHours {
        from: read_time(quiet.get("from")?.as_str()?)?,
        to: read_time(quiet.get("to")?.as_str()?)?,
    })
}

/// A time of day written as `22:00`.
pub fn read_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, TIME).ok()
}

/// A time of day as `22:00`.
pub fn time_text(time: NaiveTime) -> String {
    time.format(TIME).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveTime {
        read_time(text).unwrap()
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let mut preferences = Preferences {
            author: "Ana".into(),
            ..Preferences::default()
        };
        assert_eq!(read(&write(&preferences)), preferences);
        preferences.notices = NoticePreferences {
            enabled: false,
            leads: vec![60, 0],
            quiet: Some(QuietHours {
                from: at("22:00"),
                to: at("07:30"),
            }),
            with_names: true,
            only_consequences: false,
        };
        assert_eq!(read(&write(&preferences)), preferences);
    }

    #[test]
    fn what_cannot_be_read_is_as_if_it_was_never_set() {
        for kept in [
            json!(null),
            json!([]),
            json!({"notices": 7, "author": {}}),
            json!({"notices": {"enabled": "yes", "quiet": {"from": "25:00", "to": "1"}}}),
        ] {
            assert_eq!(read(&kept), Preferences::default(), "{kept}");
        }
        let odd = read(&json!({"notices": {"leads": [60, 61, -1, "15", 60]}}));
        assert_eq!(odd.notices.leads, [60]);
    }

    #[test]
    fn quiet_hours_may_pass_midnight() {
        let night = QuietHours {
            from: at("22:00"),
            to: at("07:00"),
        };
        for (time, quiet) in [
            ("21:59", false),
            ("22:00", true),
            ("00:00", true),
            ("06:59", true),
            ("07:00", false),
        ] {
            assert_eq!(night.contain(at(time)), quiet, "{time}");
        }
        let noon = QuietHours {
            from: at("12:00"),
            to: at("13:00"),
        };
        assert!(noon.contain(at("12:30")) && !noon.contain(at("13:00")));
        let none = QuietHours {
            from: at("12:00"),
            to: at("12:00"),
        };
        assert!(!none.contain(at("12:00")));
    }
}
