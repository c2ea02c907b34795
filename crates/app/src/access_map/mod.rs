//! The access map: what somebody may do in every part of every environment.
//!
//! The folders are parted into regions that their rules cannot tell apart; one folder then speaks
//! for its whole region, whatever else there may come to be in it.

mod cell;
mod path_tests;
mod regions;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
pub use reeve_analysis::Answer;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_store::place::Places;

use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::pull::unseen::UnseenKind;
use crate::reeve::Reeve;
use crate::role_effect::universe;
use crate::simulate::extremes::folder_grants_reach;
use crate::simulate::unseen::Clouds;
use crate::simulate::{Asked, Case, Question, When, case};
use regions::{Mapping, Stopped};

/// The access of somebody at an instant, by place.
#[derive(Debug)]
pub struct AccessMap {
    /// Who was asked about.
    pub asked: Asked,
    /// The instant.
    pub at: DateTime<Utc>,
    /// What is acted on.
    pub subject: Subject,
    /// What is done, in the order of the catalogue.
    pub actions: Vec<Action>,
    /// The environments: those of the project, then `None` for any other.
    pub environments: Vec<Option<String>>,
    /// The regions, by their first folder.
    pub regions: Vec<MapRegion>,
    /// Whether each cell says what is so now, too, where that differs.
    pub beside_now: bool,
    /// What kept it from being exact, in words.
    pub limits: Vec<String>,
    /// What could not be pulled of them and makes some cell uncertain.
    pub unseen: Vec<UnseenKind>,
}

/// Folders that nobody's rules tell apart.
#[derive(Debug)]
pub struct MapRegion {
    /// The folders that there are, in any environment.
    pub folders: Vec<String>,
    /// One that speaks for all; it need not exist.
    pub example: String,
    /// A cell for each environment.
    pub cells: Vec<MapCell>,
}

/// What may be done in one region of one environment.
#[derive(Debug, PartialEq, Eq, Clone)]
pub struct MapCell {
    /// Whether there is a folder of the region in this environment.
    pub exists: bool,
    /// At the instant.
    pub access: CellAccess,
    /// The same now, where another instant was asked about and it differs.
    pub now: Option<CellAccess>,
}

/// What may be done in one cell at one instant.
#[derive(Debug, PartialEq, Eq, Clone, Default)]
pub struct CellAccess {
    /// Each action that is not simply denied, by what was pulled.
    pub entries: Vec<MapEntry>,
    /// Each action of which it is not certain, because something could not be pulled.
    pub doubts: Vec<MapDoubt>,
}

/// An action of which the access to a cell is not certain.
#[derive(Debug, PartialEq, Eq, Clone)]
pub struct MapDoubt {
    /// The action.
    pub action: Action,
    /// For which names and tags, in words; empty if for all.
    pub cases: Vec<String>,
}

/// An action that is not simply denied in a cell.
#[derive(Debug, PartialEq, Eq, Clone)]
pub struct MapEntry {
    /// The action.
    pub action: Action,
    /// Whether it is allowed whatever the name and the tags.
    pub always: bool,
    /// Where it is not always so: for which names and tags, in words, with the answer.
    pub cases: Vec<(Answer, String)>,
}

/// What came of asking for a map.
#[derive(Debug)]
pub enum MapAnswer {
    /// The map.
    Mapped(Box<AccessMap>),
    /// The question is not what it must be.
    Incomplete(Vec<Remark>),
}

impl Reeve {
    /// The map of whoever `question` is about, for `subject`; what and where it asks is not looked
    /// at. Beside another instant stands what is so now.
    ///
    /// While it works, another map ends it with [`DeedError::Superseded`].
    pub fn access_map(
        &self,
        question: &Question,
        subject: &Subject,
    ) -> Result<MapAnswer, DeedError> {
        let turn = self.maps.next();
        let cancelled = || turn.is_over();
        let now = self.now();
        let beside_now = question.when != When::Now;
        let (asked, today, universe, places) = self.workspace()?.reader().read(|snapshot| {
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            let places = snapshot.places()?;
            let universe = universe(&project, &places);
            let today = Question {
                when: When::Now,
                ..question.clone()
            };
            let today = if beside_now {
                case(snapshot, &today, now)?.ok()
            } else {
                None
            };
            Ok::<_, DeedError>((case(snapshot, question, now)?, today, universe, places))
        })?;
        let case = match asked {
            Ok(case) => case,
            Err(problems) => return Ok(MapAnswer::Incomplete(problems)),
        };
        let mut cache = CompileCache::new();
        let (rules, clouds) = known_of(&case, &mut cache);
        let today = today.map(|case| known_of(&case, &mut cache));
        let pairs = pairs(subject, case.edition);
        let mapping = Mapping {
            universe: &universe,
            places: &places,
            cache: &self.analysis,
            cancelled: &cancelled,
            pairs: &pairs,
            edition: case.edition,
        };
        let drawn = mapping
            .draw(
                (&rules, clouds.as_ref()),
                today
                    .as_ref()
                    .map(|(rules, clouds)| (rules, clouds.as_ref())),
            )
            .map_err(|Stopped| DeedError::Superseded)?;
        let to_blame = match &today {
            Some((_, clouds)) => clouds.iter(),
            None => None.iter(),
        };
        let to_blame = clouds.iter().chain(to_blame);
        Ok(MapAnswer::Mapped(Box::new(AccessMap {
            at: case.at,
            subject: subject.clone(),
            actions: pairs.iter().map(|(_, action)| action.clone()).collect(),
            environments: environments(&places),
            regions: drawn.regions,
            beside_now,
            limits: drawn.limits,
            unseen: if drawn.is_certain {
                Vec::new()
            } else {
                let kinds = to_blame.flat_map(|clouds| clouds.to_blame.iter().copied());
                let reaches =
                    |kind: &UnseenKind| !kind.is_folder_grants() || folder_grants_reach(subject);
                kinds
                    .filter(reaches)
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect()
            },
            asked: case.holder.asked,
        })))
    }
}

/// The rules of `case`, with what is hidden of whoever it is about.
fn known_of(case: &Case, cache: &mut CompileCache) -> (CompiledRules, Option<Clouds>) {
    (compile(&case.assembly(), cache), case.clouds(cache))
}

fn pairs(subject: &Subject, edition: CatalogueEdition) -> Vec<(Subject, Action)> {
    let entry = Catalogue::of(edition).subject(subject.as_str());
    entry
        .into_iter()
        .flat_map(|entry| entry.actions.iter())
        .map(|entry| (subject.clone(), entry.action.clone()))
        .collect()
}

fn environments(places: &Places) -> Vec<Option<String>> {
    let slugs = places.environments.iter().map(|it| it.slug.as_str());
    slugs
        .map(|slug| Some(slug.to_owned()))
        .chain([None])
        .collect()
}
