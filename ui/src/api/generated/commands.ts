// Generated from the command table in crates/api by `make bindings`. Do not edit.

/**
 * What a piece of access is.
 */
export type AccessKind = "role" | "privilege";

/**
 * The access of somebody at an instant, by place.
 */
export type AccessMapAnswer = { 
/**
 * What keeps the question from being answered, per field; then there is nothing else.
 */
problems: Array<FieldProblem>, 
/**
 * What stands before "may" for them in sentences.
 */
name: string, 
/**
 * The instant.
 */
at: string | null, 
/**
 * What may be done, in the order of the catalogue.
 */
actions: Array<ActionName>, 
/**
 * The environments, in the order of the project; the last one, without a slug, is any other.
 */
environments: Array<string | null>, 
/**
 * The regions of folders, by their first folder.
 */
regions: Array<MapRegion>, 
/**
 * Whether each cell says what is so now, too, where that differs.
 */
besideNow: boolean, 
/**
 * What kept it from being exact, in words.
 */
limits: Array<string>, 
/**
 * What could not be pulled and makes some cell uncertain.
 */
unseen: Array<UnseenPart>, };

/**
 * Whose map is wanted.
 */
export type AccessMapRequest = { 
/**
 * Who, when and on which server; what and where it asks is not looked at.
 */
question: SimulateRequest, 
/**
 * The subject on the wire, such as `secrets`.
 */
subject: string, };

/**
 * The access to a subject and action, over all places.
 */
export type AccessState = "allow" | "conditional" | "mixed" | "forbid" | "none" | "unknown";

/**
 * All tests with what comes of them now.
 */
export type AccessTestList = { 
/**
 * The tests, in the order in which they were saved.
 */
tests: Array<AccessTestView>, 
/**
 * How many passed.
 */
passed: number, 
/**
 * How many failed or could not be asked.
 */
failed: number, };

/**
 * A test with what comes of it now.
 */
export type AccessTestView = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called; made from the question if it has no name.
 */
name: string, 
/**
 * Whom it names.
 */
who: string, 
/**
 * What they would do, in words.
 */
what: string, 
/**
 * The place, such as `prod:/payments/STRIPE_KEY`.
 */
place: string, 
/**
 * What is expected; `None` if what is saved is no test.
 */
expect: OutcomeKind | null, 
/**
 * Whether the answer is the expected one.
 */
passed: boolean, 
/**
 * The question, to be asked again; `None` if it could not be put.
 */
question: SimulateRequest | null, 
/**
 * The answer; `None` if there is none.
 */
verdict: Verdict | null, 
/**
 * Why the question could not be put.
 */
problem: string | null, };

/**
 * The access to one action.
 */
export type ActionAccess = { 
/**
 * The name on the wire.
 */
action: string, 
/**
 * The name shown.
 */
title: string, 
/**
 * Whether newer actions replace it.
 */
legacy: boolean, 
/**
 * The access.
 */
access: AccessState, 
/**
 * The rules behind it in the order in which they are tried, as places in the list of rules.
 */
rules: Array<number>, };

/**
 * An action with its name.
 */
export type ActionName = { 
/**
 * The name on the wire.
 */
action: string, 
/**
 * The name shown.
 */
title: string, };

/**
 * An action of a subject.
 */
export type ActionView = { 
/**
 * The name on the wire.
 */
action: string, 
/**
 * The name shown.
 */
title: string, 
/**
 * What it permits.
 */
description: string, 
/**
 * Whether newer actions replace it.
 */
legacy: boolean, 
/**
 * The column of the permission table it belongs to; none for a special action.
 */
column: TableColumn | null, 
/**
 * Whether editors offer it for new rules.
 */
offered: boolean, 
/**
 * The only properties that a rule with it may test; `None` if it may test all.
 */
onlyProperties: Array<string> | null, };

/**
 * Holders whose access changes in the same way.
 */
export type AffectedHolders = { 
/**
 * Some of them.
 */
members: Array<MemberRef>, 
/**
 * How many there are.
 */
count: number, 
/**
 * What changes, at most a few.
 */
changes: Array<EffectChange>, 
/**
 * How many changes there are.
 */
changeCount: number, };

/**
 * The cases of an answer; no lists if it does not depend on anything.
 */
export type AnswerCasesAnswer = { 
/**
 * One list for each thing that is not wholly known; all must come out well.
 */
lists: Array<CaseList>, 
/**
 * What kept the lists from being complete, in words.
 */
limits: Array<string>, };

/**
 * Why a command gave no answer.
 */
export type ApiError = { 
/**
 * What kind of trouble it is.
 */
code: ErrorCode, 
/**
 * What happened, as a sentence.
 */
message: string, 
/**
 * What can be done about it.
 */
hint: string, 
/**
 * The field it is about, if it is about one.
 */
field: string | null, 
/**
 * Whether trying again can help.
 */
retry: boolean, };

/**
 * Who was asked about, to show and to go to.
 */
export type AskedView = { "kind": "member", 
/**
 * The member.
 */
member: MemberRef, } | { "kind": "role", 
/**
 * The id of the role.
 */
role: string, 
/**
 * Its slug.
 */
slug: string, 
/**
 * Its name.
 */
name: string, } | { "kind": "rules" };

/**
 * How an attempt to save a privilege went.
 */
export type AttachPrivilegeAnswer = { "outcome": "attached", 
/**
 * The privilege.
 */
privilege: PrivilegeView, 
/**
 * The entry of the history, which `undo` takes.
 */
history: string, } | { "outcome": "scheduled", 
/**
 * What was done, as a sentence for a toast.
 */
sentence: string, 
/**
 * The entry of the history, which `undo` takes.
 */
history: string, } | { "outcome": "refused", 
/**
 * What is wrong, per field.
 */
problems: Array<FieldProblem>, };

/**
 * Kinds of bars.
 */
export type BarKind = "role" | "privilege" | "folderGrant" | "scheduled";

/**
 * Something timed.
 */
export type BarView = { 
/**
 * The id of the assignment, the privilege, the folder grant or the scheduled grant.
 */
id: string, 
/**
 * What it is.
 */
what: BarWhat, 
/**
 * Whose it is.
 */
member: MemberRef, 
/**
 * The slug of the role or privilege; what a folder grant gives.
 */
slug: string, 
/**
 * The name shown; the folder of a folder grant.
 */
title: string, 
/**
 * When it began or begins, if that is known.
 */
start: string | null, 
/**
 * When it ends; only what is scheduled may have no end.
 */
end: string | null, };

/**
 * What a bar stands for.
 */
export type BarWhat = "role" | "privilege" | "folderGrant" | "scheduledRole" | "scheduledPrivilege";

/**
 * The answers, line by line.
 */
export type BatchAnswer = { 
/**
 * The answers, in the order of the lines.
 */
rows: Array<BatchRow>, };

/**
 * Many questions at once.
 */
export type BatchRequest = { 
/**
 * Lines of JSON, or a table with a head.
 */
text: string, };

/**
 * The answer to one line.
 */
export type BatchRow = { 
/**
 * The number of the line, from 1.
 */
line: number, 
/**
 * Whether the line says what is expected.
 */
expects: boolean, 
/**
 * Whom it names.
 */
who: string, 
/**
 * What they would do, in words.
 */
what: string, 
/**
 * The place.
 */
place: string, 
/**
 * What is expected, if the line says.
 */
expect: OutcomeKind | null, 
/**
 * The answer; `None` if the question could not be put.
 */
outcome: OutcomeKind | null, 
/**
 * The answer as a sentence.
 */
sentence: Array<TextPart>, 
/**
 * When the answer changes, if something timed makes it change.
 */
until: string | null, 
/**
 * Why the question could not be put.
 */
problem: string | null, 
/**
 * What is odd about the question; the answer is to the question as it was put.
 */
remarks: Array<string>, 
/**
 * The question, to be looked at alone.
 */
question: SimulateRequest | null, };

/**
 * An operation that has begun.
 */
export type Begun = { 
/**
 * Its id.
 */
operation: string, };

/**
 * Begins a sign-in in the browser.
 */
export type BrowserSignInRequest = { 
/**
 * The connection.
 */
connection: ConnectionDraft, };

/**
 * One rule that was tried.
 */
export type CandidateView = { 
/**
 * Where the rule comes from; `None` if a template changed the rules so that nobody can say.
 */
source: SourceView | null, 
/**
 * The rule in words.
 */
rule: RuleView, 
/**
 * What became of it.
 */
fate: Fate, 
/**
 * Its conditions with the values compared.
 */
conditions: Array<ComparedCondition>, 
/**
 * What is to be said about it, such as why trying it is an error.
 */
note: string | null, };

/**
 * The cases of one thing.
 */
export type CaseList = { 
/**
 * What the checks are for that depend on it; empty if the whole answer does.
 */
purposes: Array<string>, 
/**
 * The cases, first those that are allowed.
 */
cases: Array<CaseView>, 
/**
 * How many more there are.
 */
more: number, };

/**
 * Values with one answer, by one rule.
 */
export type CaseView = { 
/**
 * The values in words, names in backticks; empty for any.
 */
words: string, 
/**
 * Values in it in words, to try.
 */
example: string, 
/**
 * The answer.
 */
outcome: OutcomeKind, 
/**
 * The rule that decides; `None` if none does.
 */
deciding: CandidateView | null, };

/**
 * Which catalogue of subjects and actions applies.
 */
export type CatalogueEdition = "seed" | "current";

/**
 * The catalogue of the open project.
 */
export type CatalogueView = { 
/**
 * The subjects, in order of areas.
 */
subjects: Array<SubjectView>, 
/**
 * The plain-words operations the simulator offers.
 */
operations: Array<OperationView>, 
/**
 * Ready-made sets of policies.
 */
templates: Array<PolicyTemplateView>, };

/**
 * The state of a cell; none if no rule is about it.
 */
export type CellAccess = "none" | "allow" | "conditional" | "forbid" | "mixed" | "unknown";

/**
 * Access to one action on one subject.
 */
export type CellView = { 
/**
 * The subject on the wire.
 */
subject: string, 
/**
 * The action on the wire.
 */
action: string, 
/**
 * The access.
 */
access: CellAccess, };

/**
 * When an answer changes and to what.
 */
export type Change = { 
/**
 * When.
 */
at: string, 
/**
 * To what.
 */
outcome: OutcomeKind, };

/**
 * What happened to something on the server.
 */
export type ChangeKind = "made" | "changed" | "removed" | "ended";

/**
 * How a change of lifetimes went.
 */
export type ChangeLifetimeAnswer = { "outcome": "done", 
/**
 * What was done, with the entry that `undo` takes.
 */
done: Done, 
/**
 * What it did.
 */
preview: LifetimePreview, } | { "outcome": "nothing", 
/**
 * Why.
 */
preview: LifetimePreview, } | { "outcome": "moved", 
/**
 * How it stands.
 */
preview: LifetimePreview, };

/**
 * Asks for a change of lifetimes, or what it would do.
 */
export type ChangeLifetimeRequest = { 
/**
 * What is changed.
 */
targets: LifetimeTargets, 
/**
 * What is done.
 */
act: LifetimeAct, 
/**
 * Why; kept in the history.
 */
reason: string, 
/**
 * The preview that was agreed to; without one it is done as it stands.
 */
seen?: SeenLifetimes | null, };

/**
 * One change that was made on the server, or an end that came by itself.
 */
export type ChangeLine = { 
/**
 * What happened to it.
 */
how: ChangeKind, 
/**
 * As a sentence, names between backticks.
 */
sentence: string, 
/**
 * The member to look at.
 */
member: string | null, 
/**
 * The role to look at.
 */
role: string | null, 
/**
 * When it ended on our clock, for what ended by itself.
 */
ended: string | null, };

/**
 * Changes what is pulled and when. What is `null` stays.
 */
export type ChangeLinkRequest = { 
/**
 * Whether names of secrets are pulled.
 */
secretNames: boolean | null, 
/**
 * How many minutes lie between two pulls; 0 pulls on demand only.
 */
everyMinutes: number | null, 
/**
 * The order of rules in place of the proposed one.
 */
semantics: ChosenSemantics | null, 
/**
 * The connection to pull over.
 */
connection: string | null, };

/**
 * The payload of the `changed` event.
 */
export type Changed = { 
/**
 * What is stale.
 */
topics: Array<Topic>, };

/**
 * Asks whether the history is as it was written.
 */
export type CheckHistoryRequest = { 
/**
 * Whether to look at all of it, and not only at what was added since the last check.
 */
whole: boolean, };

/**
 * One check.
 */
export type CheckView = { 
/**
 * The subject on the wire.
 */
subject: string, 
/**
 * The action on the wire.
 */
action: string, 
/**
 * What is checked, in words.
 */
title: string, 
/**
 * Whether this alternative was needed to answer.
 */
outcome: OutcomeKind, 
/**
 * Whether the check was reached; an earlier failure ends an operation.
 */
reached: boolean, 
/**
 * The rules that name the subject and action, in the order they are tried.
 */
candidates: Array<CandidateView>, 
/**
 * Access that does not count at that instant and would change the answer if it did.
 */
inactive: Array<InactiveView>, 
/**
 * What else is worth knowing, one sentence each.
 */
notes: Array<Array<TextPart>>, };

/**
 * An order of rules, or the proposed one.
 */
export type ChosenSemantics = "proposed" | "forbid-wins" | "last-match";

/**
 * What is to be said of the clock.
 */
export type ClockNotice = { 
/**
 * That it was set back, as long as it has not caught up and nobody dismissed it.
 */
setBack: ClockSetBack | null, };

/**
 * The clock was set back.
 */
export type ClockSetBack = { 
/**
 * An instant that it had reached before.
 */
from: string, 
/**
 * What it says now.
 */
now: string, 
/**
 * How much had ended by `from` and counts again.
 */
again: number, };

/**
 * How two sides differ.
 */
export type CompareAnswer = { 
/**
 * What keeps the left side from being looked at, per field.
 */
leftProblems: Array<FieldProblem>, 
/**
 * What keeps the right side from being looked at, per field.
 */
rightProblems: Array<FieldProblem>, 
/**
 * How the right side compares with the left one, in words.
 */
verdict: string, 
/**
 * What stands before "may" for each side in sentences.
 */
names: [string, string], 
/**
 * The instants of the sides.
 */
at: [string, string] | null, 
/**
 * Everything that differs.
 */
changes: Array<ComparedChange>, 
/**
 * What kept it from being exact, in words.
 */
limits: Array<string>, 
/**
 * What could not be pulled and makes some answer of a side uncertain.
 */
unseen: Array<UnseenPart>, 
/**
 * Whether everything that each side may do is certain. Where it is not, there may be other
 * differences, too.
 */
certain: [boolean, boolean], };

