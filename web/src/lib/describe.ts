import type { By } from "../api";
import type { FilterName, Filters } from "./route";
import { countryName } from "./state";
import { showBucket, showDay, showDays } from "./time";
import { statusWords, typeName } from "./words";

/** Filters in words: for chips, titles, and the names of files. */

const KEY_NAME = /^~/;

/** Names of actors' keys that were seen in answers, so that a key is never shown bare. */
const actorNames = new Map<string, string>();

export function learnActor(id: string, name: string): void {
  actorNames.set(id, name);
}

export function actorName(key: string): string {
  return actorNames.get(key) ?? key.replace(KEY_NAME, "");
}

const placeNames = new Map<string, string>();

export function learnPlace(id: number | null, name: string): void {
  if (id !== null) placeNames.set(String(id), name);
}

function dyadWords(dyad: string): string {
  const [, first = "", way, second = ""] = /^(\w+)([-~])(\w+)$/.exec(dyad) ?? [];
  if (!way) return dyad;
  return `${countryName(first)} ${way === "~" ? "↔" : "→"} ${countryName(second)}`;
}

function bucketWords(bucket: string): string {
  const [by = "", day = ""] = bucket.split(".");
  return showBucket(day, by as By);
}

const WORDS: Record<FilterName, (value: string) => string> = {
  since: (v) => `from ${showDay(v)}`,
  until: (v) => `to ${showDay(v)}`,
  dyad: dyadWords,
  actor: (v) => `by ${countryName(v)}`,
  recipient: (v) => `toward ${countryName(v)}`,
  party: (v) => actorName(v),
  role: (v) => ({ actor: "as actor", recipient: "as recipient", speaker: "as speaker" })[v] ?? v,
  counterpart: (v) => `facing ${actorName(v)}`,
  bucket: bucketWords,
  type: typeName,
  quad_class: (v) => v,
  status: statusWords,
  country: (v) => `in ${countryName(v)}`,
  place: (v) => `at ${placeNames.get(v) ?? `place ${v}`}`,
  outlet: (v) => v,
  document: (v) => `article ${v}`,
  text: (v) => `“${v}”`,
  min_confidence: (v) => `at least ${Math.round(Number(v) * 100)}% sure`,
};

export interface Chip {
  name: FilterName;
  value: string;
  words: string;
}

/** One chip for each value of each filter. */
export function chips(filters: Filters): Chip[] {
  return (Object.entries(filters) as [FilterName, readonly string[]][]).flatMap(([name, values]) =>
    values.map((value) => ({ name, value, words: WORDS[name](value) })),
  );
}

/** All filters as one title. */
export function describeFilters(filters: Filters): string {
  const { since, until, ...others } = filters;
  const { party, role, counterpart, ...unpaired } = others;
  const paired = party?.[0] && counterpart?.[0] && role?.[0] === "actor";
  const words = chips(paired ? unpaired : others).map((chip) => chip.words);
  if (paired) words.unshift(`${actorName(party[0] ?? "")} → ${actorName(counterpart[0] ?? "")}`);
  if (since?.[0] && until?.[0]) words.push(showDays(since[0], until[0]));
  else
    words.push(...chips({ ...(since && { since }), ...(until && { until }) }).map((c) => c.words));
  const title = words.join(" · ") || "All events";
  return title.charAt(0).toUpperCase() + title.slice(1);
}
