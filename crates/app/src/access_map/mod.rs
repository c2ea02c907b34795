//! The access map: what somebody may do in every part of every environment.
//!
//! The folders are parted into regions that their rules cannot tell apart; one folder then speaks
//! for its whole region, whatever else there may come to be in it.

use chrono::{DateTime, Utc};
pub use reeve_analysis::Answer;
use reeve_analysis::{
    AccessBox, Area, Cache, Domain, Exhaustive, Extent, Limits, Reach, Scope, Universe, extent,
    words,
};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Value;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_store::place::Places;
mod path_tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::pull::unseen::UnseenKind;
use crate::reeve::Reeve;
use crate::role_effect::universe;
use crate::simulate::{Asked, Question, When, case};
use path_tests::PathTests;

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
    /// What could not be pulled of them and can matter.
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
    /// Each action that is not simply denied.
    pub entries: Vec<MapEntry>,
    /// The same now, where another instant was asked about and it differs.
    pub now: Option<Vec<MapEntry>>,
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
        let rules = compile(&case.assembly(), &mut cache);
        let today = today.map(|case| compile(&case.assembly(), &mut cache));
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
            .draw(&rules, today.as_ref())
            .map_err(|Stopped| DeedError::Superseded)?;
        Ok(MapAnswer::Mapped(Box::new(AccessMap {
            at: case.at,
            subject: subject.clone(),
            actions: pairs.iter().map(|(_, action)| action.clone()).collect(),
            environments: environments(&places),
            regions: drawn.regions,
            beside_now,
            limits: drawn.limits,
            unseen: case.unseen_that_matter(),
            asked: case.holder.asked,
        })))
    }
}

/// Another question came.
struct Stopped;

struct Mapping<'a> {
    universe: &'a Universe,
    places: &'a Places,
    cache: &'a Cache,
    cancelled: &'a dyn Fn() -> bool,
    pairs: &'a [(Subject, Action)],
    edition: CatalogueEdition,
}

struct Drawn {
    regions: Vec<MapRegion>,
    limits: Vec<String>,
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

/// Everything that one set of rules does not deny, with the cells that were made of it.
struct Layer<'a> {
    rules: &'a CompiledRules,
    whole: Extent,
    /// Cells by the areas that reach into them: the rest of those areas is all that counts.
    known: HashMap<Vec<usize>, Vec<MapEntry>>,
}