/**
 * Two sides to be compared; what and where they ask is not looked at.
 */
export type CompareRequest = { 
/**
 * The left side.
 */
left: SimulateRequest, 
/**
 * The right side.
 */
right: SimulateRequest, };

/**
 * One difference with where each side has its answer from.
 */
export type ComparedChange = { 
/**
 * What differs.
 */
change: EffectChange, 
/**
 * Through what the left side has its answer.
 */
left: SourceView | null, 
/**
 * Through what the right side has its answer.
 */
right: SourceView | null, 
/**
 * Whether the answer of each side stands, whatever could not be pulled.
 */
certain: [boolean, boolean], };

/**
 * A condition with what was compared.
 */
export type ComparedCondition = { 
/**
 * The property on the wire.
 */
property: string, 
/**
 * Its name.
 */
propertyTitle: string, 
/**
 * The operator on the wire.
 */
operator: string, 
/**
 * The operator in words, such as "is" or "matches".
 */
operatorTitle: string, 
/**
 * What the rule wants, one text per value.
 */
expected: Array<string>, 
/**
 * What the request has, one text per value; `None` if it is missing or was not looked at.
 */
actual: Array<string> | null, 
/**
 * How the comparison went.
 */
result: ComparisonResult, };

/**
 * Until when each side counts a source; `null` for a source without an end.
 */
export type ComparedEnds = { 
/**
 * The server.
 */
onServer: string | null, 
/**
 * Reeve.
 */
here: string | null, };

/**
 * A rule that one side has and the other does not.
 */
export type ComparedRule = { 
/**
 * In words; `null` for what cannot be read as a rule.
 */
rule: RuleView | null, 
/**
 * Whether the words say all of it, in names that Reeve knows; what is not understood is to be
 * shown as it is written.
 */
understood: boolean, 
/**
 * As JSON.
 */
written: string, };

/**
 * What was found.
 */
export type ComparisonFinding = { "state": "same", 
/**
 * How many sources.
 */
sources: number, 
/**
 * How many rules.
 */
rules: number, } | { "state": "different", 
/**
 * Where not.
 */
mismatches: Array<MismatchView>, } | { "state": "notTold", 
/**
 * Why.
 */
why: string, 
/**
 * What can be done about it.
 */
remedy: string, };

/**
 * What the last comparison found.
 */
export type ComparisonList = { 
/**
 * When it was made, on our clock; `null` if there was none.
 */
at: string | null, 
/**
 * How many members agree.
 */
same: number, 
/**
 * How many do not.
 */
different: number, 
/**
 * Of how many the server did not tell.
 */
notTold: number, 
/**
 * Those that do not agree, those of which the server did not tell, then at most a hundred that
 * agree.
 */
members: Array<ComparisonView>, };

/**
 * How a comparison went.
 */
export type ComparisonResult = "matched" | "notMatched" | "missing" | "notReached" | "error" | "unknown";

/**
 * What the comparison of one member found.
 */
export type ComparisonView = { 
/**
 * The member.
 */
member: MemberRef, 
/**
 * What was found.
 */
finding: ComparisonFinding, };

/**
 * One condition being written.
 */
export type ConditionDraft = { 
/**
 * The property on the wire.
 */
property: string, 
/**
 * The operator on the wire.
 */
operator: string, 
/**
 * The operand: one text, or the items of a list for `$in` and `$all`.
 */
values: Array<string>, };

/**
 * A condition in words.
 */
export type ConditionView = { 
/**
 * The property on the wire.
 */
property: string, 
/**
 * The name of the property.
 */
propertyTitle: string, 
/**
 * The operator on the wire; `$eq` for a bare value.
 */
operator: string, 
/**
 * The name of the operator.
 */
operatorTitle: string, 
/**
 * The operand, one text per value.
 */
values: Array<string>, };

/**
 * Makes a connection by signing in.
 */
export type ConnectRequest = { 
/**
 * The connection.
 */
connection: ConnectionDraft, 
/**
 * What proves who signs in.
 */
proof: Proof, };

/**
 * A connection to make, or to sign in again.
 */
export type ConnectionDraft = { 
/**
 * The connection to sign in again; `null` makes a new one.
 */
id: string | null, 
/**
 * The name shown; the server's host if it is empty.
 */
name: string, 
/**
 * Where the server is.
 */
address: string, 
/**
 * The file with certificates of an own authority.
 */
certificate: string | null, 
/**
 * Where secrets shall be kept.
 */
keeping: Keeping, };

/**
 * All connections.
 */
export type ConnectionList = { 
/**
 * The connections, by name.
 */
connections: Array<ConnectionView>, 
/**
 * Why secrets cannot be kept on this machine, if they cannot.
 */
keyringTrouble: Trouble | null, };

/**
 * Names a connection.
 */
export type ConnectionRequest = { 
/**
 * Its id.
 */
connection: string, };

/**
 * A connection to a server.
 */
export type ConnectionView = { 
/**
 * Its id.
 */
id: string, 
/**
 * The name shown.
 */
name: string, 
/**
 * Where the server is.
 */
address: string, 
/**
 * The file with certificates of an own authority.
 */
certificate: string | null, 
/**
 * How to sign in.
 */
method: SignInMethod, 
/**
 * The client id of a machine identity.
 */
clientId: string | null, 
/**
 * Where its secrets are.
 */
keeping: Keeping, 
/**
 * Who signed in last.
 */
who: string, 
/**
 * Whether there is a sign-in to use.
 */
signedIn: boolean, 
/**
 * What keeps the keyring from saying.
 */
trouble: string | null, };

/**
 * How many there are.
 */
export type Counts = { 
/**
 * Users.
 */
users: number, 
/**
 * Machine identities.
 */
identities: number, 
/**
 * Groups.
 */
groups: number, 
/**
 * Roles.
 */
roles: number, };

/**
 * Makes a role.
 */
export type CreateRoleRequest = { 
/**
 * What it is called.
 */
fields: RoleFields, 
/**
 * Its rules, as JSON text.
 */
rules: string, };

/**
 * Makes a workspace with an empty local project.
 */
export type CreateWorkspaceRequest = { 
/**
 * The file to make; it must not exist.
 */
path: string, 
/**
 * The name of the project.
 */
name: string, };

/**
 * A kind of deed.
 */
export type DeedChoice = { 
/**
 * What is changed, such as `Additional Privileges`.
 */
group: string, 
/**
 * What is done, such as `Attached`.
 */
title: string, 
/**
 * The deed, such as `privilege.attach`.
 */
deed: string, };

/**
 * How an attempt to remove a role went.
 */
export type DeleteRoleAnswer = { "outcome": "removed", 
/**
 * What was done, as a sentence for a toast.
 */
sentence: string, 
/**
 * The entry of the history, which `undo` takes.
 */
history: string, } | { "outcome": "held", 
/**
 * Some of those who hold it: groups first, each by name.
 */
holders: Array<RoleHolderView>, 
/**
 * How many assignments there are.
 */
assignments: number, };

/**
 * Removes a role.
 */
export type DeleteRoleRequest = { 
/**
 * The role.
 */
role: string, 
/**
 * The role that its holders get instead.
 */
reassignTo: string | null, };

/**
 * In what the server and Reeve differ.
 */
export type DiffersIn = "missingHere" | "missingOnServer" | "rules" | "end";

/**
 * An answer with nothing to say but what was written to the history.
 */
export type Done = { 
/**
 * The entry of the history, which `undo` takes.
 */
history: string, 
/**
 * What was done, as a sentence for a toast.
 */
sentence: string, };

/**
 * A value that names nothing in the project.
 */
export type DoubtView = { 
/**
 * The rule, from 0.
 */
rule: number, 
/**
 * The property.
 */
property: string, 
/**
 * The operator on the wire.
 */
operator: string, 
/**
 * What, as a sentence.
 */
message: string, };

/**
 * Duplicates the open project as a local one.
 */
export type DuplicateRequest = { 
/**
 * The new file.
 */
path: string, 
/**
 * The name of the copy.
 */
name: string, };

/**
 * Makes a role with the rules of another one.
 */
export type DuplicateRoleRequest = { 
/**
 * The role whose rules it gets.
 */
role: string, 
/**
 * What it is called.
 */
fields: RoleFields, 
/**
 * Whether it is made to fit a server: the successors of legacy actions stand in their place, and
 * rules that only predefined roles may hold are left out.
 */
fit: boolean, };

/**
 * How long, as typed.
 */
export type DurationDraft = { "kind": "kept" } | { "kind": "permanent" } | { "kind": "timed", 
/**
 * The range as typed, such as `1h`.
 */
range: string, } | { "kind": "until", 
/**
 * The instant.
 */
end: string, };

/**
 * Where something is to be done, with what would stand there.
 */
export type EditPlace = { "kind": "role", 
/**
 * The id of the role.
 */
role: string, 
/**
 * The rules.
 */
rules: string, } | { "kind": "privilege", 
/**
 * The id of whose it is.
 */
member: string, 
/**
 * The id of the privilege.
 */
privilege: string, 
/**
 * The rules.
 */
rules: string, } | { "kind": "newPrivilege", 
/**
 * The id of the member.
 */
member: string, 
/**
 * The rules.
 */
rules: string, } | { "kind": "endPrivilege", 
/**
 * The id of whose it is.
 */
member: string, 
/**
 * The id of the privilege.
 */
privilege: string, } | { "kind": "leaveGroup", 
/**
 * The id of who is in it.
 */
member: string, 
/**
 * The id of the group.
 */
group: string, } | { "kind": "takeRole", 
/**
 * The id of who has it; of the group, if it is held through one.
 */
member: string, 
/**
 * The id of the role.
 */
role: string, 
/**
 * Why it is refused as things stand.
 */
refusal: string | null, };

/**
 * How an attempt to change a privilege went.
 */
export type EditPrivilegeAnswer = { "outcome": "saved", 
/**
 * What was done, as a sentence for a toast.
 */
sentence: string, 
/**
 * The entry of the history, which `undo` takes.
 */
history: string, } | { "outcome": "unchanged" } | { "outcome": "refused", 
/**
 * What is wrong, per field.
 */
problems: Array<FieldProblem>, } | { "outcome": "overtaken", 
/**
 * How it stands now.
 */
now: OpenedPrivilege, };

/**
 * An edit that would change the answer.
 */
export type EditView = { 
/**
 * What is to be done, all of it.
 */
steps: Array<StepView>, 
/**
 * Everything that changes for whoever was asked about.
 */
changes: Array<EffectChange>, 
/**
 * How many changes are not listed.
 */
more: number, 
/**
 * Whether every request was looked at.
 */
exhaustive: boolean, };

/**
 * What is being edited, and the state that editing began from.
 */
export type EditedGrant = { 
/**
 * Which one.
 */
grant: EditedRef, 
/**
 * What identifies the state.
 */
revision: string, };

/**
 * Names a privilege, or one that begins later.
 */
export type EditedRef = { "kind": "privilege", 
/**
 * Its id.
 */
id: string, } | { "kind": "scheduled", 
/**
 * Its id.
 */
id: string, };

/**
 * Requests whose answer changes in the same way.
 */
export type EffectChange = { 
/**
 * Whether something becomes allowed, or stops being so; `None` if neither.
 */
gains: boolean | null, 
/**
 * What happens, such as "newly allowed".
 */
transition: string, 
/**
 * What is acted on and what is done.
 */
subject: string, 
/**
 * The actions.
 */
actions: Array<string>, 
/**
 * Which checks, in words.
 */
place: string, 
/**
 * Requests that show it, in words.
 */
witnesses: Array<string>, };

/**
 * What happens when a privilege ends.
 */
export type EffectEnding = { 
/**
 * When.
 */
at: string, 
/**
 * What opens and closes then; empty if other access covers it all.
 */
changes: Array<EffectChange>, };

/**
 * Kinds of consequences, the gravest last.
 */
export type EffectKind = "nothing" | "unsure" | "loses" | "gains" | "losesAndGains" | "losesEverything";

/**
 * Every subject and action with the access to it and the rules behind.
 */
export type EffectivePermissions = { 
/**
 * The instant for which it was asked.
 */
at: string, 
/**
 * The subjects, in the order of the catalogue; those that only the rules know come last.
 */
subjects: Array<SubjectAccess>, 
/**
 * The rules behind the cells.
 */
rules: Array<RuleBehindCell>, 
/**
 * What is worth knowing about all of it.
 */
notes: Array<Array<TextPart>>, 
/**
 * Whether templates stand as they are written, because this is a group.
 */
asWritten: boolean, };

/**
 * Another operation in the same place.
 */
export type ElseThere = { 
/**
 * Its id.
 */
operation: string, 
/**
 * Its title, such as "Edit a secret".
 */
title: string, 
/**
 * The answer.
 */
outcome: OutcomeKind, };

/**
 * A new end, as typed.
 */
export type EndDraft = { "kind": "by", 
/**
 * The range as typed, such as `1h`.
 */
range: string, } | { "kind": "in", 
/**
 * The range as typed.
 */
range: string, } | { "kind": "at", 
/**
 * The instant.
 */
end: string, };

/**
 * What an end means for those whose access it is.
 */
export type EndEffectView = { 
/**
 * The gravest that happens to one of them.
 */
effect: EffectKind, 
/**
 * How grave it is: the higher, the graver.
 */
weight: number, 
/**
 * It in a few words.
 */
sentence: string, 
/**
 * What is no longer allowed, the first few pieces.
 */
lost: Array<EffectChange>, 
/**
 * In how many pieces something is no longer allowed.
 */
lostCount: number, 
/**
 * What becomes allowed, the first few pieces.
 */
gained: Array<EffectChange>, 
/**
 * In how many pieces something becomes allowed.
 */
gainedCount: number, 
/**
 * Why it is not certain that this is all.
 */
doubt: string | null, 
/**
 * For how many something changes or may change; of a group, of its members.
 */
affected: number, 
/**
 * How many were looked at: one, or the members of a group.
 */
lookedAt: number, 
/**
 * Whether a group has more members than were looked at.
 */
hasMore: boolean, 
/**
 * How much else of the same member ends at the same instant.
 */
together: number, };

/**
 * What ends mean.
 */
export type EndEffects = { 
/**
 * In the order of the ends; fewer than were asked about if that took too long for one answer, at
 * least one.
 */
effects: Array<EndEffectView>, };

/**
 * Asks what ends mean.
 */
export type EndEffectsRequest = { 
/**
 * The ends.
 */
ends: Array<EndRef>, };

