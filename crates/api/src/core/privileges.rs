//! Commands about additional privileges, what begins later, and how long access lasts.

use reeve_app::attach_privilege;
use reeve_domain::id::{PrivilegeId, RoleId, ScheduledId};
use reeve_policy::catalogue::Catalogue;

use super::Core;
use crate::convert;
use crate::dto::common::{Done, Nothing};
use crate::dto::lifetime::{ChangeLifetimeAnswer, ChangeLifetimeRequest, LifetimePreview};
use crate::dto::privilege::{
    AttachPrivilegeAnswer, EditPrivilegeAnswer, EditedRef, OpenedPrivilege, PrivilegeDraft,
    PrivilegeEffectAnswer, PrivilegePreview, RemovePrivilegeRequest,
};
use crate::dto::same_grant::{
    GatherAnswer, GatherPreview, GatherRequest, SameGrants, ScatterPreview, ScatterRequest,
};
use crate::dto::scheduled::{
    ScheduleRoleAnswer, ScheduleRoleRequest, ScheduledGrants, ScheduledRequest,
};
use crate::dto::timeline::{
    EndEffects, EndEffectsRequest, ExpiringPage, ExpiringRequest, TimelinePage, TimelineRequest,
};
use crate::error::ApiError;

impl Core {
    pub(crate) fn same_grants(&self, _: Nothing) -> Result<SameGrants, ApiError> {
        let edition = self.project()?.catalogue;
        let found = self.reeve.same_grants()?;
        Ok(convert::same_grant::view(&found, edition, self.reeve.now()))
    }

    pub(crate) fn preview_gather(&self, request: GatherRequest) -> Result<GatherPreview, ApiError> {
        let request = convert::same_grant::gather_request(request);
        let gathering = self.reeve.preview_gather(&request)?;
        Ok(convert::same_grant::gathering(&gathering))
    }

    pub(crate) fn gather_privileges(
        &self,
        request: GatherRequest,
    ) -> Result<GatherAnswer, ApiError> {
        let request = convert::same_grant::gather_request(request);
        let gathered = self.reeve.gather_privileges(&request)?;
        Ok(convert::same_grant::gathered(&gathered))
    }

    pub(crate) fn preview_scatter(
        &self,
        request: ScatterRequest,
    ) -> Result<ScatterPreview, ApiError> {
        let scattering = self.reeve.preview_scatter(&RoleId::from(request.role))?;
        Ok(convert::same_grant::scattering(&scattering))
    }

    pub(crate) fn scatter_role(&self, request: ScatterRequest) -> Result<Done, ApiError> {
        let entry = self.reeve.scatter_role(&RoleId::from(request.role))?;
        Ok(convert::history::done(&entry))
    }

