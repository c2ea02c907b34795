//! Draws the map: parts the folders into regions and fills a cell for each environment.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use reeve_analysis::{Area, Cache, Domain, Exhaustive, Extent, Limits, Reach, Scope, Universe};
use reeve_analysis::{extent, words};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Value;
use reeve_policy::compile::CompiledRules;
use reeve_store::place::Places;

use super::cell::{is_allowed_wholly, reaches, told};
use super::path_tests::PathTests;
use super::{MapCell, MapEntry, MapRegion, environments};

/// Another question came.
pub(super) struct Stopped;

/// What a map is drawn of.
pub(super) struct Mapping<'a> {
    pub universe: &'a Universe,
    pub places: &'a Places,
    pub cache: &'a Cache,
    pub cancelled: &'a dyn Fn() -> bool,
    pub pairs: &'a [(Subject, Action)],
    pub edition: CatalogueEdition,
}

/// A drawn map.
pub(super) struct Drawn {
    pub regions: Vec<MapRegion>,
    /// What kept it from being exact, in words.
    pub limits: Vec<String>,
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
    pub fn draw(
        &self,
        rules: &CompiledRules,
        today: Option<&CompiledRules>,
    ) -> Result<Drawn, Stopped> {
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
                let exists = |slug| folders.iter().any(|path| here.contains(&(slug, path)));
                let entries = self.entries(&mut layer, slug, &example)?;
                let now = match &mut today {
                    Some(today) => Some(self.entries(today, slug, &example)?),
                    None => None,
                };
                cells.push(MapCell {
                    exists: slug.is_some_and(exists),
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
            told(&areas, self.pairs, self.edition)
        } else {
            let universe = Universe {
                environments: Domain::closed([slug.as_str()]),
                paths: Domain::closed([path]),
                ..self.universe.clone()
            };
            let found = self.extent(layer.rules, &universe)?;
            let areas = found.areas.iter().filter(|area| area.reach != Reach::Bare);
            told(&areas.collect::<Vec<_>>(), self.pairs, self.edition)
        };
        layer.known.insert(reaching, entries.clone());
        Ok(entries)
    }
}

fn limits_of(extent: &Extent) -> Vec<String> {
    match &extent.exhaustive {
        Exhaustive::Yes => Vec::new(),
        Exhaustive::No(limits) => limits.iter().map(words::limit).collect(),
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
