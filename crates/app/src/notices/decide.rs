//! What the desktop tells of ends, and when. Pure: the present, the time of day here and the ends
//! are arguments.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::words::message;
use crate::preferences::NoticePreferences;

/// Something that ends, as far as telling of it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingEnd {
    /// What tells it from all others: the id of the assignment, privilege or folder
    /// grant.
    pub id: String,
    /// Whose it is.
    pub member: String,
    /// The name of the role or privilege, or the folder.
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

/// Whether the last message can still be seen on the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastMessage {
    /// It stands there; the next one takes its place, and says what it said.
    Shown,
    /// It was read, waved away, or there is none.
    Gone,
}

/// What was told, so that nothing is told twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    /// Moments up to here were seen to.
    pub(super) seen_to: DateTime<Utc>,
    /// What was told: the id, its end, and the lead time in minutes.
    pub(super) told: BTreeSet<(String, DateTime<Utc>, u32)>,
    /// What the last message told of, as far as it ended or will end as it said: ids and ends.
    pub(super) last: BTreeSet<(String, DateTime<Utc>)>,
}

/// What is due so soon after a message is told along with it, for one message is read and three
/// are waved away.
const GATHERED: TimeDelta = TimeDelta::minutes(10);

/// What was told is remembered for so long after its end, for the clock may be set back.
const REMEMBERED: TimeDelta = TimeDelta::days(2);

impl Teller {
    /// Somebody who has told nothing, and tells of nothing before `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            seen_to: now,
            told: BTreeSet::new(),
            last: BTreeSet::new(),
        }
    }

    /// The spans of ends that may have to be told of at `now`: those whose moment lies between the
    /// last look and soon, for each lead time, and what the last message told of. None in quiet
    /// hours: they come after them.
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
        let moments = preferences.leads.iter().map(|lead| {
            let soon = now + minutes(*lead) + gathered(*lead);
            (self.seen_to + minutes(*lead), soon)
        });
        let last = self
            .last
            .iter()
            .map(|(_, end)| (*end - TimeDelta::milliseconds(1), *end));
        moments.chain(last).collect()
    }

    /// What is to be told at `now` of what was `read`, all in one message; `None` if it is nothing.
    /// It takes the place of the last message, so it tells what that one did as well if nobody can
    /// have read it.
    pub fn tell(
        &mut self,
        preferences: &NoticePreferences,
        read: &ReadEnds,
        last: LastMessage,
        now: DateTime<Utc>,
        time_of_day: NaiveTime,
    ) -> Option<Notice> {
        if last == LastMessage::Gone {
            self.last.clear();
        }
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
        let worth = |end: &&ComingEnd| !(preferences.only_consequences && end.changes_nothing);
        if !due.iter().any(worth) {
            return None;
        }
        let again = |end: &&ComingEnd| self.last.contains(&(end.id.clone(), end.end));
        let all: BTreeMap<(DateTime<Utc>, &str), &ComingEnd> = read
            .ends
            .iter()
            .filter(again)
            .chain(due.iter().copied())
            .filter(worth)
            .map(|end| ((end.end, end.id.as_str()), end))
            .collect();
        let all: Vec<&ComingEnd> = all.into_values().collect();
        self.last = all.iter().map(|end| (end.id.clone(), end.end)).collect();
        message(&all, read.has_more, now, preferences.with_names)
    }

    /// Ends with a moment since the last look, and those with one soon if there are any; each once.
    fn due<'e>(
        &mut self,
        preferences: &NoticePreferences,
        ends: &'e [ComingEnd],
        now: DateTime<Utc>,
    ) -> Vec<&'e ComingEnd> {
        if !preferences.enabled {
            return Vec::new();
        }
        let mut due = self.due_until(preferences, ends, now, |_| now);
        if !due.is_empty() {
            due.extend(self.due_until(preferences, ends, now, |lead| now + gathered(lead)));
        }
        due
    }

    /// Ends of which a lead time's moment lies between the last look and `until`, and that were not
    /// told of for it. They are told of now.
    fn due_until<'e>(
        &mut self,
        preferences: &NoticePreferences,
        ends: &'e [ComingEnd],
        now: DateTime<Utc>,
        until: impl Fn(u32) -> DateTime<Utc>,
    ) -> Vec<&'e ComingEnd> {
        let mut due = Vec::new();
        for end in ends {
            for lead in &preferences.leads {
                let moment = end.end - minutes(*lead);
                let is_due = self.seen_to < moment && moment <= until(*lead);
                // A lead time that was slept through says nothing once the end has come; that the
                // end has come is told if that was asked for.
                let is_late = *lead > 0 && end.end <= now && preferences.leads.contains(&0);
                if is_due && !is_late && self.told.insert((end.id.clone(), end.end, *lead)) {
                    due.push(end);
                }
            }
        }
        due
    }
}

