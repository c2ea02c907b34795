//! The access map: what somebody may do in every part of every environment.
//!
//! The folders are parted into regions that their rules cannot tell apart; one folder then speaks
//! for its whole region, whatever else there may come to be in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
pub use reeve_analysis::Answer;
use reeve_analysis::{
    AccessBox, Area, Cache, Domain, Exception, Limits, Piece, Reach, Region, Scope, Universe,
    Values, extent, words,
};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Value;
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::glob::Glob;
use reeve_store::place::Places;

use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::reeve::Reeve;
use crate::role_effect::universe;
use crate::simulate::{Asked, Question, case};

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
    /// What kept it from being exact, in words.
    pub limits: Vec<String>,
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
    /// Each action that is not simply denied.
    pub entries: Vec<MapEntry>,
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
    /// at.
    ///
    /// While it works, another map ends it with [`DeedError::Superseded`].
    pub fn access_map(
        &self,
        question: &Question,
        subject: &Subject,
    ) -> Result<MapAnswer, DeedError> {
        let turn = self.maps.fetch_add(1, Ordering::SeqCst) + 1;
        let cancelled = || self.maps.load(Ordering::SeqCst) != turn;
        let now = self.now();
        let (asked, universe, places) = self.workspace()?.reader().read(|snapshot| {
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            let places = snapshot.places()?;
            let universe = universe(&project, &places);
            Ok::<_, DeedError>((case(snapshot, question, now)?, universe, places))
        })?;
        let case = match asked {
            Ok(case) => case,
            Err(problems) => return Ok(MapAnswer::Incomplete(problems)),
        };
        let rules = compile(&case.assembly(), &mut CompileCache::new());
        let cache = Cache::new();
        let pairs = pairs(subject, case.edition);
        let mapping = Mapping {
            universe: &universe,
            cache: &cache,
            cancelled: &cancelled,
            pairs: &pairs,
            edition: case.edition,
        };
        let whole = mapping
            .extent(&rules, &universe)
            .map_err(|Stopped| DeedError::Superseded)?;
        let regions = mapping
            .regions(&rules, &whole.areas, &places)
            .map_err(|Stopped| DeedError::Superseded)?;
        Ok(MapAnswer::Mapped(Box::new(AccessMap {
            at: case.at,
            subject: subject.clone(),
            actions: pairs.iter().map(|(_, action)| action.clone()).collect(),
            environments: environments(&places),
            regions,
            limits: match &whole.exhaustive {
                reeve_analysis::Exhaustive::Yes => Vec::new(),
                reeve_analysis::Exhaustive::No(limits) => limits.iter().map(words::limit).collect(),
            },
            asked: case.holder.asked,
        })))
    }
}

/// Another question came.
struct Stopped;

struct Mapping<'a> {
    universe: &'a Universe,
    cache: &'a Cache,
    cancelled: &'a dyn Fn() -> bool,
    pairs: &'a [(Subject, Action)],
    edition: CatalogueEdition,
}

fn pairs(subject: &Subject, edition: CatalogueEdition) -> Vec<(Subject, Action)> {
    let entry = reeve_policy::catalogue::Catalogue::of(edition).subject(subject.as_str());
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

impl Mapping<'_> {
    fn extent(
        &self,
        rules: &reeve_policy::compile::CompiledRules,
        universe: &Universe,
    ) -> Result<reeve_analysis::Extent, Stopped> {
        let limits = Limits {
            witnesses: 3,
            ..Limits::USUAL
        };
        let scope = Scope::new(universe, self.cache)
            .within(&limits)
            .cancelled_by(self.cancelled)
            .only(self.pairs);
        extent(rules, &scope).map_err(|_| Stopped)
    }

    /// The regions with their cells.
    fn regions(
        &self,
        rules: &reeve_policy::compile::CompiledRules,
        areas: &[Area],
        places: &Places,
    ) -> Result<Vec<MapRegion>, Stopped> {
        let tests = PathTests::of(areas);
        let mut folders: BTreeMap<Vec<bool>, BTreeSet<&str>> = BTreeMap::new();
        let mut here: BTreeSet<(&str, &str)> = BTreeSet::new();
        for folder in &places.folders {
            here.insert((folder.environment.as_str(), folder.path.as_str()));
            let signature = tests.signature(&folder.path);
            folders.entry(signature).or_default().insert(&folder.path);
        }
        // Every environment has its root, and rules may reach where there is no folder yet.
        for environment in &places.environments {
            here.insert((environment.slug.as_str(), "/"));
        }
        let mut examples: BTreeMap<Vec<bool>, String> = BTreeMap::new();
        for path in examples_of(areas) {
            examples.entry(tests.signature(&path)).or_insert(path);
        }
        folders.entry(tests.signature("/")).or_default().insert("/");
        for (signature, known) in &folders {
            if let Some(first) = known.iter().next() {
                examples.insert(signature.clone(), (*first).to_owned());
            }
        }
        let mut regions = Vec::with_capacity(examples.len());
        let mut cells_known: BTreeMap<(Option<String>, String), Vec<MapEntry>> = BTreeMap::new();
        for (signature, example) in examples {
            let known = folders.get(&signature).cloned().unwrap_or_default();
            let mut cells = Vec::new();
            for environment in environments(places) {
                let key = (environment.clone(), example.clone());
                let entries = match cells_known.get(&key) {
                    Some(entries) => entries.clone(),
                    None => self.entries(rules, environment.as_deref(), &example, places)?,
                };
                cells_known.insert(key, entries.clone());
                cells.push(MapCell {
                    exists: environment
                        .as_deref()
                        .is_some_and(|slug| known.iter().any(|path| here.contains(&(slug, *path)))),
                    entries,
                });
            }
            regions.push(MapRegion {
                folders: known.into_iter().map(str::to_owned).collect(),
                example,
                cells,
            });
        }
        regions.sort_by(|one, other| {
            let is_open = |region: &MapRegion| region.folders.is_empty();
            (is_open(one), &one.example).cmp(&(is_open(other), &other.example))
        });
        Ok(regions)
    }

    /// What may be done at one path of one environment, whatever the name and the tags.
    fn entries(
        &self,
        rules: &reeve_policy::compile::CompiledRules,
        environment: Option<&str>,
        path: &str,
        places: &Places,
    ) -> Result<Vec<MapEntry>, Stopped> {
        let slug = match environment {
            Some(slug) => slug.to_owned(),
            None => other_environment(places),
        };
        let universe = Universe {
            environments: Domain::closed([slug.as_str()]),
            paths: Domain::closed([path]),
            ..self.universe.clone()
        };
        let found = self.extent(rules, &universe)?;
        let mut entries = Vec::new();
        for (subject, action) in self.pairs {
            let areas = found.areas.iter().filter(|area| {
                area.subject == *subject && area.actions.contains(action) && !is_bare(area)
            });
            let areas: Vec<&Area> = areas.collect();
            if areas.is_empty() {
                continue;
            }
            let always = areas
                .iter()
                .any(|area| area.answer == Answer::Allowed && is_whole(&area.reach));
            let cases = if always {
                Vec::new()
            } else {
                let case = |area: &&Area| (area.answer, self.case_words(area));
                areas.iter().map(case).collect()
            };
            entries.push(MapEntry {
                action: action.clone(),
                always,
                cases,
            });
        }
        Ok(entries)
    }

    /// The part of a box that is about neither the environment nor the path.
    fn case_words(&self, area: &Area) -> String {
        let Reach::Things(region) = &area.reach else {
            return "everything".to_owned();
        };
        let rest = AccessBox {
            regions: region
                .regions
                .iter()
                .filter(|(property, _)| !is_place(property.as_str()))
                .cloned()
                .collect(),
        };
        words::access_box(&rest, &area.subject, self.edition)
    }
}

