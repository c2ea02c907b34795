//! Random histories of grants: what the window's commands list as active at an instant is what the
//! engine decides at that instant, and both are what a naive model of intervals says, boundaries
//! included.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, SecondsFormat, Utc};
use proptest::prelude::*;
use reeve_api::core::{Clock, Core, Events, StartOptions};
use reeve_api::dto::common::Changed;
use serde_json::{Value, json};
use tempfile::TempDir;

const MINUTE: i64 = 60_000;
/// 2026-06-01T12:00:00Z
const BEGINNING: i64 = 1_780_315_200_000;

/// A clock that stands still where it was put.
struct StillClock(AtomicI64);

impl Clock for StillClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::Relaxed)).expect("a real instant")
    }
}

struct Deaf;

impl Events for Deaf {
    fn changed(&self, _: Changed) {}
}

/// What is done, to one of a few privileges.
#[derive(Debug, Clone)]
enum Step {
    Attach {
        slug: usize,
        minutes: Option<i64>,
    },
    Schedule {
        slug: usize,
        after: i64,
        minutes: i64,
    },
    StartScheduled {
        slug: usize,
    },
    Extend {
        slug: usize,
        minutes: i64,
    },
    ShortenTo {
        slug: usize,
        minutes: i64,
    },
    EndNow {
        slug: usize,
    },
    Restart {
        slug: usize,
    },
    Renew {
        slug: usize,
        minutes: i64,
    },
    MakePermanent {
        slug: usize,
    },
    Remove {
        slug: usize,
    },
    TakeBack,
    Wait {
        minutes: i64,
    },
    SetBack {
        minutes: i64,
    },
    /// To the next end, or so many milliseconds beside it.
    GoToEnd {
        beside: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let slug = || 0..3_usize;
    let minutes = || 1..90_i64;
    prop_oneof![
        3 => (slug(), proptest::option::weighted(0.8, minutes()))
            .prop_map(|(slug, minutes)| Step::Attach { slug, minutes }),
        1 => (slug(), minutes(), minutes())
            .prop_map(|(slug, after, minutes)| Step::Schedule { slug, after, minutes }),
        1 => slug().prop_map(|slug| Step::StartScheduled { slug }),
        2 => (slug(), minutes()).prop_map(|(slug, minutes)| Step::Extend { slug, minutes }),
        2 => (slug(), minutes()).prop_map(|(slug, minutes)| Step::ShortenTo { slug, minutes }),
        1 => slug().prop_map(|slug| Step::EndNow { slug }),
        1 => slug().prop_map(|slug| Step::Restart { slug }),
        2 => (slug(), minutes()).prop_map(|(slug, minutes)| Step::Renew { slug, minutes }),
        1 => slug().prop_map(|slug| Step::MakePermanent { slug }),
        1 => slug().prop_map(|slug| Step::Remove { slug }),
        1 => Just(Step::TakeBack),
        2 => minutes().prop_map(|minutes| Step::Wait { minutes }),
        1 => minutes().prop_map(|minutes| Step::SetBack { minutes }),
        3 => (-1..=1_i64).prop_map(|beside| Step::GoToEnd { beside }),
    ]
}

/// How long a privilege counts, for a naive model: its end, or none, and its length where known.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span {
    end: Option<i64>,
    length: Option<i64>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Model {
    given: BTreeMap<usize, Span>,
    waiting: BTreeMap<usize, (i64, i64)>,
}

impl Model {
    fn counts(&self, slug: usize, now: i64) -> bool {
        self.given
            .get(&slug)
            .is_some_and(|span| span.end.is_none_or(|end| now < end))
    }

