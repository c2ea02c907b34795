//! Any two texts, read as rules, are compared without a panic, within the limits, and with nothing
//! that the judge does not confirm.
#![no_main]

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use libfuzzer_sys::fuzz_target;
use reeve_analysis::{Cache, Exhaustive, Limit, Limits, Scope, Universe, difference};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::read::rules_from_text;

const LIMITS: Limits = Limits {
    states: 2_000,
    cells: 200,
    combinations: 5_000,
    boxes: 20,
    samples: 50,
    witnesses: 2,
};

fn compiled(text: &str, semantics: Semantics) -> Option<CompiledRules> {
    let (rules, _) = rules_from_text(text).ok()?;
    let grant = Grant {
        source: Source::AdHoc {
            label: Arc::from("rules"),
        },
        lifetime: Lifetime::Permanent,
        rules: rules.into(),
    };
    let assembly = assemble_as_written(&[grant], semantics, DateTime::<Utc>::UNIX_EPOCH);
    Some(compile(&assembly, &mut CompileCache::new()))
}

fuzz_target!(|text: &str| {
    static CACHE: OnceLock<Cache> = OnceLock::new();
    let Some((one, other)) = text.split_once('\n') else {
        return;
    };
    let semantics = [Semantics::ForbidWins, Semantics::LastMatch];
    let order = semantics[text.len() % 2];
    let (Some(one), Some(other)) = (compiled(one, order), compiled(other, order)) else {
        return;
    };
    let universe = Universe::of(CatalogueEdition::Current);
    let scope = Scope::new(&universe, CACHE.get_or_init(Cache::new)).within(&LIMITS);
    let found = difference(&one, &other, &scope).expect("nobody cancels");
    for change in &found.changes {
        assert!(!change.witnesses.is_empty(), "{change:?}");
    }
    if let Exhaustive::No(limits) = &found.exhaustive {
        let denied = |limit: &Limit| matches!(limit, Limit::Disagreement { .. });
        assert!(!limits.iter().any(denied), "{limits:?}");
    }
});
