/** Which labels can be written beside their marks without covering one another. */

export interface Labelled {
  x: number;
  y: number;
  /** Radius of the mark. */
  reach: number;
  text: string;
}

const LETTER = 6.2; // pixels, mean width of a letter
const LINE = 13; // pixels, height of a line
const GAP = 4;

/** Places in the list whose labels fit, the first of the list served first. */
export function apart(marks: readonly Labelled[]): Set<number> {
  const kept = new Set<number>();
  const taken: [number, number, number, number][] = [];
  marks.forEach(({ x, y, reach, text }, at) => {
    if (Number.isNaN(x)) return;
    const left = x + reach;
    const box = [left, y - LINE / 2, left + GAP + text.length * LETTER, y + LINE / 2] as const;
    const free = taken.every(
      ([l, t, r, b]) => box[2] <= l || box[0] >= r || box[3] <= t || box[1] >= b,
    );
    if (!free) return;
    kept.add(at);
    taken.push([...box]);
  });
  return kept;
}