    /// Does `step` at `now`; whether anything changed.
    fn take(&mut self, step: &Step, now: i64) -> bool {
        let before = self.clone();
        let timed = |span: &Span| span.end.is_some_and(|end| now < end);
        match *step {
            Step::Attach { slug, minutes } => {
                if !self.given.contains_key(&slug) && !self.waiting.contains_key(&slug) {
                    let length = minutes.map(|minutes| minutes * MINUTE);
                    let end = length.map(|length| now + length);
                    self.given.insert(slug, Span { end, length });
                }
            }
            Step::Schedule {
                slug,
                after,
                minutes,
            } => {
                if !self.given.contains_key(&slug) && !self.waiting.contains_key(&slug) {
                    let start = now + after * MINUTE;
                    self.waiting.insert(slug, (start, start + minutes * MINUTE));
                }
            }
            Step::StartScheduled { slug } => {
                if let Some((start, end)) = self.waiting.get(&slug).copied().filter(|it| now < it.1)
                {
                    self.waiting.remove(&slug);
                    let span = Span {
                        end: Some(end),
                        length: Some(end - start),
                    };
                    self.given.insert(slug, span);
                }
            }
            Step::Remove { slug } => {
                self.given.remove(&slug);
            }
            Step::Extend { slug, .. }
            | Step::ShortenTo { slug, .. }
            | Step::EndNow { slug }
            | Step::Restart { slug }
            | Step::Renew { slug, .. }
            | Step::MakePermanent { slug } => {
                if let Some(span) = self.given.get_mut(&slug) {
                    *span = changed(step, *span, timed(span), now);
                }
            }
            Step::TakeBack | Step::Wait { .. } | Step::SetBack { .. } | Step::GoToEnd { .. } => {}
        }
        *self != before
    }
}

fn changed(step: &Step, span: Span, is_running: bool, now: i64) -> Span {
    // What is cut or stretched has the length from its start on, where that is known and lies before.
    let until = |end: i64| {
        let start = span.end.zip(span.length).map(|(end, length)| end - length);
        let length = start.filter(|start| *start < end).map(|start| end - start);
        Span {
            end: Some(end),
            length,
        }
    };
    match (step, span.end) {
        (Step::Extend { minutes, .. }, Some(end)) if is_running => until(end + minutes * MINUTE),
        (Step::ShortenTo { minutes, .. }, old) => {
            let end = now + minutes * MINUTE;
            if old.is_none_or(|old| is_running && end < old) {
                until(end)
            } else {
                span
            }
        }
        (Step::EndNow { .. }, None) => until(now),
        (Step::EndNow { .. }, Some(_)) if is_running => until(now),
        (Step::Restart { .. }, Some(_)) if is_running => match span.length {
            Some(length) => Span {
                end: Some(now + length),
                length: Some(length),
            },
            None => span,
        },
        (Step::Renew { minutes, .. }, Some(_)) if !is_running => {
            let length = minutes * MINUTE;
            Span {
                end: Some(now + length),
                length: Some(length),
            }
        }
        (Step::MakePermanent { .. }, Some(_)) if is_running => Span {
            end: None,
            length: None,
        },
        _ => span,
    }
}

struct World {
    core: Core,
    clock: Arc<StillClock>,
    member: String,
    model: Model,
    /// The ends of what the member has besides.
    others: Vec<i64>,
    /// The last entry that can be taken back, with the model before it.
    last: Option<(String, Model)>,
    _data: TempDir,
}

impl World {
    fn new() -> Self {
        let data = TempDir::new().expect("a temporary folder can be made");
        let clock = Arc::new(StillClock(AtomicI64::new(BEGINNING)));
        let options = StartOptions {
            data: data.path().to_owned(),
            sample: true,
            ..StartOptions::default()
        };
        let core = Core::start(options, Arc::clone(&clock) as _, Arc::new(Deaf));
        let mut world = Self {
            core,
            clock,
            member: String::new(),
            model: Model::default(),
            others: Vec::new(),
            last: None,
            _data: data,
        };
        let id = world.row()["id"].as_str().expect("an id").to_owned();
        world.member = id;
        let detail = world.detail();
        for list in ["roles", "privileges"] {
            let held = detail[list].as_array().expect("a list").iter();
            world.others.extend(
                held.filter_map(|it| it["standing"]["end"].as_str())
                    .map(|end| {
                        DateTime::parse_from_rfc3339(end)
                            .expect("an instant")
                            .timestamp_millis()
                    }),
            );
        }
        world
    }

    fn call(&self, command: &str, request: &Value) -> Value {
        self.core
            .call(command, request.clone())
            .unwrap_or_else(|error| panic!("`{command}` failed: {error:?}"))
    }

    /// The member's row in the list.
    fn row(&self) -> Value {
        let name = "legacy-billing-job";
        let page = self.call(
            "list_members",
            &json!({"filter": {"kind": null, "search": name}, "sort": "relevance",
                    "descending": false, "offset": 0, "limit": 10}),
        );
        let rows = page["rows"].as_array().expect("a list");
        let row = rows.iter().find(|row| row["name"] == name);
        row.expect("the member is listed").clone()
    }

    fn now(&self) -> i64 {
        self.clock.0.load(Ordering::Relaxed)
    }

