//! The history as a file for others to read: JSON or CSV.
//!
//! Objects before and after are written exactly as they are kept, so that the hashes can be computed
//! again from the file; how is told in `docs/workspace-file.md`.

use chrono::{DateTime, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{HistoryId, MemberId};
use reeve_domain::project::Project;
use reeve_store::snapshot::Snapshot;
use serde_json::{Value, json};

use crate::error::DeedError;
use crate::history::{HistoryQuery, RecordedDeed, recorded_deeds};
use crate::journal::instant_text;
use crate::reeve::Reeve;

/// The form of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryFormat {
    /// One JSON object.
    Json,
    /// Comma-separated values with a header.
    Csv,
}

/// A file to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedHistory {
    /// A name for it.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// How many entries.
    pub entries: usize,
}

/// How many entries are read at once.
const PAGE: usize = 1_000;

const HEADER: [&str; 14] = [
    "number",
    "id",
    "at",
    "author",
    "deed",
    "member",
    "memberName",
    "object",
    "title",
    "reason",
    "before",
    "after",
    "undoes",
    "hash",
];

impl Reeve {
    /// Everything that `query` finds, newest first, as a file; its limit does not count.
    pub fn export_history(
        &self,
        query: &HistoryQuery,
        format: HistoryFormat,
    ) -> Result<ExportedHistory, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            let deeds = all(snapshot, query)?;
            let (text, ending) = match format {
                HistoryFormat::Json => (as_json(&project, now, &deeds), "json"),
                HistoryFormat::Csv => (as_csv(&deeds)?, "csv"),
            };
            Ok(ExportedHistory {
                name: format!("{}-history.{ending}", project.slug),
                text,
                entries: deeds.len(),
            })
        })
    }
}

fn all(snapshot: &Snapshot, query: &HistoryQuery) -> Result<Vec<RecordedDeed>, DeedError> {
    let mut query = HistoryQuery {
        limit: PAGE,
        ..query.clone()
    };
    let mut deeds = Vec::new();
    loop {
        let page = snapshot.history_page(&query)?;
        deeds.extend(recorded_deeds(snapshot, page.entries)?);
        if page.older.is_none() {
            return Ok(deeds);
        }
        query.before = page.older;
    }
}

fn as_json(project: &Project, now: DateTime<Utc>, deeds: &[RecordedDeed]) -> String {
    let entries: Vec<Value> = deeds
        .iter()
        .map(|deed| {
            let fields = fields(deed);
            let named = HEADER.iter().zip(fields).map(|(name, value)| {
                let value = match (*name, value) {
                    ("number", _) => json!(deed.link.number),
                    (_, value) => value.map_or(Value::Null, Value::String),
                };
                ((*name).to_owned(), value)
            });
            Value::Object(named.collect())
        })
        .collect();
    let file = json!({
        "format": "reeve-history",
        "version": 1,
        "project": {"id": project.id.as_str(), "name": project.name, "slug": project.slug},
        "exportedAt": instant_text(now),
        "entries": entries,
    });
    format!("{file:#}\n")
}

fn as_csv(deeds: &[RecordedDeed]) -> Result<String, DeedError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let unwritten = |_| DeedError::Conflict {
        sentence: "the history could not be written as CSV".into(),
    };
    writer.write_record(HEADER).map_err(unwritten)?;
    for deed in deeds {
        let cells = fields(deed).map(|value| harmless(value.unwrap_or_default()));
        writer.write_record(cells).map_err(unwritten)?;
    }
    let bytes = writer.into_inner().unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The values under [`HEADER`].
fn fields(deed: &RecordedDeed) -> [Option<String>; HEADER.len()] {
    let HistoryEntry {
        id,
        at,
        deed: name,
        member,
        object,
        title,
        before,
        after,
        reason,
        undoes,
    } = &deed.entry;
    [
        Some(deed.link.number.to_string()),
        Some(id.to_string()),
        Some(instant_text(*at)),
        Some(deed.author.clone()),
        Some(name.clone()),
        member.as_ref().map(MemberId::to_string),
        deed.member.as_ref().map(|member| member.name.clone()),
        Some(object.clone()),
        Some(title.clone()),
        Some(reason.clone()),
        before.clone(),
        after.clone(),
        undoes.as_ref().map(HistoryId::to_string),
        Some(deed.link.fingerprint.to_string()),
    ]
}

/// A cell that a spreadsheet does not take for a formula.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(formula.into()), format!("'{formula}"));
        }
        assert_eq!(harmless("a=1".into()), "a=1");
    }
}
