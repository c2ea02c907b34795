//! A message of the desktop in words. Pure.

use chrono::{DateTime, Utc};

use super::decide::{ComingEnd, Notice};

/// How many ends are named in one message.
const NAMED: usize = 4;

/// All of `ends` in one message. Names are left out unless they are allowed, for a message can be
/// read on a locked screen.
pub(super) fn message(
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
    use super::super::examples::{HOUR, at, end};
    use super::*;

    #[test]
    fn names_and_paths_are_said_only_where_they_are_allowed() {
        let ends: Vec<ComingEnd> = (0..6)
            .map(|number| end(&number.to_string(), HOUR))
            .collect();
        let told = |with_names| {
            let ends: Vec<&ComingEnd> = ends.iter().collect();
            message(&ends, false, at(30), with_names).unwrap()
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
        let (one, two) = (end("a", HOUR), end("b", HOUR));
        let notice = message(&[&one, &two], true, at(30), false);
        assert_eq!(
            notice.map(|notice| notice.title).as_deref(),
            Some("More than 2 grants end within 30 minutes")
        );
    }
}