    fn set(&self, now: i64) {
        self.clock.0.store(now, Ordering::Relaxed);
    }

    fn detail(&self) -> Value {
        self.call("member_detail", &json!({"member": self.member}))
    }

    fn id_of(&self, list: &str, name: &str, slug: usize) -> Option<String> {
        let detail = self.detail();
        let found = detail[list]
            .as_array()?
            .iter()
            .find(|it| it[name] == format!("p{slug}"))?;
        Some(found["id"].as_str()?.to_owned())
    }

    /// Carries out `step` in the core and in the model.
    fn take(&mut self, step: &Step) {
        let now = self.now();
        match *step {
            Step::Wait { minutes } => return self.set(now + minutes * MINUTE),
            Step::SetBack { minutes } => return self.set(now - minutes * MINUTE),
            Step::GoToEnd { beside } => {
                let ends = self.model.given.values().filter_map(|span| span.end);
                if let Some(end) = ends.filter(|end| *end > now).min() {
                    self.set(end + beside);
                }
                return;
            }
            Step::TakeBack => return self.take_back(),
            _ => {}
        }
        let before = self.model.clone();
        let history = self.carry_out(step);
        let changes = self.model.take(step, now);
        assert_eq!(history.is_some(), changes, "{step:?}");
        if let Some(history) = history {
            self.last = Some((history, before));
        }
    }

    fn take_back(&mut self) {
        if let Some((history, before)) = self.last.take() {
            self.call("undo", &json!({"history": history}));
            self.model = before;
        }
    }

    /// The entry that it left in the history, if it did anything.
    fn carry_out(&self, step: &Step) -> Option<String> {
        let lifetime = |slug: usize, act: Value| {
            let id = self.id_of("privileges", "slug", slug)?;
            let answer = self.call(
                "change_lifetime",
                &json!({"targets": {"kind": "grants",
                                    "grants": [{"what": "privilege", "id": id}]},
                        "act": act, "reason": ""}),
            );
            Some(answer["done"]["history"].as_str()?.to_owned())
        };
        let range = |minutes: i64| format!("{minutes}m");
        match *step {
            Step::Attach { slug, minutes } => self.attach(slug, minutes, None),
            Step::Schedule {
                slug,
                after,
                minutes,
            } => {
                let start = text(self.now() + after * MINUTE);
                self.attach(slug, Some(minutes), Some(&start))
            }
            Step::StartScheduled { slug } => {
                let id = self.id_of("scheduled", "title", slug)?;
                let answer = self
                    .core
                    .call("start_scheduled", json!({"scheduled": id}))
                    .ok()?;
                Some(answer["history"].as_str()?.to_owned())
            }
            Step::Extend { slug, minutes } => lifetime(
                slug,
                json!({"kind": "extend", "end": {"kind": "by", "range": range(minutes)}}),
            ),
            Step::ShortenTo { slug, minutes } => lifetime(
                slug,
                json!({"kind": "shorten", "end": {"kind": "in", "range": range(minutes)}}),
            ),
            Step::EndNow { slug } => lifetime(slug, json!({"kind": "endNow"})),
            Step::Restart { slug } => lifetime(slug, json!({"kind": "restart", "range": null})),
            Step::Renew { slug, minutes } => {
                lifetime(slug, json!({"kind": "renew", "range": range(minutes)}))
            }
            Step::MakePermanent { slug } => lifetime(slug, json!({"kind": "makePermanent"})),
            Step::Remove { slug } => lifetime(slug, json!({"kind": "remove"})),
            Step::TakeBack | Step::Wait { .. } | Step::SetBack { .. } | Step::GoToEnd { .. } => {
                None
            }
        }
    }

    fn attach(&self, slug: usize, minutes: Option<i64>, start: Option<&str>) -> Option<String> {
        let duration = match minutes {
            None => json!({"kind": "permanent"}),
            Some(minutes) => json!({"kind": "timed", "range": format!("{minutes}m")}),
        };
        let answer = self.call(
            "attach_privilege",
            &json!({
                "member": self.member, "slug": format!("p{slug}"), "start": start,
                "duration": duration, "reason": "", "ticket": "",
                "policies": [{"subject": "secrets", "actions": ["readValue"], "inverted": false,
                    "conditions": [{"property": "secretPath", "operator": "$eq",
                                    "values": [format!("/p{slug}")]}]}],
            }),
        );
        Some(answer["history"].as_str()?.to_owned())
    }

