//! Two sides compared over every request: two members, two instants, two kinds of server, saved
//! against unsaved. Only what differs is said, each with where it comes from.

use chrono::{DateTime, Utc};
use reeve_analysis::{Cache, Limits, Scope, difference};
pub use reeve_analysis::{Change, Difference, Exhaustive, Verdict};
use reeve_domain::project::CatalogueEdition;
use reeve_policy::assemble::Source;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::decide;

use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::pull::unseen::UnseenKind;
use crate::reeve::Reeve;
use crate::role_effect::universe;
use crate::simulate::{Asked, Case, Question, case};

/// How many differences are told.
const TOLD: usize = 300;

/// What came of a comparison.
#[derive(Debug)]
pub enum Comparison {
    /// Both sides could be looked at.
    Compared(Box<Compared>),
    /// A side is not what it must be: the first remarks are about the left one.
    Incomplete(Vec<Remark>, Vec<Remark>),
}

/// How two sides differ.
#[derive(Debug)]
pub struct Compared {
    /// Which names the server's actions have.
    pub edition: CatalogueEdition,
    /// The two sides.
    pub sides: [Side; 2],
    /// How they differ.
    pub difference: Difference,
    /// For each change, through what each side has its answer.
    pub sources: Vec<[Option<Source>; 2]>,
}

/// One side.
#[derive(Debug)]
pub struct Side {
    /// Who was asked about.
    pub asked: Asked,
    /// The instant.
    pub at: DateTime<Utc>,
    /// What could not be pulled of it and can matter.
    pub unseen: Vec<UnseenKind>,
}

impl Reeve {
    /// Compares what `left` and `right` are about; what they ask is not looked at.
    ///
    /// While it works, another comparison ends it with [`DeedError::Superseded`].
    pub fn compare(&self, left: &Question, right: &Question) -> Result<Comparison, DeedError> {
        let turn = self.comparisons.next();
        let cancelled = || turn.is_over();
        let now = self.now();
        let (one, other, universe) = self.workspace()?.reader().read(|snapshot| {
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            Ok::<_, DeedError>((
                case(snapshot, left, now)?,
                case(snapshot, right, now)?,
                universe(&project, &snapshot.places()?),
            ))
        })?;
        let (one, other) = match (one, other) {
            (Ok(one), Ok(other)) => (one, other),
            (one, other) => {
                let remarks = |side: Result<_, Vec<Remark>>| side.err().unwrap_or_default();
                return Ok(Comparison::Incomplete(remarks(one), remarks(other)));
            }
        };
        let mut cache = CompileCache::new();
        let before = compile(&one.assembly(), &mut cache);
        let after = compile(&other.assembly(), &mut cache);
        let analysis = Cache::new();
        let limits = Limits {
            boxes: TOLD,
            witnesses: 2,
            ..Limits::USUAL
        };
        let scope = Scope::new(&universe, &analysis)
            .within(&limits)
            .cancelled_by(&cancelled);
        let difference = difference(&before, &after, &scope).map_err(|_| DeedError::Superseded)?;
        let sources = difference
            .changes
            .iter()
            .map(|change| [source(&before, change), source(&after, change)])
            .collect();
        Ok(Comparison::Compared(Box::new(Compared {
            edition: one.edition,
            sides: [side(one), side(other)],
            difference,
            sources,
        })))
    }
}

fn side(case: Case) -> Side {
    Side {
        at: case.at,
        unseen: case.unseen_that_matter(),
        asked: case.holder.asked,
    }
}

/// Through what one side has its answer to what shows the change.
fn source(rules: &CompiledRules, change: &Change) -> Option<Source> {
    let witness = change.witnesses.first()?;
    let decision = decide(rules, &witness.request);
    decision.deciding()?.source.clone()
}
