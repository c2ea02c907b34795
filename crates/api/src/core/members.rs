//! Commands about members: listing them, what one is and can do, and acts on many.

use reeve_domain::id::MemberId;

use super::Core;
use crate::convert;
use crate::dto::act::{MembersActAnswer, MembersActPreview, MembersActRequest};
use crate::dto::common::Nothing;
use crate::dto::effective::EffectivePermissions;
use crate::dto::member::{ListMembersRequest, MemberDetail, MemberPage, MemberRequest};
use crate::dto::member_draft::{MemberCheck, MemberDraft, WriteMemberAnswer};
use crate::dto::saved_filter::{
    ForgetFilterRequest, SaveFilterAnswer, SaveFilterRequest, SavedFilters,
};
use crate::error::ApiError;

impl Core {
    pub(crate) fn list_members(&self, request: ListMembersRequest) -> Result<MemberPage, ApiError> {
        let now = self.reeve.now();
        let query = convert::member::query(request, now);
        Ok(convert::member::page(
            &self.reeve.list_members(&query)?,
            now,
        ))
    }

    pub(crate) fn member_detail(&self, request: MemberRequest) -> Result<MemberDetail, ApiError> {
        let access = self.reeve.member_access(&MemberId::from(request.member))?;
        Ok(convert::member::detail(&access, self.reeve.now()))
    }

    pub(crate) fn preview_members_act(
        &self,
        request: MembersActRequest,
    ) -> Result<MembersActPreview, ApiError> {
        let selection = convert::act::selection(request.selection);
        let act = convert::act::act(request.act);
        Ok(convert::act::preview(
            &self.reeve.preview_act(&selection, &act)?,
        ))
    }

    pub(crate) fn act_on_members(
        &self,
        request: MembersActRequest,
    ) -> Result<MembersActAnswer, ApiError> {
        let selection = convert::act::selection(request.selection);
        let act = convert::act::act(request.act);
        Ok(convert::act::answer(
            &self.reeve.act_on_members(&selection, &act)?,
        ))
    }

    pub(crate) fn check_member(&self, request: MemberDraft) -> Result<MemberCheck, ApiError> {
        let draft = convert::member_draft::draft(request);
        Ok(convert::member_draft::check(
            &self.reeve.check_member(&draft)?,
        ))
    }

    pub(crate) fn write_member(&self, request: MemberDraft) -> Result<WriteMemberAnswer, ApiError> {
        let draft = convert::member_draft::draft(request);
        Ok(convert::member_draft::answer(
            &self.reeve.write_member(&draft)?,
        ))
    }

    pub(crate) fn effective_permissions(
        &self,
        request: MemberRequest,
    ) -> Result<EffectivePermissions, ApiError> {
        let member = MemberId::from(request.member);
        Ok(convert::effective::permissions(
            &self.reeve.effective_permissions(&member)?,
        ))
    }

    pub(crate) fn saved_filters(&self, _: Nothing) -> Result<SavedFilters, ApiError> {
        Ok(convert::saved_filter::filters(self.reeve.saved_filters()?))
    }

    pub(crate) fn save_filter(
        &self,
        request: SaveFilterRequest,
    ) -> Result<SaveFilterAnswer, ApiError> {
        let kept = self
            .reeve
            .save_filter(request.id.as_deref(), &request.name, &request.asked)?;
        Ok(convert::saved_filter::answer(kept))
    }

    pub(crate) fn forget_filter(
        &self,
        request: ForgetFilterRequest,
    ) -> Result<SavedFilters, ApiError> {
        self.reeve.forget_filter(&request.id)?;
        self.saved_filters(Nothing {})
    }
}
