//! Tells the parts of the folders apart that areas of access do.

use reeve_analysis::{Area, Exception, Piece, Reach, Region, Values};
use reeve_policy::glob::Glob;

/// The distinct sets of paths in some areas, prepared to be asked about many paths.
pub(super) struct PathTests {
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
    /// The sets of `areas`.
    pub fn of<'a>(areas: impl Iterator<Item = &'a Area>) -> Self {
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

    /// In which of the sets `path` lies.
    pub fn signature(&self, path: &str) -> Vec<bool> {
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
