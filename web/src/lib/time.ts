import type { By } from "../api";

/** Days are ISO dates without time zone; arithmetic is in UTC so that none is lost. */

const DAY = 86_400_000; // milliseconds
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function toDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

export function toDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return toDay(new Date(toDate(day).getTime() + days * DAY));
}

/** Days from the first to the second. */
export function daysBetween(first: string, last: string): number {
  return Math.round((toDate(last).getTime() - toDate(first).getTime()) / DAY);
}

/** First day of the bucket that holds a day; weeks begin on Monday. */
export function bucketOf(day: string, by: By): string {
  if (by === "month") return `${day.slice(0, 7)}-01`;
  if (by === "week") return addDays(day, -((toDate(day).getUTCDay() + 6) % 7));
  return day;
}

/** First day of the bucket after. */
export function nextBucket(bucket: string, by: By): string {
  if (by === "day") return addDays(bucket, 1);
  if (by === "week") return addDays(bucket, 7);
  const date = toDate(bucket);
  return toDay(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)));
}

/** All buckets between two days, also those without events. */
export function allBuckets(first: string, last: string, by: By): string[] {
  const buckets: string[] = [];
  for (let at = first; at <= last; at = nextBucket(at, by)) buckets.push(at);
  return buckets;
}

/** Bucket length at which a span has a readable number of bars. */
export function fittingBucket(first: string, last: string): By {
  const days = daysBetween(first, last);
  if (days <= 62) return "day";
  return days <= 3 * 365 ? "week" : "month";
}

/** "15 Jul 2019"; without the year where it is said beside. */
export function showDay(day: string, year = true): string {
  const [y, m, d] = day.split("-").map(Number);
  if (y === undefined || m === undefined || d === undefined) return day;
  return `${d} ${MONTHS[m - 1] ?? ""}${year ? ` ${y}` : ""}`;
}

export function showMonth(day: string): string {
  return `${MONTHS[Number(day.slice(5, 7)) - 1] ?? ""} ${day.slice(0, 4)}`;
}

/** A closed interval in few words. */
export function showDays(start: string, end: string): string {
  if (start === end) return showDay(start);
  if (start.slice(0, 7) === end.slice(0, 7)) return `${Number(start.slice(8))}–${showDay(end)}`;
  return `${showDay(start, start.slice(0, 4) !== end.slice(0, 4))} – ${showDay(end)}`;
}

/** When an event was, as exactly as its words say. */
export function showWhen(when: { start: string; end: string; precision: string }): string {
  if (when.precision === "year") return when.start.slice(0, 4);
  if (when.precision === "decade") return `${when.start.slice(0, 4)}s`;
  if (when.precision === "month") return showMonth(when.start);
  return showDays(when.start, when.end);
}

/** The bucket in words. */
export function showBucket(bucket: string, by: By): string {
  if (by === "month") return showMonth(bucket);
  return by === "week" ? showDays(bucket, addDays(bucket, 6)) : showDay(bucket);
}