fn is_place(property: &str) -> bool {
    matches!(property, "environment" | "secretPath")
}

fn is_bare(area: &Area) -> bool {
    area.reach == Reach::Bare
}

fn is_whole(reach: &Reach) -> bool {
    match reach {
        Reach::Everything => true,
        Reach::Bare => false,
        Reach::Things(region) => region
            .regions
            .iter()
            .all(|(property, region)| is_place(property.as_str()) || region.is_any()),
    }
}

/// A slug that no environment has, to ask about any other.
fn other_environment(places: &Places) -> String {
    let mut slug = "another-environment".to_owned();
    while places
        .environments
        .iter()
        .any(|environment| environment.slug.as_str() == slug)
    {
        slug.push('x');
    }
    slug
}

/// Paths that the areas themselves give as examples, in order.
fn examples_of(areas: &[Area]) -> Vec<String> {
    let mut paths = BTreeSet::new();
    for example in areas.iter().flat_map(|area| &area.examples) {
        if let Attributes::Of(object) = &example.attributes
            && let Some(path) = object.get("secretPath").and_then(Value::as_text)
        {
            paths.insert(path.to_owned());
        }
    }
    paths.into_iter().collect()
}

/// The distinct sets of paths in some areas, prepared to be asked about many paths.
struct PathTests {
    sets: Vec<Vec<PieceTest>>,
}

enum PieceTest {
    Value(Box<str>),
    Matching {
        patterns: Vec<Glob>,
        except: Vec<ExceptTest>,
    },
    Other(Piece),
}

enum ExceptTest {
    Value(Box<str>),
    Pattern(Glob),
}

impl PathTests {
    fn of(areas: &[Area]) -> Self {
        let mut regions: Vec<&Region> = Vec::new();
        for area in areas {
            let Reach::Things(region) = &area.reach else {
                continue;
            };
            if let Some(region) = region.region("secretPath")
                && !regions.contains(&region)
            {
                regions.push(region);
            }
        }
        let sets = regions.into_iter().map(|region| match &region.values {
            Values::Texts(pieces) => pieces.iter().map(PieceTest::of).collect(),
            _ => Vec::new(),
        });
        Self {
            sets: sets.collect(),
        }
    }

    fn signature(&self, path: &str) -> Vec<bool> {
        self.sets
            .iter()
            .map(|pieces| pieces.iter().any(|piece| piece.has(path)))
            .collect()
    }
}

impl PieceTest {
    fn of(piece: &Piece) -> Self {
        match piece {
            Piece::Value(value) => Self::Value(value.clone()),
            Piece::Matching { patterns, except } => Self::Matching {
                patterns: patterns.iter().map(|pattern| Glob::new(pattern)).collect(),
                except: except
                    .iter()
                    .map(|exception| match exception {
                        Exception::Value(value) => ExceptTest::Value(value.clone()),
                        Exception::Pattern(pattern) => ExceptTest::Pattern(Glob::new(pattern)),
                    })
                    .collect(),
            },
            other @ Piece::Below { .. } => Self::Other(other.clone()),
        }
    }

    fn has(&self, path: &str) -> bool {
        let matches = |glob: &Glob| glob.matches(path).unwrap_or(false);
        match self {
            Self::Value(value) => **value == *path,
            Self::Other(piece) => piece.contains(path),
            Self::Matching { patterns, except } => {
                patterns.iter().all(matches)
                    && !except.iter().any(|exception| match exception {
                        ExceptTest::Value(value) => **value == *path,
                        ExceptTest::Pattern(glob) => matches(glob),
                    })
            }
        }
    }
}
