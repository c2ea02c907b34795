//! Puts a decision on paper: for people, or as JSON.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use reeve_app::simulate::{Decided, Verdict};
use reeve_domain::rule::Effect;
use reeve_domain::value::Value;
use reeve_policy::decide::{
    Bearing, Candidate, Change, CheckResult, ConditionTrace, Decision, Outcome, RuleMatch,
};
use reeve_policy::explain::{Part, Sentence, error_words, explain, unknown_words};
use reeve_policy::read::{ReadProblem, rule_to_json, value_to_json};
use serde_json::{Value as Json, json};

/// A decision with what belongs to it.
pub struct Report {
    who: String,
    decision: Decision,
    change: Option<Change>,
    depends_on: BTreeSet<String>,
    odd_rules: Vec<usize>,
}

impl Report {
    /// About rules, whoever holds them.
    pub fn of_rules(decision: Decision, problems: &[ReadProblem]) -> Self {
        Self {
            who: "whoever holds these rules".to_owned(),
            decision,
            change: None,
            depends_on: BTreeSet::new(),
            odd_rules: problems.iter().map(|problem| problem.rule + 1).collect(),
        }
    }

    /// About a member of a workspace, if the question was about one action.
    pub fn of_member(verdict: Verdict) -> Option<Self> {
        let Decided::Action(mut decision) = verdict.decided else {
            return None;
        };
        // What nobody could see may make it another answer, so that no rule decides it.
        if !verdict.unseen.is_empty() {
            decision.outcome = verdict.outcome;
            decision.decided_by = None;
        }
        Some(Self {
            who: verdict.asked.name(),
            decision,
            change: verdict.change,
            depends_on: verdict.depends_on,
            odd_rules: Vec::new(),
        })
    }

    /// The answer.
    pub fn outcome(&self) -> Outcome {
        self.decision.outcome
    }

    /// In sentences; `with_rules` adds every rule that was looked at.
    pub fn as_text(&self, with_rules: bool) -> String {
        let explanation = explain(&self.who, &self.decision, self.change);
        let mut text = in_words(&explanation.headline);
        text.push('\n');
        for note in &explanation.notes {
            line(&mut text, &format!("note: {}", in_words(note)));
        }
        if !self.depends_on.is_empty() {
            let open: Vec<&str> = self.depends_on.iter().map(String::as_str).collect();
            line(
                &mut text,
                &format!("note: it depends on what was not said: {}", open.join(", ")),
            );
        }
        for rule in &self.odd_rules {
            line(
                &mut text,
                &format!("note: rule {rule} is unusual; `reeve validate` says how"),
            );
        }
        if with_rules {
            for candidate in &self.decision.candidates {
                write_candidate(&mut text, candidate);
            }
        }
        text
    }

