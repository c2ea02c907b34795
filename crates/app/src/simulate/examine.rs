//! Looks at the place of a question before it is answered. Nothing is quietly made into another
//! question: what cannot be meant is refused with the remedy, what is odd is remarked upon.

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::CatalogueEdition;
use reeve_policy::catalogue::Catalogue;
use reeve_policy::decide::AccessRequest;
use reeve_store::place::KnownPlace;

use super::{Place, When};
use crate::preview_privilege::Remark;

/// What is said about a place.
#[derive(Debug, Default)]
pub(crate) struct Examined {
    /// What keeps the question from being answered.
    pub problems: Vec<Remark>,
    /// What should be known beside the answer.
    pub remarks: Vec<Remark>,
}

/// Looks at `place`, of which the project knows what `known` says.
pub(crate) fn examine(place: &Place, known: &Known<'_>) -> Examined {
    let mut examined = Examined::default();
    examined.path("secretPath", place.situation.secret_path.as_deref());
    examined.path("secondPath", place.situation.second_path.as_deref());
    examined.environment(
        "environment",
        place.situation.environment.as_deref(),
        known.first,
    );
    examined.environment(
        "secondEnvironment",
        place.situation.second_environment.as_deref(),
        known.second,
    );
    examined.folder(
        "secretPath",
        place.situation.secret_path.as_deref(),
        known.first,
    );
    examined.folder(
        "secondPath",
        place.situation.second_path.as_deref(),
        known.second,
    );
    examined.name("secretName", place.situation.secret_name.as_deref());
    examined.name("newName", place.situation.new_name.as_deref());
    examined.tags(
        "secretTags",
        place.situation.secret_tags.as_deref(),
        known.tags,
    );
    examined.tags("newTags", place.situation.new_tags.as_deref(), known.tags);
    examined
}

/// What keeps a question about `place` from being answered, wherever it is.
pub(crate) fn problems(place: &Place) -> Vec<Remark> {
    let mut examined = Examined::default();
    examined.path("secretPath", place.situation.secret_path.as_deref());
    examined.path("secondPath", place.situation.second_path.as_deref());
    examined.problems
}

/// What the project knows about the places of a question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub first: KnownPlace,
    pub second: KnownPlace,
    pub tags: &'a [String],
}

/// What is to be said about an instant in the past: only what stands now is known.
pub(crate) fn past(when: When, now: DateTime<Utc>, changes_since: usize) -> Option<Remark> {
    let When::At(at) = when else { return None };
    if at >= now {
        return None;
    }
    let message = match changes_since {
        0 => "this instant is past: roles and privileges are taken as they stand now, and what \
              was removed before they were recorded here is not known"
            .to_owned(),
        1 => "access was changed once since this instant, and the answer is about roles and \
              privileges as they stand now; History shows what was different"
            .to_owned(),
        many => format!(
            "access was changed {many} times since this instant, and the answer is about roles \
             and privileges as they stand now; History shows what was different"
        ),
    };
    Some(Remark {
        field: "when".to_owned(),
        message,
    })
}

/// What is to be said about an action that the server does not know.
pub(super) fn unknown_action(edition: CatalogueEdition, request: &AccessRequest) -> Option<Remark> {
    let (subject, action) = (request.subject.as_str(), request.action.as_str());
    let message = match Catalogue::of(edition).subject(subject) {
        None => format!("the server knows no subject `{subject}`"),
        Some(entry) if entry.action(action).is_none() => {
            format!("the server knows no action `{action}` on `{subject}`")
        }
        Some(_) => return None,
    };
    Some(Remark {
        field: "what".to_owned(),
        message: format!("{message}; the answer says what the rules would do"),
    })
}

/// What is to be said about attributes that no condition can ask for, which may be misspelt.
pub(super) fn unknown_attributes(
    edition: CatalogueEdition,
    request: &AccessRequest,
) -> Vec<Remark> {
    let Attributes::Of(object) = &request.attributes else {
        return Vec::new();
    };
    let Some(entry) = Catalogue::of(edition).subject(request.subject.as_str()) else {
        return Vec::new();
    };
    object
        .iter()
        .filter(|(name, _)| entry.property(name).is_none())
        .map(|(name, _)| Remark {
            field: name.to_owned(),
            message: format!(
                "the server offers no condition on `{name}` for `{}`, so it hardly makes a \
                 difference; look at how it is spelt",
                request.subject.as_str()
            ),
        })
        .collect()
}

impl Examined {
    fn refuse(&mut self, field: &str, message: String) {
        self.problems.push(Remark {
            field: field.to_owned(),
            message,
        });
    }

    fn remark(&mut self, field: &str, message: String) {
        self.remarks.push(Remark {
            field: field.to_owned(),
            message,
        });
    }

    fn path(&mut self, field: &str, path: Option<&str>) {
        let Some(path) = path else { return };
        if let Some(message) = path_problem(path) {
            self.refuse(field, message);
        } else if has_glob_characters(path) {
            self.remark(
                field,
                format!(
                    "`{path}` is taken as the name of one folder, not as a pattern; leave the \
                     path open to ask about all"
                ),
            );
        }
    }

    fn environment(&mut self, field: &str, slug: Option<&str>, known: KnownPlace) {
        let Some(slug) = slug else { return };
        if !known.environment {
            self.remark(
                field,
                format!(
                    "no environment of this project has the slug `{slug}`; the answer says what \
                     the rules would do there"
                ),
            );
        }
    }

    fn folder(&mut self, field: &str, path: Option<&str>, known: KnownPlace) {
        let Some(path) = path else { return };
        if path_problem(path).is_none() && known.environment && !known.folder {
            self.remark(
                field,
                format!("there is no folder `{path}` yet; the answer holds once it is made"),
            );
        }
    }

    fn name(&mut self, field: &str, name: Option<&str>) {
        let Some(name) = name else { return };
        if has_glob_characters(name) {
            self.remark(
                field,
                format!(
                    "`{name}` is taken as it is written, not as a pattern; leave the name open to \
                     ask about all"
                ),
            );
        }
    }

    fn tags(&mut self, field: &str, asked: Option<&[String]>, known: &[String]) {
        for tag in asked.unwrap_or_default() {
            if tag.is_empty() {
                self.refuse(
                    field,
                    "a tag needs a slug; take it away if none is meant".to_owned(),
                );
            } else if !known.contains(tag) {
                self.remark(
                    field,
                    format!(
                        "no tag of this project has the slug `{tag}`; the answer says what the \
                         rules would do with it"
                    ),
                );
            }
        }
    }
}

/// Why `path` is not the path of one folder, with what it might be instead.
pub(crate) fn path_problem(path: &str) -> Option<String> {
    if !path.starts_with('/') {
        return Some(format!(
            "a path begins with `/`, as the server stores it; `/{path}` would be another question"
        ));
    }
    if path == "/" {
        return None;
    }
    if path.split('/').any(|part| part == "." || part == "..") {
        return Some(
            "a path has no `.` or `..` in it: the server compares it as text and resolves nothing"
                .to_owned(),
        );
    }
    if path.contains("//") {
        return Some(
            "a path has no empty part: `//` is another text than `/` to every rule".to_owned(),
        );
    }
    path.strip_suffix('/').map(|without| {
        format!("a path has no `/` at its end; the folder is `{without}` to every rule")
    })
}

fn has_glob_characters(text: &str) -> bool {
    text.contains(['*', '?', '[', ']', '{', '}', '!'])
}
