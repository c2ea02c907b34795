//! The command table: every command with its request, its answer and the data it reads or touches.
//!
//! The router, the TypeScript types and the invalidation of queries all come from this table; a
//! command without a handler of the right type does not compile.

use serde_json::Value;

use crate::core::Core;
use crate::dto::access_map::{AccessMapAnswer, AccessMapRequest};
use crate::dto::access_test::{
    AccessTestList, BatchAnswer, BatchRequest, ExpectOfTestRequest, ExportTestsAnswer,
    ImportTestsAnswer, ImportTestsRequest, SaveTestRequest, SavedTestAnswer, TestRequest,
};
use crate::dto::act::{MembersActAnswer, MembersActPreview, MembersActRequest};
use crate::dto::cases::AnswerCasesAnswer;
use crate::dto::catalogue::CatalogueView;
use crate::dto::clock::ClockNotice;
use crate::dto::common::{Done, Nothing, Topic};
use crate::dto::compare::{CompareAnswer, CompareRequest};
use crate::dto::comparison::{ComparisonList, VerifyRequest};
use crate::dto::connection::{
    BrowserSignInRequest, ConnectRequest, ConnectionList, ConnectionRequest, ConnectionView,
    RemoteProjects, SignedOut,
};
use crate::dto::effective::EffectivePermissions;
use crate::dto::glob_trial::{GlobTrialView, TryGlobRequest, ValueTemplates};
use crate::dto::history::{
    CheckHistoryRequest, ExportHistoryRequest, ExportedFile, HistoryCheck, HistoryChoices,
    HistoryEntryDetail, HistoryEntryRequest, HistoryPage, HistoryRequest, PreviewRestoreRequest,
    RestorePreview, RestoreRequest, UndoRequest,
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
    Begun, ChangeLinkRequest, DuplicateRequest, LinkRequest, OperationRequest, PullChangesAnswer,
    PullRequest, RemoteStatus,
};
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

/// What one line of the command table says beside its types.
#[derive(Debug, Clone, Copy)]
pub struct CommandEntry {
    /// The name of the command.
    pub name: &'static str,
    /// What it reads; its answer is stale when one of these is touched.
    pub reads: &'static [Topic],
    /// What it touches.
    pub touches: &'static [Topic],
}

