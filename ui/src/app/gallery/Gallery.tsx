import {
  Archive,
  Copy,
  Folder,
  Pencil,
  Plus,
  SlidersHorizontal,
  Trash2,
  Users,
} from "lucide-react";
import { useState, type ReactNode } from "react";
import { Avatar } from "../../components/avatar/Avatar";
import { Breadcrumb } from "../../components/breadcrumb/Breadcrumb";
import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { Card, CardRow } from "../../components/card/Card";
import { Checkbox } from "../../components/checkbox/Checkbox";
import { Chip } from "../../components/chip/Chip";
import { ComboBox } from "../../components/combobox/ComboBox";
import { SuggestField } from "../../components/combobox/SuggestField";
import { CopyButton } from "../../components/copy/CopyButton";
import { Dialog } from "../../components/dialog/Dialog";
import { NumberField } from "../../components/field/NumberField";
import { SearchField } from "../../components/field/SearchField";
import { TextArea } from "../../components/field/TextArea";
import { TextField } from "../../components/field/TextField";
import type { Option } from "../../components/list/Option";
import { Menu } from "../../components/menu/Menu";
import { MultiSelectMenu } from "../../components/multiselect/MultiSelectMenu";
import { Popover } from "../../components/popover/Popover";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { Select } from "../../components/select/Select";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Switch } from "../../components/switch/Switch";
import { TagField } from "../../components/tagfield/TagField";
import { Tabs } from "../../components/tabs/Tabs";
import { Timed } from "../../components/timed/Timed";
import { Toasts } from "../../components/toast/Toasts";
import { errorToast, toast } from "../../components/toast/toasts";
import { Verdict } from "../../components/verdict/Verdict";
import { BigTable } from "./BigTable";
import styles from "./Gallery.module.css";

const ENVIRONMENTS: Option[] = ["dev", "staging", "prod", "prod-eu"].map((id) => ({
  id,
  label: id,
  mono: true,
}));
const PEOPLE: Option[] = ["Alice Laurent", "Bob Nakamura", "Elif Karaca-Villanueva"].map(
  (label) => ({ id: label, label, picture: <Avatar name={label} kind="user" /> }),
);
const NOW = Date.now();
const HOUR = 3_600_000;