    pub(crate) fn preview_privilege(
        &self,
        request: PrivilegeDraft,
    ) -> Result<PrivilegePreview, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let preview = self
            .reeve
            .preview_privilege(&convert::privilege::draft(request))?;
        Ok(convert::privilege::preview(&preview, catalogue))
    }

    pub(crate) fn privilege_effect(
        &self,
        request: PrivilegeDraft,
    ) -> Result<PrivilegeEffectAnswer, ApiError> {
        let effect = self
            .reeve
            .privilege_effect(&convert::privilege::draft(request))?;
        Ok(PrivilegeEffectAnswer {
            effect: effect.as_ref().map(convert::privilege::effect),
        })
    }

    pub(crate) fn attach_privilege(
        &self,
        request: PrivilegeDraft,
    ) -> Result<AttachPrivilegeAnswer, ApiError> {
        use attach_privilege::Attachment;
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let draft = convert::privilege::draft(request);
        Ok(match self.reeve.attach_privilege(&draft)? {
            Attachment::Attached {
                privilege,
                rules,
                entry,
            } => AttachPrivilegeAnswer::Attached {
                privilege: Box::new(convert::privilege::privilege_view(
                    &privilege,
                    &rules,
                    catalogue,
                    self.reeve.now(),
                )),
                history: entry.id.to_string(),
            },
            Attachment::Scheduled { entry, .. } => AttachPrivilegeAnswer::Scheduled {
                sentence: convert::history::entry_sentence(&entry),
                history: entry.id.to_string(),
            },
            Attachment::Refused(problems) => AttachPrivilegeAnswer::Refused {
                problems: convert::privilege::remarks(&problems),
            },
        })
    }

    pub(crate) fn open_privilege(&self, request: EditedRef) -> Result<OpenedPrivilege, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let opened = self
            .reeve
            .open_privilege(&convert::privilege::edited_ref(request))?;
        Ok(convert::privilege::opened(&opened, catalogue))
    }

    pub(crate) fn edit_privilege(
        &self,
        request: PrivilegeDraft,
    ) -> Result<EditPrivilegeAnswer, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let editing = self
            .reeve
            .edit_privilege(&convert::privilege::draft(request))?;
        Ok(convert::privilege::editing(&editing, catalogue))
    }

    pub(crate) fn scheduled_grants(&self, _: Nothing) -> Result<ScheduledGrants, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let grants = self.reeve.scheduled()?;
        Ok(ScheduledGrants {
            grants: grants
                .iter()
                .map(|entry| convert::scheduled::scheduled_view(entry, catalogue))
                .collect(),
        })
    }

    pub(crate) fn schedule_role(
        &self,
        request: ScheduleRoleRequest,
    ) -> Result<ScheduleRoleAnswer, ApiError> {
        let scheduling = self
            .reeve
            .schedule_role(&convert::scheduled::role(request))?;
        Ok(convert::scheduled::role_answer(&scheduling))
    }

    pub(crate) fn start_scheduled(&self, request: ScheduledRequest) -> Result<Done, ApiError> {
        let id = ScheduledId::from(request.scheduled);
        Ok(convert::history::done(&self.reeve.start_scheduled(&id)?))
    }

    pub(crate) fn cancel_scheduled(&self, request: ScheduledRequest) -> Result<Done, ApiError> {
        let id = ScheduledId::from(request.scheduled);
        Ok(convert::history::done(&self.reeve.cancel_scheduled(&id)?))
    }

    pub(crate) fn remove_privilege(
        &self,
        request: RemovePrivilegeRequest,
    ) -> Result<Done, ApiError> {
        let entry = self
            .reeve
            .remove_privilege(&PrivilegeId::from(request.privilege))?;
        Ok(convert::history::done(&entry))
    }

    pub(crate) fn preview_change_lifetime(
        &self,
        request: ChangeLifetimeRequest,
    ) -> Result<LifetimePreview, ApiError> {
        let (request, _) = convert::lifetime::request(request)?;
        let preview = self.reeve.preview_change_lifetime(&request)?;
        Ok(convert::lifetime::preview(&preview))
    }

    pub(crate) fn change_lifetime(
        &self,
        request: ChangeLifetimeRequest,
    ) -> Result<ChangeLifetimeAnswer, ApiError> {
        let (request, seen) = convert::lifetime::request(request)?;
        let answer = self.reeve.change_lifetime(&request, seen.as_ref())?;
        Ok(convert::lifetime::answer(&answer))
    }

    pub(crate) fn timeline(&self, request: TimelineRequest) -> Result<TimelinePage, ApiError> {
        let query = convert::timeline::query(&request)?;
        Ok(convert::timeline::page(&self.reeve.timeline(&query)?))
    }

    pub(crate) fn end_effects(&self, request: EndEffectsRequest) -> Result<EndEffects, ApiError> {
        let ends = convert::timeline::ends(request.ends)?;
        let effects = self.reeve.end_effects(&ends)?;
        Ok(EndEffects {
            effects: effects.iter().map(convert::timeline::effect).collect(),
        })
    }

    pub(crate) fn expiring(&self, request: ExpiringRequest) -> Result<ExpiringPage, ApiError> {
        let query = convert::timeline::expiring_query(&request)?;
        Ok(convert::timeline::expiring(&self.reeve.expiring(&query)?))
    }
}
