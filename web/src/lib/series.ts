import type { By, QuadClass, Series } from "../api";
import { nextBucket } from "./time";

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

/** All buckets between two days, also those without events. */
export function allBuckets(first: string, last: string, by: By): string[] {
  const buckets: string[] = [];
  for (let at = first; at <= last; at = nextBucket(at, by)) buckets.push(at);
  return buckets;
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