    /// As JSON; `with_rules` adds every rule that was looked at.
    pub fn as_json(&self, with_rules: bool) -> String {
        let explanation = explain(&self.who, &self.decision, self.change);
        let notes: Vec<String> = explanation.notes.iter().map(in_words).collect();
        let mut json = json!({
            "allowed": allowed(self.decision.outcome),
            "outcome": outcome_word(self.decision.outcome),
            "reason": reason_words(self.decision.outcome),
            "headline": in_words(&explanation.headline),
            "notes": notes,
            "dependsOn": self.depends_on,
            "at": instant(self.decision.now),
            "changesAt": self.change.map(|change| instant(change.at)),
            "decidedBy": self.decision.deciding().map(candidate_as_json),
        });
        if let (true, Some(object)) = (with_rules, json.as_object_mut()) {
            let rules = self
                .decision
                .candidates
                .iter()
                .map(candidate_as_json)
                .collect();
            object.insert("rules".to_owned(), rules);
        }
        format!("{json:#}\n")
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn write_candidate(text: &mut String, candidate: &Candidate) {
    let source = candidate.source.as_ref().map_or_else(
        || "rules that a template changed".to_owned(),
        ToString::to_string,
    );
    let effect = effect_word(candidate.effect);
    let (applies, bearing) = (
        match_words(candidate.applies),
        bearing_words(candidate.bearing),
    );
    let position = candidate.position + 1;
    line(
        text,
        &format!("{effect} in {source}, rule {position}: {applies} ({bearing})"),
    );
    for condition in &candidate.conditions {
        let _ = writeln!(text, "    {}", condition_words(condition));
    }
}

fn condition_words(condition: &ConditionTrace) -> String {
    let mark = match condition.result {
        CheckResult::Matched => "holds",
        CheckResult::NotMatched => "does not hold",
        CheckResult::Missing => "does not hold, there is none",
        CheckResult::Fails(_) => "fails on the server",
        CheckResult::Unknown(_) => "is not known",
        CheckResult::NotReached => "was not looked at",
    };
    let found = condition
        .found
        .as_ref()
        .map(|found| format!(" (it is {})", shown(found)));
    format!(
        "{} {} {} {mark}{}",
        condition.property,
        condition.operator,
        shown(&condition.expected),
        found.unwrap_or_default()
    )
}

fn candidate_as_json(candidate: &Candidate) -> Json {
    let conditions: Vec<Json> = candidate
        .conditions
        .iter()
        .map(|condition| {
            json!({
                "property": condition.property,
                "operator": condition.operator,
                "expected": value_to_json(&condition.expected),
                "found": condition.found.as_ref().map(value_to_json),
                "result": result_word(condition.result),
            })
        })
        .collect();
    json!({
        "source": candidate.source.as_ref().map(ToString::to_string),
        "position": candidate.position,
        "effect": effect_word(candidate.effect).to_lowercase(),
        "applies": match_words(candidate.applies),
        "bearing": bearing_words(candidate.bearing),
        "rule": candidate.rule().map(rule_to_json),
        "conditions": conditions,
    })
}

fn in_words(sentence: &Sentence) -> String {
    let mut text = String::new();
    for part in &sentence.parts {
        match part {
            Part::Text(words) => text.push_str(words),
            Part::Code(code) => {
                let _ = write!(text, "`{code}`");
            }
            Part::Source(source) => {
                let _ = write!(text, "{source}");
            }
            Part::Instant(at) => text.push_str(&instant(*at)),
        }
    }
    text
}

fn shown(value: &Value) -> String {
    value_to_json(value).to_string()
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "Allow",
        Effect::Forbid => "Forbid",
    }
}

/// Yes or no; neither if there is no answer.
fn allowed(outcome: Outcome) -> Option<bool> {
    match outcome {
        Outcome::Allowed => Some(true),
        Outcome::Denied => Some(false),
        Outcome::ServerError(_) | Outcome::Unknown(_) => None,
    }
}

fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "allowed",
        Outcome::Denied => "denied",
        Outcome::ServerError(_) => "error",
        Outcome::Unknown(_) => "unknown",
    }
}

fn reason_words(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Allowed | Outcome::Denied => None,
        Outcome::ServerError(reason) => Some(error_words(reason)),
        Outcome::Unknown(reason) => Some(unknown_words(reason)),
    }
}

fn match_words(applies: RuleMatch) -> &'static str {
    match applies {
        RuleMatch::Applies => "applies",
        RuleMatch::DoesNotApply => "does not apply",
        RuleMatch::Fails(_) => "fails on the server",
        RuleMatch::Unknown(_) => "is not known to apply",
    }
}

fn bearing_words(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::Decided => "decided",
        Bearing::Tried => "tried",
        Bearing::LeftOpen => "left open",
        Bearing::NotReached => "not reached",
    }
}

fn result_word(result: CheckResult) -> &'static str {
    match result {
        CheckResult::Matched => "matched",
        CheckResult::NotMatched => "not matched",
        CheckResult::Missing => "missing",
        CheckResult::Fails(_) => "fails",
        CheckResult::Unknown(_) => "unknown",
        CheckResult::NotReached => "not reached",
    }
}
