//! Commands about the workspace as a whole: which is open, what needs attention, where things are.

use std::path::PathBuf;

use reeve_app::sample::Size;
use reeve_app::workspace::Opening;
use reeve_policy::catalogue::{Catalogue, policy_templates};

use super::Core;
use crate::convert;
use crate::convert::common::count;
use crate::dto::catalogue::CatalogueView;
use crate::dto::clock::ClockNotice;
use crate::dto::common::Nothing;
use crate::dto::glob_trial::ValueTemplates;
use crate::dto::loose_ends::LooseEnds;
use crate::dto::preferences::{Preferences, PreferencesView, SavePreferencesAnswer};
use crate::dto::search::{FindAnswer, FindRequest};
use crate::dto::workspace::{
    CreateWorkspaceRequest, OpenWorkspaceRequest, Overview, Places, WorkspaceStatus,
};
use crate::error::ApiError;

impl Core {
    pub(crate) fn workspace_status(&self, _: Nothing) -> Result<WorkspaceStatus, ApiError> {
        Ok(convert::workspace::status(&self.reeve.status()?))
    }

    pub(crate) fn open_workspace(
        &self,
        request: OpenWorkspaceRequest,
    ) -> Result<WorkspaceStatus, ApiError> {
        self.reeve.open(&Opening::File(PathBuf::from(request.path)));
        self.workspace_status(Nothing {})
    }

    pub(crate) fn open_sample(&self, _: Nothing) -> Result<WorkspaceStatus, ApiError> {
        self.reeve.open(&Opening::Sample(Size::Team));
        self.workspace_status(Nothing {})
    }

    pub(crate) fn create_workspace(
        &self,
        request: CreateWorkspaceRequest,
    ) -> Result<WorkspaceStatus, ApiError> {
        self.reeve
            .create(&PathBuf::from(request.path), &request.name);
        self.workspace_status(Nothing {})
    }

    pub(crate) fn overview(&self, _: Nothing) -> Result<Overview, ApiError> {
        let overview = self.reeve.overview()?;
        let endings = |endings: &reeve_app::overview::Endings| {
            endings.rows.iter().map(convert::member::ending).collect()
        };
        Ok(Overview {
            counts: convert::workspace::counts_view(overview.counts),
            privileges: count(overview.privileges),
            ending_within_day: endings(&overview.within_day),
            ending_within_day_count: count(overview.within_day.total.count),
            ending_within_week: endings(&overview.within_week),
            ending_within_week_count: count(overview.within_week.total.count),
            ended: endings(&overview.ended),
            ended_count: count(overview.ended.total.count),
        })
    }

    pub(crate) fn clock_notice(&self, _: Nothing) -> Result<ClockNotice, ApiError> {
        Ok(convert::workspace::clock_notice(
            self.reeve.clock_set_back()?,
        ))
    }

    pub(crate) fn dismiss_clock_notice(&self, _: Nothing) -> Result<Nothing, ApiError> {
        self.reeve.dismiss_clock_notice()?;
        Ok(Nothing {})
    }

    pub(crate) fn loose_ends(&self, _: Nothing) -> Result<LooseEnds, ApiError> {
        Ok(convert::loose_ends::view(&self.reeve.loose_ends()?))
    }

    pub(crate) fn places(&self, _: Nothing) -> Result<Places, ApiError> {
        Ok(convert::workspace::places(&self.reeve.places()?))
    }

    pub(crate) fn value_templates(&self, _: Nothing) -> Result<ValueTemplates, ApiError> {
        Ok(ValueTemplates {
            templates: self.reeve.value_templates()?,
        })
    }

    pub(crate) fn catalogue(&self, _: Nothing) -> Result<CatalogueView, ApiError> {
        let edition = self.project()?.catalogue;
        let catalogue = Catalogue::of(edition);
        Ok(CatalogueView {
            subjects: convert::catalogue::subjects(catalogue),
            operations: convert::simulate::operations(catalogue),
            templates: policy_templates(edition)
                .iter()
                .map(convert::catalogue::template)
                .collect(),
        })
    }

    pub(crate) fn preferences(&self, _: Nothing) -> Result<PreferencesView, ApiError> {
        Ok(PreferencesView {
            preferences: convert::preferences::view(&self.reeve.preferences()),
            signed_in: self.reeve.signed_in(),
            can_notify: self.reeve.can_notify(),
        })
    }

    pub(crate) fn save_preferences(
        &self,
        request: Preferences,
    ) -> Result<SavePreferencesAnswer, ApiError> {
        match convert::preferences::read(request) {
            Ok(preferences) => {
                self.reeve.save_preferences(&preferences)?;
                Ok(SavePreferencesAnswer::Saved)
            }
            Err(problem) => Ok(SavePreferencesAnswer::Refused {
                problems: vec![problem],
            }),
        }
    }

    pub(crate) fn try_notice(&self, _: Nothing) -> Result<Nothing, ApiError> {
        self.reeve.try_notice();
        Ok(Nothing {})
    }

    pub(crate) fn find(&self, request: FindRequest) -> Result<FindAnswer, ApiError> {
        Ok(convert::member::found(&self.reeve.find(&request.text)?))
    }
}
