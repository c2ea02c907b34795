//! Slugs: the names of privileges and roles on the wire.

/// The longest name of an additional privilege, in characters.
pub const PRIVILEGE_SLUG_MAX: usize = 60;
/// The longest slug of a custom role, in characters.
pub const ROLE_SLUG_MAX: usize = 64;

/// Why a text is not a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Nothing is left after trimming.
    #[error("a name is needed")]
    Empty,
    /// It is longer than `max` characters.
    #[error("the name has {length} characters; at most {max} are allowed")]
    TooLong {
        /// Characters it has.
        length: usize,
        /// Characters it may have.
        max: usize,
    },
    /// It has other characters than lower-case letters, digits and single inner hyphens.
    #[error(
        "use lower-case letters, digits and single hyphens between them, such as `{suggestion}`"
    )]
    Form {
        /// The nearest text that is a slug.
        suggestion: String,
    },
}

/// Reads `text` as the server does: lower-cased, trimmed, then refused unless it is a slug of at
/// most `max` characters.
pub fn read_slug(text: &str, max: usize) -> Result<String, SlugError> {
    let slug = text.to_lowercase().trim().to_owned();
    let length = slug.chars().count();
    if length == 0 {
        return Err(SlugError::Empty);
    }
    if length > max {
        return Err(SlugError::TooLong { length, max });
    }
    let suggestion = normalise_slug(&slug, max);
    if suggestion == slug {
        Ok(slug)
    } else {
        Err(SlugError::Form { suggestion })
    }
}

/// The nearest slug of at most `max` characters: lower case, every run of other characters one
/// hyphen, none at the ends. Empty if nothing usable is in `text`.
pub fn normalise_slug(text: &str, max: usize) -> String {
    let mut slug = String::new();
    for character in text.to_lowercase().chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(max);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(text: &str, error: &SlugError) {
        assert_eq!(read_slug(text, 60).as_ref(), Err(error));
    }

    #[test]
    fn upper_case_and_outer_blanks_are_mended_as_on_the_server() {
        assert_eq!(read_slug("  DB-Readonly ", 60), Ok("db-readonly".into()));
    }

    #[test]
    fn everything_else_is_refused_with_the_nearest_slug() {
        for (text, suggestion) in [
            ("a_b", "a-b"),
            ("a.b", "a-b"),
            ("a--b", "a-b"),
            ("-a", "a"),
            ("a-", "a"),
            ("a b", "a-b"),
            ("é", ""),
        ] {
            refuses(
                text,
                &SlugError::Form {
                    suggestion: suggestion.into(),
                },
            );
        }
        refuses("   ", &SlugError::Empty);
        refuses(
            &"a".repeat(61),
            &SlugError::TooLong {
                length: 61,
                max: 60,
            },
        );
    }
}