/**
 * An end of something of a member.
 */
export type EndRef = { 
/**
 * Whose it is.
 */
member: string, 
/**
 * What that member is.
 */
kind: Kind, 
/**
 * When it ends.
 */
end: string, };

/**
 * How an operation ended.
 */
export type EndedView = { "state": "done" } | { "state": "cancelled" } | { "state": "failed", 
/**
 * What happened.
 */
message: string, 
/**
 * What can be done about it.
 */
remedy: string, 
/**
 * Whether trying again can help.
 */
retry: boolean, 
/**
 * Whether signing in again is what helps.
 */
signIn: boolean, };

/**
 * Timed access of one member with its end.
 */
export type EndingAccess = { 
/**
 * Whose it is.
 */
member: MemberRef, 
/**
 * What it is.
 */
what: EndingKind, 
/**
 * The id of the assignment, privilege or folder grant.
 */
id: string, 
/**
 * The slug of the role or privilege; what a folder grant gives.
 */
slug: string, 
/**
 * The name shown; the folder of a folder grant.
 */
title: string, 
/**
 * When it ends or ended.
 */
end: string, 
/**
 * How long it was given for, as it was written.
 */
range: string | null, };

/**
 * What of access can end.
 */
export type EndingKind = "role" | "privilege" | "folderGrant";

/**
 * An environment with its folders.
 */
export type EnvironmentPlace = { 
/**
 * The name on the wire.
 */
slug: string, 
/**
 * The name shown.
 */
name: string, 
/**
 * The paths of its folders, sorted, `/` included.
 */
folders: Array<string>, };

/**
 * Kinds of trouble that the window treats differently.
 */
export type ErrorCode = "badRequest" | "notFound" | "conflict" | "noWorkspace" | "storage" | "readOnly" | "refused" | "signInNeeded" | "server" | "keyring" | "internal";

/**
 * A test and the answer it shall expect.
 */
export type ExpectOfTestRequest = { 
/**
 * The id of the test.
 */
id: string, 
/**
 * What is expected.
 */
expect: OutcomeKind, };

/**
 * What ends, as far as it was looked into.
 */
export type ExpiringPage = { 
/**
 * What ends, the soonest first.
 */
rows: Array<ExpiringRow>, 
/**
 * How much ends in all.
 */
total: number, 
/**
 * Where to go on; `None` at the end.
 */
next: number | null, };

/**
 * Asks what ends in a span of time, and what that means.
 */
export type ExpiringRequest = { 
/**
 * Where the span begins.
 */
from: string, 
/**
 * Where it ends.
 */
to: string, 
/**
 * Only ends of this kind.
 */
kind: BarKind | null, 
/**
 * Where to go on: `next` of the answer before, 0 at first.
 */
offset: number, };

/**
 * Something that ends, with what that means.
 */
export type ExpiringRow = { 
/**
 * What ends.
 */
bar: BarView, 
/**
 * What its end means.
 */
effect: EndEffectView, };

/**
 * How timed access stands.
 */
export type ExpiryFilter = { "state": "nothing" } | { "state": "ending", 
/**
 * The minutes.
 */
minutes: number, } | { "state": "ended" };

/**
 * Asks for the history as a file.
 */
export type ExportHistoryRequest = { 
/**
 * Which entries.
 */
filter: HistoryFilter, 
/**
 * The form of the file.
 */
format: HistoryFormat, };

/**
 * A file of tests.
 */
export type ExportTestsAnswer = { 
/**
 * The text of the file.
 */
text: string, };

/**
 * A file to be saved.
 */
export type ExportedFile = { 
/**
 * A name for it.
 */
name: string, 
/**
 * What is in it.
 */
text: string, 
/**
 * How many entries it has.
 */
entries: number, };

/**
 * What became of a rule.
 */
export type Fate = "decided" | "otherAction" | "notMatched" | "notTried" | "error" | "unknown";

/**
 * A field on both sides.
 */
export type FieldChange = { 
/**
 * The name of the field.
 */
label: string, 
/**
 * What it said; nothing if the thing did not exist, or the field was empty.
 */
before: FieldValue | null, 
/**
 * What it says then.
 */
after: FieldValue | null, };

/**
 * Something wrong with one field of a form.
 */
export type FieldProblem = { 
/**
 * Path of the field, such as `slug` or `policies.0.conditions.1.value`.
 */
field: string, 
/**
 * What is wrong and what to do.
 */
message: string, };

/**
 * What a field says.
 */
export type FieldValue = { "kind": "text", 
/**
 * The words.
 */
text: string, } | { "kind": "code", 
/**
 * The name.
 */
text: string, } | { "kind": "instant", 
/**
 * The instant.
 */
at: string, } | { "kind": "until", 
/**
 * The end.
 */
end: string, 
/**
 * The range, such as `1h`.
 */
range: string | null, };

/**
 * What was found, a few of each kind, best first.
 */
export type FindAnswer = { 
/**
 * Members.
 */
members: Array<FoundMember>, 
/**
 * Folders.
 */
folders: Array<FoundFolder>, };

/**
 * Looks for something by its name.
 */
export type FindRequest = { 
/**
 * What was typed.
 */
text: string, };

/**
 * How many findings of each weight there are.
 */
export type FindingCounts = { 
/**
 * A server does not take the rules.
 */
refused: number, 
/**
 * They open more or forbid less than they read.
 */
dangerous: number, 
/**
 * A part of them can never have an effect.
 */
ineffective: number, 
/**
 * They work otherwise than most expect.
 */
surprising: number, };

/**
 * How much a finding matters.
 */
export type FindingSeverity = "refused" | "dangerous" | "ineffective" | "surprising";

/**
 * One thing to know about rules.
 */
export type FindingView = { 
/**
 * How much it matters.
 */
severity: FindingSeverity, 
/**
 * What kind of finding it is; stable.
 */
code: string, 
/**
 * The rule it is about, from 0; `None` if it is about all.
 */
rule: number | null, 
/**
 * Where in the rule.
 */
path: Array<string>, 
/**
 * What is the matter, as a sentence.
 */
message: string, 
/**
 * What to do about it, as a sentence.
 */
remedy: string, };

/**
 * A grant on exactly one folder, which replaces there whatever else the member has. Only the server
 * changes it.
 */
export type FolderGrantView = { 
/**
 * Its id.
 */
id: string, 
/**
 * The slug of the environment.
 */
environment: string, 
/**
 * The path of the folder.
 */
path: string, 
/**
 * What it gives, in the words of the server's screens; its word itself if that is not known here.
 */
role: string, 
/**
 * Whether what it gives is known here; if not, it counts for nothing in answers.
 */
known: boolean, 
/**
 * How long.
 */
standing: Standing, 
/**
 * When it was made.
 */
createdAt: string, };

/**
 * Which existing folders a condition on `secretPath` covers.
 */
export type FolderReach = { 
/**
 * Path of the condition in the draft, such as `policies.0.conditions.1`.
 */
field: string, 
/**
 * How many folders there are, each path counted once.
 */
folders: number, 
/**
 * How many of them match.
 */
matching: number, 
/**
 * Some that match, at most 5.
 */
examples: Array<string>, 
/**
 * Some that begin alike and do not match, at most 3.
 */
nearMisses: Array<string>, 
/**
 * Why it cannot be told, if it cannot.
 */
unknown: string | null, };

/**
 * Forgets a kept filter.
 */
export type ForgetFilterRequest = { 
/**
 * Its id.
 */
id: string, };

/**
 * A folder that was found.
 */
export type FoundFolder = { 
/**
 * The slug of its environment.
 */
environment: string, 
/**
 * Its path.
 */
path: string, };

/**
 * A member that was found.
 */
export type FoundMember = { 
/**
 * The member.
 */
member: MemberRef, 
/**
 * What stands beside the name.
 */
detail: string, };

/**
 * How making a role of privileges went.
 */
export type GatherAnswer = { "outcome": "done", 
/**
 * The id of the role.
 */
role: string, 
/**
 * What was done.
 */
done: Done, } | { "outcome": "refused", 
/**
 * Why.
 */
preview: GatherPreview, };

/**
 * What making a role of privileges would come to.
 */
export type GatherPreview = { 
/**
 * What is wrong with the names.
 */
problems: Array<FieldProblem>, 
/**
 * How many privileges would go.
 */
privileges: number, 
/**
 * How many members would have the role.
 */
members: number, 
/**
 * What becomes of access.
 */
proof: ProofView, };

/**
 * Which privileges become which role.
 */
export type GatherRequest = { 
/**
 * The ids of the privileges; the rules of the first become those of the role.
 */
privileges: Array<string>, 
/**
 * What the role is called.
 */
fields: RoleFields, };

/**
 * What a pattern matches.
 */
export type GlobTrialView = { 
/**
 * The pattern with templates filled in.
 */
pattern: string, 
/**
 * How many folders there are, each path counted once.
 */
folders: number, 
/**
 * How many of them match.
 */
matching: number, 
/**
 * Those that match, up to a number that can be read.
 */
matches: Array<string>, 
/**
 * Those that nearly match.
 */
nearMisses: Array<NearMissView>, 
/**
 * The secrets that it is about; `None` if no names of secrets are known or it is about none.
 */
secrets: SecretTrialView | null, 
/**
 * Each text with whether it matches.
 */
tried: Array<TriedText>, 
/**
 * The places around the beginning of the pattern, tried likewise.
 */
around: Array<TriedText>, 
/**
 * What to know about the pattern, as sentences.
 */
pitfalls: Array<string>, 
/**
 * Why it cannot be told what it matches, if it cannot.
 */
unknown: string | null, };

/**
 * One of the privileges.
 */
export type GrantHolderView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its slug.
 */
slug: string, 
/**
 * Whose it is.
 */
member: MemberRef, 
/**
 * How it stands.
 */
standing: Standing, };

/**
 * Names something that gives access for a time.
 */
export type GrantRef = { 
/**
 * What it is.
 */
what: AccessKind, 
/**
 * The id of the assignment or privilege.
 */
id: string, };

/**
 * Grants that stay as they are for one reason.
 */
export type GrantsPassedOver = { 
/**
 * Why, as a sentence.
 */
reason: string, 
/**
 * How many.
 */
count: number, };

/**
 * A place where the history was changed by something else than Reeve.
 */
export type HistoryBreak = { "kind": "changed", 
/**
 * Its number.
 */
number: number, 
/**
 * The entry.
 */
history: string, 
/**
 * When it says it happened.
 */
at: string, 
/**
 * The name of what it says was changed.
 */
title: string, } | { "kind": "missing", 
/**
 * The number of the first.
 */
first: number, 
/**
 * The number of the last.
 */
last: number, };

/**
 * Whether the history is as it was written.
 */
export type HistoryCheck = { 
/**
 * How many entries there are.
 */
entries: number, 
/**
 * The hash of the last entry, which vouches for all before.
 */
fingerprint: string, 
/**
 * Where the chain is broken, oldest first, at most a hundred; none if it is whole.
 */
breaks: Array<HistoryBreak>, 
/**
 * When all of it was looked at last.
 */
checkedAt: string, };

/**
 * What there is to filter the history by.
 */
export type HistoryChoices = { 
/**
 * The kinds of deeds that were done.
 */
deeds: Array<DeedChoice>, };

/**
 * One entry with what it changed.
 */
export type HistoryEntryDetail = { 
/**
 * The entry.
 */
entry: HistoryEntryView, 
/**
 * Its number in the history, from 1.
 */
number: number, 
/**
 * The hash of the entry and, through it, of every entry before.
 */
fingerprint: string, 
/**
 * What it changed; `None` if what was kept cannot be read.
 */
changes: Array<ThingChangeView> | null, 
/**
 * Everything before, as indented JSON.
 */
before: string | null, 
/**
 * Everything after, as indented JSON.
 */
after: string | null, };

/**
 * Asks for one entry.
 */
export type HistoryEntryRequest = { 
/**
 * The entry.
 */
history: string, };

/**
 * One entry.
 */
export type HistoryEntryView = { 
/**
 * Its id.
 */
id: string, 
/**
 * When.
 */
at: string, 
/**
 * What was done, such as `privilege.attach`.
 */
deed: string, 
/**
 * What was done, as a sentence.
 */
sentence: string, 
/**
 * Whose access it concerns.
 */
member: MemberRef | null, 
/**
 * Who did it; empty if that was not recorded.
 */
author: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Whether it can be taken back now.
 */
canUndo: boolean, 
/**
 * Whether it was taken back.
 */
undone: boolean, };

/**
 * Which entries of the history are wanted. What is empty leaves nothing out.
 */
export type HistoryFilter = { 
/**
 * Only what concerns this member.
 */
member: string | null, 
/**
 * Only what concerns this role: itself, or who has it.
 */
role: string | null, 
/**
 * Only these deeds, such as `privilege.attach`.
 */
deeds: Array<string>, 
/**
 * Only entries with all of these words.
 */
text: string, };

/**
 * The form of a file with the history.
 */
export type HistoryFormat = "json" | "csv";

/**
 * A slice of the history.
 */
export type HistoryPage = { 
/**
 * The entries, newest first.
 */
entries: Array<HistoryEntryView>, 
/**
 * Where to go on for older ones. A search that finds little pauses after a while, so there may
 * be a place to go on with few entries or none.
 */
older: string | null, };

/**
 * Asks for a slice of the history, newest first.
 */
export type HistoryRequest = { 
/**
 * Only what concerns this member.
 */
member: string | null, 
/**
 * Only what concerns this role: itself, or who has it.
 */
role: string | null, 
/**
 * Only these deeds, such as `privilege.attach`; all if none is named.
 */
deeds: Array<string>, 
/**
 * Only entries with all of these words.
 */
text: string, 
/**
 * Where the slice before left off: its `older`.
 */
before: string | null, 
/**
 * How many, at most 200.
 */
limit: number, };

/**
 * Which side of an entry is meant.
 */
export type HistorySide = "before" | "after";

/**
 * What came of adding a file of tests.
 */
export type ImportTestsAnswer = { 
/**
 * How many were added.
 */
added: number, 
/**
 * Why none was, with the place in the file.
 */
problem: string | null, };

/**
 * A file of tests.
 */
export type ImportTestsRequest = { 
/**
 * The text of the file.
 */
text: string, };

/**
 * Access that does not count and would change the answer if it did.
 */
export type InactiveView = { 
/**
 * Where its rules come from.
 */
source: SourceView, 
/**
 * What the answer would be.
 */
outcome: OutcomeKind, };

/**
 * Keeps edits of a role that were not saved.
 */