macro_rules! commands {
    ($(
        $(#[$meta:meta])*
        $name:ident($request:ty) -> $answer:ty
        $(, reads [$($read:ident),*])? $(, touches [$($touch:ident),*])?;
    )*) => {
        /// The command table without its types.
        pub const COMMANDS: &[CommandEntry] = &[$(
            CommandEntry {
                name: stringify!($name),
                reads: &[$($(Topic::$read),*)?],
                touches: &[$($(Topic::$touch),*)?],
            },
        )*];

        /// Reads `request`, has the handler of `core` that is called `name` carry it out, and writes
        /// its answer.
        pub(crate) fn dispatch(core: &Core, name: &str, request: Value) -> Result<Value, ApiError> {
            match name {
                $(
                    stringify!($name) => {
                        let request: $request = crate::router::read_request(name, request)?;
                        crate::router::write_answer(&core.$name(request)?)
                    }
                )*
                _ => Err(crate::router::no_such_command(name)),
            }
        }

        /// Shows every request and answer type of the table to `visitor`, and gives one line of
        /// TypeScript per command.
        pub(crate) fn visit_types(
            config: &ts_rs::Config,
            visitor: &mut impl ts_rs::TypeVisitor,
        ) -> Vec<String> {
            vec![$({
                visitor.visit::<$request>();
                visitor.visit::<$answer>();
                format!(
                    "  {}: [{}, {}];",
                    stringify!($name),
                    <$request as ts_rs::TS>::name(config),
                    <$answer as ts_rs::TS>::name(config),
                )
            }),*]
        }
    };
}

commands! {
    /// Which workspace is open, or why none is.
    workspace_status(Nothing) -> WorkspaceStatus, reads [Workspace, Members, Roles];
    /// Opens another workspace. If that fails, the answer says why and none is open.
    open_workspace(OpenWorkspaceRequest) -> WorkspaceStatus,
        touches [Workspace, Places, Members, Roles, Privileges, History, Tests, Filters, Time];
    /// Opens the sample project, making it first if it is not there.
    open_sample(Nothing) -> WorkspaceStatus,
        touches [Workspace, Places, Members, Roles, Privileges, History, Tests, Filters, Time];
    /// Makes and opens a workspace with an empty local project.
    create_workspace(CreateWorkspaceRequest) -> WorkspaceStatus,
        touches [Workspace, Places, Members, Roles, Privileges, History, Tests, Filters, Time];
    /// What needs attention.
    overview(Nothing) -> Overview, reads [Workspace, Members, Roles, Privileges, Time];
    /// What is to be said of the clock.
    clock_notice(Nothing) -> ClockNotice,
        reads [Workspace, Roles, Privileges, History, Time];
    /// Says nothing more of the setting back that is known.
    dismiss_clock_notice(Nothing) -> Nothing, touches [Time];
    /// Privileges that mean the same on several members, and roles of one member.
    same_grants(Nothing) -> SameGrants,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// What making a role of privileges would come to.
    preview_gather(GatherRequest) -> GatherPreview,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// Makes a role of privileges and gives it to their members instead of them.
    gather_privileges(GatherRequest) -> GatherAnswer,
        touches [Members, Roles, Privileges, History];
    /// What turning the role of one member into a privilege would come to.
    preview_scatter(ScatterRequest) -> ScatterPreview,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// Turns the role of one member into a privilege of that member.
    scatter_role(ScatterRequest) -> Done, touches [Members, Roles, Privileges, History];
    /// What hangs loose: empty groups, members with timed roles only, rules about places that are gone.
    loose_ends(Nothing) -> LooseEnds, reads [Workspace, Places, Members, Roles, Privileges];
    /// Environments, folders and tags.
    places(Nothing) -> Places, reads [Workspace, Places];
    /// What values of conditions may ask of whoever acts.
    value_templates(Nothing) -> ValueTemplates, reads [Workspace, Members];
    /// Subjects, actions, conditions, operators, operations and templates.
    catalogue(Nothing) -> CatalogueView, reads [Workspace];
    /// A slice of the members.
    list_members(ListMembersRequest) -> MemberPage, reads [Workspace, Members, Roles, Privileges, Time];
    /// One member with all its access.
    member_detail(MemberRequest) -> MemberDetail, reads [Workspace, Members, Roles, Privileges, Time];
    /// What an act on chosen members would do.
    preview_members_act(MembersActRequest) -> MembersActPreview,
        reads [Workspace, Members, Roles, Privileges];
    /// Does something to chosen members, as far as it can be done.
    act_on_members(MembersActRequest) -> MembersActAnswer,
        touches [Members, Roles, Privileges, History];
    /// What is wrong with a member being written.
    check_member(MemberDraft) -> MemberCheck, reads [Workspace, Members, Roles];
    /// Adds a member to the project, or changes what one is.
    write_member(MemberDraft) -> WriteMemberAnswer, touches [Members, Roles, History];
    /// Every subject and action with the access of one member to it and the rules behind.
    effective_permissions(MemberRequest) -> EffectivePermissions,
        reads [Workspace, Members, Roles, Privileges, Time];
    /// The filters of the list of members that were kept.
    saved_filters(Nothing) -> SavedFilters, reads [Workspace, Filters];
    /// Keeps a filter under a name.
    save_filter(SaveFilterRequest) -> SaveFilterAnswer, touches [Filters];
    /// Forgets a kept filter.
    forget_filter(ForgetFilterRequest) -> SavedFilters, touches [Filters];
    /// Every role by name, for pickers.
    role_names(Nothing) -> RoleNames, reads [Workspace, Roles];
    /// What a privilege being written would do, and what is wrong with it.
    preview_privilege(PrivilegeDraft) -> PrivilegePreview, reads [Workspace, Places, Members, Privileges];
    /// What a privilege being written would open, close and leave when it ends.
    privilege_effect(PrivilegeDraft) -> PrivilegeEffectAnswer,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// Saves a privilege; it counts at once.
    attach_privilege(PrivilegeDraft) -> AttachPrivilegeAnswer, touches [Members, Privileges, History];
    /// A privilege, or one that begins later, for editing or copying.
    open_privilege(EditedRef) -> OpenedPrivilege, reads [Workspace, Members, Privileges, Time];
    /// Saves an edited privilege over what was stored, unless that has changed since.
    edit_privilege(PrivilegeDraft) -> EditPrivilegeAnswer, touches [Members, Privileges, History];
    /// Everything that begins later.
    scheduled_grants(Nothing) -> ScheduledGrants,
        reads [Workspace, Members, Roles, Privileges, Time];
    /// Gives a role at an instant to come.
    schedule_role(ScheduleRoleRequest) -> ScheduleRoleAnswer,
        touches [Members, Roles, Privileges, History];
    /// Gives what is scheduled now, until its planned end.
    start_scheduled(ScheduledRequest) -> Done, touches [Members, Roles, Privileges, History];
    /// Gives up what is scheduled.
    cancel_scheduled(ScheduledRequest) -> Done, touches [Members, Roles, Privileges, History];
    /// Takes a privilege away; it stops counting at once.
    remove_privilege(RemovePrivilegeRequest) -> Done, touches [Members, Privileges, History];
    /// What a change of lifetimes would do.
    preview_change_lifetime(ChangeLifetimeRequest) -> LifetimePreview,
        reads [Workspace, Members, Roles, Privileges, Time];
    /// Extends, shortens, ends, restarts, renews or removes privileges and role assignments, or makes
    /// them permanent.
    change_lifetime(ChangeLifetimeRequest) -> ChangeLifetimeAnswer,
        touches [Members, Roles, Privileges, History];
    /// Takes back what an entry of the history did.
    undo(UndoRequest) -> Done, touches [Members, Roles, Privileges, History];
    /// Every role, with how much it is used.
    list_roles(Nothing) -> RoleList, reads [Workspace, Members, Roles, Time];
    /// One role with its rules, its holders and the edits that were not saved.
    role_detail(RoleRequest) -> RoleDetail, reads [Workspace, Members, Roles, Time];
    /// Makes a custom role.
    create_role(CreateRoleRequest) -> WriteRoleAnswer, touches [Roles, History];
    /// Makes a custom role with the rules of another one.
    duplicate_role(DuplicateRoleRequest) -> WriteRoleAnswer, touches [Roles, History];
    /// Gives a custom role another name.
    rename_role(RenameRoleRequest) -> WriteRoleAnswer, touches [Roles, History];
    /// Removes a custom role, giving its holders another one if that is asked for.
    delete_role(DeleteRoleRequest) -> DeleteRoleAnswer, touches [Members, Roles, History];
    /// Saves edited rules of a custom role; they count at once.
    save_role(SaveRoleRequest) -> SaveRoleAnswer, touches [Roles, History];
    /// What is to be known about rules being edited.
    review_role(ReviewRoleRequest) -> RoleReview, reads [Workspace, Places, Members];
    /// Keeps edits of a role that were not saved, so that they survive a crash.
    keep_role_draft(KeepRoleDraftRequest) -> Nothing;
    /// Forgets edits of a role that were not saved.
    forget_role_draft(RoleRequest) -> Nothing;
    /// What an edit of a role means; a newer question makes an older one give up.
    role_effect(RoleEffectRequest) -> RoleEffectAnswer,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// Which rules of a role being edited say nothing new; this can take a while.
    redundant_rules(RedundantRulesRequest) -> RedundantRulesAnswer, reads [Workspace, Places];
    /// A role being edited as Terraform configuration.
    role_terraform(RoleTerraformRequest) -> RoleTerraform, reads [Workspace, Roles];
    /// Tries a pattern on the folders of the project.
    try_glob(TryGlobRequest) -> GlobTrialView, reads [Workspace, Places, Members];
    /// Answers whether a member may do something, and why.
    simulate(SimulateRequest) -> SimulateAnswer, reads [Workspace, Members, Roles, Privileges, Time];
    /// Who may do something: a slice of everybody with the answer for each.
    who_can(WhoCanRequest) -> WhoCanAnswer, reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// Rules as policies for the editor.
    open_policies(OpenPoliciesRequest) -> OpenPoliciesAnswer, reads [Workspace];
    /// The cases of an answer that depends on what was left open.
    answer_cases(SimulateRequest) -> AnswerCasesAnswer,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// What else whoever a question is about may do in the same place.
    what_else(SimulateRequest) -> WhatElseAnswer,
        reads [Workspace, Members, Roles, Privileges, Time];
    /// What would allow what a question is denied, or stop what it is allowed.
    what_would_change(SimulateRequest) -> WhatWouldChangeAnswer,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// What somebody may do in every part of every environment.
    access_map(AccessMapRequest) -> AccessMapAnswer,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// How two sides differ, over every request.
    compare(CompareRequest) -> CompareAnswer,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// All tests of access with what comes of them now.
    access_tests(Nothing) -> AccessTestList,
        reads [Workspace, Places, Members, Roles, Privileges, Tests, Time];
    /// Answers many questions at once.
    simulate_batch(BatchRequest) -> BatchAnswer,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// Saves a check as a test.
    save_test(SaveTestRequest) -> SavedTestAnswer, touches [Tests];
    /// Lets a test expect another answer.
    expect_of_test(ExpectOfTestRequest) -> Nothing, touches [Tests];
    /// Removes a test.
    remove_test(TestRequest) -> Nothing, touches [Tests];
    /// Adds the tests of a file.
    import_tests(ImportTestsRequest) -> ImportTestsAnswer, touches [Tests];
    /// All tests as a file.
    export_tests(Nothing) -> ExportTestsAnswer, reads [Workspace, Tests];
    /// What the user prefers on this computer.
    preferences(Nothing) -> PreferencesView, reads [Preferences];
    /// Keeps what the user prefers.
    save_preferences(Preferences) -> SavePreferencesAnswer, touches [Preferences];
    /// Shows what a message of the desktop looks like.
    try_notice(Nothing) -> Nothing;
    /// A slice of what is timed, as bars over a span of time.
    timeline(TimelineRequest) -> TimelinePage, reads [Workspace, Members, Roles, Privileges, Time];
    /// What the ends of some of it mean, as far as it can be said at once.
    end_effects(EndEffectsRequest) -> EndEffects,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// What ends in a span of time with what that means, as far as it can be said at once.
    expiring(ExpiringRequest) -> ExpiringPage,
        reads [Workspace, Places, Members, Roles, Privileges, Time];
    /// A slice of the history.
    history(HistoryRequest) -> HistoryPage, reads [Workspace, Members, History];
    /// What there is to filter the history by.
    history_choices(Nothing) -> HistoryChoices, reads [Workspace, History];
    /// One entry of the history with what it changed.
    history_entry(HistoryEntryRequest) -> HistoryEntryDetail,
        reads [Workspace, Members, Roles, History];
    /// What bringing things back to how they were before or after an entry would do.
    preview_restore(PreviewRestoreRequest) -> RestorePreview,
        reads [Workspace, Members, Roles, Privileges, History];
    /// Brings things back to how they were before or after an entry of the history.
    restore(RestoreRequest) -> Done, touches [Members, Roles, Privileges, History];
    /// The history as a file.
    export_history(ExportHistoryRequest) -> ExportedFile, reads [Workspace, Members, History];
    /// Whether the history is as it was written.
    check_history(CheckHistoryRequest) -> HistoryCheck, reads [Workspace, History];
    /// Finds members and folders by name.
    find(FindRequest) -> FindAnswer, reads [Workspace, Members, Places];
    /// The link of the open project and what is under way.
    remote_status(Nothing) -> RemoteStatus, reads [Workspace, Remote];
    /// Every connection to a server.
    connections(Nothing) -> ConnectionList, reads [Remote];
    /// Makes a connection by signing in, or signs one in again.
    connect(ConnectRequest) -> ConnectionView, touches [Remote];
    /// Begins a sign-in in the browser; the connection is there once the operation is done.
    connect_in_browser(BrowserSignInRequest) -> Begun, touches [Remote];
    /// Signs a connection out, on the server too.
    sign_out(ConnectionRequest) -> SignedOut, touches [Remote];
    /// Signs a connection out and forgets it.
    remove_connection(ConnectionRequest) -> Nothing, touches [Remote];
    /// The projects that a connection can see, asked from the server.
    remote_projects(ConnectionRequest) -> RemoteProjects;
    /// Begins to pull a project into a new workspace, which is opened once it is done.
    link_project(LinkRequest) -> Begun, touches [Remote];
    /// Begins to bring the open project up to date.
    pull(PullRequest) -> Begun, touches [Remote];
    /// Calls an operation off.
    cancel_operation(OperationRequest) -> Nothing, touches [Remote];
    /// Forgets how an operation ended.
    dismiss_operation(OperationRequest) -> Nothing, touches [Remote];
    /// What the last pull changed.
    pull_changes(Nothing) -> PullChangesAnswer, reads [Workspace, History, Remote];
    /// Changes what is pulled and when.
    change_link(ChangeLinkRequest) -> Nothing, touches [Workspace, Remote, Time];
    /// Duplicates the open project as a local one and opens that.
    duplicate_as_local(DuplicateRequest) -> WorkspaceStatus,
        touches [Workspace, Places, Members, Roles, Privileges, History, Time, Remote];
    /// Begins to compare members with the server.
    verify(VerifyRequest) -> Begun, touches [Remote];
    /// What the last comparison found.
    comparisons(Nothing) -> ComparisonList, reads [Workspace, Remote];
}
