//! Commands about what was done: reading it, taking it back, restoring, checking and exporting.

use reeve_app::check_history::Effort;
use reeve_app::history::HistoryQuery;
use reeve_domain::id::HistoryId;

use super::Core;
use crate::convert;
use crate::convert::common::count;
use crate::dto::common::{Done, Nothing};
use crate::dto::history::{
    CheckHistoryRequest, ExportHistoryRequest, ExportedFile, HistoryCheck, HistoryChoices,
    HistoryEntryDetail, HistoryEntryRequest, HistoryFilter, HistoryPage, HistoryRequest,
    PreviewRestoreRequest, RestorePreview, RestoreRequest, UndoRequest,
};
use crate::error::ApiError;

/// The longest slice of the history.
const LONGEST_HISTORY: u32 = 200;

impl Core {
    pub(crate) fn undo(&self, request: UndoRequest) -> Result<Done, ApiError> {
        let entry = self.reeve.undo(&HistoryId::from(request.history))?;
        Ok(convert::history::done(&entry))
    }

    pub(crate) fn history(&self, request: HistoryRequest) -> Result<HistoryPage, ApiError> {
        let slice = self.reeve.history(&HistoryQuery {
            before: request.before.map(HistoryId::from),
            limit: request.limit.min(LONGEST_HISTORY) as usize,
            ..convert::history::query(HistoryFilter {
                member: request.member,
                role: request.role,
                deeds: request.deeds,
                text: request.text,
            })
        })?;
        Ok(convert::history::page(&slice))
    }

    pub(crate) fn history_choices(&self, _: Nothing) -> Result<HistoryChoices, ApiError> {
        Ok(convert::history::choices(&self.reeve.deeds_done()?))
    }

    pub(crate) fn history_entry(
        &self,
        request: HistoryEntryRequest,
    ) -> Result<HistoryEntryDetail, ApiError> {
        let opened = self.reeve.open_entry(&HistoryId::from(request.history))?;
        Ok(convert::history_change::detail(&opened))
    }

    pub(crate) fn preview_restore(
        &self,
        request: PreviewRestoreRequest,
    ) -> Result<RestorePreview, ApiError> {
        let side = convert::history::side(request.side);
        let preview = self
            .reeve
            .preview_restore(&HistoryId::from(request.history), side)?;
        Ok(convert::history_change::restore_preview(&preview))
    }

    pub(crate) fn restore(&self, request: RestoreRequest) -> Result<Done, ApiError> {
        let side = convert::history::side(request.side);
        let history = HistoryId::from(request.history);
        let entry = self.reeve.restore(&history, side, &request.reason)?;
        Ok(convert::history::done(&entry))
    }

    pub(crate) fn export_history(
        &self,
        request: ExportHistoryRequest,
    ) -> Result<ExportedFile, ApiError> {
        let query = convert::history::query(request.filter);
        let format = convert::history::format(request.format);
        let file = self.reeve.export_history(&query, format)?;
        Ok(ExportedFile {
            name: file.name,
            text: file.text,
            entries: count(file.entries),
        })
    }

    pub(crate) fn check_history(
        &self,
        request: CheckHistoryRequest,
    ) -> Result<HistoryCheck, ApiError> {
        let effort = if request.whole {
            Effort::Whole
        } else {
            Effort::New
        };
        Ok(convert::history::check(&self.reeve.check_history(effort)?))
    }
}