export type KeepRoleDraftRequest = { 
/**
 * The role.
 */
role: string, 
/**
 * What identifies the rules that the edits began from.
 */
base: string, 
/**
 * The edited rules, as JSON text.
 */
rules: string, 
/**
 * What stands in the text editor, where that is no list of rules.
 */
written: string | null, 
/**
 * The steps that led to them; only the window looks into it.
 */
steps?: string | null, };

/**
 * Where secrets are kept.
 */
export type Keeping = "keyring" | "session";

/**
 * What a member is.
 */
export type Kind = "user" | "identity" | "group";

/**
 * How the last pull went.
 */
export type LastPullView = { 
/**
 * When it was done, on our clock.
 */
at: string, 
/**
 * What must be added to our clock to get the server's, in milliseconds.
 */
skew: number, 
/**
 * By how much that may be wrong, in milliseconds.
 */
skewMargin: number, 
/**
 * What could not be seen.
 */
unseen: Array<UnseenView>, 
/**
 * What was odd, in sentences.
 */
notes: Array<string>, 
/**
 * Whether a person was signed in.
 */
asUser: boolean, 
/**
 * How many requests it took.
 */
requests: number, 
/**
 * How long it took, in milliseconds.
 */
took: number, };

/**
 * What is done to lifetimes.
 */
export type LifetimeAct = { "kind": "extend", 
/**
 * The end.
 */
end: EndDraft, } | { "kind": "shorten", 
/**
 * The end.
 */
end: EndDraft, } | { "kind": "endNow" } | { "kind": "restart", 
/**
 * Another duration than its own.
 */
range: string | null, } | { "kind": "renew", 
/**
 * Another duration than its own.
 */
range: string | null, } | { "kind": "makePermanent" } | { "kind": "remove" };

/**
 * What becomes of a grant.
 */
export type LifetimeOutcome = { "kind": "changed", 
/**
 * How long.
 */
after: Standing, } | { "kind": "removed" } | { "kind": "passedOver", 
/**
 * Why, as a sentence.
 */
reason: string, };

/**
 * What a change of lifetimes would do.
 */
export type LifetimePreview = { 
/**
 * Identifies it, for doing exactly this.
 */
seen: SeenLifetimes, 
/**
 * What is wrong with the act itself; the field is `duration`.
 */
problems: Array<FieldProblem>, 
/**
 * How many grants would change.
 */
changed: number, 
/**
 * How many members have them.
 */
members: number, 
/**
 * What is passed over, by reason.
 */
passedOver: Array<GrantsPassedOver>, 
/**
 * How many of the grants named do not exist any more.
 */
gone: number, 
/**
 * Grant by grant, those that change first, at most 1000.
 */
rows: Array<LifetimeRow>, };

/**
 * What becomes of one grant.
 */
export type LifetimeRow = { 
/**
 * The grant.
 */
grant: GrantRef, 
/**
 * Who has it.
 */
member: MemberRef, 
/**
 * The name of the privilege or role.
 */
title: string, 
/**
 * How long it counts.
 */
before: Standing, 
/**
 * What becomes of it.
 */
outcome: LifetimeOutcome, };

/**
 * What an act is done to.
 */
export type LifetimeTargets = { "kind": "grants", 
/**
 * Each once.
 */
grants: Array<GrantRef>, } | { "kind": "members", 
/**
 * The members.
 */
selection: MemberSelection, 
/**
 * Whether their privileges are meant.
 */
privileges: boolean, 
/**
 * Whether their roles are meant.
 */
roles: boolean, };

/**
 * Links a project into a new workspace.
 */
export type LinkRequest = { 
/**
 * The connection to pull it over.
 */
connection: string, 
/**
 * The project's id on the server.
 */
project: string, 
/**
 * The new workspace file; a free name in the data folder if it is `null`.
 */
path: string | null, 
/**
 * Whether names of secrets are pulled.
 */
secretNames: boolean, };

/**
 * The link of the open project.
 */
export type LinkView = { 
/**
 * The id of the connection.
 */
connection: string, 
/**
 * Its name; `null` if it was removed.
 */
connectionName: string | null, 
/**
 * Whether there is a sign-in to use.
 */
signedIn: boolean, 
/**
 * The address of the server.
 */
address: string, 
/**
 * Whether names of secrets are pulled.
 */
secretNames: boolean, 
/**
 * How many minutes lie between two pulls; `null` pulls on demand only.
 */
everyMinutes: number | null, 
/**
 * The order of rules that the server's paths suggest.
 */
proposed: Semantics, 
/**
 * Why, as a sentence.
 */
proposedBecause: string, 
/**
 * The order that was chosen in its place.
 */
chosen: Semantics | null, 
/**
 * How the last pull went.
 */
lastPull: LastPullView | null, };

/**
 * Asks for a slice of the members.
 */
export type ListMembersRequest = { 
/**
 * Which of them.
 */
filter: MemberFilter, 
/**
 * The column to sort by.
 */
sort: MemberSort, 
/**
 * Whether the order is turned round.
 */
descending: boolean, 
/**
 * How many to pass over.
 */
offset: number, 
/**
 * How many to answer, at most 500.
 */
limit: number, };

/**
 * What hangs loose: the first few of each kind, at most 50, and how many there are.
 */
export type LooseEnds = { 
/**
 * Groups that nobody is in, by name.
 */
emptyGroups: Array<MemberRef>, 
/**
 * How many such groups there are.
 */
emptyGroupCount: number, 
/**
 * Members with roles, none of them permanent; whose last role ends first comes first.
 */
onlyTimed: Array<OnlyTimedMember>, 
/**
 * How many such members there are.
 */
onlyTimedCount: number, 
/**
 * Roles and privileges with rules about places that the project does not have.
 */
nowhere: Array<NowhereRow>, 
/**
 * How many such roles and privileges there are.
 */
nowhereCount: number, };

/**
 * What may be done in one cell at one instant.
 */
export type MapAccess = { 
/**
 * Each action that is not simply denied, by what was pulled.
 */
entries: Array<MapEntry>, 
/**
 * Each action of which it is not certain, because something could not be pulled.
 */
doubts: Array<MapDoubt>, };

/**
 * Names and tags with one answer.
 */
export type MapCase = { 
/**
 * The answer.
 */
outcome: OutcomeKind, 
/**
 * Which, in words, names in backticks; empty for all.
 */
words: string, };

/**
 * What may be done in one region of one environment.
 */
export type MapCell = { 
/**
 * Whether there is a folder of the region in this environment.
 */
exists: boolean, 
/**
 * Each action that is not simply denied, by what was pulled.
 */
entries: Array<MapEntry>, 
/**
 * Each action of which it is not certain, because something could not be pulled.
 */
doubts: Array<MapDoubt>, 
/**
 * The same now, where another instant was asked about and it differs.
 */
now: MapAccess | null, };

/**
 * An action of which the access to a cell is not certain.
 */
export type MapDoubt = { 
/**
 * The action on the wire.
 */
action: string, 
/**
 * For which names and tags, in words, names in backticks; empty if for all.
 */
cases: Array<string>, };

/**
 * An action that is not simply denied in a cell.
 */
export type MapEntry = { 
/**
 * The action on the wire.
 */
action: string, 
/**
 * Whether it is allowed whatever the name and the tags.
 */
always: boolean, 
/**
 * Where it is not always so: for which names and tags, with the answer.
 */
cases: Array<MapCase>, };

/**
 * Folders that the rules do not tell apart.
 */
export type MapRegion = { 
/**
 * Some of the folders that there are.
 */
folders: Array<string>, 
/**
 * How many there are.
 */
count: number, 
/**
 * A folder that speaks for all; it need not exist.
 */
example: string, 
/**
 * A cell for each environment.
 */
cells: Array<MapCell>, };

/**
 * What is wrong with a draft.
 */
export type MemberCheck = { 
/**
 * What keeps it from being saved.
 */
problems: Array<FieldProblem>, 
/**
 * What can be saved but is probably not meant.
 */
warnings: Array<FieldProblem>, };

/**
 * One member with all its access.
 */
export type MemberDetail = { 
/**
 * Its id.
 */
id: string, 
/**
 * What tells this state of its own fields from every other.
 */
revision: string, 
/**
 * What it is.
 */
kind: Kind, 
/**
 * The name shown.
 */
name: string, 
/**
 * The address of a user, the slug of a group.
 */
handle: string, 
/**
 * What `{{identity.username}}` renders to.
 */
username: string, 
/**
 * How an identity proves who it is.
 */
authMethods: Array<string>, 
/**
 * Keys and values that templates may use.
 */
metadata: Array<MetadataEntry>, 
/**
 * The groups it is in.
 */
groups: Array<MemberRef>, 
/**
 * The members of this group, at most 200; empty for others.
 */
groupMembers: Array<MemberRef>, 
/**
 * How many members this group has.
 */
groupMemberCount: number, 
/**
 * The roles, its own first, then those through groups.
 */
roles: Array<RoleAssignmentView>, 
/**
 * The additional privileges: active first by their end, then ended.
 */
privileges: Array<PrivilegeView>, 
/**
 * The folder grants: active first by their end, then ended.
 */
folderGrants: Array<FolderGrantView>, 
/**
 * What it shall get later, the soonest first.
 */
scheduled: Array<ScheduledView>, };

/**
 * A member being written.
 */
export type MemberDraft = { 
/**
 * The member that is changed; `None` if one is added.
 */
member: string | null, 
/**
 * The revision of the member that the change began from; `None` if one is added.
 */
revision: string | null, 
/**
 * What it is.
 */
kind: Kind, 
/**
 * The name shown.
 */
name: string, 
/**
 * The e-mail address of a user, the slug of a group.
 */
handle: string, 
/**
 * What a user signs in with; the e-mail address if it is empty.
 */
username: string, 
/**
 * How an identity proves who it is.
 */
authMethods: Array<string>, 
/**
 * Keys and values that templates may use.
 */
metadata: Array<MetadataDraft>, 
/**
 * The id of the first role; not used for a change.
 */
role: string | null, 
/**
 * The ids of who is in the group from the start; not used for a change.
 */
members: Array<string>, };

/**
 * Something that is true of some members.
 */
export type MemberFact = "forbids" | "wide" | "privileges" | "noPermanentRole";

/**
 * Which members are meant: those for whom all of this holds.
 */
export type MemberFilter = { 
/**
 * Only this kind.
 */
kind?: Kind, 
/**
 * Only those whose name, address, id or metadata contains these words.
 */
search?: string, 
/**
 * Only who has one of these roles, by their ids: itself or through a group, ended or not.
 */
roles?: Array<string>, 
/**
 * Only whose timed access stands so.
 */
expiry?: ExpiryFilter, 
/**
 * Only who is in this group, by its id.
 */
group?: string, 
/**
 * Only of whom all of these are true.
 */
facts?: Array<MemberFact>, };

/**
 * A slice of the members.
 */
export type MemberPage = { 
/**
 * The members of the slice, in order.
 */
rows: Array<MemberRow>, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * Whether `total` is exact; if not, there are at least so many.
 */
totalIsExact: boolean, };

/**
 * Enough of a member to name it and go to it.
 */
export type MemberRef = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is.
 */
kind: Kind, 
/**
 * The name shown.
 */
name: string, };

/**
 * Asks for one member.
 */
export type MemberRequest = { 
/**
 * Its id.
 */
member: string, };

/**
 * One row of the list.
 */
export type MemberRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is.
 */
kind: Kind, 
/**
 * The name shown.
 */
name: string, 
/**
 * What stands beside the name: address, auth methods, or number of members.
 */
detail: string, 
/**
 * The roles it has itself, in order.
 */
roles: Array<RoleChip>, 
/**
 * How many additional privileges are stored for it, ended ones included.
 */
privileges: number, 
/**
 * The soonest end that lies ahead.
 */
nextEnd: string | null, 
/**
 * The latest end that has passed.
 */
lastEnd: string | null, 
/**
 * The groups it is in.
 */
groups: Array<MemberRef>, };

/**
 * Members that were chosen for an act.
 */
export type MemberSelection = { "kind": "members", 
/**
 * Their ids.
 */
members: Array<string>, } | { "kind": "matching", 
/**
 * The filter.
 */
filter: MemberFilter, 
/**
 * The ids of those taken out by hand.
 */
except: Array<string>, };

/**
 * A column the list can be sorted by.
 */
export type MemberSort = "relevance" | "name" | "kind" | "privileges" | "nextEnd" | "roles" | "groups";

/**
 * What is to be done with chosen members.
 */
export type MembersAct = { "kind": "addRole", 
/**
 * The id of the role.
 */
role: string, 
/**
 * How long.
 */
duration: DurationDraft, } | { "kind": "removeRole", 
/**
 * The id of the role.
 */
role: string, } | { "kind": "addToGroup", 
/**
 * The id of the group.
 */
group: string, } | { "kind": "removeFromGroup", 
/**
 * The id of the group.
 */
group: string, } | { "kind": "attachPrivilege", 
/**
 * The privilege; its member is not looked at.
 */
draft: PrivilegeDraft, } | { "kind": "remove" };

/**
 * How an act went.
 */
export type MembersActAnswer = { "outcome": "done", 
/**
 * What was done, with the entry that `undo` takes.
 */
done: Done, 
/**
 * What it did.
 */
preview: MembersActPreview, } | { "outcome": "nothing", 
/**
 * Why.
 */
preview: MembersActPreview, };

/**
 * What an act would do.
 */
export type MembersActPreview = { 
/**
 * What is wrong with the act itself.
 */
problems: Array<FieldProblem>, 
/**
 * How many members were chosen and exist.
 */
chosen: number, 
/**
 * How many of them it changes.
 */
affected: number, 
/**
 * Who is passed over, by reason.
 */
passedOver: Array<PassedOver>, 
/**
 * How many role assignments go with removed members.
 */
losesRoles: number, 
/**
 * How many additional privileges go with removed members.
 */
losesPrivileges: number, 
/**
 * How many folder grants go with removed members.
 */
losesFolderGrants: number, 
/**
 * How many memberships in groups go with removed members.
 */
losesMemberships: number, };

/**
 * Asks for an act on members, or what it would do.
 */
export type MembersActRequest = { 
/**
 * The members.
 */
selection: MemberSelection, 
/**
 * The act.
 */
act: MembersAct, };

/**
 * A key with its value, being written.
 */
export type MetadataDraft = { 
/**
 * The key.
 */
key: string, 
/**
 * The value.
 */
value: string, };

/**
 * A key with its value.
 */
export type MetadataEntry = { 
/**
 * The key.
 */
key: string, 
/**
 * The value.
 */
value: string, };

