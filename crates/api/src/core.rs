//! The core behind the window: the program's state, the handlers of the command table, and the
//! ports that a host fills.

use std::path::PathBuf;
use std::sync::Arc;

use reeve_app::check_history::Effort;
use reeve_app::duplicate_role::Duplicate;
use reeve_app::history::HistoryQuery;
use reeve_app::keep_role_draft::KeptEdits;
use reeve_app::reeve::Reeve;
use reeve_app::review_role::ReviewRequest;
use reeve_app::sample::Size;
use reeve_app::save_role::{Refusals, RoleEdits};
use reeve_app::try_glob::GlobQuestion;
use reeve_app::workspace::Opening;
use reeve_app::{attach_privilege, events};
use reeve_domain::id::{HistoryId, MemberId, PrivilegeId, RoleId, ScheduledId};
use reeve_domain::project::Project;
use reeve_domain::rule::Subject;
use reeve_policy::catalogue::{Catalogue, policy_templates};
use serde_json::Value;

pub use reeve_app::clock::{Clock, SystemClock};
pub use reeve_app::notices::{LastMessage, Notice, Notices};
pub use reeve_app::reeve::RemotePorts;
pub use reeve_app::secrets::{Browser, Secret, Secrets, SecretsError};

use crate::command::{COMMANDS, Commands, dispatch};
use crate::convert;
use crate::convert::common::{count, topic};
use crate::dto::access_map::{AccessMapAnswer, AccessMapRequest};
use crate::dto::access_test::{
    AccessTestList, BatchAnswer, BatchRequest, ExpectOfTestRequest, ExportTestsAnswer,
    ImportTestsAnswer, ImportTestsRequest, SaveTestRequest, SavedTestAnswer, TestRequest,
};
use crate::dto::act::{MembersActAnswer, MembersActPreview, MembersActRequest};
use crate::dto::cases::AnswerCasesAnswer;
use crate::dto::catalogue::CatalogueView;
use crate::dto::clock::ClockNotice;
use crate::dto::common::{Changed, Done, Nothing, Topic};
use crate::dto::compare::{CompareAnswer, CompareRequest};
use crate::dto::effective::EffectivePermissions;
use crate::dto::history::{
    CheckHistoryRequest, ExportHistoryRequest, ExportedFile, HistoryCheck, HistoryChoices,
    HistoryEntryDetail, HistoryEntryRequest, HistoryFilter, HistoryPage, HistoryRequest,
    PreviewRestoreRequest, RestorePreview, RestoreRequest, UndoRequest,
};
use crate::dto::lifetime::{ChangeLifetimeAnswer, ChangeLifetimeRequest, LifetimePreview};
use crate::dto::loose_ends::LooseEnds;
use crate::dto::member::{ListMembersRequest, MemberDetail, MemberPage, MemberRequest};
use crate::dto::member_draft::{MemberCheck, MemberDraft, WriteMemberAnswer};
use crate::dto::preferences::{Preferences, PreferencesView, SavePreferencesAnswer};
use crate::dto::privilege::{
    AttachPrivilegeAnswer, EditPrivilegeAnswer, EditedRef, OpenPoliciesAnswer, OpenPoliciesRequest,
    OpenedPrivilege, PrivilegeDraft, PrivilegeEffectAnswer, PrivilegePreview,
    RemovePrivilegeRequest,
};
use crate::dto::remote::{
    Begun, BrowserSignInRequest, ChangeLinkRequest, ComparisonList, ConnectRequest, ConnectionList,
    ConnectionRequest, ConnectionView, DuplicateRequest, LinkRequest, OperationRequest,
    PullChangesAnswer, PullRequest, RemoteProjects, RemoteStatus, SignedOut, VerifyRequest,
};
use crate::dto::role::{
    CreateRoleRequest, DeleteRoleAnswer, DeleteRoleRequest, DuplicateRoleRequest, GlobTrialView,
    KeepRoleDraftRequest, RedundantRulesAnswer, RedundantRulesRequest, RenameRoleRequest,
    ReviewRoleRequest, RoleDetail, RoleEffectAnswer, RoleEffectRequest, RoleList, RoleRequest,
    RoleReview, RoleTerraform, RoleTerraformRequest, SaveRoleAnswer, SaveRoleRequest,
    TryGlobRequest, ValueTemplates, WriteRoleAnswer,
};
use crate::dto::role_name::RoleNames;
use crate::dto::same_grant::{
    GatherAnswer, GatherPreview, GatherRequest, SameGrants, ScatterPreview, ScatterRequest,
};
use crate::dto::saved_filter::{
    ForgetFilterRequest, SaveFilterAnswer, SaveFilterRequest, SavedFilters,
};
use crate::dto::scheduled::{
    ScheduleRoleAnswer, ScheduleRoleRequest, ScheduledGrants, ScheduledRequest,
};
use crate::dto::search::{FindAnswer, FindRequest};
use crate::dto::simulate::{SimulateAnswer, SimulateRequest};
use crate::dto::timeline::{
    EndEffects, EndEffectsRequest, ExpiringPage, ExpiringRequest, TimelinePage, TimelineRequest,
};
use crate::dto::what_else::WhatElseAnswer;
use crate::dto::what_would_change::WhatWouldChangeAnswer;
use crate::dto::who_can::{WhoCanAnswer, WhoCanRequest};
use crate::dto::workspace::{
    CreateWorkspaceRequest, OpenWorkspaceRequest, Overview, Places, WorkspaceStatus,
};
use crate::error::ApiError;
use crate::remote;

