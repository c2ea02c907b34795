//! What the desktop tells of ends, and when. Pure: the present, the time of day here and the ends
//! are arguments.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::preferences::NoticePreferences;

/// Something that ends, as far as telling of it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingEnd {
    /// What tells it from all others: the id of the assignment or privilege.
    pub id: String,
    /// Whose it is.
    pub member: String,
    /// The name of the role or privilege.
    pub title: String,
    /// When it ends.
    pub end: DateTime<Utc>,
    /// What its end means in a few words; `None` if that is not known.
    pub meaning: Option<String>,
    /// Whether its end changes nothing.
    pub changes_nothing: bool,
}

/// Ends that may have to be told of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadEnds {
    /// They.
    pub ends: Vec<ComingEnd>,
    /// Whether there are more than were read.
    pub has_more: bool,
}

/// One message of the desktop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its headline.
    pub title: String,
    /// What stands below.
    pub body: String,
}

/// What was told, so that nothing is told twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    /// Moments up to here were seen to.
    pub(super) seen_to: DateTime<Utc>,
    /// What was told: the id, its end, and the lead time in minutes.
    pub(super) told: BTreeSet<(String, DateTime<Utc>, u32)>,
}

/// How many ends are named in one message.
const NAMED: usize = 4;

/// What was told is remembered for so long after its end, for the clock may be set back.
const REMEMBERED: TimeDelta = TimeDelta::days(2);

impl Teller {
    /// Somebody who has told nothing, and tells of nothing before `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            seen_to: now,
            told: BTreeSet::new(),
        }
    }

    /// The spans of ends that may have to be told of at `now`: those whose moment lies between the
    /// last look and now, for each lead time. None in quiet hours: they come after them.
    pub fn spans(
        &self,
        preferences: &NoticePreferences,
        now: DateTime<Utc>,
        time_of_day: NaiveTime,
    ) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let is_quiet = preferences
            .quiet
            .is_some_and(|hours| hours.contain(time_of_day));
        if !preferences.enabled || is_quiet || now <= self.seen_to {
            return Vec::new();
        }
        preferences
            .leads
            .iter()
            .map(|lead| (self.seen_to + minutes(*lead), now + minutes(*lead)))
            .collect()
    }

    /// What is to be told at `now` of what was `read`, all in one message; `None` if it is nothing.
    pub fn tell(
        &mut self,
        preferences: &NoticePreferences,
        read: &ReadEnds,
        now: DateTime<Utc>,
        time_of_day: NaiveTime,
    ) -> Option<Notice> {
        // The clock was set back: what lies between was told already, or will be.
        if now < self.seen_to {
            self.seen_to = now;
            return None;
        }
        let is_quiet = preferences
            .quiet
            .is_some_and(|hours| hours.contain(time_of_day));
        if preferences.enabled && is_quiet {
            return None;
        }
        let due = self.due(preferences, &read.ends, now);
        self.seen_to = now;
        self.told.retain(|(_, end, _)| now - *end < REMEMBERED);
        let worth: Vec<&ComingEnd> = due
            .into_iter()
            .filter(|end| !(preferences.only_consequences && end.changes_nothing))
            .collect();
        message(&worth, read.has_more, now, preferences.with_names)
    }

    /// Ends with a moment since the last look, each once, the soonest first.
    fn due<'e>(
        &mut self,
        preferences: &NoticePreferences,
        ends: &'e [ComingEnd],
        now: DateTime<Utc>,
    ) -> Vec<&'e ComingEnd> {
        let mut due: BTreeMap<(DateTime<Utc>, &str), &ComingEnd> = BTreeMap::new();
        if !preferences.enabled {
            return Vec::new();
        }
        for end in ends {
            for lead in &preferences.leads {
                let moment = end.end - minutes(*lead);
                let is_due = self.seen_to < moment && moment <= now;
                // A lead time that was slept through says nothing once the end has come; that the
                // end has come is told if that was asked for.
                let is_late = *lead > 0 && end.end <= now && preferences.leads.contains(&0);
                if is_due && !is_late && self.told.insert((end.id.clone(), end.end, *lead)) {
                    due.insert((end.end, &end.id), end);
                }
            }
        }
        due.into_values().collect()
    }
}

fn minutes(lead: u32) -> TimeDelta {
    TimeDelta::minutes(i64::from(lead))
}