/**
 * Something that the server and Reeve do not agree on.
 */
export type MismatchView = { 
/**
 * In what they differ.
 */
differsIn: DiffersIn, 
/**
 * What, as a sentence.
 */
sentence: string, 
/**
 * Rules that only the server has.
 */
onlyOnServer: Array<ComparedRule>, 
/**
 * Rules that only Reeve has.
 */
onlyHere: Array<ComparedRule>, 
/**
 * Until when each side counts it, if that is what they differ in.
 */
ends: ComparedEnds | null, };

/**
 * A folder or name that nearly matches.
 */
export type NearMissView = { 
/**
 * Its path, or its name.
 */
path: string, 
/**
 * What keeps it from matching.
 */
why: string, };

/**
 * A request that asks for nothing in particular.
 */
export type Nothing = Record<symbol, never>;

/**
 * When the desktop tells of ends, and how much it says.
 */
export type NoticePreferences = { 
/**
 * Whether it does at all.
 */
enabled: boolean, 
/**
 * How many minutes before an end it is told; 0 for when it has come.
 */
leads: Array<number>, 
/**
 * When nothing is told.
 */
quiet: QuietHours | null, 
/**
 * Whether names and paths are said, where anybody may read them who looks at a locked screen.
 */
withNames: boolean, 
/**
 * Whether ends that change nothing are left out.
 */
onlyConsequences: boolean, };

/**
 * A role or privilege with rules about places that the project does not have.
 */
export type NowhereRow = { 
/**
 * The id of the role or privilege.
 */
id: string, 
/**
 * Its name.
 */
title: string, 
/**
 * Whose privilege it is; `None` for a role.
 */
member: MemberRef | null, 
/**
 * The first such place, in a sentence.
 */
sentence: string, 
/**
 * How many of its rules are about such a place.
 */
rules: number, };

/**
 * A member all of whose roles are timed.
 */
export type OnlyTimedMember = { 
/**
 * Who it is.
 */
member: MemberRef, 
/**
 * When the last of its roles ends or ended; `None` if none ever counts.
 */
until: string | null, };

/**
 * A field of the question that was left open.
 */
export type OpenField = { 
/**
 * `who`, or the name of a field of the place; of another attribute its property.
 */
field: string, 
/**
 * What it is called.
 */
title: string, };

/**
 * Rules as policies for the editor.
 */
export type OpenPoliciesAnswer = { 
/**
 * The policies, in order.
 */
policies: Array<OpenedPolicy>, };

/**
 * Rules to be shown in the editor.
 */
export type OpenPoliciesRequest = { 
/**
 * A list of rules as JSON text.
 */
rules: string, };

/**
 * An open workspace.
 */
export type OpenWorkspace = { 
/**
 * The file.
 */
path: string, 
/**
 * The project in it.
 */
project: ProjectSummary, 
/**
 * How many of each kind it has.
 */
counts: Counts, };

/**
 * Opens a workspace file.
 */
export type OpenWorkspaceRequest = { 
/**
 * The file.
 */
path: string, };

/**
 * A policy as the editor shows it.
 */
export type OpenedPolicy = { 
/**
 * What its fields show.
 */
policy: PolicyDraft, 
/**
 * Why its fields cannot show all of it, so that it is kept as it is; a sentence.
 */
keptBecause: string | null, 
/**
 * It in words.
 */
rule: RuleView, };

/**
 * A privilege as the editor shows it.
 */
export type OpenedPrivilege = { 
/**
 * Who has it, or shall have it.
 */
member: MemberRef, 
/**
 * Its name.
 */
slug: string, 
/**
 * When it shall begin, if it waits.
 */
startsAt: string | null, 
/**
 * How long it counts.
 */
standing: Standing, 
/**
 * Its policies in order.
 */
policies: Array<OpenedPolicy>, 
/**
 * Why it was given.
 */
reason: string, 
/**
 * The ticket it was given for.
 */
ticket: string, 
/**
 * Whether it came from an access request, so that it cannot be edited.
 */
managed: boolean, 
/**
 * What identifies the state.
 */
revision: string, };

/**
 * Names an operation.
 */
export type OperationRequest = { 
/**
 * Its id.
 */
operation: string, };

/**
 * A plain-words operation.
 */
export type OperationView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name, such as "Read a secret's value".
 */
title: string, 
/**
 * The group it is listed under.
 */
area: string, 
/**
 * What its second place is called, such as "Moved to", if it has one.
 */
secondPlace: string | null, 
/**
 * The fields of a place that it needs or takes, in order, such as `environment`.
 */
inputs: Array<string>, 
/**
 * What the server checks for it, in order.
 */
checks: Array<ActionName>, };

/**
 * An operator.
 */
export type OperatorView = { 
/**
 * The name on the wire.
 */
operator: string, 
/**
 * The name shown.
 */
title: string, 
/**
 * Whether it takes a list.
 */
takesList: boolean, };

/**
 * Yes, no, or why neither.
 */
export type OutcomeKind = "allowed" | "denied" | "depends" | "serverError" | "unknown";

/**
 * What needs attention.
 */
export type Overview = { 
/**
 * How many of each kind there are.
 */
counts: Counts, 
/**
 * How many additional privileges are stored.
 */
privileges: number, 
/**
 * What ends within a day, soonest first, at most 50.
 */
endingWithinDay: Array<EndingAccess>, 
/**
 * How much ends within a day.
 */
endingWithinDayCount: number, 
/**
 * What ends after a day and within a week, soonest first, at most 50.
 */
endingWithinWeek: Array<EndingAccess>, 
/**
 * How much ends after a day and within a week.
 */
endingWithinWeekCount: number, 
/**
 * What has ended and is still stored, latest first, at most 50.
 */
ended: Array<EndingAccess>, 
/**
 * How much has ended and is still stored.
 */
endedCount: number, };

/**
 * Members that an act passes over for one reason.
 */
export type PassedOver = { 
/**
 * Why, as a sentence.
 */
reason: string, 
/**
 * How many.
 */
count: number, 
/**
 * The first of them, at most 5.
 */
members: Array<MemberRef>, };

/**
 * Where it would be done. What is `None` is left open.
 */
export type Place = { 
/**
 * The slug of the environment.
 */
environment: string | null, 
/**
 * The path of the folder.
 */
secretPath: string | null, 
/**
 * The name of the secret.
 */
secretName: string | null, 
/**
 * The slugs of the secret's tags; an empty list is a secret without tags.
 */
secretTags: Array<string> | null, 
/**
 * The environment of the second place, where something is moved to or comes from.
 */
secondEnvironment: string | null, 
/**
 * The folder of the second place.
 */
secondPath: string | null, 
/**
 * The name it is to have; `None` if it keeps its name.
 */
newName: string | null, 
/**
 * The tags it is to have; `None` if they are not touched.
 */
newTags: Array<string> | null, 
/**
 * Keys and values of a dynamic secret.
 */
metadata: Array<[string, string]> | null, 
/**
 * The keys and values it is to have; `None` if they are not touched.
 */
newMetadata: Array<[string, string]> | null, 
/**
 * The id of an app connection.
 */
connection: string | null, 
/**
 * Other attributes: names on the wire with their values, such as `identityId`.
 */
others: Array<[string, string]>, 
/**
 * For one action on one subject: whether the check carries nothing else, so that what is
 * `None` is missing and not open.
 */
nothingElse: boolean, };

/**
 * The places of the project, for pickers.
 */
export type Places = { 
/**
 * The environments in their order.
 */
environments: Array<EnvironmentPlace>, 
/**
 * The tags.
 */
tags: Array<TagPlace>, };

/**
 * One policy being written: what becomes one rule.
 */
export type PolicyDraft = { 
/**
 * The subject on the wire.
 */
subject: string, 
/**
 * The actions on the wire.
 */
actions: Array<string>, 
/**
 * Whether the rule takes away.
 */
inverted: boolean, 
/**
 * The conditions; all must hold.
 */
conditions: Array<ConditionDraft>, 
/**
 * The rule that it was loaded from, as JSON text.
 */
written?: string | null, 
/**
 * Whether it stays as `written`, whatever else it says.
 */
kept?: boolean, };

/**
 * A ready-made set of policies.
 */
export type PolicyTemplateView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
title: string, 
/**
 * What it is for.
 */
description: string, 
/**
 * The policies.
 */
policies: Array<PolicyDraft>, };

/**
 * What the user prefers.
 */
export type Preferences = { 
/**
 * Under which name the history says that things were done; empty for the one who is signed in.
 */
author: string, 
/**
 * When the desktop tells of ends.
 */
notices: NoticePreferences, };

/**
 * What the user prefers, with what there is to prefer.
 */
export type PreferencesView = { 
/**
 * What the user prefers.
 */
preferences: Preferences, 
/**
 * Who is signed in to the computer; empty if that is not known.
 */
signedIn: string, 
/**
 * Whether messages of the desktop can be shown here.
 */
canNotify: boolean, };

/**
 * Asks what restoring would do.
 */
export type PreviewRestoreRequest = { 
/**
 * The entry.
 */
history: string, 
/**
 * Which side of it.
 */
side: HistorySide, };

/**
 * A privilege being written.
 */
export type PrivilegeDraft = { 
/**
 * Who shall have it; `None` while it is for several.
 */
member: string | null, 
/**
 * The name as typed.
 */
slug: string, 
/**
 * When it shall begin; at once if `None`.
 */
start?: string | null, 
/**
 * How long.
 */
duration: DurationDraft, 
/**
 * The policies.
 */
policies: Array<PolicyDraft>, 
/**
 * Why.
 */
reason: string, 
/**
 * The ticket.
 */
ticket: string, 
/**
 * The instant from which the end that was shown is counted.
 */
shownAt?: string | null, 
/**
 * What is being edited; `None` for something new.
 */
edited?: EditedGrant | null, };

/**
 * What a privilege being written would mean; nothing if that cannot be told or a newer question came.
 */
export type PrivilegeEffectAnswer = { 
/**
 * What it would mean.
 */
effect: PrivilegeEffectView | null, };

/**
 * What a privilege being written would mean for its member.
 */
export type PrivilegeEffectView = { 
/**
 * How the member's access compares with and without it, in words.
 */
verdict: string, 
/**
 * What opens and closes when it begins.
 */
changes: Array<EffectChange>, 
/**
 * What happens when it ends; `None` if it has no end.
 */
ending: EffectEnding | null, 
/**
 * What kept the comparison from being exhaustive, in words.
 */
limits: Array<string>, };

/**
 * What a draft would do, and what is wrong with it.
 */
export type PrivilegePreview = { 
/**
 * What keeps it from being saved, per field.
 */
problems: Array<FieldProblem>, 
/**
 * What can be saved but is probably not meant, per field.
 */
warnings: Array<FieldProblem>, 
/**
 * The name as it would be stored; `None` if it is not one.
 */
slug: string | null, 
/**
 * When it would begin, if that is later.
 */
startsAt: string | null, 
/**
 * When it would end, if it would.
 */
endsAt: string | null, 
/**
 * The instant from which its duration is counted, for saving exactly what is shown.
 */
countedFrom: string, 
/**
 * Whether what is being edited has changed since editing began.
 */
overtaken: boolean, 
/**
 * The policies in words.
 */
rules: Array<RuleView>, 
/**
 * The policies as the list of rules that would be stored, as JSON text.
 */
written: string, 
/**
 * For each condition on a path, which folders of the project it covers.
 */
reaches: Array<FolderReach>, };

/**
 * An additional privilege of a member.
 */
export type PrivilegeView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name on the wire.
 */
slug: string, 
/**
 * How long it counts.
 */
standing: Standing, 
/**
 * Its rules in words.
 */
rules: Array<RuleView>, 
/**
 * Why it was given.
 */
reason: string, 
/**
 * The ticket it was given for.
 */
ticket: string, 
/**
 * Whether it came from an access request, so that it cannot be edited or removed here.
 */
managed: boolean, 
/**
 * What tells this state of it from every other.
 */
revision: string, 
/**
 * When it was made.
 */
createdAt: string, };

/**
 * Where the truth of a project lives.
 */
export type ProjectKind = "local" | "linked";

/**
 * A project.
 */
export type ProjectSummary = { 
/**
 * Its id.
 */
id: string, 
/**
 * The name shown.
 */
name: string, 
/**
 * The name on the wire.
 */
slug: string, 
/**
 * Where its truth lives.
 */
kind: ProjectKind, 
/**
 * How rules are ordered.
 */
semantics: Semantics, 
/**
 * Which catalogue applies.
 */
catalogue: CatalogueEdition, };

/**
 * What proves who signs in. It goes to the server and into the keyring, nowhere else.
 */
export type Proof = { "kind": "universalAuth", 
/**
 * Says which.
 */
clientId: string, 
/**
 * Proves it.
 */
clientSecret: string, } | { "kind": "token", 
/**
 * The token.
 */
token: string, } | { "kind": "pasted", 
/**
 * The text.
 */
text: string, };

/**
 * Somebody whose access would change.
 */
export type ProofChange = { 
/**
 * Who.
 */
member: MemberRef, 
/**
 * From when on.
 */
at: string, 
/**
 * How, the first few pieces.
 */
changes: Array<EffectChange>, };

/**
 * What was found out about everybody concerned.
 */
export type ProofView = { 
/**
 * Whether nobody's access changes, now or later.
 */
holds: boolean, 
/**
 * How many users and identities were looked at.
 */
lookedAt: number, 
/**
 * At how many instants: now, and whenever something of one of them ends.
 */
instants: number, 
/**
 * The first of those whose access would change.
 */
changed: Array<ProofChange>, 
/**
 * How many there are.
 */
changedCount: number, 
/**
 * What kept it from being found out, in a sentence.
 */
trouble: string | null, };

/**
 * A property that conditions may test.
 */
export type PropertyView = { 
/**
 * The name on the wire.
 */
property: string, 
/**
 * The name shown.
 */
title: string, 
/**
 * The operators it takes.
 */
operators: Array<OperatorView>, 
/**
 * For a list of objects: the members of an element, each tested under `$elemMatch`.
 */
elements: Array<PropertyView>, };

/**
 * What the last pull changed.
 */
export type PullChangesAnswer = { 
/**
 * `null` if there was no pull.
 */
changes: PullChangesView | null, };

/**
 * What the last pull changed.
 */
export type PullChangesView = { 
/**
 * When it was done, on our clock.
 */
at: string, 
/**
 * In one sentence, such as `2 roles changed, 1 privilege ended`.
 */
summary: string, 
/**
 * The first of them line by line: what was changed, then what ended by itself.
 */
lines: Array<ChangeLine>, 
/**
 * How many lines there would be.
 */
inAll: number, 
/**
 * The entry of the history that has every change in full, if anything was changed.
 */
entry: string | null, };