/// The longest slice of the history.
const LONGEST_HISTORY: u32 = 200;

/// Hears what became stale, to tell the window.
pub trait Events: Send + Sync {
    /// Something changed.
    fn changed(&self, changed: Changed);
}

/// What a core starts with.
#[derive(Debug, Clone, Default)]
pub struct StartOptions {
    /// Where workspaces are kept that the user did not choose a place for.
    pub data: PathBuf,
    /// The workspace file to open; the one that was open last, if none is named.
    pub workspace: Option<PathBuf>,
    /// Whether to open the sample project.
    pub sample: bool,
    /// How many members the sample shall have; a team's if it is not said.
    pub scale: Option<u32>,
    /// Who is at the computer, for the history; empty if that is not known.
    pub author: String,
}

/// The core behind one window.
pub struct Core {
    reeve: Reeve,
    events: Arc<dyn Events>,
}

/// Carries the use cases' events on in the window's words.
struct Forward(Arc<dyn Events>);

impl events::Events for Forward {
    fn changed(&self, topics: &[events::Topic]) {
        self.0.changed(Changed {
            topics: topics.iter().copied().map(topic).collect(),
        });
    }
}

impl Core {
    /// Starts a core and opens a workspace. That it could not be opened is for
    /// `workspace_status` to say.
    pub fn start(options: StartOptions, clock: Arc<dyn Clock>, events: Arc<dyn Events>) -> Self {
        Self::start_with(options, clock, events, RemotePorts::default())
    }

    /// Starts a core that can keep secrets and open pages by `ports`.
    pub fn start_with(
        options: StartOptions,
        clock: Arc<dyn Clock>,
        events: Arc<dyn Events>,
        ports: RemotePorts,
    ) -> Self {
        let forward = Arc::new(Forward(Arc::clone(&events)));
        let reeve = Reeve::new(&options.data, clock, forward).with_remote(ports);
        reeve.read_preferences(&options.author);
        let size = options.scale.map_or(Size::Team, Size::Members);
        reeve.open(&match options.workspace {
            Some(path) => Opening::File(path),
            None if options.sample || options.scale.is_some() => Opening::Sample(size),
            None => Opening::Last,
        });
        Self { reeve, events }
    }

    /// Carries out the command called `name` and tells the window what it touched.
    pub fn call(&self, name: &str, request: Value) -> Result<Value, ApiError> {
        let answer = dispatch(self, name, request);
        if let Err(error) = &answer {
            tracing::warn!(command = name, code = ?error.code, "a command failed");
        }
        let touched: &[Topic] = COMMANDS
            .iter()
            .find(|command| command.name == name)
            .map_or(&[], |command| command.touches);
        if answer.is_ok() && !touched.is_empty() {
            self.events.changed(Changed {
                topics: touched.to_vec(),
            });
        }
        answer
    }

