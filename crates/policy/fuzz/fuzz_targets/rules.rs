//! Any text is read as rules without a panic, and what is read is written back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reeve_domain::project::CatalogueEdition;
use reeve_policy::read::{rules_from_text, rules_to_text};
use reeve_policy::validate::{accept, findings};

fuzz_target!(|text: &str| {
    let Ok((rules, _)) = rules_from_text(text) else {
        return;
    };
    let written = rules_to_text(&rules);
    let (again, _) = rules_from_text(&written).expect("what was written can be read");
    assert_eq!(again, rules);
    findings(&rules, CatalogueEdition::Current);
    if let Ok(json) = serde_json::from_str(text) {
        accept(&json, CatalogueEdition::Current);
    }
});