/**
 * Brings the open project up to date.
 */
export type PullRequest = { 
/**
 * Whether everything is asked again, also what the server says has not changed.
 */
everything: boolean, };

/**
 * Hours of every day in which nothing is told.
 */
export type QuietHours = { 
/**
 * When they begin, such as `22:00`.
 */
from: string, 
/**
 * When they are over.
 */
to: string, };

/**
 * A rule that says nothing new.
 */
export type RedundantRule = { 
/**
 * Its position, from 0.
 */
rule: number, 
/**
 * Why, as a sentence.
 */
why: string, };

/**
 * Which rules say nothing new.
 */
export type RedundantRulesAnswer = { 
/**
 * The rules; `None` if the text holds none or a newer question came.
 */
redundant: Array<RedundantRule> | null, };

/**
 * Asks which rules say nothing new.
 */
export type RedundantRulesRequest = { 
/**
 * The rules as they are edited, as JSON text.
 */
rules: string, };

/**
 * What keeps a workspace from opening.
 */
export type RefusalReason = "notFound" | "alreadyExists" | "notAWorkspace" | "corrupt" | "newerSchema" | "readOnly" | "diskFull" | "locked" | "io";

/**
 * An operation that runs or ran last.
 */
export type RemoteOperation = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it does.
 */
work: Work, 
/**
 * When it began.
 */
since: string, 
/**
 * The step that moved last, in words.
 */
step: string | null, 
/**
 * Every step so far.
 */
steps: Array<RemoteStep>, 
/**
 * The page to open for a sign-in.
 */
page: string | null, 
/**
 * How it ended.
 */
ended: EndedView | null, };

/**
 * A project of a server.
 */
export type RemoteProject = { 
/**
 * Its id.
 */
id: string, 
/**
 * The name shown.
 */
name: string, 
/**
 * The name on the wire.
 */
slug: string, 
/**
 * What it is for, such as `secret-manager`.
 */
kind: string, };

/**
 * The projects that a connection can see.
 */
export type RemoteProjects = { 
/**
 * The projects, by name.
 */
projects: Array<RemoteProject>, };

/**
 * What the window shows of the server all the time.
 */
export type RemoteStatus = { 
/**
 * The operation that runs or ran last.
 */
operation: RemoteOperation | null, 
/**
 * The link of the open project.
 */
link: LinkView | null, };

/**
 * A step of an operation.
 */
export type RemoteStep = { 
/**
 * What it does, in words.
 */
name: string, 
/**
 * How much is done.
 */
done: number, 
/**
 * How much there is, once that is known.
 */
total: number | null, };

/**
 * Names one privilege.
 */
export type RemovePrivilegeRequest = { 
/**
 * Its id.
 */
privilege: string, };

/**
 * Gives a role another name.
 */
export type RenameRoleRequest = { 
/**
 * The role.
 */
role: string, 
/**
 * What it shall be called.
 */
fields: RoleFields, };

/**
 * What restoring would do.
 */
export type RestorePreview = { 
/**
 * What would change, from how it is now; empty if everything is as it was.
 */
changes: Array<ThingChangeView>, 
/**
 * Why it cannot be done, as a sentence.
 */
refusal: string | null, };

/**
 * Brings things back to how they were before or after an entry.
 */
export type RestoreRequest = { 
/**
 * The entry.
 */
history: string, 
/**
 * Which side of it.
 */
side: HistorySide, 
/**
 * Why.
 */
reason: string, };

/**
 * Rules being edited.
 */
export type ReviewRoleRequest = { 
/**
 * The rules, as JSON text.
 */
rules: string, 
/**
 * The rules that are open, for whose patterns the folders are looked up.
 */
open: Array<number>, 
/**
 * For whom templates are filled in.
 */
member: string | null, };

/**
 * A role that a member has.
 */
export type RoleAssignmentView = { 
/**
 * The id of the assignment.
 */
id: string, 
/**
 * The id of the role.
 */
role: string, 
/**
 * The name of the role on the wire.
 */
slug: string, 
/**
 * The name shown.
 */
name: string, 
/**
 * Whether the server defines the role.
 */
predefined: boolean, 
/**
 * How many rules the role has.
 */
ruleCount: number, 
/**
 * How long.
 */
standing: Standing, 
/**
 * The group it comes through; `None` if it is the member's own.
 */
through: MemberRef | null, 
/**
 * Why it can be neither taken away nor given an end, as a sentence.
 */
keptBecause: string | null, };

/**
 * A role as a chip.
 */
export type RoleChip = { 
/**
 * The name on the wire.
 */
slug: string, 
/**
 * The name shown.
 */
name: string, 
/**
 * How long.
 */
standing: Standing, };

/**
 * One role.
 */
export type RoleDetail = { 
/**
 * Its id.
 */
id: string, 
/**
 * The name shown.
 */
name: string, 
/**
 * The name on the wire.
 */
slug: string, 
/**
 * What it is for.
 */
description: string, 
/**
 * Whether the server defines it, so that it can be read and duplicated only.
 */
predefined: boolean, 
/**
 * Its rules, as JSON text.
 */
rules: string, 
/**
 * What identifies these rules.
 */
revision: string, 
/**
 * Whether the order of rules matters on the project's server.
 */
orderMatters: boolean, 
/**
 * Some of those who hold it: groups first, each by name.
 */
holders: Array<RoleHolderView>, 
/**
 * How many users and identities have it themselves.
 */
members: number, 
/**
 * How many groups have it.
 */
groups: number, 
/**
 * Edits that were not saved.
 */
draft: RoleDraftView | null, };

/**
 * Edits of a role that were not saved.
 */
export type RoleDraftView = { 
/**
 * What identifies the rules that they began from.
 */
base: string, 
/**
 * The edited rules, as JSON text.
 */
rules: string, 
/**
 * What stood in the text editor, where that is no list of rules.
 */
written: string | null, 
/**
 * The steps that led to them, as the window kept them.
 */
steps: string | null, 
/**
 * When they were kept.
 */
savedAt: string, };

/**
 * What an edit of a role means; nothing if the text holds no rules or a newer question came.
 */
export type RoleEffectAnswer = { 
/**
 * What it means.
 */
effect: RoleEffectView | null, };

/**
 * Asks what an edit of a role means.
 */
export type RoleEffectRequest = { 
/**
 * The role.
 */
role: string, 
/**
 * Its rules as they are edited, as JSON text.
 */
rules: string, };

/**
 * What an edit of a role means.
 */
export type RoleEffectView = { 
/**
 * How the edited rules compare with the saved ones, in words.
 */
verdict: string, 
/**
 * How the edited rules differ from the saved ones by themselves.
 */
changes: Array<EffectChange>, 
/**
 * What kept the comparison from being exhaustive, in words.
 */
limits: Array<string>, 
/**
 * Holders whose access changes, those whose changes are the same together.
 */
affected: Array<AffectedHolders>, 
/**
 * How many users and identities hold the role, directly or through a group.
 */
holders: number, 
/**
 * How many of them could not be looked at.
 */
leftOut: number, };

/**
 * The name, slug and description of a role, as typed.
 */
export type RoleFields = { 
/**
 * The name shown.
 */
name: string, 
/**
 * The name on the wire.
 */
slug: string, 
/**
 * What it is for.
 */
description: string, };

/**
 * Somebody who holds a role.
 */
export type RoleHolderView = { 
/**
 * Who.
 */
member: MemberRef, 
/**
 * How long.
 */
standing: Standing, };

/**
 * All roles.
 */
export type RoleList = { 
/**
 * The predefined ones, then the custom ones by name.
 */
roles: Array<RoleRow>, };

/**
 * What a picker shows of a role.
 */
export type RoleName = { 
/**
 * Its id.
 */
id: string, 
/**
 * The name on the wire.
 */
slug: string, 
/**
 * The name shown.
 */
name: string, 
/**
 * Whether the server defines it.
 */
predefined: boolean, };

/**
 * Every role, the predefined ones first.
 */
export type RoleNames = { 
/**
 * The roles.
 */
roles: Array<RoleName>, };

/**
 * A custom role that one user or identity has.
 */
export type RoleOfOneView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its slug.
 */
slug: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Who has it.
 */
member: MemberRef, };

/**
 * Names one role.
 */
export type RoleRequest = { 
/**
 * Its id.
 */
role: string, };

/**
 * What is known about rules being edited.
 */
export type RoleReview = { 
/**
 * Why the text holds no list of rules, if it does not.
 */
unreadable: string | null, 
/**
 * The cells of the permission table with any access to speak of.
 */
cells: Array<CellView>, 
/**
 * What is to be said about the rules.
 */
findings: Array<FindingView>, 
/**
 * Values that name nothing in the project.
 */
doubts: Array<DoubtView>, 
/**
 * What the patterns of the open rules reach, by `rule/property/operator`.
 */
reaches: Array<FolderReach>, };

/**
 * A role in the list.
 */
export type RoleRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * The name shown.
 */
name: string, 
/**
 * The name on the wire.
 */
slug: string, 
/**
 * What it is for.
 */
description: string, 
/**
 * Whether the server defines it.
 */
predefined: boolean, 
/**
 * How many rules it has; `None` if they cannot be read.
 */
rules: number | null, 
/**
 * How many users and identities have it themselves.
 */
members: number, 
/**
 * How many groups have it.
 */
groups: number, 
/**
 * How many of these assignments have an end ahead.
 */
timed: number, 
/**
 * How many of these assignments have ended.
 */
ended: number, 
/**
 * What is to be said about its rules, by weight.
 */
findings: FindingCounts, 
/**
 * Whether there are edits that were not saved.
 */
hasDraft: boolean, };

/**
 * A role as Terraform configuration.
 */
export type RoleTerraform = { 
/**
 * The configuration; `None` if the text holds no rules.
 */
text: string | null, };

/**
 * Asks for a role being edited as Terraform configuration.
 */
export type RoleTerraformRequest = { 
/**
 * The role.
 */
role: string, 
/**
 * Its rules as they are edited, as JSON text.
 */
rules: string, };

/**
 * A rule behind cells.
 */
export type RuleBehindCell = { 
/**
 * The rule in words.
 */
rule: RuleView, 
/**
 * Where it comes from; `None` if templates changed the rules so that nobody can say.
 */
source: SourceView | null, 
/**
 * Its place in its source, from 1.
 */
position: number, };

/**
 * A rule of one side or both.
 */
export type RuleChangeView = { 
/**
 * What happened to it.
 */
fate: RuleFate, 
/**
 * The rule in words.
 */
rule: RuleView, };

/**
 * What happened to a rule.
 */
export type RuleFate = "kept" | "added" | "removed" | "movedHere" | "movedAway";

/**
 * A rule in words.
 */
export type RuleView = { 
/**
 * The subject on the wire.
 */
subject: string, 
/**
 * The name of the subject.
 */
subjectTitle: string, 
/**
 * Whether this build knows the subject.
 */
known: boolean, 
/**
 * The actions.
 */
actions: Array<ActionName>, 
/**
 * Whether the rule takes away.
 */
inverted: boolean, 
/**
 * Its conditions; all must hold.
 */
conditions: Array<ConditionView>, };

/**
 * Privileges that mean the same.
 */
export type SameGrantView = { 
/**
 * The slug that most of them have.
 */
slug: string, 
/**
 * The rules.
 */
rules: Array<RuleView>, 
/**
 * In how many ways they are written.
 */
spellings: number, 
/**
 * How many members have it.
 */
members: number, 
/**
 * The ids of all of these privileges.
 */
privileges: Array<string>, 
/**
 * The first 100 of them.
 */
holders: Array<GrantHolderView>, };

/**
 * Privileges that mean the same on several members, and roles of one member.
 */
export type SameGrants = { 
/**
 * Those of most members first, at most 50.
 */
grants: Array<SameGrantView>, 
/**
 * How many there are.
 */
count: number, 
/**
 * Custom roles that one user or identity has and nobody else.
 */
ofOne: Array<RoleOfOneView>, };

/**
 * How keeping a filter went.
 */
export type SaveFilterAnswer = { "outcome": "saved", 
/**
 * The filter.
 */
filter: SavedFilter, } | { "outcome": "refused", 
/**
 * What is wrong.
 */
problem: FieldProblem, };

/**
 * Keeps a filter.
 */
export type SaveFilterRequest = { 
/**
 * The kept filter that is changed; `None` for a new one.
 */
id: string | null, 
/**
 * What it shall be called.
 */
name: string, 
/**
 * What it asks for.
 */
asked: string, };

/**
 * How an attempt to keep preferences went.
 */
export type SavePreferencesAnswer = { "outcome": "saved" } | { "outcome": "refused", 
/**
 * What is wrong.
 */
problems: Array<FieldProblem>, };

/**
 * How an attempt to save a role went.
 */
export type SaveRoleAnswer = { "outcome": "saved", 
/**
 * What identifies the rules now.
 */
revision: string, 
/**
 * The entry of the history, which `undo` takes.
 */
history: string, } | { "outcome": "unchanged" } | { "outcome": "unreadable", 
/**
 * Why.
 */
message: string, } | { "outcome": "refused", 
/**
 * Why.
 */
findings: Array<FindingView>, } | { "outcome": "overtaken", 
/**
 * The rules that are stored now, as JSON text.
 */
rules: string, 
/**
 * What identifies them.
 */
revision: string, };

/**
 * Saves edited rules.
 */
export type SaveRoleRequest = { 
/**
 * The role.
 */
role: string, 
/**
 * What identifies the rules that the edits began from.
 */
base: string, 
/**
 * The rules, as JSON text.
 */
rules: string, 
/**
 * Whether rules that a server would refuse are saved all the same.
 */
acceptRefusals: boolean, };

/**
 * A check to be saved as a test.
 */
export type SaveTestRequest = { 
/**
 * What to call it; may be empty.
 */
name: string, 
/**
 * The question.
 */
question: SimulateRequest, 
/**
 * What is expected.
 */
expect: OutcomeKind, };

/**
 * A kept filter.
 */
export type SavedFilter = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * What it asks for: the address of the list, as the window wrote it.
 */
asked: string, };

/**
 * The kept filters.
 */
export type SavedFilters = { 
/**
 * In the order in which they were kept.
 */
filters: Array<SavedFilter>, };

/**
 * A test was saved.
 */
export type SavedTestAnswer = { 
/**
 * Its id.
 */
id: string, };

/**
 * What turning a role into a privilege would come to.
 */
