import type { By } from "../api";
import { addDays, allBuckets, daysBetween, nextBucket, showDay } from "../lib/time";

const LABEL = 72; // pixels that a label needs

export interface Across {
  x: (day: string) => number;
  ticks: { at: number; text: string }[];
}

/** A time axis over whole buckets from ``first`` to ``last``; its ticks stand at buckets. */
export function across(first: string, last: string, by: By, left: number, right: number): Across {
  const end = nextBucket(last, by);
  const days = Math.max(1, daysBetween(first, end));
  const x = (day: string) => left + (daysBetween(first, day) / days) * (right - left);
  const buckets = allBuckets(first, last, by);
  const step = Math.ceil((buckets.length * LABEL) / Math.max(LABEL, right - left));
  const marked = buckets.filter(
    (_, at) => at % step === 0 && right - x(buckets[at] ?? end) > LABEL / 3,
  );
  return {
    x,
    ticks: marked.map((bucket, at) => ({ at: x(bucket), text: label(bucket, by, at === 0) })),
  };
}

/** The day under a point of the axis. */
export function dayAt(
  at: number,
  first: string,
  last: string,
  left: number,
  right: number,
): string {
  return addDays(first, Math.round(((at - left) / (right - left)) * daysBetween(first, last)));
}

/** "7 May", "May"; the year on the first and where it turns. */
function label(bucket: string, by: By, first: boolean): string {
  const short = by === "month" ? showDay(bucket, false).slice(2) : showDay(bucket, false);
  return first || /-01-0[1-7]$/.test(bucket) ? `${short} ${bucket.slice(0, 4)}` : short;
}

export function TimeTicks(props: { across: Across; top: number; bottom: number }) {
  const { across: axis, top, bottom } = props;
  return (
    <g>
      {axis.ticks.map((tick) => (
        <g key={tick.at}>
          <line x1={tick.at} x2={tick.at} y1={top} y2={bottom + 4} class="grid" />
          <text x={tick.at} y={bottom + 16}>
            {tick.text}
          </text>
        </g>
      ))}
    </g>
  );
}