    /// Tells the window when something timed ends, and pulls when it is time, until the program does.
    pub async fn watch_expiry(&self) {
        self.reeve.watch().await;
    }

    /// Begins to pull if it is time. Gives the operation's id if it was.
    pub fn pull_if_due(&self) -> Result<Option<String>, ApiError> {
        Ok(self.reeve.pull_if_due()?)
    }

    /// From now on, messages of the desktop are shown by `notices`.
    pub fn notify_through(&self, notices: Arc<dyn Notices>) {
        self.reeve.notify_through(notices);
    }

    /// Tells of the ends that are to be told of now, in one message.
    pub fn tell_of_ends(&self) -> Result<(), ApiError> {
        Ok(self.reeve.tell_of_ends()?)
    }

    /// Tells of ends through the desktop, until the program does.
    pub async fn watch_notices(&self) {
        self.reeve.watch_notices().await;
    }

    fn project(&self) -> Result<Project, ApiError> {
        Ok(self.reeve.project()?)
    }
}

impl Commands for Core {
    fn workspace_status(&self, _: Nothing) -> Result<WorkspaceStatus, ApiError> {
        Ok(convert::workspace::status(&self.reeve.status()?))
    }

    fn open_workspace(&self, request: OpenWorkspaceRequest) -> Result<WorkspaceStatus, ApiError> {
        self.reeve.open(&Opening::File(PathBuf::from(request.path)));
        self.workspace_status(Nothing {})
    }

    fn open_sample(&self, _: Nothing) -> Result<WorkspaceStatus, ApiError> {
        self.reeve.open(&Opening::Sample(Size::Team));
        self.workspace_status(Nothing {})
    }

    fn create_workspace(
        &self,
        request: CreateWorkspaceRequest,
    ) -> Result<WorkspaceStatus, ApiError> {
        self.reeve
            .create(&PathBuf::from(request.path), &request.name);
        self.workspace_status(Nothing {})
    }