/// All of `ends` in one message. Names are left out unless they are allowed, for a message can be
/// read on a locked screen.
fn message(
    ends: &[&ComingEnd],
    has_more: bool,
    now: DateTime<Utc>,
    with_names: bool,
) -> Option<Notice> {
    let (first, last) = (ends.first()?, ends.last()?);
    let ended = ends.iter().filter(|end| end.end <= now).count();
    let title = match (ends.len(), ended) {
        (1, 1) => "Access has ended".to_owned(),
        (1, _) => format!("Access ends {}", until(first.end, now)),
        (count, 0) => format!("{} end {}", grants(count), until(last.end, now)),
        (count, ended) if ended == count => format!("{} have ended", grants(count)),
        (count, 1) => format!("1 grant has ended, {} to end", count - 1),
        (count, ended) => format!("{} have ended, {} to end", grants(ended), count - ended),
    };
    let title = if has_more {
        format!("More than {title}")
    } else {
        title
    };
    let body = if with_names {
        let mut lines: Vec<String> = ends.iter().take(NAMED).map(|end| line(end, now)).collect();
        if ends.len() > NAMED {
            lines.push(format!("and {} more", ends.len() - NAMED));
        }
        lines.join("\n")
    } else {
        "Open Reeve to see whose and what.".to_owned()
    };
    Some(Notice { title, body })
}

fn grants(count: usize) -> String {
    format!("{count} grants")
}

fn line(end: &ComingEnd, now: DateTime<Utc>) -> String {
    let when = if end.end <= now {
        "has ended".to_owned()
    } else {
        format!("ends {}", until(end.end, now))
    };
    let meaning = end
        .meaning
        .as_deref()
        .map_or_else(String::new, |words| format!(": {words}"));
    format!("{} of {} {when}{meaning}", end.title, end.member)
}

