import { BellRing } from "lucide-react";
import { useState } from "react";
import { asRpcError } from "../../api/error";
import type {
  FieldProblem,
  NoticePreferences,
  PreferencesView,
  QuietHours,
} from "../../api/generated/commands";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { Checkbox } from "../../components/checkbox/Checkbox";
import { TextField } from "../../components/field/TextField";
import { Switch } from "../../components/switch/Switch";
import { errorToast } from "../../components/toast/toasts";
import styles from "./settings.module.css";
import { usePreferences } from "./usePreferences";

const HOUR = 60;
const DAY = 24 * HOUR;

/** How long before an end it can be told of, in minutes. */
const LEADS: readonly { minutes: number; label: string }[] = [
  { minutes: 7 * DAY, label: "A week before" },
  { minutes: DAY, label: "A day before" },
  { minutes: 4 * HOUR, label: "4 hours before" },
  { minutes: HOUR, label: "An hour before" },
  { minutes: 15, label: "15 minutes before" },
  { minutes: 0, label: "When it has ended" },
];
const NIGHT: QuietHours = { from: "22:00", to: "07:00" };

/** When the desktop tells of ends, and how much it says. */
export function NoticesCard({ view }: { view: PreferencesView }) {
  const { save, problems } = usePreferences(view);
  const { notices } = view.preferences;
  const change = (part: Partial<NoticePreferences>) => save({ notices: { ...notices, ...part } });
  return (
    <Card
      title="Notifications"
      inset="padded"
      actions={
        view.canNotify && (
          <Button size="small" variant="ghost" icon={BellRing} onPress={() => void tryOne()}>
            Show one
          </Button>
        )
      }
    >
      <div className={styles.form}>
        {!view.canNotify && (
          <p className="muted">Messages of the desktop cannot be shown from here.</p>
        )}
        <Switch
          isSelected={notices.enabled}
          onChange={(enabled) => void change({ enabled })}
          description="Ends that come together are one message; the next one takes the place of one that nobody has read, and says what still ends. What ended while Reeve was closed is told at the next start."
        >
          Tell me when access ends
        </Switch>
        <fieldset className={styles.group} disabled={!notices.enabled}>
          <legend className={styles.legend}>When</legend>
          <div className={styles.leads}>
            {LEADS.map(({ minutes, label }) => (
              <Checkbox
                key={minutes}
                isDisabled={!notices.enabled}
                isSelected={notices.leads.includes(minutes)}
                onChange={(isOn) =>
                  void change({
                    leads: LEADS.map((lead) => lead.minutes).filter((lead) =>
                      lead === minutes ? isOn : notices.leads.includes(lead),
                    ),
                  })
                }
              >
                {label}
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <Switch
          isDisabled={!notices.enabled}
          isSelected={notices.onlyConsequences}
          onChange={(onlyConsequences) => void change({ onlyConsequences })}
          description="An end that takes and opens nothing, because other access covers it, is not told of."
        >
          Only when something changes
        </Switch>
        <Switch
          isDisabled={!notices.enabled}
          isSelected={notices.withNames}
          onChange={(withNames) => void change({ withNames })}
          description="Anybody who looks at a locked screen can read them. Without, a message only says how much ends and when."
        >
          Say names and paths
        </Switch>
        <Switch
          isDisabled={!notices.enabled}
          isSelected={notices.quiet !== null}
          onChange={(isOn) => void change({ quiet: isOn ? NIGHT : null })}
          description="What would have been told then is told after, in one message."
        >
          Quiet hours
        </Switch>
        {notices.quiet && (
          <Quiet
            quiet={notices.quiet}
            problems={problems}
            isDisabled={!notices.enabled}
            onChange={(quiet) => change({ quiet })}
          />
        )}
      </div>
    </Card>
  );
}

interface QuietProps {
  quiet: QuietHours;
  problems: readonly FieldProblem[];
  isDisabled: boolean;
  onChange: (quiet: QuietHours) => Promise<boolean>;
}

/** From when to when, in the time of the computer. What is typed stays until it is a time. */
function Quiet({ quiet, problems, isDisabled, onChange }: QuietProps) {
  const [typed, setTyped] = useState(quiet);
  const keep = () => {
    if (typed.from !== quiet.from || typed.to !== quiet.to) void onChange(typed);
  };
  const field = (side: "from" | "to", label: string) => (
    <TextField
      label={label}
      mono
      isDisabled={isDisabled}
      value={typed[side]}
      onChange={(text) => setTyped({ ...typed, [side]: text })}
      onBlur={keep}
      onKeyDown={({ key }) => {
        if (key === "Enter") keep();
      }}
      placeholder={NIGHT[side]}
      error={problems.find((problem) => problem.field === `notices.quiet.${side}`)?.message}
    />
  );
  return (
    <div className={styles.quiet}>
      {field("from", "From")}
      {field("to", "Until")}
    </div>
  );
}

async function tryOne(): Promise<void> {
  try {
    await rpc("try_notice", {});
  } catch (thrown) {
    errorToast(asRpcError(thrown).message);
  }
}