    fn decides(&self, slug: usize, when: &Value) -> bool {
        let answer = self.call(
            "simulate",
            &json!({
                "who": {"kind": "member", "member": self.member},
                "what": {"kind": "action", "subject": "secrets", "action": "readValue"},
                "place": {"environment": "prod", "secretPath": format!("/p{slug}"),
                          "secretName": "KEY", "secretTags": []},
                "when": when, "semantics": null,
                "unsaved": {"roleDrafts": false, "privilege": null},
            }),
        );
        answer["outcome"] == "allowed"
    }

    /// What the timeline and the list by consequence show from an instant on is, of what is timed,
    /// exactly what counts at that instant, with the end at which it stops.
    fn check_timeline(&self, at: i64) {
        const FAR: i64 = 400 * 24 * 60 * MINUTE;
        let span = |limit: bool| {
            let mut span = json!({"from": text(at), "to": text(at + FAR), "kind": "privilege",
                                  "offset": 0});
            if limit {
                span["limit"] = json!(500);
            }
            span
        };
        let bars = self.call("timeline", &span(true));
        let ends = self.call("expiring", &span(false));
        assert!(ends["next"].is_null() || ends["rows"].as_array().is_some_and(|it| !it.is_empty()));
        for slug in 0..3 {
            let end = self.model.given.get(&slug).and_then(|span| span.end);
            let shown = end.filter(|_| self.model.counts(slug, at)).map(text);
            assert_eq!(
                bar_end(&bars, &self.member, slug),
                shown,
                "the bar of p{slug} at {}",
                text(at)
            );
            // What was not looked into yet is not listed yet.
            if ends["next"].is_null() {
                assert_eq!(
                    bar_end(&ends, &self.member, slug),
                    shown,
                    "p{slug} among what ends after {}",
                    text(at)
                );
            }
        }
    }

    /// Compares everything that says what counts now, and what the engine says of other instants.
    fn check(&self) {
        let now = self.now();
        let detail = self.detail();
        for slug in 0..3 {
            let counts = self.model.counts(slug, now);
            assert_eq!(
                listed(&detail, slug),
                counts,
                "p{slug} in the list at {}",
                text(now)
            );
            assert_eq!(
                self.decides(slug, &json!({"kind": "now"})),
                counts,
                "p{slug} decided at {}",
                text(now)
            );
        }
        let ends: Vec<i64> = self
            .model
            .given
            .values()
            .filter_map(|span| span.end)
            .collect();
        self.check_timeline(now);
        for end in &ends {
            for at in [end - 1, *end, end + 1] {
                self.check_timeline(at);
                for slug in 0..3 {
                    assert_eq!(
                        self.decides(slug, &json!({"kind": "at", "instant": text(at)})),
                        self.model.counts(slug, at),
                        "p{slug} decided for {}",
                        text(at)
                    );
                }
            }
        }
        let next = ends
            .into_iter()
            .chain(self.others.iter().copied())
            .filter(|end| *end > now)
            .min()
            .map(text);
        assert_eq!(self.row()["nextEnd"].as_str().map(str::to_owned), next);
    }
}

/// The end of the bar of a privilege of the member, if it is among `rows`.
fn bar_end(rows: &Value, member: &str, slug: usize) -> Option<String> {
    let rows = rows["rows"].as_array().expect("a list").iter();
    let mut bars = rows.map(|row| row.get("bar").unwrap_or(row)).filter(|bar| {
        bar["what"] == "privilege"
            && bar["member"]["id"] == member
            && bar["slug"] == format!("p{slug}")
    });
    let end = bars.next()?["end"].as_str().expect("an end").to_owned();
    assert!(bars.next().is_none(), "one bar each");
    Some(end)
}

/// Whether the privilege is listed as one that counts.
fn listed(detail: &Value, slug: usize) -> bool {
    detail["privileges"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|privilege| privilege["slug"] == format!("p{slug}"))
        .any(|privilege| {
            let state = &privilege["standing"]["state"];
            state == "active" || state == "permanent"
        })
}

fn text(instant: i64) -> String {
    DateTime::from_timestamp_millis(instant)
        .expect("a real instant")
        .to_rfc3339_opts(SecondsFormat::Millis, true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_listed_as_active_is_what_the_engine_decides(
        steps in proptest::collection::vec(step(), 1..20),
    ) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
            world.check();
        }
    }
}
