//! What becomes of a member's access at the instant something of it ends: by the exact difference
//! between the rules that count just before and those that count from then on.
//!
//! Whoever holds the same rules before and after shares one comparison, so thousands of holders of
//! one role cost as much as one.

mod foresight;
mod known;
mod lists;
mod touched;

use std::sync::Arc;

use reeve_analysis::{Change, Difference, words};
use reeve_domain::project::CatalogueEdition;

pub(crate) use foresight::{Foresight, Outlook};
pub(crate) use known::KnownConsequences;

/// What becomes of access at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequence {
    /// What kind of consequence it is.
    pub effect: Effect,
    /// It in a line, with what is lost or gained first.
    pub sentence: String,
    /// What is no longer allowed, the first few pieces.
    pub lost: Vec<Change>,
    /// In how many pieces something is no longer allowed.
    pub lost_count: usize,
    /// What becomes allowed because a Forbid ends, the first few pieces.
    pub gained: Vec<Change>,
    /// In how many pieces something becomes allowed.
    pub gained_count: usize,
    /// Why it is not certain that this is all; `None` if it is.
    pub doubt: Option<String>,
    /// The catalogue in whose words it is told.
    pub edition: CatalogueEdition,
}

/// Kinds of consequences, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Every request has the same answer as before.
    Nothing,
    /// It could not be found out.
    Unsure,
    /// Something is no longer allowed.
    Loses,
    /// Something becomes allowed, because a Forbid ends.
    Gains,
    /// Some is lost, and some becomes allowed.
    LosesAndGains,
    /// No rule is left: nothing is allowed any more.
    LosesEverything,
}

/// How many lines are told one by one.
const TOLD: usize = 6;

impl Consequence {
    /// Where it stands in a list by gravity: the higher, the graver.
    pub fn weight(&self) -> u32 {
        const STEP: u32 = 1_000_000;
        let rank = match self.effect {
            Effect::Nothing => 0,
            Effect::Unsure => 1,
            Effect::Loses => 2,
            Effect::Gains => 3,
            Effect::LosesAndGains => 4,
            Effect::LosesEverything => 5,
        };
        let pieces = u32::try_from(self.lost_count + self.gained_count).unwrap_or(u32::MAX);
        rank * STEP + pieces.min(STEP - 1)
    }

    /// Nothing could be found out, for this reason.
    fn unsure(because: String) -> Self {
        Self {
            effect: Effect::Unsure,
            sentence: "Not certain what changes".to_owned(),
            lost: Vec::new(),
            lost_count: 0,
            gained: Vec::new(),
            gained_count: 0,
            doubt: Some(because),
            edition: CatalogueEdition::default(),
        }
    }

    /// Nothing changes.
    fn nothing() -> Self {
        Self {
            effect: Effect::Nothing,
            sentence: "Nothing changes".to_owned(),
            doubt: None,
            ..Self::unsure(String::new())
        }
    }

    /// What a difference comes to; `is_left` tells whether any rule counts afterwards.
    fn of(difference: &Difference, is_left: bool, edition: CatalogueEdition) -> Self {
        let lost: Vec<&Change> = difference.no_longer_allowed().collect();
        let gained: Vec<&Change> = difference.newly_allowed().collect();
        let doubt = doubt(difference, edition);
        let effect = match (lost.is_empty(), gained.is_empty()) {
            (true, true) if doubt.is_some() => Effect::Unsure,
            (true, true) => Effect::Nothing,
            (false, true) if !is_left => Effect::LosesEverything,
            (false, true) => Effect::Loses,
            (true, false) => Effect::Gains,
            (false, false) => Effect::LosesAndGains,
        };
        let told = |changes: &[&Change]| changes.iter().take(TOLD).copied().cloned().collect();
        Self {
            effect,
            sentence: sentence(effect, &lost, &gained, edition),
            lost: told(&lost),
            lost_count: lost.len(),
            gained: told(&gained),
            gained_count: gained.len(),
            doubt,
            edition,
        }
    }
}

/// A consequence in a line.
fn sentence(
    effect: Effect,
    lost: &[&Change],
    gained: &[&Change],
    edition: CatalogueEdition,
) -> String {
    let first = |changes: &[&Change]| {
        let line = changes
            .first()
            .map_or_else(String::new, |change| words::change(change, edition));
        match changes.len() {
            0 | 1 => line,
            count => format!("{line} and {} more", count - 1),
        }
    };
    match effect {
        Effect::Nothing => "Nothing changes".to_owned(),
        Effect::Unsure => "Not certain what changes".to_owned(),
        Effect::LosesEverything => "Loses all access".to_owned(),
        Effect::Loses => format!("Loses {}", first(lost)),
        Effect::Gains => format!("A Forbid ends, which opens {}", first(gained)),
        Effect::LosesAndGains => format!(
            "Loses {}; a Forbid ends, which opens {}",
            first(lost),
            first(gained)
        ),
    }
}

/// What keeps a difference from being all there is to say.
fn doubt(difference: &Difference, edition: CatalogueEdition) -> Option<String> {
    if let reeve_analysis::Exhaustive::No(limits) = &difference.exhaustive {
        return Some(limits.first().map_or_else(
            || "not every request was looked at".to_owned(),
            words::limit,
        ));
    }
    let is_unknown = |change: &&Change| {
        use reeve_analysis::Answer::Unknown;
        change.before == Unknown || change.after == Unknown
    };
    difference
        .changes
        .iter()
        .find(is_unknown)
        .map(|change| format!("{}: not known", words::change(change, edition)))
}

/// What the end of something means for those whose access it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndEffect {
    /// The gravest consequence for one of them.
    pub worst: Arc<Consequence>,
    /// For how many of those looked at something changes or may change.
    pub affected: usize,
    /// How many were looked at: one, or the members of a group.
    pub looked_at: usize,
    /// Whether a group has more members than were looked at.
    pub has_more: bool,
    /// How much else of the same member ends at the same instant.
    pub together: usize,
}