/// `within 2 days`, rounded up so that it is true.
fn until(end: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let left = (end - now).num_seconds().max(1);
    let minutes = (left + 59) / 60;
    let (count, unit) = match minutes {
        60 => (1, "hour"),
        0..=90 => (minutes, "minute"),
        91..=2_880 => ((minutes + 59) / 60, "hour"),
        _ => ((minutes + 1_439) / 1_440, "day"),
    };
    format!("within {count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preferences::{Preferences, QuietHours, read_time};
    use chrono::TimeZone;

    const HOUR: i64 = 60;

    /// Minutes after a day's beginning, in UTC, which is the time here.
    fn at(minutes: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap() + TimeDelta::minutes(minutes)
    }

    fn end(id: &str, minutes: i64) -> ComingEnd {
        ComingEnd {
            id: id.into(),
            member: "Ann".into(),
            title: format!("role {id}"),
            end: at(minutes),
            meaning: Some("Loses secrets Read Value · prod · /payments/**".into()),
            changes_nothing: false,
        }
    }

    fn read(ends: Vec<ComingEnd>) -> ReadEnds {
        ReadEnds {
            ends,
            has_more: false,
        }
    }

    fn preferences(leads: &[u32]) -> NoticePreferences {
        NoticePreferences {
            leads: leads.to_vec(),
            ..Preferences::default().notices
        }
    }

    struct Watch {
        teller: Teller,
        preferences: NoticePreferences,
        ends: Vec<ComingEnd>,
    }

    impl Watch {
        fn new(preferences: NoticePreferences, ends: &[ComingEnd]) -> Self {
            Self {
                teller: Teller::new(at(0)),
                preferences,
                ends: ends.to_vec(),
            }
        }

        /// What is told at that minute.
        fn look(&mut self, minutes: i64) -> Option<String> {
            let now = at(minutes);
            // Only what the spans ask for is given, as the store would.
            let spans = self.teller.spans(&self.preferences, now, now.time());
            let ends: Vec<ComingEnd> = self
                .ends
                .iter()
                .filter(|end| {
                    spans
                        .iter()
                        .any(|(after, to)| *after < end.end && end.end <= *to)
                })
                .cloned()
                .collect();
            self.teller
                .tell(&self.preferences, &read(ends), now, now.time())
                .map(|notice| notice.title)
        }
    }

    #[test]
    fn an_end_is_told_once_for_each_lead_time() {
        let mut watch = Watch::new(preferences(&[60, 0]), &[end("a", 3 * HOUR)]);
        assert_eq!(watch.look(HOUR), None);
        assert_eq!(
            watch.look(2 * HOUR).as_deref(),
            Some("Access ends within 1 hour")
        );
        assert_eq!(watch.look(2 * HOUR + 1), None);
        assert_eq!(watch.look(3 * HOUR).as_deref(), Some("Access has ended"));
        assert_eq!(watch.look(4 * HOUR), None);
    }

    #[test]
    fn what_is_due_together_is_one_message() {
        let ends = [
            end("a", 3 * HOUR),
            end("b", 3 * HOUR),
            end("c", 3 * HOUR + 5),
        ];
        let mut watch = Watch::new(preferences(&[60]), &ends);
        assert_eq!(
            watch.look(2 * HOUR + 5).as_deref(),
            Some("3 grants end within 1 hour")
        );
    }

    #[test]
    fn after_a_long_sleep_an_end_is_told_once_and_truly() {
        let mut watch = Watch::new(preferences(&[24 * 60, 60, 0]), &[end("a", 3 * HOUR)]);
        assert_eq!(watch.look(9 * HOUR).as_deref(), Some("Access has ended"));
        let mut watch = Watch::new(
            preferences(&[60]),
            &[end("a", 3 * HOUR), end("b", 20 * HOUR)],
        );
        assert_eq!(
            watch.look(19 * HOUR + 30).as_deref(),
            Some("1 grant has ended, 1 to end")
        );
    }

    #[test]
    fn quiet_hours_put_off_and_do_not_forget() {
        let hours = QuietHours {
            from: read_time("22:00").unwrap(),
            to: read_time("07:00").unwrap(),
        };
        let quiet = NoticePreferences {
            quiet: Some(hours),
            ..preferences(&[60])
        };
        let mut watch = Watch::new(quiet, &[end("a", 24 * HOUR), end("b", 32 * HOUR)]);
        assert_eq!(watch.look(22 * HOUR), None);
        assert_eq!(watch.look(23 * HOUR + 30), None);
        assert_eq!(
            watch.look(31 * HOUR).as_deref(),
            Some("1 grant has ended, 1 to end")
        );
        assert_eq!(watch.look(31 * HOUR + 1), None);
    }

    #[test]
    fn a_clock_that_jumps_back_tells_nothing_twice() {
        let mut watch = Watch::new(preferences(&[60]), &[end("a", 3 * HOUR)]);
        assert!(watch.look(2 * HOUR).is_some());
        assert_eq!(watch.look(HOUR), None);
        assert_eq!(watch.look(2 * HOUR), None);
        assert_eq!(watch.look(4 * HOUR), None);
    }

    #[test]
    fn an_end_that_was_moved_is_told_again() {
        let mut watch = Watch::new(preferences(&[60]), &[end("a", 3 * HOUR)]);
        assert!(watch.look(2 * HOUR).is_some());
        watch.ends = vec![end("a", 5 * HOUR)];
        assert!(watch.look(4 * HOUR).is_some());
    }

    #[test]
    fn what_changes_nothing_is_told_only_to_who_wants_it() {
        let hollow = ComingEnd {
            changes_nothing: true,
            ..end("a", 3 * HOUR)
        };
        let mut watch = Watch::new(preferences(&[60]), std::slice::from_ref(&hollow));
        assert_eq!(watch.look(2 * HOUR), None);
        let all = NoticePreferences {
            only_consequences: false,
            ..preferences(&[60])
        };
        assert!(Watch::new(all, &[hollow]).look(2 * HOUR).is_some());
    }

    #[test]
    fn who_wants_none_gets_none_and_no_flood_later() {
        let off = NoticePreferences {
            enabled: false,
            ..preferences(&[60, 0])
        };
        let mut watch = Watch::new(off, &[end("a", 3 * HOUR)]);
        assert_eq!(watch.look(4 * HOUR), None);
        watch.preferences.enabled = true;
        assert_eq!(watch.look(4 * HOUR + 1), None);
    }

    #[test]
    fn names_and_paths_are_said_only_where_they_are_allowed() {
        let ends: Vec<ComingEnd> = (0..6)
            .map(|number| end(&number.to_string(), HOUR))
            .collect();
        let told = |with_names| {
            let preferences = NoticePreferences {
                with_names,
                ..preferences(&[30])
            };
            Teller::new(at(0))
                .tell(&preferences, &read(ends.clone()), at(30), at(30).time())
                .unwrap()
        };
        let silent = told(false);
        for word in ["Ann", "role", "/payments", "prod"] {
            assert!(!format!("{silent:?}").contains(word), "{silent:?}");
        }
        let open = told(true);
        assert!(
            open.body
                .contains("role 0 of Ann ends within 30 minutes: Loses secrets"),
            "{}",
            open.body
        );
        assert!(open.body.ends_with("and 2 more"), "{}", open.body);
    }

    #[test]
    fn more_than_can_be_read_is_said_to_be_more() {
        let many = ReadEnds {
            ends: vec![end("a", HOUR), end("b", HOUR)],
            has_more: true,
        };
        let notice = Teller::new(at(0)).tell(&preferences(&[30]), &many, at(30), at(30).time());
        assert_eq!(
            notice.map(|notice| notice.title).as_deref(),
            Some("More than 2 grants end within 30 minutes")
        );
    }
}
