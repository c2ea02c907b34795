/** Draws the access map as a picture, for a ticket or a page. */
import type { AccessMapAnswer } from "../../api/generated/commands";
import { formatInstant } from "../../lib/time";
import {
  cellWords,
  certaintyOf,
  doubtsOf,
  entriesOf,
  EVERYTHING,
  isInDoubt,
  lookOf,
  regionNames,
  type CellLook,
} from "./mapWords";

const ROW = 26;
const HEAD = 70;
const PATH = 320;
const CELL = 120;
const SCALE = 2;
const EDGE = 16;

/** A picture is looked at outside of the app, so it is always light. */
const INK = "#18181b";
const FILLS: Record<CellLook, readonly [background: string, text: string]> = {
  all: ["#d9f0e3", "#12613a"],
  some: ["#e8f6ee", "#12613a"],
  conditional: ["#fcf0dc", "#7a4b00"],
  none: ["#f4f4f5", "#52525b"],
};

/** The map of one action, or of all, as PNG. `what` says in a word what is mapped. */
export async function drawMap(map: AccessMapAnswer, action: string, what: string): Promise<Blob> {
  await document.fonts.ready;
  const canvas = document.createElement("canvas");
  const width = PATH + CELL * map.environments.length + EDGE;
  const hasDoubts = isInDoubt(map, action);
  const height = HEAD + ROW * (map.regions.length + (hasDoubts ? 1 : 0)) + EDGE;
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("The picture could not be drawn");
  pen.scale(SCALE, SCALE);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, height);
  const write = (text: string, left: number, top: number, room: number) =>
    pen.fillText(clipped(pen, text, room), left, top);
  pen.fillStyle = INK;
  pen.font = "600 14px 'Inter Variable', sans-serif";
  const at = map.at === null ? "" : ` · ${formatInstant(Date.parse(map.at))}`;
  write(`${map.name} · ${what}${at}`, EDGE, 26, width - 2 * EDGE);
  pen.font = "500 12px 'JetBrains Mono Variable', monospace";
  map.environments.forEach((environment, index) => {
    write(environment ?? "any other", PATH + CELL * index + 8, 56, CELL - 12);
  });
  const actions = action === EVERYTHING ? map.actions.length : 1;
  const names = regionNames(map.regions);
  map.regions.forEach((region, row) => {
    const top = HEAD + ROW * row;
    pen.font = "12px 'JetBrains Mono Variable', monospace";
    pen.fillStyle = INK;
    const { path, rest } = names[row] ?? { path: region.example, rest: "" };
    write(`${path} ${rest}`, EDGE, top + 17, PATH - EDGE - 12);
    region.cells.forEach((cell, column) => {
      const left = PATH + CELL * column;
      const entries = entriesOf(cell.entries, action);
      const certainty = certaintyOf(doubtsOf(cell.doubts, action), actions);
      const [background, ink] =
        FILLS[certainty === "uncertain" ? "none" : lookOf(entries, actions)];
      pen.fillStyle = background;
      pen.fillRect(left + 2, top + 2, CELL - 4, ROW - 4);
      pen.fillStyle = ink;
      pen.font = "12px 'Inter Variable', sans-serif";
      const words = cellWords(entries, actions);
      write(certainty === "certain" ? words : `${words} (?)`, left + 8, top + 17, CELL - 16);
    });
  });
  if (hasDoubts) {
    pen.fillStyle = FILLS.none[1];
    const top = HEAD + ROW * map.regions.length + 17;
    write("(?) not certain: what could not be pulled could change it", EDGE, top, width - 2 * EDGE);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be drawn"))),
      "image/png",
    ),
  );
}

function clipped(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && pen.measureText(`${text.slice(0, end)}…`).width > width) end -= 1;
  return `${text.slice(0, end)}…`;
}