    fn overview(&self, _: Nothing) -> Result<Overview, ApiError> {
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

    fn clock_notice(&self, _: Nothing) -> Result<ClockNotice, ApiError> {
        Ok(convert::workspace::clock_notice(
            self.reeve.clock_set_back()?,
        ))
    }

    fn dismiss_clock_notice(&self, _: Nothing) -> Result<Nothing, ApiError> {
        self.reeve.dismiss_clock_notice()?;
        Ok(Nothing {})
    }

    fn same_grants(&self, _: Nothing) -> Result<SameGrants, ApiError> {
        let edition = self.project()?.catalogue;
        let found = self.reeve.same_grants()?;
        Ok(convert::same_grant::view(&found, edition, self.reeve.now()))
    }

    fn preview_gather(&self, request: GatherRequest) -> Result<GatherPreview, ApiError> {
        let request = convert::same_grant::gather_request(request);
        let gathering = self.reeve.preview_gather(&request)?;
        Ok(convert::same_grant::gathering(&gathering))
    }

    fn gather_privileges(&self, request: GatherRequest) -> Result<GatherAnswer, ApiError> {
        let request = convert::same_grant::gather_request(request);
        let gathered = self.reeve.gather_privileges(&request)?;
        Ok(convert::same_grant::gathered(&gathered))
    }

    fn preview_scatter(&self, request: ScatterRequest) -> Result<ScatterPreview, ApiError> {
        let scattering = self.reeve.preview_scatter(&RoleId::from(request.role))?;
        Ok(convert::same_grant::scattering(&scattering))
    }

    fn scatter_role(&self, request: ScatterRequest) -> Result<Done, ApiError> {
        let entry = self.reeve.scatter_role(&RoleId::from(request.role))?;
        Ok(convert::history::done(&entry))
    }

    fn loose_ends(&self, _: Nothing) -> Result<LooseEnds, ApiError> {
        Ok(convert::loose_ends::view(&self.reeve.loose_ends()?))
    }

    fn places(&self, _: Nothing) -> Result<Places, ApiError> {
        Ok(convert::workspace::places(&self.reeve.places()?))
    }

    fn value_templates(&self, _: Nothing) -> Result<ValueTemplates, ApiError> {
        Ok(ValueTemplates {
            templates: self.reeve.value_templates()?,
        })
    }

    fn catalogue(&self, _: Nothing) -> Result<CatalogueView, ApiError> {
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

    fn list_members(&self, request: ListMembersRequest) -> Result<MemberPage, ApiError> {
        let now = self.reeve.now();
        let query = convert::member::query(request, now);
        Ok(convert::member::page(
            &self.reeve.list_members(&query)?,
            now,
        ))
    }

    fn member_detail(&self, request: MemberRequest) -> Result<MemberDetail, ApiError> {
        let access = self.reeve.member_access(&MemberId::from(request.member))?;
        Ok(convert::member::detail(&access, self.reeve.now()))
    }

    fn preview_members_act(
        &self,
        request: MembersActRequest,
    ) -> Result<MembersActPreview, ApiError> {
        let selection = convert::act::selection(request.selection);
        let act = convert::act::act(request.act);
        Ok(convert::act::preview(
            &self.reeve.preview_act(&selection, &act)?,
        ))
    }

    fn act_on_members(&self, request: MembersActRequest) -> Result<MembersActAnswer, ApiError> {
        let selection = convert::act::selection(request.selection);
        let act = convert::act::act(request.act);
        Ok(convert::act::answer(
            &self.reeve.act_on_members(&selection, &act)?,
        ))
    }

    fn check_member(&self, request: MemberDraft) -> Result<MemberCheck, ApiError> {
        let draft = convert::member_draft::draft(request);
        Ok(convert::member_draft::check(
            &self.reeve.check_member(&draft)?,
        ))
    }

    fn write_member(&self, request: MemberDraft) -> Result<WriteMemberAnswer, ApiError> {
        let draft = convert::member_draft::draft(request);
        Ok(convert::member_draft::answer(
            &self.reeve.write_member(&draft)?,
        ))
    }

    fn effective_permissions(
        &self,
        request: MemberRequest,
    ) -> Result<EffectivePermissions, ApiError> {
        let member = MemberId::from(request.member);
        Ok(convert::effective::permissions(
            &self.reeve.effective_permissions(&member)?,
        ))
    }

    fn saved_filters(&self, _: Nothing) -> Result<SavedFilters, ApiError> {
        Ok(convert::saved_filter::filters(self.reeve.saved_filters()?))
    }

    fn save_filter(&self, request: SaveFilterRequest) -> Result<SaveFilterAnswer, ApiError> {
        let kept = self
            .reeve
            .save_filter(request.id.as_deref(), &request.name, &request.asked)?;
        Ok(convert::saved_filter::answer(kept))
    }

    fn forget_filter(&self, request: ForgetFilterRequest) -> Result<SavedFilters, ApiError> {
        self.reeve.forget_filter(&request.id)?;
        self.saved_filters(Nothing {})
    }

    fn role_names(&self, _: Nothing) -> Result<RoleNames, ApiError> {
        Ok(convert::role_name::names(&self.reeve.role_names()?))
    }

    fn preview_privilege(&self, request: PrivilegeDraft) -> Result<PrivilegePreview, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let preview = self
            .reeve
            .preview_privilege(&convert::privilege::draft(request))?;
        Ok(convert::privilege::preview(&preview, catalogue))
    }

    fn privilege_effect(&self, request: PrivilegeDraft) -> Result<PrivilegeEffectAnswer, ApiError> {
        let effect = self
            .reeve
            .privilege_effect(&convert::privilege::draft(request))?;
        Ok(PrivilegeEffectAnswer {
            effect: effect.as_ref().map(convert::privilege::effect),
        })
    }

    fn attach_privilege(&self, request: PrivilegeDraft) -> Result<AttachPrivilegeAnswer, ApiError> {
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

    fn open_privilege(&self, request: EditedRef) -> Result<OpenedPrivilege, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let opened = self
            .reeve
            .open_privilege(&convert::privilege::edited_ref(request))?;
        Ok(convert::privilege::opened(&opened, catalogue))
    }

    fn edit_privilege(&self, request: PrivilegeDraft) -> Result<EditPrivilegeAnswer, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let editing = self
            .reeve
            .edit_privilege(&convert::privilege::draft(request))?;
        Ok(convert::privilege::editing(&editing, catalogue))
    }