export type ScatterPreview = { 
/**
 * What the privilege would be called.
 */
slug: string, 
/**
 * Why it cannot be done; `None` if it can.
 */
refusal: string | null, 
/**
 * What becomes of access.
 */
proof: ProofView, };

/**
 * Names a role that is to become a privilege.
 */
export type ScatterRequest = { 
/**
 * The id of the role.
 */
role: string, };

/**
 * How an attempt to schedule a role went.
 */
export type ScheduleRoleAnswer = { "outcome": "scheduled", 
/**
 * What was done, as a sentence for a toast.
 */
sentence: string, 
/**
 * The entry of the history, which `undo` takes.
 */
history: string, } | { "outcome": "refused", 
/**
 * What is wrong, per field: `role`, `start` or `duration`.
 */
problems: Array<FieldProblem>, };

/**
 * Gives a role at an instant to come.
 */
export type ScheduleRoleRequest = { 
/**
 * Who shall have it.
 */
member: string, 
/**
 * The id of the role.
 */
role: string, 
/**
 * When it shall begin.
 */
start: string, 
/**
 * How long.
 */
duration: DurationDraft, 
/**
 * Why.
 */
reason: string, };

/**
 * Everything that is scheduled.
 */
export type ScheduledGrants = { 
/**
 * The soonest first.
 */
grants: Array<ScheduledView>, };

/**
 * Names one scheduled grant.
 */
export type ScheduledRequest = { 
/**
 * Its id.
 */
scheduled: string, };

/**
 * Where a scheduled grant stands.
 */
export type ScheduledStanding = "waiting" | "late" | "missed";

/**
 * A grant that begins later. It waits in the workspace: a server would make it effective at once.
 */
export type ScheduledView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Who shall have it.
 */
member: MemberRef, 
/**
 * What it is.
 */
what: AccessKind, 
/**
 * The name of the privilege or role.
 */
title: string, 
/**
 * When it shall begin.
 */
startsAt: string, 
/**
 * When it shall end; `None` if it is permanent from then on.
 */
endsAt: string | null, 
/**
 * How long, as it was written.
 */
range: string | null, 
/**
 * Where it stands.
 */
standing: ScheduledStanding, 
/**
 * Why it could not begin, as a sentence.
 */
trouble: string | null, 
/**
 * The rules of a privilege in words; none for a role.
 */
rules: Array<RuleView>, 
/**
 * Why it shall be given.
 */
reason: string, 
/**
 * The ticket it is for.
 */
ticket: string, };

/**
 * A secret by where it is.
 */
export type SecretPlaceView = { 
/**
 * The environment.
 */
environment: string, 
/**
 * The folder.
 */
path: string, 
/**
 * The name.
 */
name: string, };

/**
 * Which secrets a pattern reaches.
 */
export type SecretTrialView = { 
/**
 * How many there are, each name counted in each of its places.
 */
secrets: number, 
/**
 * How many of them match.
 */
matching: number, 
/**
 * Those that match, up to a number that can be read.
 */
matches: Array<SecretPlaceView>, 
/**
 * Names that nearly match.
 */
nearMisses: Array<NearMissView>, };

/**
 * Those who may through one source and fit what is shown; each stands once, under what decides.
 */
export type Section = { 
/**
 * Tells it from the others, a [`SourceCount::key`].
 */
key: string, 
/**
 * The name of the role, or what the others are called.
 */
name: string, 
/**
 * How many members.
 */
members: number, 
/**
 * Whether its rows are left out.
 */
closed: boolean, };

/**
 * Identifies a preview, as it was answered.
 */
export type SeenLifetimes = { 
/**
 * The instant from which its ends are counted.
 */
at: string, 
/**
 * What tells it from any other.
 */
digest: string, };

/**
 * How rules are ordered.
 */
export type Semantics = "forbid-wins" | "last-match";

/**
 * Which answers are shown.
 */
export type Shown = "allowed" | "open" | "denied" | "all";

/**
 * How to sign in.
 */
export type SignInMethod = "universalAuth" | "browser" | "token";

/**
 * What became of a sign-in.
 */
export type SignedOut = { 
/**
 * What happened, as a sentence.
 */
sentence: string, 
/**
 * Whether the server has revoked the token, or it had ended already.
 */
revoked: boolean, };

/**
 * The answer.
 */
export type SimulateAnswer = { "kind": "decided" } & Verdict | { "kind": "incomplete", 
/**
 * What, per field: `who`, `rules`, `folderRules`, `privilege`, `what`, `when`, or the name
 * of a field of the place.
 */
problems: Array<FieldProblem>, };

/**
 * A question.
 */
export type SimulateRequest = { 
/**
 * Who.
 */
who: Who, 
/**
 * What they would do.
 */
what: What, 
/**
 * Where.
 */
place: Place, 
/**
 * When.
 */
when: When, 
/**
 * How the server orders rules; as the project's does if it is `None`.
 */
semantics: Semantics | null, 
/**
 * What is not saved yet and shall count all the same.
 */
unsaved: Unsaved, };

/**
 * How many may through one source.
 */
export type SourceCount = { 
/**
 * Tells it from the others.
 */
key: string, 
/**
 * The name of the role, or what the others are called.
 */
name: string, 
/**
 * How many members.
 */
members: number, };

/**
 * What a source of rules is.
 */
export type SourceKind = "role" | "privilege" | "folderGrant" | "adHoc";

/**
 * Where a rule comes from.
 */
export type SourceView = { 
/**
 * What it is.
 */
kind: SourceKind, 
/**
 * The slug; what a folder grant gives.
 */
slug: string, 
/**
 * The name shown; where a folder grant is.
 */
name: string, 
/**
 * The group it comes through.
 */
through: MemberRef | null, 
/**
 * The id of the role, the privilege or the folder grant; empty if it is not stored.
 */
id: string, 
/**
 * How long the source counts; `None` if nobody can say.
 */
standing: Standing | null, };

/**
 * Where something timed stands now.
 */
export type Standing = { "state": "permanent" } | { "state": "active", 
/**
 * When it ends.
 */
end: string, 
/**
 * The range as it was written, such as `1h`.
 */
range: string | null, } | { "state": "ended", 
/**
 * When it ended.
 */
end: string, 
/**
 * The range as it was written.
 */
range: string | null, } | { "state": "neverActive" };

/**
 * One thing to be done.
 */
export type StepView = { 
/**
 * In words, names in backticks.
 */
words: string, 
/**
 * Where it is done.
 */
at: EditPlace, 
/**
 * How many other members and groups hold what is edited.
 */
others: number, };

/**
 * The access to one subject.
 */
export type SubjectAccess = { 
/**
 * The name on the wire.
 */
subject: string, 
/**
 * The name shown.
 */
title: string, 
/**
 * The area it is grouped under; empty for what the catalogue does not know.
 */
area: string, 
/**
 * Whether the catalogue knows it.
 */
known: boolean, 
/**
 * Its actions.
 */
actions: Array<ActionAccess>, };

/**
 * A subject.
 */
export type SubjectView = { 
/**
 * The name on the wire.
 */
subject: string, 
/**
 * The name shown.
 */
title: string, 
/**
 * What it is.
 */
description: string, 
/**
 * The area it is grouped under.
 */
area: string, 
/**
 * Its actions.
 */
actions: Array<ActionView>, 
/**
 * The properties its conditions may test.
 */
properties: Array<PropertyView>, 
/**
 * Whether its rules may be inverted.
 */
invertible: boolean, 
/**
 * Whether editors offer it for new rules.
 */
offered: boolean, };

/**
 * A column of the permission table.
 */
export type TableColumn = "read" | "create" | "edit" | "delete";

/**
 * A tag.
 */
export type TagPlace = { 
/**
 * The name on the wire.
 */
slug: string, 
/**
 * The colour shown, as `#rrggbb`.
 */
color: string | null, };

/**
 * One test.
 */
export type TestRequest = { 
/**
 * The id of the test.
 */
id: string, };

/**
 * A piece of a sentence.
 */
export type TextPart = { "kind": "text", 
/**
 * The words.
 */
text: string, } | { "kind": "code", 
/**
 * The code.
 */
text: string, } | { "kind": "source", 
/**
 * What it is, in words, such as "the role".
 */
article: string, 
/**
 * Its name.
 */
text: string, } | { "kind": "instant", 
/**
 * The instant.
 */
at: string, };

/**
 * What happened to one thing.
 */
export type ThingChangeView = { 
/**
 * What kind of thing it is, in a word or two.
 */
kind: string, 
/**
 * Its name.
 */
title: string, 
/**
 * Whether it was made, changed or removed.
 */
fate: ThingFate, 
/**
 * What its fields say on each side: those that differ, or all if it was made or removed.
 */
fields: Array<FieldChange>, 
/**
 * Its rules, if it has some.
 */
rules: Array<RuleChangeView>, };

/**
 * What happened to a thing.
 */
export type ThingFate = "made" | "changed" | "removed";

/**
 * A slice of the bars.
 */
export type TimelinePage = { 
/**
 * The bars, the soonest end first; those without an end last.
 */
rows: Array<BarView>, 
/**
 * How many there are.
 */
total: number, 
/**
 * Whether the total is exact.
 */
totalIsExact: boolean, };

/**
 * Asks for a slice of the bars that touch a span of time, the soonest end first.
 */
export type TimelineRequest = { 
/**
 * Where the span begins.
 */
from: string, 
/**
 * Where it ends.
 */
to: string, 
/**
 * Only bars of this kind.
 */
kind: BarKind | null, 
/**
 * How many to pass over.
 */
offset: number, 
/**
 * How many, at most 500.
 */
limit: number, };

/**
 * Which data a query reads or an act touches. An act that touches a topic makes every query that
 * reads it stale.
 */
export type Topic = "workspace" | "places" | "members" | "roles" | "privileges" | "history" | "tests" | "remote" | "filters" | "preferences" | "time";

/**
 * A text on which a pattern was tried.
 */
export type TriedText = { 
/**
 * The text.
 */
text: string, 
/**
 * Whether it matches; `None` if that cannot be told.
 */
matches: boolean | null, };

/**
 * Something that is wrong, with a way out.
 */
export type Trouble = { 
/**
 * What is wrong.
 */
message: string, 
/**
 * What can be done about it.
 */
remedy: string, };

/**
 * A pattern to be tried.
 */
export type TryGlobRequest = { 
/**
 * The pattern as it stands in the rule.
 */
pattern: string, 
/**
 * The property that it is about.
 */
property: string, 
/**
 * For whom templates in it are filled in.
 */
member: string | null, 
/**
 * Texts to try it on.
 */
texts: Array<string>, };

/**
 * Takes back what an entry of the history did.
 */
export type UndoRequest = { 
/**
 * The entry.
 */
history: string, };

/**
 * What is not saved yet and counts for a question.
 */
export type Unsaved = { 
/**
 * Whether the drafts of roles count in place of the roles.
 */
roleDrafts: boolean, 
/**
 * Rules as JSON text, taken for one more additional privilege.
 */
privilege: string | null, };

/**
 * What could not be seen, for an answer that it leaves open.
 */
export type UnseenPart = { 
/**
 * What, in words.
 */
what: string, 
/**
 * What it means for answers.
 */
consequence: string, };

/**
 * Something that the pull could not see.
 */
export type UnseenView = { 
/**
 * What, in words.
 */
what: string, 
/**
 * Of how many, if it is about some only.
 */
of: number | null, 
/**
 * Why.
 */
why: string, 
/**
 * What can be done about it.
 */
remedy: string, 
/**
 * What it means for answers.
 */
consequence: string, 
/**
 * The kinds of members whose access is not fully known because of it.
 */
clouds: Array<Kind>, 
/**
 * Those of them by id whom it is about; empty if it may be anybody.
 */
whom: Array<string>, };

/**
 * What values of conditions may ask of whoever acts.
 */
export type ValueTemplates = { 
/**
 * Such as `{{identity.metadata.team}}`: what every actor has first, then the keys that users and
 * identities of the project have.
 */
templates: Array<string>, };

/**
 * What was decided.
 */
export type Verdict = { 
/**
 * Yes, no, or why neither.
 */
outcome: OutcomeKind, 
/**
 * The answer in a few words, such as "Allowed".
 */
headline: string, 
/**
 * The answer as a sentence.
 */
sentence: Array<TextPart>, 
/**
 * Who was asked about.
 */
asked: AskedView, 
/**
 * What stands before "may" for them in sentences.
 */
name: string, 
/**
 * The instant the question was decided for.
 */
at: string, 
/**
 * When the answer changes next, if something timed makes it change.
 */
changes: Change | null, 
/**
 * The properties left open on which the answer depends; `actor` if it depends on who it is.
 */
dependsOn: Array<string>, 
/**
 * The fields of the question that would have to be filled in for a yes or no.
 */
openFields: Array<OpenField>, 
/**
 * How the server orders rules.
 */
semantics: Semantics, 
/**
 * What is odd about the question, per field; the answer is to the question as it was put.
 */
remarks: Array<FieldProblem>, 
/**
 * The checks the server makes, in order.
 */
checks: Array<CheckView>, 
/**
 * How many rules count at that instant.
 */
rules: number, 
/**
 * How many of them name what was asked about; the server's checks may share some.
 */
concerned: number, };

/**
 * Compares members with the server.
 */
export type VerifyRequest = { 
/**
 * The member; `null` compares all.
 */
member: string | null, };

/**
 * What would be done.
 */
export type What = { "kind": "operation", 
/**
 * The id.
 */
operation: string, } | { "kind": "action", 
/**
 * The subject on the wire.
 */
subject: string, 
/**
 * The action on the wire.
 */
action: string, };

/**
 * The other operations about which the place says enough.
 */
export type WhatElseAnswer = { 
/**
 * The operations, in the order of the catalogue.
 */
operations: Array<ElseThere>, };

/**
 * What would change an answer.
 */
export type WhatWouldChangeAnswer = { 
/**
 * Whether the edits stop what is allowed; `None` if there is no yes or no to change.
 */
stops: boolean | null, 
/**
 * The edits, the one that changes least first.
 */
edits: Array<EditView>, };

/**
 * When it would be done.
 */
export type When = { "kind": "now" } | { "kind": "at", 
/**
 * The instant.
 */
instant: string, } | { "kind": "afterTimed" };

/**
 * Who would do it.
 */
export type Who = { "kind": "member", 
/**
 * Its id.
 */
member: string, } | { "kind": "role", 
/**
 * Its id.
 */
role: string, } | { "kind": "rules", 
/**
 * A list of rules as JSON text.
 */
rules: string, 
/**
 * Rules that come from grants on single folders, which servers append to all others.
 */
folderRules: string | null, };

