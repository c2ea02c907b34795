//! Draws the map: parts the folders into regions and fills a cell for each environment.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use reeve_analysis::{Answer, Area, Cache, Domain, Exhaustive, Extent, Limits, Reach, Scope};
use reeve_analysis::{Universe, extent, together, words};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Value;
use reeve_policy::compile::CompiledRules;
use reeve_store::place::Places;

use super::cell::{in_doubt, reaches, says_all, told};
use super::path_tests::PathTests;
use super::{CellAccess, MapCell, MapDoubt, MapEntry, MapRegion, environments};
use crate::simulate::unseen::{Clouds, stands};

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
    /// Whether nothing in it is in doubt.
    pub is_certain: bool,
}

/// What is measured over all places.
#[derive(Clone, Copy)]
pub(super) enum Measured<'a> {
    /// What rules do not deny.
    Access(&'a CompiledRules),
    /// Where the answer of rules could be another one, because something is hidden.
    Doubts(&'a CompiledRules, &'a Clouds),
}

/// What areas of one place come to, action by action.
type Tell<Told> = fn(&[&Area], &[(Subject, Action)], CatalogueEdition) -> Vec<Told>;

/// One measure of all places, with what was made of it.
struct Layer<'a, Told> {
    measured: Measured<'a>,
    whole: Extent,
    /// How areas of one place are told.
    tell: Tell<Told>,
    /// What was told, by the areas that reach into a place: the rest of them is all that counts.
    known: HashMap<Vec<usize>, Vec<Told>>,
}

/// Somebody's access at one instant.
struct Access<'a> {
    entries: Layer<'a, MapEntry>,
    /// Nothing if nothing that is hidden can matter.
    doubts: Option<Layer<'a, MapDoubt>>,
}

impl Access<'_> {
    fn wholes(&self) -> impl Iterator<Item = &Extent> {
        let doubts = self.doubts.iter().map(|doubts| &doubts.whole);
        std::iter::once(&self.entries.whole).chain(doubts)
    }
}

/// Rules, with what is hidden of whoever has them.
pub(super) type Known<'a> = (&'a CompiledRules, Option<&'a Clouds>);

impl Mapping<'_> {
    fn extent(&self, measured: Measured<'_>, universe: &Universe) -> Result<Extent, Stopped> {
        let limits = Limits {
            witnesses: 3,
            ..Limits::USUAL
        };
        let scope = Scope::new(universe, self.cache)
            .within(&limits)
            .cancelled_by(self.cancelled)
            .only(self.pairs);
        match measured {
            Measured::Access(rules) => extent(rules, &scope).map_err(|_| Stopped),
            Measured::Doubts(rules, clouds) => doubts(rules, clouds, &scope),
        }
    }

    fn layer<'r, Told>(
        &self,
        measured: Measured<'r>,
        tell: Tell<Told>,
    ) -> Result<Layer<'r, Told>, Stopped> {
        Ok(Layer {
            whole: self.extent(measured, self.universe)?,
            measured,
            tell,
            known: HashMap::new(),
        })
    }

    fn access<'r>(&self, (rules, clouds): Known<'r>) -> Result<Access<'r>, Stopped> {
        let doubts = clouds.map(|clouds| self.layer(Measured::Doubts(rules, clouds), in_doubt));
        Ok(Access {
            entries: self.layer(Measured::Access(rules), told)?,
            doubts: doubts.transpose()?,
        })
    }

    /// The regions with their cells; those of `today` beside them.
    pub fn draw(&self, known: Known<'_>, today: Option<Known<'_>>) -> Result<Drawn, Stopped> {
        let mut access = self.access(known)?;
        let mut today = today.map(|known| self.access(known)).transpose()?;
        let wholes = || access.wholes().chain(today.iter().flat_map(Access::wholes));
        let areas = || wholes().flat_map(|whole| &whole.areas);
        let tests = PathTests::of(areas());
        let parts = self.parts(&tests, &examples_of(areas()));
        let mut limits: Vec<String> = wholes().flat_map(limits_of).collect();
        limits.sort_unstable();
        limits.dedup();
        let here = self.folders_here();
        let mut is_certain = true;
        let mut regions = Vec::with_capacity(parts.len());
        for (example, folders) in parts {
            let mut cells = Vec::new();
            for environment in environments(self.places) {
                let slug = environment.as_deref();
                let exists = |slug| folders.iter().any(|path| here.contains(&(slug, path)));
                let access = self.cell(&mut access, slug, &example)?;
                let now = match &mut today {
                    Some(today) => Some(self.cell(today, slug, &example)?),
                    None => None,
                };
                let now = now.filter(|now| *now != access);
                is_certain &= access.doubts.is_empty();
                is_certain &= now.as_ref().is_none_or(|now| now.doubts.is_empty());
                cells.push(MapCell {
                    exists: slug.is_some_and(exists),
                    access,
                    now,
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
        Ok(Drawn {
            regions,
            limits,
            is_certain,
        })
    }

    fn cell(
        &self,
        access: &mut Access<'_>,
        environment: Option<&str>,
        path: &str,
    ) -> Result<CellAccess, Stopped> {
        Ok(CellAccess {
            entries: self.told_of(&mut access.entries, environment, path)?,
            doubts: match &mut access.doubts {
                Some(doubts) => self.told_of(doubts, environment, path)?,
                None => Vec::new(),
            },
        })
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

    /// What there is to tell of one path of one environment, whatever the name and the tags.
    fn told_of<Told: Clone>(
        &self,
        layer: &mut Layer<'_, Told>,
        environment: Option<&str>,
        path: &str,
    ) -> Result<Vec<Told>, Stopped> {
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
        if is_whole && let Some(told) = layer.known.get(&reaching) {
            return Ok(told.clone());
        }
        let areas = reaching.iter().filter_map(|at| layer.whole.areas.get(*at));
        let areas: Vec<&Area> = areas.collect();
        let is_plain = |(_, action): &(Subject, Action)| {
            let mut own = areas.iter().filter(|area| area.actions.contains(action));
            let first = own.next();
            own.next().is_none() || first.is_some_and(|area| says_all(area, layer.measured))
        };
        let told = if is_whole && self.pairs.iter().all(is_plain) {
            (layer.tell)(&areas, self.pairs, self.edition)
        } else {
            let universe = Universe {
                environments: Domain::closed([slug.as_str()]),
                paths: Domain::closed([path]),
                ..self.universe.clone()
            };
            let found = self.extent(layer.measured, &universe)?;
            let areas = found.areas.iter().filter(|area| area.reach != Reach::Bare);
            (layer.tell)(&areas.collect::<Vec<_>>(), self.pairs, self.edition)
        };
        layer.known.insert(reaching, told.clone());
        Ok(told)
    }
}

/// Where the answer of `rules` could be another one, because something is hidden.
fn doubts(rules: &CompiledRules, clouds: &Clouds, scope: &Scope<'_>) -> Result<Extent, Stopped> {
    let [most, least] = &clouds.extremes;
    let label = |answers: &[Answer]| u8::from(!stands(answers));
    let found = together(&[rules, most, least], &label, scope).map_err(|_| Stopped)?;
    let areas = found.parts.into_iter().map(|part| Area {
        subject: part.subject,
        actions: part.actions,
        answer: Answer::Unknown,
        reach: part.reach,
        examples: part.examples,
    });
    Ok(Extent {
        areas: areas.collect(),
        exhaustive: found.exhaustive,
    })
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
