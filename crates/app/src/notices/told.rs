//! What was told, kept as JSON in the data folder for each workspace, so that the next start neither
//! tells it again nor passes over what ended in between. What cannot be read is as if nothing was.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::decide::Teller;
use crate::error::DeedError;
use crate::journal::{instant_text, read_instant};
use crate::reeve::Reeve;

/// The file in the data folder.
const FILE: &str = "notices.json";

/// For how many workspaces it is kept; those that were looked at last.
const WORKSPACES: usize = 16;

impl Reeve {
    /// What was told of the workspace at `path` by an earlier run.
    pub(super) fn kept_teller(&self, path: &Path) -> Option<Teller> {
        read_teller(self.kept_tellers().get(path.to_string_lossy().as_ref())?)
    }

    /// Keeps what was told of the workspace at `path` for the next start.
    pub(super) fn keep_teller(&self, path: &Path, teller: &Teller) -> Result<(), DeedError> {
        let mut all = self.kept_tellers();
        all.insert(path.to_string_lossy().into_owned(), write_teller(teller));
        while all.len() > WORKSPACES {
            let oldest = all
                .iter()
                .min_by_key(|(_, kept)| read_teller(kept).map(|teller| teller.seen_to))
                .map(|(path, _)| path.clone());
            let Some(oldest) = oldest else { break };
            all.remove(&oldest);
        }
        let unfinished = self.data.join(format!("{FILE}.new"));
        std::fs::create_dir_all(&self.data)
            .and_then(|()| std::fs::write(&unfinished, Value::Object(all).to_string()))
            .and_then(|()| std::fs::rename(&unfinished, self.data.join(FILE)))
            .map_err(|error| DeedError::Conflict {
                sentence: format!("what was told could not be kept: {error}"),
            })
    }

    fn kept_tellers(&self) -> Map<String, Value> {
        let text = std::fs::read_to_string(self.data.join(FILE)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}

fn write_teller(teller: &Teller) -> Value {
    let told: Vec<Value> = teller
        .told
        .iter()
        .map(|(id, end, lead)| json!([id, instant_text(*end), lead]))
        .collect();
    json!({"seenTo": instant_text(teller.seen_to), "told": told})
}

fn read_teller(kept: &Value) -> Option<Teller> {
    let seen_to = read_instant(kept.get("seenTo")?.as_str()?)?;
    let told: Option<BTreeSet<_>> = kept
        .get("told")?
        .as_array()?
        .iter()
        .map(|one| {
            Some((
                one.get(0)?.as_str()?.to_owned(),
                read_instant(one.get(1)?.as_str()?)?,
                u32::try_from(one.get(2)?.as_u64()?).ok()?,
            ))
        })
        .collect();
    Some(Teller {
        seen_to,
        told: told?,
        // Whether the message of an earlier run still stands cannot be known.
        last: BTreeSet::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};

    #[test]
    fn what_is_kept_is_read_again() {
        let at = Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap();
        let teller = Teller {
            seen_to: at,
            told: BTreeSet::from([("a".to_owned(), at, 60), ("b".to_owned(), at, 0)]),
            last: BTreeSet::new(),
        };
        assert_eq!(read_teller(&write_teller(&teller)), Some(teller));
        for odd in [json!(null), json!({}), json!({"seenTo": "x", "told": []})] {
            assert_eq!(read_teller(&odd), None);
        }
    }
}
