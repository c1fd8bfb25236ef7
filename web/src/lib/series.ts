import type { QuadClass, Series } from "../api";
import { bucketOf } from "./time";

/** From the zero line outwards: words first, deeds outside. */
export const UP: readonly QuadClass[] = ["verbal cooperation", "material cooperation"];
export const DOWN: readonly QuadClass[] = ["verbal conflict", "material conflict"];
export const CLASSES: readonly QuadClass[] = [...UP, ...DOWN];

export type Measure = "events" | "intensity";

/** A stretch of a bar from ``from`` to ``to``, above (positive) or below the zero line. */
export interface Block {
  bucket: string;
  key: QuadClass;
  from: number;
  to: number;
  events: number;
}

/** How much a line has in a bucket: events, or the sum of their intensities' sizes. */
export function amount(series: Series, line: number, bucket: number, measure: Measure): number {
  const events = series.lines[line]?.counts[bucket] ?? 0;
  if (measure === "events") return events;
  return Math.abs((series.lines[line]?.intensity[bucket] ?? 0) * events);
}

/** Cooperation stacked upwards, conflict downwards; blocks of nothing are left out. */
export function stacked(series: Series, measure: Measure): Block[] {
  const blocks: Block[] = [];
  for (const [side, sign] of [
    [UP, 1],
    [DOWN, -1],
  ] as const) {
    series.buckets.forEach((bucket, at) => {
      let top = 0;
      for (const key of side) {
        const line = series.lines.findIndex((one) => one.key === key);
        const size = line < 0 ? 0 : amount(series, line, at, measure);
        if (size === 0) continue;
        const events = series.lines[line]?.counts[at] ?? 0;
        blocks.push({ bucket, key, from: sign * top, to: sign * (top + size), events });
        top += size;
      }
    });
  }
  return blocks;
}

/** The outlines of all blocks of a class, as one path: a thousand bars are drawn as fast as ten.
 * ``box`` gives a block's left edge, width, top and height. */
export function outlines(
  blocks: readonly Block[],
  box: (block: Block) => readonly [number, number, number, number],
): { key: QuadClass; d: string }[] {
  return CLASSES.map((key) => {
    const parts = blocks
      .filter((block) => block.key === key)
      .map((block) => {
        const [x, width, y, height] = box(block);
        return `M${x} ${y}h${width}v${height}h${-width}z`;
      });
    return { key, d: parts.join("") };
  });
}

/** The farthest that blocks reach up and down. */
export function reach(blocks: readonly Block[]): { up: number; down: number } {
  let up = 0;
  let down = 0;
  for (const block of blocks) {
    up = Math.max(up, block.to);
    down = Math.min(down, block.to);
  }
  return { up, down };
}

/** Some of the buckets. */
function cut(series: Series, start: number, end: number): Series {
  return {
    ...series,
    buckets: series.buckets.slice(start, end),
    lines: series.lines.map((line) => ({
      ...line,
      counts: line.counts.slice(start, end),
      intensity: line.intensity.slice(start, end),
    })),
  };
}

/** The buckets that an axis from ``first`` to ``last`` shows. */
export function within(series: Series, first: string, last: string): Series {
  const start = series.buckets.findIndex((bucket) => bucket >= bucketOf(first, series.by));
  const end = series.buckets.filter((bucket) => bucket <= last).length;
  return cut(series, start < 0 ? end : start, end);
}

/** The stretch that holds nearly all events: lone early ones would squeeze the rest. */
export function recent(series: Series): Series {
  const totals = series.buckets.map((_, at) =>
    series.lines.reduce((sum, line) => sum + (line.counts[at] ?? 0), 0),
  );
  const all = totals.reduce((sum, one) => sum + one, 0);
  let start = 0;
  for (let gone = totals[0] ?? 0; gone <= all * 0.03 && start < totals.length - 1; start += 1) {
    gone += totals[start + 1] ?? 0;
  }
  return cut(series, start, series.buckets.length);
}