impl Mapping<'_> {
    fn extent(&self, rules: &CompiledRules, universe: &Universe) -> Result<Extent, Stopped> {
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

    fn layer<'r>(&self, rules: &'r CompiledRules) -> Result<Layer<'r>, Stopped> {
        Ok(Layer {
            whole: self.extent(rules, self.universe)?,
            rules,
            known: HashMap::new(),
        })
    }

    /// The regions with their cells; those of `today` beside them.
    fn draw(&self, rules: &CompiledRules, today: Option<&CompiledRules>) -> Result<Drawn, Stopped> {
        let mut layer = self.layer(rules)?;
        let mut today = match today {
            Some(rules) => Some(self.layer(rules)?),
            None => None,
        };
        let areas = || {
            let more = today.iter().flat_map(|today| &today.whole.areas);
            layer.whole.areas.iter().chain(more)
        };
        let tests = PathTests::of(areas());
        let parts = self.parts(&tests, &examples_of(areas()));
        let mut limits = limits_of(&layer.whole);
        limits.extend(today.iter().flat_map(|today| limits_of(&today.whole)));
        limits.sort_unstable();
        limits.dedup();
        let here = self.folders_here();
        let mut regions = Vec::with_capacity(parts.len());
        for (example, folders) in parts {
            let mut cells = Vec::new();
            for environment in environments(self.places) {
                let slug = environment.as_deref();
                let entries = self.entries(&mut layer, slug, &example)?;
                let now = match &mut today {
                    Some(today) => Some(self.entries(today, slug, &example)?),
                    None => None,
                };
                cells.push(MapCell {
                    exists: slug.is_some_and(|slug| {
                        folders.iter().any(|path| here.contains(&(slug, path)))
                    }),
                    now: now.filter(|now| *now != entries),
                    entries,
                });
            }
            regions.push(MapRegion {
                folders: folders.into_iter().map(str::to_owned).collect(),
                example,
                cells,
            });
        }
        regions.sort_by(|one, other| {
            let is_open = |region: &MapRegion| region.folders.is_empty();
            (is_open(one), &one.example).cmp(&(is_open(other), &other.example))
        });
        Ok(Drawn { regions, limits })
    }

    /// Folders that are not told apart, each list under one of them, and examples of places where
    /// there is no folder yet.
    fn parts(&self, tests: &PathTests, examples: &[String]) -> Vec<(String, BTreeSet<&str>)> {
        let mut known: BTreeMap<Vec<bool>, BTreeSet<&str>> = BTreeMap::new();
        let paths: BTreeSet<&str> = self
            .places
            .folders
            .iter()
            .map(|it| it.path.as_str())
            .collect();
        for path in paths.into_iter().chain(["/"]) {
            known.entry(tests.signature(path)).or_default().insert(path);
        }
        let mut open: BTreeMap<Vec<bool>, &String> = BTreeMap::new();
        for path in examples {
            let signature = tests.signature(path);
            if !known.contains_key(&signature) {
                open.entry(signature).or_insert(path);
            }
        }
        let open = open
            .into_values()
            .map(|path| (path.clone(), BTreeSet::new()));
        known
            .into_values()
            .filter_map(|folders| Some(((*folders.first()?).to_owned(), folders)))
            .chain(open)
            .collect()
    }

    /// The environments and folders that there are. Every environment has its root.
    fn folders_here(&self) -> BTreeSet<(&str, &str)> {
        let folders = self.places.folders.iter();
        let roots = self.places.environments.iter();
        folders
            .map(|folder| (folder.environment.as_str(), folder.path.as_str()))
            .chain(roots.map(|environment| (environment.slug.as_str(), "/")))
            .collect()
    }

    /// What may be done at one path of one environment, whatever the name and the tags.
    fn entries(
        &self,
        layer: &mut Layer<'_>,
        environment: Option<&str>,
        path: &str,
    ) -> Result<Vec<MapEntry>, Stopped> {
        let slug = match environment {
            Some(slug) => slug.to_owned(),
            None => other_environment(self.places),
        };
        let reaching: Vec<usize> = layer
            .whole
            .areas
            .iter()
            .enumerate()
            .filter(|(_, area)| reaches(area, &slug, path))
            .map(|(number, _)| number)
            .collect();
        let is_whole = layer.whole.exhaustive == Exhaustive::Yes;
        if is_whole && let Some(entries) = layer.known.get(&reaching) {
            return Ok(entries.clone());
        }
        let areas = reaching.iter().filter_map(|at| layer.whole.areas.get(*at));
        let areas: Vec<&Area> = areas.collect();
        let is_plain = |(_, action): &(Subject, Action)| {
            let mut own = areas.iter().filter(|area| area.actions.contains(action));
            let first = own.next();
            own.next().is_none() || first.is_some_and(|area| is_allowed_wholly(area))
        };
        let entries = if is_whole && self.pairs.iter().all(is_plain) {
            self.told(&areas)
        } else {
            let universe = Universe {
                environments: Domain::closed([slug.as_str()]),
                paths: Domain::closed([path]),
                ..self.universe.clone()
            };
            let found = self.extent(layer.rules, &universe)?;
            let areas = found.areas.iter().filter(|area| area.reach != Reach::Bare);
            self.told(&areas.collect::<Vec<_>>())
        };
        layer.known.insert(reaching, entries.clone());
        Ok(entries)
    }

    /// The areas of one place, action by action.
    fn told(&self, areas: &[&Area]) -> Vec<MapEntry> {
        let mut entries = Vec::new();
        for (_, action) in self.pairs {
            let own = areas.iter().filter(|area| area.actions.contains(action));
            let own: Vec<&&Area> = own.collect();
            if own.is_empty() {
                continue;
            }
            let always = own.iter().any(|area| is_allowed_wholly(area));
            let cases = if always {
                Vec::new()
            } else {
                let case = |area: &&&Area| (area.answer, self.case_words(area));
                own.iter().map(case).collect()
            };
            entries.push(MapEntry {
                action: action.clone(),
                always,
                cases,
            });
        }
        entries
    }

    /// The part of a box that is about neither the environment nor the path.
    fn case_words(&self, area: &Area) -> String {
        let Reach::Things(region) = &area.reach else {
            return String::new();
        };
        let rest = AccessBox {
            regions: region
                .regions
                .iter()
                .filter(|(property, region)| !is_place(property.as_str()) && !region.is_any())
                .cloned()
                .collect(),
        };
        words::access_box(&rest, &area.subject, self.edition)
    }
}

fn limits_of(extent: &Extent) -> Vec<String> {
    match &extent.exhaustive {
        Exhaustive::Yes => Vec::new(),
        Exhaustive::No(limits) => limits.iter().map(words::limit).collect(),
    }
}

/// Whether an area has something to say about a path of an environment.
fn reaches(area: &Area, environment: &str, path: &str) -> bool {
    let Reach::Things(region) = &area.reach else {
        return area.reach == Reach::Everything;
    };
    let has = |property: &str, text: &str| {
        let region = region.region(property);
        region.is_none_or(|region| region.contains(Some(&Value::text(text))))
    };
    has("environment", environment) && has("secretPath", path)
}

fn is_allowed_wholly(area: &Area) -> bool {
    area.answer == Answer::Allowed && is_whole(&area.reach)
}

fn is_place(property: &str) -> bool {
    matches!(property, "environment" | "secretPath")
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
fn examples_of<'a>(areas: impl Iterator<Item = &'a Area>) -> Vec<String> {
    let mut paths = BTreeSet::new();
    for example in areas.flat_map(|area| &area.examples) {
        if let Attributes::Of(object) = &example.attributes
            && let Some(path) = object.get("secretPath").and_then(Value::as_text)
        {
            paths.insert(path.to_owned());
        }
    }
    paths.into_iter().collect()
}