    fn scheduled_grants(&self, _: Nothing) -> Result<ScheduledGrants, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let grants = self.reeve.scheduled()?;
        Ok(ScheduledGrants {
            grants: grants
                .iter()
                .map(|entry| convert::scheduled::scheduled_view(entry, catalogue))
                .collect(),
        })
    }

    fn schedule_role(&self, request: ScheduleRoleRequest) -> Result<ScheduleRoleAnswer, ApiError> {
        let scheduling = self
            .reeve
            .schedule_role(&convert::scheduled::role(request))?;
        Ok(convert::scheduled::role_answer(&scheduling))
    }

    fn start_scheduled(&self, request: ScheduledRequest) -> Result<Done, ApiError> {
        let id = ScheduledId::from(request.scheduled);
        Ok(convert::history::done(&self.reeve.start_scheduled(&id)?))
    }

    fn cancel_scheduled(&self, request: ScheduledRequest) -> Result<Done, ApiError> {
        let id = ScheduledId::from(request.scheduled);
        Ok(convert::history::done(&self.reeve.cancel_scheduled(&id)?))
    }

    fn remove_privilege(&self, request: RemovePrivilegeRequest) -> Result<Done, ApiError> {
        let entry = self
            .reeve
            .remove_privilege(&PrivilegeId::from(request.privilege))?;
        Ok(convert::history::done(&entry))
    }

    fn preview_change_lifetime(
        &self,
        request: ChangeLifetimeRequest,
    ) -> Result<LifetimePreview, ApiError> {
        let (request, _) = convert::lifetime::request(request)?;
        let preview = self.reeve.preview_change_lifetime(&request)?;
        Ok(convert::lifetime::preview(&preview))
    }

    fn change_lifetime(
        &self,
        request: ChangeLifetimeRequest,
    ) -> Result<ChangeLifetimeAnswer, ApiError> {
        let (request, seen) = convert::lifetime::request(request)?;
        let answer = self.reeve.change_lifetime(&request, seen.as_ref())?;
        Ok(convert::lifetime::answer(&answer))
    }

    fn undo(&self, request: UndoRequest) -> Result<Done, ApiError> {
        let entry = self.reeve.undo(&HistoryId::from(request.history))?;
        Ok(convert::history::done(&entry))
    }

    fn list_roles(&self, _: Nothing) -> Result<RoleList, ApiError> {
        let roles = self.reeve.list_roles()?;
        Ok(RoleList {
            roles: roles.iter().map(convert::role::row).collect(),
        })
    }

    fn role_detail(&self, request: RoleRequest) -> Result<RoleDetail, ApiError> {
        let open = self.reeve.open_role(&RoleId::from(request.role))?;
        Ok(convert::role::detail(&open, self.reeve.now()))
    }

    fn create_role(&self, request: CreateRoleRequest) -> Result<WriteRoleAnswer, ApiError> {
        let names = convert::role::names(request.fields);
        let written = self.reeve.create_role(&names, &request.rules)?;
        Ok(convert::role::written(&written))
    }

    fn duplicate_role(&self, request: DuplicateRoleRequest) -> Result<WriteRoleAnswer, ApiError> {
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

    fn rename_role(&self, request: RenameRoleRequest) -> Result<WriteRoleAnswer, ApiError> {
        let names = convert::role::names(request.fields);
        let written = self
            .reeve
            .rename_role(&RoleId::from(request.role), &names)?;
        Ok(convert::role::written(&written))
    }

    fn delete_role(&self, request: DeleteRoleRequest) -> Result<DeleteRoleAnswer, ApiError> {
        let instead = request.reassign_to.map(RoleId::from);
        let removal = self
            .reeve
            .delete_role(&RoleId::from(request.role), instead.as_ref())?;
        Ok(convert::role::removal(&removal, self.reeve.now()))
    }

    fn save_role(&self, request: SaveRoleRequest) -> Result<SaveRoleAnswer, ApiError> {
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

    fn review_role(&self, request: ReviewRoleRequest) -> Result<RoleReview, ApiError> {
        let review = self.reeve.review_role(&ReviewRequest {
            rules: request.rules,
            open: request.open.into_iter().map(|at| at as usize).collect(),
            member: request.member.map(MemberId::from),
        })?;
        Ok(convert::role::review(&review))
    }

    fn keep_role_draft(&self, request: KeepRoleDraftRequest) -> Result<Nothing, ApiError> {
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

    fn forget_role_draft(&self, request: RoleRequest) -> Result<Nothing, ApiError> {
        self.reeve.forget_role_draft(&RoleId::from(request.role))?;
        Ok(Nothing {})
    }

    fn role_effect(&self, request: RoleEffectRequest) -> Result<RoleEffectAnswer, ApiError> {
        let role = RoleId::from(request.role);
        let effect = self.reeve.role_effect(&role, &request.rules)?;
        Ok(RoleEffectAnswer {
            effect: effect.as_ref().map(convert::role_effect::effect),
        })
    }

    fn redundant_rules(
        &self,
        request: RedundantRulesRequest,
    ) -> Result<RedundantRulesAnswer, ApiError> {
        let redundancy = self.reeve.redundant_rules(&request.rules)?;
        Ok(RedundantRulesAnswer {
            redundant: redundancy.as_ref().map(convert::role_effect::redundant),
        })
    }

    fn role_terraform(&self, request: RoleTerraformRequest) -> Result<RoleTerraform, ApiError> {
        let role = RoleId::from(request.role);
        Ok(RoleTerraform {
            text: self.reeve.write_terraform(&role, &request.rules)?,
        })
    }

    fn try_glob(&self, request: TryGlobRequest) -> Result<GlobTrialView, ApiError> {
        let trial = self.reeve.try_glob(&GlobQuestion {
            pattern: request.pattern,
            property: request.property,
            member: request.member.map(MemberId::from),
            texts: request.texts,
        })?;
        Ok(convert::role::trial(trial))
    }

    fn simulate(&self, request: SimulateRequest) -> Result<SimulateAnswer, ApiError> {
        let question = convert::simulate::question(request)?;
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let answer = self.reeve.simulate(&question)?;
        Ok(convert::simulate::answer(&answer, catalogue))
    }

    fn who_can(&self, request: WhoCanRequest) -> Result<WhoCanAnswer, ApiError> {
        let (question, view) = convert::who_can::question(request)?;
        Ok(convert::who_can::answer(
            self.reeve.who_can(&question, &view)?,
        ))
    }

    fn open_policies(&self, request: OpenPoliciesRequest) -> Result<OpenPoliciesAnswer, ApiError> {
        let edition = self.project()?.catalogue;
        let catalogue = Catalogue::of(edition);
        Ok(OpenPoliciesAnswer {
            policies: convert::privilege::opened_policies(&request.rules, edition, catalogue),
        })
    }

    fn answer_cases(&self, request: SimulateRequest) -> Result<AnswerCasesAnswer, ApiError> {
        let question = convert::simulate::question(request)?;
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let found = self.reeve.answer_cases(&question)?;
        Ok(convert::cases::answer(found.as_ref(), catalogue))
    }

    fn what_else(&self, request: SimulateRequest) -> Result<WhatElseAnswer, ApiError> {
        let question = convert::simulate::question(request)?;
        let found = self.reeve.what_else(&question)?;
        Ok(convert::simulate::what_else(&found))
    }

    fn what_would_change(
        &self,
        request: SimulateRequest,
    ) -> Result<WhatWouldChangeAnswer, ApiError> {
        let question = convert::simulate::question(request)?;
        let answer = self.reeve.what_would_change(&question)?;
        Ok(convert::what_would_change::answer(answer.as_ref()))
    }

    fn access_map(&self, request: AccessMapRequest) -> Result<AccessMapAnswer, ApiError> {
        let question = convert::simulate::question(request.question)?;
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let subject = Subject::from(request.subject);
        let map = self.reeve.access_map(&question, &subject)?;
        Ok(convert::access_map::answer(&map, catalogue))
    }

    fn compare(&self, request: CompareRequest) -> Result<CompareAnswer, ApiError> {
        let left = convert::simulate::question(request.left)?;
        let right = convert::simulate::question(request.right)?;
        Ok(convert::compare::answer(
            &self.reeve.compare(&left, &right)?,
        ))
    }

    fn access_tests(&self, _: Nothing) -> Result<AccessTestList, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let runs = self.reeve.access_tests()?;
        Ok(convert::access_test::list(&runs, catalogue))
    }

    fn simulate_batch(&self, request: BatchRequest) -> Result<BatchAnswer, ApiError> {
        let catalogue = Catalogue::of(self.project()?.catalogue);
        let rows = self.reeve.run_batch(&request.text)?;
        Ok(convert::access_test::batch(&rows, catalogue))
    }

    fn save_test(&self, request: SaveTestRequest) -> Result<SavedTestAnswer, ApiError> {
        let question = convert::simulate::question(request.question)?;
        let expect = convert::access_test::expected(request.expect);
        let id = self.reeve.save_test(&request.name, &question, expect)?;
        Ok(SavedTestAnswer { id })
    }

    fn expect_of_test(&self, request: ExpectOfTestRequest) -> Result<Nothing, ApiError> {
        let expect = convert::access_test::expected(request.expect);
        self.reeve.expect_of_test(&request.id, expect)?;
        Ok(Nothing {})
    }

    fn remove_test(&self, request: TestRequest) -> Result<Nothing, ApiError> {
        self.reeve.remove_test(&request.id)?;
        Ok(Nothing {})
    }

    fn import_tests(&self, request: ImportTestsRequest) -> Result<ImportTestsAnswer, ApiError> {
        let added = self.reeve.import_tests(&request.text)?;
        Ok(convert::access_test::imported(added))
    }

    fn export_tests(&self, _: Nothing) -> Result<ExportTestsAnswer, ApiError> {
        Ok(ExportTestsAnswer {
            text: self.reeve.export_tests()?,
        })
    }

    fn preferences(&self, _: Nothing) -> Result<PreferencesView, ApiError> {
        Ok(PreferencesView {
            preferences: convert::preferences::view(&self.reeve.preferences()),
            signed_in: self.reeve.signed_in(),
            can_notify: self.reeve.can_notify(),
        })
    }

    fn save_preferences(&self, request: Preferences) -> Result<SavePreferencesAnswer, ApiError> {
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

    fn try_notice(&self, _: Nothing) -> Result<Nothing, ApiError> {
        self.reeve.try_notice();
        Ok(Nothing {})
    }

    fn timeline(&self, request: TimelineRequest) -> Result<TimelinePage, ApiError> {
        let query = convert::timeline::query(&request)?;
        Ok(convert::timeline::page(&self.reeve.timeline(&query)?))
    }

    fn end_effects(&self, request: EndEffectsRequest) -> Result<EndEffects, ApiError> {
        let ends = convert::timeline::ends(request.ends)?;
        let effects = self.reeve.end_effects(&ends)?;
        Ok(EndEffects {
            effects: effects.iter().map(convert::timeline::effect).collect(),
        })
    }

    fn expiring(&self, request: ExpiringRequest) -> Result<ExpiringPage, ApiError> {
        let query = convert::timeline::expiring_query(&request)?;
        Ok(convert::timeline::expiring(&self.reeve.expiring(&query)?))
    }

    fn history(&self, request: HistoryRequest) -> Result<HistoryPage, ApiError> {
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

    fn history_choices(&self, _: Nothing) -> Result<HistoryChoices, ApiError> {
        Ok(convert::history::choices(&self.reeve.deeds_done()?))
    }

    fn history_entry(&self, request: HistoryEntryRequest) -> Result<HistoryEntryDetail, ApiError> {
        let opened = self.reeve.open_entry(&HistoryId::from(request.history))?;
        Ok(convert::history_change::detail(&opened))
    }

    fn preview_restore(&self, request: PreviewRestoreRequest) -> Result<RestorePreview, ApiError> {
        let side = convert::history::side(request.side);
        let preview = self
            .reeve
            .preview_restore(&HistoryId::from(request.history), side)?;
        Ok(convert::history_change::restore_preview(&preview))
    }

    fn restore(&self, request: RestoreRequest) -> Result<Done, ApiError> {
        let side = convert::history::side(request.side);
        let history = HistoryId::from(request.history);
        let entry = self.reeve.restore(&history, side, &request.reason)?;
        Ok(convert::history::done(&entry))
    }

    fn export_history(&self, request: ExportHistoryRequest) -> Result<ExportedFile, ApiError> {
        let query = convert::history::query(request.filter);
        let format = convert::history::format(request.format);
        let file = self.reeve.export_history(&query, format)?;
        Ok(ExportedFile {
            name: file.name,
            text: file.text,
            entries: count(file.entries),
        })
    }

    fn check_history(&self, request: CheckHistoryRequest) -> Result<HistoryCheck, ApiError> {
        let effort = if request.whole {
            Effort::Whole
        } else {
            Effort::New
        };
        Ok(convert::history::check(&self.reeve.check_history(effort)?))
    }

    fn find(&self, request: FindRequest) -> Result<FindAnswer, ApiError> {
        Ok(convert::member::found(&self.reeve.find(&request.text)?))
    }

    fn remote_status(&self, _: Nothing) -> Result<RemoteStatus, ApiError> {
        remote::status(&self.reeve)
    }

    fn connections(&self, _: Nothing) -> Result<ConnectionList, ApiError> {
        remote::connections(&self.reeve)
    }

    fn connect(&self, request: ConnectRequest) -> Result<ConnectionView, ApiError> {
        remote::connect(&self.reeve, request)
    }

    fn connect_in_browser(&self, request: BrowserSignInRequest) -> Result<Begun, ApiError> {
        remote::connect_in_browser(&self.reeve, request)
    }

    fn sign_out(&self, request: ConnectionRequest) -> Result<SignedOut, ApiError> {
        remote::sign_out(&self.reeve, &request.connection)
    }

    fn remove_connection(&self, request: ConnectionRequest) -> Result<Nothing, ApiError> {
        self.reeve.remove_connection(&request.connection)?;
        Ok(Nothing {})
    }

    fn remote_projects(&self, request: ConnectionRequest) -> Result<RemoteProjects, ApiError> {
        remote::projects(&self.reeve, &request.connection)
    }

    fn link_project(&self, request: LinkRequest) -> Result<Begun, ApiError> {
        remote::link_project(&self.reeve, request)
    }

    fn pull(&self, request: PullRequest) -> Result<Begun, ApiError> {
        remote::pull(&self.reeve, &request)
    }

    fn cancel_operation(&self, request: OperationRequest) -> Result<Nothing, ApiError> {
        self.reeve.cancel(&request.operation);
        Ok(Nothing {})
    }

    fn dismiss_operation(&self, request: OperationRequest) -> Result<Nothing, ApiError> {
        self.reeve.dismiss(&request.operation);
        Ok(Nothing {})
    }

    fn pull_changes(&self, _: Nothing) -> Result<PullChangesAnswer, ApiError> {
        remote::pull_changes(&self.reeve)
    }

    fn change_link(&self, request: ChangeLinkRequest) -> Result<Nothing, ApiError> {
        remote::change_link(&self.reeve, request)?;
        Ok(Nothing {})
    }

    fn duplicate_as_local(&self, request: DuplicateRequest) -> Result<WorkspaceStatus, ApiError> {
        self.reeve
            .duplicate_as_local(&PathBuf::from(request.path), &request.name)?;
        self.workspace_status(Nothing {})
    }

    fn verify(&self, request: VerifyRequest) -> Result<Begun, ApiError> {
        remote::verify(&self.reeve, request)
    }

    fn comparisons(&self, _: Nothing) -> Result<ComparisonList, ApiError> {
        Ok(remote::comparisons(&self.reeve))
    }
}
