//! What values of conditions may ask of whoever acts, as the project's own members have it.

use crate::error::DeedError;
use crate::reeve::Reeve;

/// What every actor has.
const OF_EVERYBODY: [&str; 2] = ["{{identity.id}}", "{{identity.username}}"];

/// What a token says of whoever signed in with it.
const OF_TOKENS: [&str; 3] = [
    "{{identity.auth.oidc.claims.sub}}",
    "{{identity.auth.kubernetes.namespace}}",
    "{{identity.auth.kubernetes.name}}",
];

/// More keys than these are not offered; any can still be typed.
const KEYS_MAX: usize = 200;

impl Reeve {
    /// The templates that a value may hold: what every actor has, then the metadata keys of the
    /// project's users and identities, then what tokens say.
    pub fn value_templates(&self) -> Result<Vec<String>, DeedError> {
        let keys = self
            .workspace()?
            .reader()
            .read(|snapshot| Ok::<_, DeedError>(snapshot.metadata_keys(KEYS_MAX)?))?;
        let metadata = keys
            .iter()
            .filter(|key| is_plain(key))
            .map(|key| format!("{{{{identity.metadata.{key}}}}}"));
        Ok(OF_EVERYBODY
            .iter()
            .map(|&template| template.to_owned())
            .chain(metadata)
            .chain(OF_TOKENS.iter().map(|&template| template.to_owned()))
            .collect())
    }
}

/// Whether a template can name the key as it is.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
}
