//! Commands about roles: what they are called, their rules, and what an edit of them would do.

use reeve_app::duplicate_role::Duplicate;
use reeve_app::keep_role_draft::KeptEdits;
use reeve_app::review_role::ReviewRequest;
use reeve_app::save_role::{Refusals, RoleEdits};
use reeve_app::try_glob::GlobQuestion;
use reeve_domain::id::{MemberId, RoleId};

use super::Core;
use crate::convert;
use crate::dto::common::Nothing;
use crate::dto::glob_trial::{GlobTrialView, TryGlobRequest};
use crate::dto::role::{
    CreateRoleRequest, DeleteRoleAnswer, DeleteRoleRequest, DuplicateRoleRequest,
    KeepRoleDraftRequest, RenameRoleRequest, RoleDetail, RoleList, RoleRequest, RoleTerraform,
    RoleTerraformRequest, SaveRoleAnswer, SaveRoleRequest, WriteRoleAnswer,
};
use crate::dto::role_effect::{
    RedundantRulesAnswer, RedundantRulesRequest, RoleEffectAnswer, RoleEffectRequest,
};
use crate::dto::role_name::RoleNames;
use crate::dto::role_review::{ReviewRoleRequest, RoleReview};
use crate::error::ApiError;

impl Core {
    pub(crate) fn role_names(&self, _: Nothing) -> Result<RoleNames, ApiError> {
        Ok(convert::role_name::names(&self.reeve.role_names()?))
    }

    pub(crate) fn list_roles(&self, _: Nothing) -> Result<RoleList, ApiError> {
        let roles = self.reeve.list_roles()?;
        Ok(RoleList {
            roles: roles.iter().map(convert::role::row).collect(),
        })
    }

    pub(crate) fn role_detail(&self, request: RoleRequest) -> Result<RoleDetail, ApiError> {
        let open = self.reeve.open_role(&RoleId::from(request.role))?;
        Ok(convert::role::detail(&open, self.reeve.now()))
    }

    pub(crate) fn create_role(
        &self,
        request: CreateRoleRequest,
    ) -> Result<WriteRoleAnswer, ApiError> {
        let names = convert::role::names(request.fields);
        let written = self.reeve.create_role(&names, &request.rules)?;
        Ok(convert::role::written(&written))
    }

    pub(crate) fn duplicate_role(
        &self,
        request: DuplicateRoleRequest,
    ) -> Result<WriteRoleAnswer, ApiError> {
        let names = convert::role::names(request.fields);
        let duplicate = if request.fit {
            Duplicate::Fitted
        } else {
            Duplicate::Exact
        };
        let original = RoleId::from(request.role);
        let written = self.reeve.duplicate_role(&original, &names, duplicate)?;
        Ok(convert::role::written(&written))
    }

    pub(crate) fn rename_role(
        &self,
        request: RenameRoleRequest,
    ) -> Result<WriteRoleAnswer, ApiError> {
        let names = convert::role::names(request.fields);
        let written = self
            .reeve
            .rename_role(&RoleId::from(request.role), &names)?;
        Ok(convert::role::written(&written))
    }

    pub(crate) fn delete_role(
        &self,
        request: DeleteRoleRequest,
    ) -> Result<DeleteRoleAnswer, ApiError> {
        let instead = request.reassign_to.map(RoleId::from);
        let removal = self
            .reeve
            .delete_role(&RoleId::from(request.role), instead.as_ref())?;
        Ok(convert::role::removal(&removal, self.reeve.now()))
    }

    pub(crate) fn save_role(&self, request: SaveRoleRequest) -> Result<SaveRoleAnswer, ApiError> {
        let saving = self.reeve.save_role(&RoleEdits {
            role: RoleId::from(request.role),
            base: request.base,
            rules: request.rules,
            refusals: if request.accept_refusals {
                Refusals::Accepted
            } else {
                Refusals::Stop
            },
        })?;
        Ok(convert::role::saving(saving))
    }

    pub(crate) fn review_role(&self, request: ReviewRoleRequest) -> Result<RoleReview, ApiError> {
        let review = self.reeve.review_role(&ReviewRequest {
            rules: request.rules,
            open: request.open.into_iter().map(|at| at as usize).collect(),
            member: request.member.map(MemberId::from),
        })?;
        Ok(convert::role::review(&review))
    }

    pub(crate) fn keep_role_draft(
        &self,
        request: KeepRoleDraftRequest,
    ) -> Result<Nothing, ApiError> {
        let edits = KeptEdits {
            base: request.base,
            rules: request.rules,
            written: request.written,
            steps: request.steps,
        };
        self.reeve
            .keep_role_draft(&RoleId::from(request.role), edits)?;
        Ok(Nothing {})
    }

    pub(crate) fn forget_role_draft(&self, request: RoleRequest) -> Result<Nothing, ApiError> {
        self.reeve.forget_role_draft(&RoleId::from(request.role))?;
        Ok(Nothing {})
    }

    pub(crate) fn role_effect(
        &self,
        request: RoleEffectRequest,
    ) -> Result<RoleEffectAnswer, ApiError> {
        let role = RoleId::from(request.role);
        let effect = self.reeve.role_effect(&role, &request.rules)?;
        Ok(RoleEffectAnswer {
            effect: effect.as_ref().map(convert::role_effect::effect),
        })
    }

    pub(crate) fn redundant_rules(
        &self,
        request: RedundantRulesRequest,
    ) -> Result<RedundantRulesAnswer, ApiError> {
        let redundancy = self.reeve.redundant_rules(&request.rules)?;
        Ok(RedundantRulesAnswer {
            redundant: redundancy.as_ref().map(convert::role_effect::redundant),
        })
    }

    pub(crate) fn role_terraform(
        &self,
        request: RoleTerraformRequest,
    ) -> Result<RoleTerraform, ApiError> {
        let role = RoleId::from(request.role);
        Ok(RoleTerraform {
            text: self.reeve.write_terraform(&role, &request.rules)?,
        })
    }

    pub(crate) fn try_glob(&self, request: TryGlobRequest) -> Result<GlobTrialView, ApiError> {
        let trial = self.reeve.try_glob(&GlobQuestion {
            pattern: request.pattern,
            property: request.property,
            member: request.member.map(MemberId::from),
            texts: request.texts,
        })?;
        Ok(convert::role::trial(trial))
    }
}
