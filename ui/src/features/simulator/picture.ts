/** Draws the access map as a picture, for a ticket or a page. */
import type { AccessMapAnswer } from "../../api/generated/commands";
import { errorToast, toast } from "../../components/toast/toasts";
import { lookOf, regionName, titleOf, type CellLook } from "./mapWords";

const ROW = 26;
const HEAD = 64;
const PATH = 300;
const CELL = 190;
const SCALE = 2;

const FILLS: Record<CellLook, string> = {
  all: "#d9f0e3",
  some: "#e8f6ee",
  conditional: "#fcf0dc",
  none: "#f4f4f5",
};

/** Puts the picture on the clipboard, or downloads it where that takes no pictures. */
export async function savePicture(map: AccessMapAnswer): Promise<void> {
  const picture = await draw(map);
  if (!picture) {
    errorToast("The picture could not be drawn");
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(picture);
  link.download = `access-${map.name}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  toast(`Saved access-${map.name}.png`);
}

function draw(map: AccessMapAnswer): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  const width = PATH + CELL * map.environments.length + 16;
  const height = HEAD + ROW * map.regions.length + 12;
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.resolve(null);
  pen.scale(SCALE, SCALE);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = "#18181b";
  pen.font = "600 14px Inter, sans-serif";
  pen.fillText(`${map.name} · ${map.at ?? ""}`, 12, 22);
  pen.font = "500 12px Inter, sans-serif";
  map.environments.forEach((environment, index) => {
    pen.fillText(environment ?? "any other", PATH + CELL * index + 8, 50);
  });
  map.regions.forEach((region, row) => {
    const top = HEAD + ROW * row;
    pen.font = "12px 'JetBrains Mono', monospace";
    pen.fillStyle = "#18181b";
    const more = region.count > 1 ? ` +${region.count - 1}` : "";
    pen.fillText(clipped(pen, regionName(region) + more, PATH - 24), 12, top + 17);
    region.cells.forEach((cell, column) => {
      const left = PATH + CELL * column;
      const look = lookOf(cell, map.actions.length);
      pen.fillStyle = FILLS[look];
      pen.fillRect(left + 2, top + 2, CELL - 4, ROW - 4);
      pen.fillStyle = "#18181b";
      pen.font = "12px Inter, sans-serif";
      const words =
        look === "none"
          ? "–"
          : cell.entries
              .map(({ action, always }) => titleOf(map, action) + (always ? "" : " …"))
              .join(", ");
      pen.fillText(clipped(pen, words, CELL - 20), left + 8, top + 17);
    });
  });
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function clipped(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && pen.measureText(`${text.slice(0, end)}…`).width > width) end -= 1;
  return `${text.slice(0, end)}…`;
}
