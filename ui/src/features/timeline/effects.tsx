import { CircleMinus, CircleOff, CircleDashed, HelpCircle, LockOpen, Replace } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { EffectKind, EndEffectView } from "../../api/generated/commands";
import { Chip, type ChipTone } from "../../components/chip/Chip";
import { formatQuantity } from "../../lib/numbers";

interface Look {
  word: string;
  tone: ChipTone;
  icon: LucideIcon;
}

/** How each kind of consequence looks. The word says what the colour does. */
export const LOOKS: Record<EffectKind, Look> = {
  losesEverything: { word: "Loses all access", tone: "forbid", icon: CircleOff },
  losesAndGains: { word: "Loses and gains", tone: "forbid", icon: Replace },
  gains: { word: "Opens access", tone: "conditional", icon: LockOpen },
  loses: { word: "Loses access", tone: "forbid", icon: CircleMinus },
  unsure: { word: "Not certain", tone: "conditional", icon: HelpCircle },
  nothing: { word: "Nothing changes", tone: "neutral", icon: CircleDashed },
};

/** What an end means, in two words. */
export function EffectChip({ effect }: { effect: EndEffectView }) {
  const { word, tone, icon } = LOOKS[effect.effect];
  return (
    <Chip tone={tone} icon={icon} title={effect.sentence}>
      {word}
    </Chip>
  );
}

/** For how many of a group's members something changes; null for one member. */
export function groupWords({ lookedAt, affected, hasMore, effect }: EndEffectView): string | null {
  if (lookedAt === 1 && !hasMore) return null;
  const of = `${formatQuantity(lookedAt, "member")}${hasMore ? " looked at" : ""}`;
  return effect === "nothing" ? `for none of ${of}` : `for ${affected} of ${of}`;
}
