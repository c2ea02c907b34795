//! Questions about everybody and their answers.

use reeve_app::who_can::{self as app, WhoCan, WhoCanPage, WhoCanQuestion, WhoCanView};

use super::common::{count, instant, member_ref};
use super::privilege::remarks;
use super::simulate::{outcome_kind, place, semantics, what};
use super::trace::source_view;
use crate::dto::common::FieldProblem;
use crate::dto::simulate::OutcomeKind;
use crate::dto::who_can::{Section, Shown, SourceCount, WhoCanAnswer, WhoCanRequest, WhoCanRow};
use crate::error::ApiError;

/// The longest slice.
const LONGEST: u32 = 500;

/// A question about everybody as the use cases take it.
pub fn question(request: WhoCanRequest) -> Result<(WhoCanQuestion, WhoCanView), ApiError> {
    let at = match request.at {
        None => None,
        Some(text) => Some(
            reeve_app::journal::read_instant(&text)
                .ok_or_else(|| ApiError::bad_request("an instant cannot be read"))?,
        ),
    };
    let question = WhoCanQuestion {
        what: what(request.what),
        place: place(request.place),
        at,
        semantics: request.semantics.map(semantics),
    };
    let view = WhoCanView {
        show: match request.show {
            Shown::Allowed => app::Shown::Allowed,
            Shown::Open => app::Shown::Open,
            Shown::Denied => app::Shown::Denied,
            Shown::All => app::Shown::All,
        },
        source: request.source,
        search: request.search,
        closed: request.closed,
        offset: request.offset as usize,
        limit: request.limit.min(LONGEST) as usize,
    };
    Ok((question, view))
}

/// An answer as it travels.
pub fn answer(answer: WhoCan) -> WhoCanAnswer {
    match answer {
        WhoCan::Answered(page) => page_view(page),
        WhoCan::Incomplete(problems) => nothing(remarks(&problems)),
    }
}

fn nothing(problems: Vec<FieldProblem>) -> WhoCanAnswer {
    WhoCanAnswer {
        problems,
        remarks: Vec::new(),
        at: None,
        allowed: 0,
        open: 0,
        denied: 0,
        sources: Vec::new(),
        sections: Vec::new(),
        folders: 0,
        rows: Vec::new(),
        total: 0,
        total_is_exact: true,
    }
}

fn page_view(page: WhoCanPage) -> WhoCanAnswer {
    WhoCanAnswer {
        problems: Vec::new(),
        remarks: remarks(&page.remarks),
        at: Some(instant(page.at)),
        allowed: count(page.counts.allowed),
        open: count(page.counts.open),
        denied: count(page.counts.denied),
        sources: page
            .sources
            .into_iter()
            .map(|source| SourceCount {
                key: source.key,
                name: source.name,
                members: count(source.members),
            })
            .collect(),
        sections: page
            .sections
            .into_iter()
            .map(|section| Section {
                key: section.key,
                name: section.name,
                members: count(section.members),
                closed: section.closed,
            })
            .collect(),
        folders: count(page.folders),
        rows: page.rows.iter().map(row).collect(),
        total: count(page.total),
        total_is_exact: true,
    }
}

fn row(row: &app::WhoCanRow) -> WhoCanRow {
    WhoCanRow {
        member: member_ref(&row.member),
        detail: row.member.handle.clone(),
        outcome: if row.depends {
            OutcomeKind::Depends
        } else {
            outcome_kind(row.outcome)
        },
        sources: row
            .sources
            .iter()
            .map(|source| source_view(source, None))
            .collect(),
        until: row.until.map(instant),
        reach: row.reach.map(count),
    }
}
