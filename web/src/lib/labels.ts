/** Where labels can be written beside their marks without covering one another or other marks. */

export interface Labelled {
  x: number;
  y: number;
  /** Radius of the mark. */
  reach: number;
  text: string;
}

const SIDES = ["right", "left", "below", "above"] as const;
export type Side = (typeof SIDES)[number];
type Box = readonly [left: number, top: number, right: number, bottom: number];

const LETTER = 5.6; // pixels, mean width of a letter
const LINE = 14; // pixels, height of a line
const GAP = 4;

/** Sides on which labels fit into a width, by place in the list; its first are served first. */
export function apart(marks: readonly Labelled[], width: number): Map<number, Side> {
  const kept = new Map<number, Side>();
  const taken: Box[] = [];
  marks.forEach((mark, at) => {
    if (Number.isNaN(mark.x)) return;
    for (const side of SIDES) {
      const box = labelBox(mark, side);
      if (box[0] < 0 || box[2] > width) continue;
      if (taken.some((other) => overlap(box, other))) continue;
      if (marks.some((other) => other !== mark && covers(box, other, mark))) continue;
      kept.set(at, side);
      taken.push(box);
      return;
    }
  });
  return kept;
}

/** Where the text of a label stands beside a mark at a point. */
export function placeOf(side: Side, x: number, y: number, reach: number) {
  switch (side) {
    case "right":
      return { x: x + reach + GAP, y: y + 4, "text-anchor": "start" as const };
    case "left":
      return { x: x - reach - GAP, y: y + 4, "text-anchor": "end" as const };
    case "below":
      return { x, y: y + reach + 11, "text-anchor": "middle" as const };
    case "above":
      return { x, y: y - reach - GAP, "text-anchor": "middle" as const };
  }
}

function labelBox({ x, y, reach, text }: Labelled, side: Side): Box {
  const long = GAP + text.length * LETTER;
  if (side === "above" || side === "below") {
    const top = side === "below" ? y + reach : y - reach - LINE;
    return [x - long / 2, top, x + long / 2, top + LINE];
  }
  const left = side === "right" ? x + reach : x - reach - long;
  return [left, y - LINE / 2, left + long, y + LINE / 2];
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

/** Whether a label hides another mark. One that lies within the label's own mark is hidden anyway. */
function covers(box: Box, other: Labelled, own: Labelled): boolean {
  const inside = Math.hypot(other.x - own.x, other.y - own.y) < own.reach;
  if (inside && other.reach <= own.reach) return false;
  const r = other.reach * 0.6;
  return overlap(box, [other.x - r, other.y - r, other.x + r, other.y + r]);
}