/** Every component in every state, to look at. */
export function Gallery() {
  return (
    <main className={styles.gallery}>
      <h1 className="visually-hidden">Gallery</h1>
      <Buttons />
      <Fields />
      <Choices />
      <Words />
      <Section title="Table of 100 000 rows">
        <div className={styles.table}>
          <BigTable />
        </div>
      </Section>
      <States />
      <Toasts />
    </main>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Buttons() {
  const [dialog, setDialog] = useState<"plain" | "alert" | null>(null);
  const close = () => setDialog(null);
  return (
    <Section title="Buttons, menus, dialogs">
      <div className={styles.line}>
        <Button variant="primary" kbd="Ctrl+Enter">
          Save privilege
        </Button>
        <Button icon={Plus}>Add member</Button>
        <Button variant="ghost" kbd="Escape">
          Cancel
        </Button>
        <Button variant="danger" icon={Trash2} onPress={() => setDialog("alert")}>
          Remove…
        </Button>
        <Button isDisabled>Disabled</Button>
        <Button variant="primary" isPending>
          Saving
        </Button>
        <Button size="small">Small</Button>
        <Button size="small" variant="primary">
          Small
        </Button>
        <IconButton icon={Pencil} label="Edit" kbd="F2" />
        <IconButton icon={Archive} label="Archive" size="small" variant="secondary" />
        <CopyButton text="abc" what="id" />
        <Menu
          label="Member"
          trigger={<Button>Menu</Button>}
          entries={[
            { id: "edit", label: "Edit", icon: Pencil, kbd: "F2", onAction: close },
            { id: "copy", label: "Copy the id", icon: Copy, onAction: close },
            { id: "none", label: "Not now", isDisabled: true, onAction: close },
            "separator",
            { id: "remove", label: "Remove", icon: Trash2, tone: "danger", onAction: close },
          ]}
        />
        <Popover label="Filters" trigger={<Button icon={SlidersHorizontal}>Filters</Button>}>
          <Checkbox defaultSelected>Has a Forbid</Checkbox>
          <Checkbox>Wide access</Checkbox>
        </Popover>
        <Button onPress={() => setDialog("plain")}>Dialog</Button>
        <Button onPress={() => toast("Removed incident-4711-payments", { undo: close })}>
          Toast
        </Button>
        <Button onPress={() => errorToast("The disk is full. Free some space and save again")}>
          Error toast
        </Button>
      </div>
      <Dialog
        title={dialog === "alert" ? "Remove ci-deployer from the project?" : "New role"}
        kind={dialog ?? "plain"}
        isOpen={dialog !== null}
        onOpenChange={close}
        description="It loses 2 roles and 1 additional privilege."
        footer={
          <>
            <Button variant="ghost" onPress={close}>
              Cancel
            </Button>
            <Button variant={dialog === "alert" ? "danger" : "primary"} onPress={close}>
              {dialog === "alert" ? "Remove member" : "Create role"}
            </Button>
          </>
        }
      >
        <TextField label="Name" description="Shown in lists" autoFocus />
        <TextField label="Slug" mono defaultValue="payments-reader" />
      </Dialog>
    </Section>
  );
}

function Fields() {
  const [tags, setTags] = useState(["pci", "root-key", "no-such-tag"]);
  const [person, setPerson] = useState<Option | null>(PEOPLE[0] ?? null);
  const [environment, setEnvironment] = useState<string | null>("prod");
  const [path, setPath] = useState("/payments/**");
  return (
    <Section title="Fields">
      <div className={styles.fields}>
        <TextField label="Privilege name" mono defaultValue="incident-4711-payments" />
        <TextField
          label="Name"
          error="Another privilege of this member has this name"
          defaultValue="x"
        />
        <TextField label="Reason" placeholder="Why it is needed" description="Kept in history" />
        <SearchField label="Filter by name, email, id…" kbd="Ctrl+F" />
        <NumberField label="Days" unit="days" defaultValue={3} minValue={1} />
        <Select
          label="Environment"
          options={ENVIRONMENTS}
          value={environment}
          onChange={setEnvironment}
        />
        <ComboBox
          label="Who"
          options={PEOPLE}
          value={person}
          onChange={setPerson}
          placeholder="Member, group or role"
        />
        <SuggestField
          label="Path"
          value={path}
          onChange={setPath}
          icon={Folder}
          options={ENVIRONMENTS}
        />
        <TagField
          label="Tags"
          values={tags}
          onChange={setTags}
          options={[
            { id: "pci", label: "pci" },
            { id: "internal", label: "internal" },
          ]}
          doubt={(tag) => (tag.startsWith("no") ? "the project has no such tag" : undefined)}
          description="Enter adds one"
        />
        <TextArea label="Note" defaultValue="Payment retries stuck, needs queue credentials" />
        <TextField label="Locked" isDisabled defaultValue="cannot be changed" />
      </div>
    </Section>
  );
}

function Choices() {
  const [kind, setKind] = useState("all");
  const [tab, setTab] = useState("access");
  const [added, setAdded] = useState<string[]>([]);
  return (
    <Section title="Choices">
      <div className={styles.line}>
        <SegmentedControl
          label="Kind"
          value={kind}
          onChange={setKind}
          segments={[
            { id: "all", label: "All" },
            { id: "users", label: "Users", count: 1204 },
            { id: "identities", label: "Identities" },
            { id: "groups", label: "Groups" },
          ]}
        />
        <Checkbox defaultSelected>Recursive</Checkbox>
        <Checkbox isIndeterminate>Some</Checkbox>
        <Checkbox>None</Checkbox>
        <Switch defaultSelected>Notify</Switch>
        <Switch>Lock when idle</Switch>
        <MultiSelectMenu
          label="Add policies"
          searchLabel="Search subjects…"
          commitLabel={(count) => (count === 1 ? "Add 1 policy" : `Add ${count} policies`)}
          onCommit={setAdded}
          groups={[
            {
              title: "Secrets",
              options: [
                { id: "secrets", label: "Secrets", slug: "secrets" },
                { id: "secret-folders", label: "Secret Folders", slug: "secret-folders" },
                { id: "dynamic-secrets", label: "Dynamic Secrets", slug: "dynamic-secrets" },
              ],
            },
            {
              title: "Access control",
              options: [
                { id: "member", label: "User Management", slug: "member" },
                { id: "identity", label: "Machine Identity Management", slug: "identity" },
              ],
            },
          ]}
        />
        <span className="muted">{added.join(", ")}</span>
      </div>
      <div className={styles.tabs}>
        <Tabs
          label="Member"
          value={tab}
          onChange={setTab}
          tabs={[
            { id: "access", label: "Access", content: <p>Roles and privileges</p> },
            { id: "effective", label: "Effective permissions", content: <p>A matrix</p> },
            { id: "findings", label: "Findings", count: 3, content: <p>Three</p> },
          ]}
        />
      </div>
    </Section>
  );
}

function Words() {
  return (
    <Section title="Words with a meaning">
      <div className={styles.line}>
        <Chip>Developer</Chip>
        <Chip tone="allow">Allow</Chip>
        <Chip tone="forbid">Forbid</Chip>
        <Chip tone="conditional">Conditional</Chip>
        <Chip tone="timed">incident-4711</Chip>
        <Chip tone="struck">Admin</Chip>
        <Timed end={NOW + 3 * HOUR + 12 * 60_000} />
        <Timed end={NOW + 42_000} />
        <Timed end={NOW + 27 * 24 * HOUR} />
        <Timed end={NOW - 49 * HOUR} />
        <Avatar name="Alice Laurent" kind="user" />
        <Avatar name="ci-deployer" kind="identity" />
        <Avatar name="platform-team" kind="group" />
        <Avatar name="Alice Laurent" kind="user" size="large" />
        <Avatar name="ci-deployer" kind="identity" size="large" />
        <Avatar name="platform-team" kind="group" size="large" />
        <Breadcrumb>
          <a href="#/">Members</a>
          <a href="#/">platform-team</a>
        </Breadcrumb>
      </div>
      <Verdict tone="allow" headline="Allowed until 05:14 UTC (3 h 59 m)">
        ci-deployer may read the value of <span className="mono">prod:/payments/eu/STRIPE_KEY</span>{" "}
        through the additional privilege <b>incident-4711-payments</b>. Afterwards: denied.
      </Verdict>
      <Verdict tone="forbid" headline="Denied" actions={<Button size="small">Copy</Button>}>
        A Forbid in <b>deployer</b> takes it away.
      </Verdict>
      <Verdict tone="conditional" headline="It depends on the path" />
      <Verdict tone="unknown" headline="Unknown, because a template has no value">
        <span className="mono">{"{{identity.metadata.team}}"}</span> is not known for ci-deployer.
      </Verdict>
    </Section>
  );
}

function States() {
  return (
    <Section title="States">
      <div className={styles.fields}>
        <Card title="Project Roles" count={2} actions={<Button size="small">Add role</Button>}>
          <CardRow>
            <span>Developer</span> <span className="mono faint">developer</span>
          </CardRow>
          <CardRow>
            <span>payments-reader</span> <Timed end={NOW + HOUR} />
          </CardRow>
        </Card>
        <Card title="Nothing">
          <EmptyState icon={Users} title="No members yet" action={<Button>Add member</Button>}>
            This project has no users, machine identities or groups.
          </EmptyState>
        </Card>
        <Card title="Trouble">
          <ErrorState
            message="The members could not be read"
            hint="The file is locked by another program."
            onRetry={() => undefined}
          />
        </Card>
        <Card title="Under way">
          <SkeletonRows label="members" rows={4} />
        </Card>
      </div>
    </Section>
  );
}