/**
 * A slice of the answer with what holds for all of it.
 */
export type WhoCanAnswer = { 
/**
 * What keeps the question from being answered, per field; then there is nothing else.
 */
problems: Array<FieldProblem>, 
/**
 * What is odd about the question, per field.
 */
remarks: Array<FieldProblem>, 
/**
 * The instant the question was decided for.
 */
at: string | null, 
/**
 * How many may.
 */
allowed: number, 
/**
 * Where it depends, the server fails, or it is unknown.
 */
open: number, 
/**
 * How many may not.
 */
denied: number, 
/**
 * Where the deciding rules of those who may come from, most members first.
 */
sources: Array<SourceCount>, 
/**
 * How many folders the project has; 0 if the question is not about one.
 */
folders: number, 
/**
 * If those who may are shown: the sources that they stand under, in the order of the rows.
 */
sections: Array<Section>, 
/**
 * The rows: by section, in each who may for good first, then by end, latest first; those by how
 * far the deciding rule reaches, then by name.
 */
rows: Array<WhoCanRow>, 
/**
 * How many rows there are in all, those of closed sections left out.
 */
total: number, 
/**
 * Whether `total` is exact, which it is.
 */
totalIsExact: boolean, };

/**
 * A question about everybody.
 */
export type WhoCanRequest = { 
/**
 * What they would do.
 */
what: What, 
/**
 * Where.
 */
place: Place, 
/**
 * When; now if it is `None`.
 */
at: string | null, 
/**
 * How the server orders rules; as the project's does if it is `None`.
 */
semantics: Semantics | null, 
/**
 * Which answers are shown.
 */
show: Shown, 
/**
 * Only those who may through this source, a [`SourceCount::key`].
 */
source: string | null, 
/**
 * Only those whose name or address has this text in it.
 */
search: string, 
/**
 * The keys of the sections whose rows are left out.
 */
closed: Array<string>, 
/**
 * How many come before the slice.
 */
offset: number, 
/**
 * How many the slice may have.
 */
limit: number, };

/**
 * The answer for one member.
 */
export type WhoCanRow = { 
/**
 * Who.
 */
member: MemberRef, 
/**
 * The e-mail address of a user; empty for others.
 */
detail: string, 
/**
 * The answer.
 */
outcome: OutcomeKind, 
/**
 * Where the deciding rules come from; the last one decides the deed itself.
 */
sources: Array<SourceView>, 
/**
 * When the answer changes, if something timed makes it change.
 */
until: string | null, 
/**
 * In how many of the project's folders the deciding rule alone would allow the same.
 */
reach: number | null, };

/**
 * What an operation does.
 */
export type Work = "link" | "pull" | "verify" | "signIn";

/**
 * Why a workspace could not be opened. Nothing was touched.
 */
export type WorkspaceRefusal = { 
/**
 * The file asked for.
 */
path: string, 
/**
 * What kind of trouble it is.
 */
reason: RefusalReason, 
/**
 * What is wrong and where, in one sentence.
 */
sentence: string, 
/**
 * What can be done about it.
 */
hint: string, };

/**
 * Which workspace is open.
 */
export type WorkspaceStatus = { "state": "open" } & OpenWorkspace | { "state": "refused" } & WorkspaceRefusal | { "state": "welcome" };

/**
 * How saving went.
 */
export type WriteMemberAnswer = { "outcome": "saved", 
/**
 * The id of the member.
 */
member: string, 
/**
 * What was done; `None` if nothing was different.
 */
done: Done | null, } | { "outcome": "refused", 
/**
 * What is wrong.
 */
check: MemberCheck, } | { "outcome": "overtaken" };

/**
 * How an attempt to make or rename a role went.
 */
export type WriteRoleAnswer = { "outcome": "done", 
/**
 * The id of the role.
 */
role: string, 
/**
 * The entry of the history, which `undo` takes.
 */
history: string, } | { "outcome": "refused", 
/**
 * What is wrong, per field: `name`, `slug` or `rules`.
 */
problems: Array<FieldProblem>, };

/** Every command with its request and its answer. */
export interface Commands {
  workspace_status: [Nothing, WorkspaceStatus];
  open_workspace: [OpenWorkspaceRequest, WorkspaceStatus];
  open_sample: [Nothing, WorkspaceStatus];
  create_workspace: [CreateWorkspaceRequest, WorkspaceStatus];
  overview: [Nothing, Overview];
  clock_notice: [Nothing, ClockNotice];
  dismiss_clock_notice: [Nothing, Nothing];
  same_grants: [Nothing, SameGrants];
  preview_gather: [GatherRequest, GatherPreview];
  gather_privileges: [GatherRequest, GatherAnswer];
  preview_scatter: [ScatterRequest, ScatterPreview];
  scatter_role: [ScatterRequest, Done];
  loose_ends: [Nothing, LooseEnds];
  places: [Nothing, Places];
  value_templates: [Nothing, ValueTemplates];
  catalogue: [Nothing, CatalogueView];
  list_members: [ListMembersRequest, MemberPage];
  member_detail: [MemberRequest, MemberDetail];
  preview_members_act: [MembersActRequest, MembersActPreview];
  act_on_members: [MembersActRequest, MembersActAnswer];
  check_member: [MemberDraft, MemberCheck];
  write_member: [MemberDraft, WriteMemberAnswer];
  effective_permissions: [MemberRequest, EffectivePermissions];
  saved_filters: [Nothing, SavedFilters];
  save_filter: [SaveFilterRequest, SaveFilterAnswer];
  forget_filter: [ForgetFilterRequest, SavedFilters];
  role_names: [Nothing, RoleNames];
  preview_privilege: [PrivilegeDraft, PrivilegePreview];
  privilege_effect: [PrivilegeDraft, PrivilegeEffectAnswer];
  attach_privilege: [PrivilegeDraft, AttachPrivilegeAnswer];
  open_privilege: [EditedRef, OpenedPrivilege];
  edit_privilege: [PrivilegeDraft, EditPrivilegeAnswer];
  scheduled_grants: [Nothing, ScheduledGrants];
  schedule_role: [ScheduleRoleRequest, ScheduleRoleAnswer];
  start_scheduled: [ScheduledRequest, Done];
  cancel_scheduled: [ScheduledRequest, Done];
  remove_privilege: [RemovePrivilegeRequest, Done];
  preview_change_lifetime: [ChangeLifetimeRequest, LifetimePreview];
  change_lifetime: [ChangeLifetimeRequest, ChangeLifetimeAnswer];
  undo: [UndoRequest, Done];
  list_roles: [Nothing, RoleList];
  role_detail: [RoleRequest, RoleDetail];
  create_role: [CreateRoleRequest, WriteRoleAnswer];
  duplicate_role: [DuplicateRoleRequest, WriteRoleAnswer];
  rename_role: [RenameRoleRequest, WriteRoleAnswer];
  delete_role: [DeleteRoleRequest, DeleteRoleAnswer];
  save_role: [SaveRoleRequest, SaveRoleAnswer];
  review_role: [ReviewRoleRequest, RoleReview];
  keep_role_draft: [KeepRoleDraftRequest, Nothing];
  forget_role_draft: [RoleRequest, Nothing];
  role_effect: [RoleEffectRequest, RoleEffectAnswer];
  redundant_rules: [RedundantRulesRequest, RedundantRulesAnswer];
  role_terraform: [RoleTerraformRequest, RoleTerraform];
  try_glob: [TryGlobRequest, GlobTrialView];
  simulate: [SimulateRequest, SimulateAnswer];
  who_can: [WhoCanRequest, WhoCanAnswer];
  open_policies: [OpenPoliciesRequest, OpenPoliciesAnswer];
  answer_cases: [SimulateRequest, AnswerCasesAnswer];
  what_else: [SimulateRequest, WhatElseAnswer];
  what_would_change: [SimulateRequest, WhatWouldChangeAnswer];
  access_map: [AccessMapRequest, AccessMapAnswer];
  compare: [CompareRequest, CompareAnswer];
  access_tests: [Nothing, AccessTestList];
  simulate_batch: [BatchRequest, BatchAnswer];
  save_test: [SaveTestRequest, SavedTestAnswer];
  expect_of_test: [ExpectOfTestRequest, Nothing];
  remove_test: [TestRequest, Nothing];
  import_tests: [ImportTestsRequest, ImportTestsAnswer];
  export_tests: [Nothing, ExportTestsAnswer];
  preferences: [Nothing, PreferencesView];
  save_preferences: [Preferences, SavePreferencesAnswer];
  try_notice: [Nothing, Nothing];
  timeline: [TimelineRequest, TimelinePage];
  end_effects: [EndEffectsRequest, EndEffects];
  expiring: [ExpiringRequest, ExpiringPage];
  history: [HistoryRequest, HistoryPage];
  history_choices: [Nothing, HistoryChoices];
  history_entry: [HistoryEntryRequest, HistoryEntryDetail];
  preview_restore: [PreviewRestoreRequest, RestorePreview];
  restore: [RestoreRequest, Done];
  export_history: [ExportHistoryRequest, ExportedFile];
  check_history: [CheckHistoryRequest, HistoryCheck];
  find: [FindRequest, FindAnswer];
  remote_status: [Nothing, RemoteStatus];
  connections: [Nothing, ConnectionList];
  connect: [ConnectRequest, ConnectionView];
  connect_in_browser: [BrowserSignInRequest, Begun];
  sign_out: [ConnectionRequest, SignedOut];
  remove_connection: [ConnectionRequest, Nothing];
  remote_projects: [ConnectionRequest, RemoteProjects];
  link_project: [LinkRequest, Begun];
  pull: [PullRequest, Begun];
  cancel_operation: [OperationRequest, Nothing];
  dismiss_operation: [OperationRequest, Nothing];
  pull_changes: [Nothing, PullChangesAnswer];
  change_link: [ChangeLinkRequest, Nothing];
  duplicate_as_local: [DuplicateRequest, WorkspaceStatus];
  verify: [VerifyRequest, Begun];
  comparisons: [Nothing, ComparisonList];
}

/** What the answer of each command was made from. */
export const reads: Readonly<Record<keyof Commands, readonly Topic[]>> = {
  workspace_status: ["workspace", "members", "roles"],
  open_workspace: [],
  open_sample: [],
  create_workspace: [],
  overview: ["workspace", "members", "roles", "privileges", "time"],
  clock_notice: ["workspace", "roles", "privileges", "history", "time"],
  dismiss_clock_notice: [],
  same_grants: ["workspace", "places", "members", "roles", "privileges", "time"],
  preview_gather: ["workspace", "places", "members", "roles", "privileges", "time"],
  gather_privileges: [],
  preview_scatter: ["workspace", "places", "members", "roles", "privileges", "time"],
  scatter_role: [],
  loose_ends: ["workspace", "places", "members", "roles", "privileges"],
  places: ["workspace", "places"],
  value_templates: ["workspace", "members"],
  catalogue: ["workspace"],
  list_members: ["workspace", "members", "roles", "privileges", "time"],
  member_detail: ["workspace", "members", "roles", "privileges", "time"],
  preview_members_act: ["workspace", "members", "roles", "privileges"],
  act_on_members: [],
  check_member: ["workspace", "members", "roles"],
  write_member: [],
  effective_permissions: ["workspace", "members", "roles", "privileges", "time"],
  saved_filters: ["workspace", "filters"],
  save_filter: [],
  forget_filter: [],
  role_names: ["workspace", "roles"],
  preview_privilege: ["workspace", "places", "members", "privileges"],
  privilege_effect: ["workspace", "places", "members", "roles", "privileges", "time"],
  attach_privilege: [],
  open_privilege: ["workspace", "members", "privileges", "time"],
  edit_privilege: [],
  scheduled_grants: ["workspace", "members", "roles", "privileges", "time"],
  schedule_role: [],
  start_scheduled: [],
  cancel_scheduled: [],
  remove_privilege: [],
  preview_change_lifetime: ["workspace", "members", "roles", "privileges", "time"],
  change_lifetime: [],
  undo: [],
  list_roles: ["workspace", "members", "roles", "time"],
  role_detail: ["workspace", "members", "roles", "time"],
  create_role: [],
  duplicate_role: [],
  rename_role: [],
  delete_role: [],
  save_role: [],
  review_role: ["workspace", "places", "members"],
  keep_role_draft: [],
  forget_role_draft: [],
  role_effect: ["workspace", "places", "members", "roles", "privileges", "time"],
  redundant_rules: ["workspace", "places"],
  role_terraform: ["workspace", "roles"],
  try_glob: ["workspace", "places", "members"],
  simulate: ["workspace", "members", "roles", "privileges", "time"],
  who_can: ["workspace", "places", "members", "roles", "privileges", "time"],
  open_policies: ["workspace"],
  answer_cases: ["workspace", "places", "members", "roles", "privileges", "time"],
  what_else: ["workspace", "members", "roles", "privileges", "time"],
  what_would_change: ["workspace", "places", "members", "roles", "privileges", "time"],
  access_map: ["workspace", "places", "members", "roles", "privileges", "time"],
  compare: ["workspace", "places", "members", "roles", "privileges", "time"],
  access_tests: ["workspace", "places", "members", "roles", "privileges", "tests", "time"],
  simulate_batch: ["workspace", "places", "members", "roles", "privileges", "time"],
  save_test: [],
  expect_of_test: [],
  remove_test: [],
  import_tests: [],
  export_tests: ["workspace", "tests"],
  preferences: ["preferences"],
  save_preferences: [],
  try_notice: [],
  timeline: ["workspace", "members", "roles", "privileges", "time"],
  end_effects: ["workspace", "places", "members", "roles", "privileges", "time"],
  expiring: ["workspace", "places", "members", "roles", "privileges", "time"],
  history: ["workspace", "members", "history"],
  history_choices: ["workspace", "history"],
  history_entry: ["workspace", "members", "roles", "history"],
  preview_restore: ["workspace", "members", "roles", "privileges", "history"],
  restore: [],
  export_history: ["workspace", "members", "history"],
  check_history: ["workspace", "history"],
  find: ["workspace", "members", "places"],
  remote_status: ["workspace", "remote"],
  connections: ["remote"],
  connect: [],
  connect_in_browser: [],
  sign_out: [],
  remove_connection: [],
  remote_projects: [],
  link_project: [],
  pull: [],
  cancel_operation: [],
  dismiss_operation: [],
  pull_changes: ["workspace", "history", "remote"],
  change_link: [],
  duplicate_as_local: [],
  verify: [],
  comparisons: ["workspace", "remote"],
};
