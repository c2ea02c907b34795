//! What happened to a list of rules, rule by rule. This compares what is written, not what it means.

use reeve_domain::rule::Rule;

/// A rule of the list before, after, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// The rule.
    pub rule: Rule,
    /// What happened to it.
    pub fate: Fate,
}

/// What happened to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stayed where it was.
    Kept,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is where it was not before.
    MovedHere,
    /// It was here and is elsewhere now.
    MovedAway,
}

/// Every rule of both lists, in an order that keeps that of each list. As many rules as possible
/// are kept.
pub fn rule_changes(before: &[Rule], after: &[Rule]) -> Vec<RuleChange> {
    let mut changes = aligned(before, after);
    // What was taken out in one place and put in at another was moved.
    for place in 0..changes.len() {
        let Some(RuleChange {
            rule,
            fate: Fate::Removed,
        }) = changes.get(place)
        else {
            continue;
        };
        let twin = changes
            .iter()
            .position(|other| other.fate == Fate::Added && other.rule == *rule);
        if let Some(twin) = twin {
            set(&mut changes, place, Fate::MovedAway);
            set(&mut changes, twin, Fate::MovedHere);
        }
    }
    changes
}

fn set(changes: &mut [RuleChange], place: usize, fate: Fate) {
    if let Some(change) = changes.get_mut(place) {
        change.fate = fate;
    }
}

/// The longest common subsequence of the lists as what is kept.
fn aligned(before: &[Rule], after: &[Rule]) -> Vec<RuleChange> {
    let lengths = common_lengths(before, after);
    let length = |left: usize, right: usize| {
        let row = lengths.get(left).and_then(|row| row.get(right));
        row.copied().unwrap_or(0)
    };
    let mut changes = Vec::with_capacity(before.len() + after.len());
    let mut push = |rule: &Rule, fate| {
        changes.push(RuleChange {
            rule: rule.clone(),
            fate,
        });
    };
    let (mut left, mut right) = (0, 0);
    loop {
        match (before.get(left), after.get(right)) {
            (Some(gone), Some(new)) if gone == new => {
                push(gone, Fate::Kept);
                left += 1;
                right += 1;
            }
            (Some(gone), new)
                if new.is_none() || length(left + 1, right) >= length(left, right + 1) =>
            {
                push(gone, Fate::Removed);
                left += 1;
            }
            (_, Some(new)) => {
                push(new, Fate::Added);
                right += 1;
            }
            (_, None) => return changes,
        }
    }
}

/// At `[left][right]`: how many rules the lists have in common from these places on, in order.
fn common_lengths(before: &[Rule], after: &[Rule]) -> Vec<Vec<usize>> {
    let mut rows = vec![vec![0; after.len() + 1]];
    for gone in before.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0];
        for (place, new) in after.iter().enumerate().rev() {
            let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(0);
            let beside = row.last().copied().unwrap_or(0);
            row.push(if gone == new {
                at(&below, place + 1) + 1
            } else {
                at(&below, place).max(beside)
            });
        }
        row.reverse();
        rows.push(row);
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use reeve_policy::read::rules_from_text;

    fn rules(subjects: &str) -> Vec<Rule> {
        let written: Vec<String> = subjects
            .chars()
            .map(|subject| format!(r#"{{"subject":"{subject}","action":"read"}}"#))
            .collect();
        rules_from_text(&format!("[{}]", written.join(",")))
            .unwrap()
            .0
    }

    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        let changes = rule_changes(&rules(before), &rules(after));
        let shown: Vec<String> = changes
            .iter()
            .map(|change| {
                let sign = match change.fate {
                    Fate::Kept => "",
                    Fate::Added => "+",
                    Fate::Removed => "-",
                    Fate::MovedHere => ">",
                    Fate::MovedAway => "<",
                };
                format!("{sign}{}", change.rule.subject().unwrap().as_str())
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{before} to {after}");
    }

    #[test]
    fn what_stays_is_kept_and_the_rest_is_marked() {
        check("", "", "");
        check("abc", "abc", "a b c");
        check("", "ab", "+a +b");
        check("ab", "", "-a -b");
        check("abc", "axc", "a -b +x c");
        check("abcd", "bcde", "-a b c d +e");
    }

    #[test]
    fn a_rule_that_changed_places_is_moved_and_not_lost() {
        check("abc", "bca", "<a b c >a");
        check("aab", "aba", "a <a b >a");
    }

    #[test]
    fn a_rule_that_stands_twice_is_counted_twice() {
        check("a", "aa", "a +a");
        check("aa", "a", "a -a");
    }
}
