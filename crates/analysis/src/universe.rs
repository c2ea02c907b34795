//! Which requests there can be: the values that attributes can have in one project, and which
//! attributes the server's checks carry. Nothing here is a guess that the caller cannot replace.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use reeve_domain::condition::Property;
use reeve_domain::project::{CatalogueEdition, Folder};
use reeve_policy::glob::Automaton;

/// Every request that one project can be asked.
///
/// [`Universe::of`] knows nothing about the project; fill in what is known. Everything said about
/// a universe holds for all requests in it and for no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Universe {
    /// Which subjects, actions and properties the server knows.
    pub edition: CatalogueEdition,
    /// The slugs of environments.
    pub environments: Domain,
    /// The paths of folders. Folders can be made at any time, so these are usually open.
    pub paths: Domain,
    /// The names of secrets.
    pub names: Domain,
    /// The slugs of tags.
    pub tags: Domain,
    /// Texts of all other attributes, by name; those not in here are open, of [`Form::Text`].
    pub others: BTreeMap<Property, Domain>,
    /// Folders that exist, so that witnesses are places that exist.
    pub folders: Vec<Folder>,
}

/// The values that an attribute, or an element of a list, can have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Domain {
    /// Exactly these.
    Closed(Vec<Box<str>>),
    /// Every text of a form; witnesses prefer those that are known.
    Open {
        /// The form.
        form: Form,
        /// Values that exist, the ones to show first in front.
        known: Vec<Box<str>>,
    },
}

/// The form of the texts that can be stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The path of a folder as the server stores it: `/`, or segments of letters, digits, `_` and
    /// `-`, each after a slash.
    Path,
    /// Small letters, digits and `-`.
    Slug,
    /// The name of a secret: printable ASCII without blanks, `/` and `:`.
    Name,
    /// Printable ASCII.
    Text,
    /// What this regular expression (JavaScript, no flags) matches. It should be anchored at both
    /// ends and be free of back-references and look-behind; one that is not makes every answer
    /// about the attribute not exhaustive.
    Expression(Box<str>),
}

impl Form {
    /// The form as a regular expression.
    pub fn expression(&self) -> &str {
        match self {
            Self::Path => "^/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?$",
            Self::Slug => "^[a-z0-9-]+$",
            Self::Name => "^[!-.0-9;-~]+$",
            Self::Text => "^[ -~]+$",
            Self::Expression(expression) => expression,
        }
    }
}

impl Form {
    /// Whether a text has this form. An expression that cannot be followed matches nothing.
    pub fn matches(&self, text: &str) -> bool {
        static USUAL: [OnceLock<Option<Automaton>>; 4] = [const { OnceLock::new() }; 4];
        let kept = match self {
            Self::Path => USUAL.first(),
            Self::Slug => USUAL.get(1),
            Self::Name => USUAL.get(2),
            Self::Text => USUAL.get(3),
            Self::Expression(_) => None,
        };
        let make = || Automaton::of_regex(self.expression());
        match kept {
            Some(kept) => kept
                .get_or_init(make)
                .as_ref()
                .is_some_and(|a| a.matches(text)),
            None => make().is_some_and(|automaton| automaton.matches(text)),
        }
    }
}

impl Domain {
    /// Exactly these values.
    pub fn closed<T: Into<Box<str>>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::Closed(values.into_iter().map(Into::into).collect())
    }

    /// Every text of `form`, of which these exist.
    pub fn open<T: Into<Box<str>>>(form: Form, known: impl IntoIterator<Item = T>) -> Self {
        Self::Open {
            form,
            known: known.into_iter().map(Into::into).collect(),
        }
    }

    /// Every text of `form`.
    pub fn any(form: Form) -> Self {
        Self::open::<Box<str>>(form, [])
    }

    /// Whether a text is one of them.
    pub fn contains(&self, text: &str) -> bool {
        match self {
            Self::Closed(values) => values.iter().any(|value| **value == *text),
            Self::Open { form, .. } => form.matches(text),
        }
    }

    /// The values that exist, as far as is known.
    pub fn known(&self) -> &[Box<str>] {
        match self {
            Self::Closed(values) => values,
            Self::Open { known, .. } => known,
        }
    }
}

impl Universe {
    /// A project of which nothing is known but the edition of its server.
    pub fn of(edition: CatalogueEdition) -> Self {
        Self {
            edition,
            environments: Domain::any(Form::Slug),
            paths: Domain::any(Form::Path),
            names: Domain::any(Form::Name),
            tags: Domain::any(Form::Slug),
            others: BTreeMap::new(),
            folders: Vec::new(),
        }
    }
}
