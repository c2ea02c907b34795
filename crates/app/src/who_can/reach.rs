//! How far a rule reaches: in how many of the project's folders it alone would allow the same.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::Folder;
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_domain::value::{Object, Value};
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::{AccessRequest, outcome};

use reeve_domain::project::Semantics;

/// Measures rules on the folders of a project.
pub(super) struct Measure {
    requests: Vec<AccessRequest>,
    cache: CompileCache,
    /// By list and position.
    known: HashMap<(u32, usize), usize>,
}

impl Measure {
    /// For one action in each of `folders`, with the rest of what is acted on as `rest` has it.
    pub fn new(subject: &Subject, actions: &[Action], folders: &[Folder], rest: &Object) -> Self {
        let mut requests = Vec::with_capacity(folders.len() * actions.len());
        for folder in folders {
            let mut object = rest.clone();
            object.set("environment", Value::text(folder.environment.as_str()));
            object.set("secretPath", Value::text(folder.path.as_str()));
            for action in actions {
                requests.push(AccessRequest {
                    subject: subject.clone(),
                    action: action.clone(),
                    attributes: Attributes::Of(object.clone()),
                });
            }
        }
        Self {
            requests,
            cache: CompileCache::new(),
            known: HashMap::new(),
        }
    }

    /// In how many folders `rule`, which stands at `position` of the list number `list`, allows it.
    pub fn of(&mut self, list: u32, position: usize, rule: &Rule, per_folder: usize) -> usize {
        if let Some(known) = self.known.get(&(list, position)) {
            return *known;
        }
        let grant = Grant {
            source: Source::AdHoc { label: "".into() },
            lifetime: Lifetime::Permanent,
            rules: [rule.clone()].into(),
        };
        let assembly =
            assemble_as_written(&[grant], Semantics::ForbidWins, DateTime::<Utc>::UNIX_EPOCH);
        let rules = compile(&assembly, &mut self.cache);
        let folders = self
            .requests
            .chunks(per_folder.max(1))
            .filter(|requests| {
                let mut requests = requests.iter();
                requests.any(|request| outcome(&rules, request).is_allowed())
            })
            .count();
        self.known.insert((list, position), folders);
        folders
    }
}
