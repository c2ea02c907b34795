import { CircleMinus, CircleOff, CircleDashed, HelpCircle, LockOpen, Replace } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { Chip, type ChipTone } from "../chip/Chip";
import { formatQuantity } from "../../lib/numbers";

/** What the end of something means, in kinds. */
export type EndKind =
  "nothing" | "unsure" | "loses" | "gains" | "losesAndGains" | "losesEverything";

/** What an end means for those whose access it is. */
export interface EndInWords {
  effect: EndKind;
  sentence: string;
  /** How many were looked at: one, or the members of a group. */
  lookedAt: number;
  /** For how many of them something changes. */
  affected: number;
  /** Whether a group has more members than were looked at. */
  hasMore: boolean;
}

interface Look {
  word: string;
  tone: ChipTone;
  icon: LucideIcon;
}

/** How each kind of consequence looks. The word says what the colour does. */
const LOOKS: Record<EndKind, Look> = {
  losesEverything: { word: "Loses all access", tone: "forbid", icon: CircleOff },
  losesAndGains: { word: "Loses and gains", tone: "forbid", icon: Replace },
  gains: { word: "Opens access", tone: "conditional", icon: LockOpen },
  loses: { word: "Loses access", tone: "forbid", icon: CircleMinus },
  unsure: { word: "Not certain", tone: "conditional", icon: HelpCircle },
  nothing: { word: "Nothing changes", tone: "neutral", icon: CircleDashed },
};

/** What an end means, in two words. */
export function EffectChip({ effect }: { effect: EndInWords }) {
  const { word, tone, icon } = LOOKS[effect.effect];
  return (
    <Chip tone={tone} icon={icon} title={effect.sentence}>
      {word}
    </Chip>
  );
}

/** For how many of a group's members something changes; null for one member. */
export function groupWords({ lookedAt, affected, hasMore, effect }: EndInWords): string | null {
  if (lookedAt === 1 && !hasMore) return null;
  const of = `${formatQuantity(lookedAt, "member")}${hasMore ? " looked at" : ""}`;
  return effect === "nothing" ? `for none of ${of}` : `for ${affected} of ${of}`;
}