fn minutes(lead: u32) -> TimeDelta {
    TimeDelta::minutes(i64::from(lead))
}

/// How long after a message what is due for `lead` is told along with it. That something has ended
/// is told when it has.
fn gathered(lead: u32) -> TimeDelta {
    if lead == 0 {
        TimeDelta::zero()
    } else {
        GATHERED
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{HOUR, at, end};
    use super::*;
    use crate::preferences::{Preferences, QuietHours, read_time};

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
        last: LastMessage,
        teller: Teller,
        preferences: NoticePreferences,
        ends: Vec<ComingEnd>,
    }

    impl Watch {
        fn new(preferences: NoticePreferences, ends: &[ComingEnd]) -> Self {
            Self {
                last: LastMessage::Gone,
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
                .tell(&self.preferences, &read(ends), self.last, now, now.time())
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
    fn what_is_due_soon_after_is_told_along_and_not_again() {
        let ends = [
            end("a", 3 * HOUR),
            end("b", 3 * HOUR + 8),
            end("c", 3 * HOUR + 30),
        ];
        let mut watch = Watch::new(preferences(&[60]), &ends);
        assert_eq!(
            watch.look(2 * HOUR).as_deref(),
            Some("2 grants end within 68 minutes")
        );
        assert_eq!(watch.look(2 * HOUR + 8), None);
        assert_eq!(
            watch.look(2 * HOUR + 30).as_deref(),
            Some("Access ends within 1 hour")
        );
    }

    #[test]
    fn that_something_has_ended_is_not_said_ahead_of_time() {
        let mut watch = Watch::new(preferences(&[0]), &[end("a", HOUR), end("b", HOUR + 5)]);
        assert_eq!(watch.look(HOUR).as_deref(), Some("Access has ended"));
        assert_eq!(watch.look(HOUR + 5).as_deref(), Some("Access has ended"));
    }

    #[test]
    fn a_message_nobody_has_read_is_replaced_by_one_that_says_it_too() {
        let mut watch = Watch::new(
            preferences(&[24 * 60, 60, 0]),
            &[end("a", 24 * HOUR), end("b", 3 * HOUR)],
        );
        watch.teller.seen_to = at(-1);
        assert_eq!(
            watch.look(0).as_deref(),
            Some("Access ends within 24 hours")
        );
        watch.last = LastMessage::Shown;
        assert_eq!(
            watch.look(2 * HOUR).as_deref(),
            Some("2 grants end within 22 hours")
        );
        assert_eq!(
            watch.look(3 * HOUR).as_deref(),
            Some("1 grant has ended, 1 to end")
        );
        // What was moved meanwhile is not said to end then.
        watch.ends = vec![end("a", 90 * HOUR), end("c", 5 * HOUR)];
        assert_eq!(
            watch.look(4 * HOUR).as_deref(),
            Some("Access ends within 1 hour")
        );
    }

    #[test]
    fn a_message_that_was_read_is_not_said_again() {
        let mut watch = Watch::new(
            preferences(&[60]),
            &[end("a", 2 * HOUR), end("b", 2 * HOUR + 30)],
        );
        assert!(watch.look(HOUR).is_some());
        assert_eq!(
            watch.look(HOUR + 30).as_deref(),
            Some("Access ends within 1 hour")
        );
    }

    #[test]
    fn one_end_with_several_lead_times_is_one_message_that_changes() {
        let mut watch = Watch::new(preferences(&[180, 60, 0]), &[end("a", 4 * HOUR)]);
        watch.last = LastMessage::Shown;
        let told = [HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR].map(|minutes| watch.look(minutes));
        let told = told.each_ref().map(Option::as_deref);
        assert_eq!(
            told,
            [
                Some("Access ends within 3 hours"),
                None,
                Some("Access ends within 1 hour"),
                Some("Access has ended"),
            ]
        );
    }
}
