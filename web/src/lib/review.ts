import { signal } from "@preact/signals";
import type { EventRecord, Judgement, ReviewRequest } from "../api";
import { ApiError, forget, post } from "./client";
import { go, withOptions } from "./route";
import { reviewer, tell } from "./state";
import { typedParties } from "./words";

export const STATUSES = ["actual", "negated", "future", "hypothetical", "historical"] as const;

/** What a correction may change, as typed. */
export interface Draft {
  event_type: string;
  mode: string;
  status: string;
  actors: string;
  recipients: string;
  date: string;
  place: string;
}

/** Why the last judgement was refused, with the field at fault. */
export const refusal = signal<{ message: string; parameter: string | null } | null>(null);

export function draftOf(event: EventRecord): Draft {
  const { start, end } = event.date;
  return {
    event_type: event.event_type,
    mode: event.mode ?? "",
    status: event.status,
    actors: typedParties(event.actors),
    recipients: typedParties(event.recipients),
    date: start === end ? start : `${start}..${end}`,
    place: event.place?.name ?? "",
  };
}

/** An event that nobody has described yet. */
export const BLANK: Draft = {
  event_type: "",
  mode: "",
  status: "actual",
  actors: "",
  recipients: "",
  date: "",
  place: "",
};

/** The fields that the reader typed anew. An emptied mode or place is none. */
export function changesOf(before: Draft, after: Draft): Record<string, unknown> {
  const names = Object.keys(before) as (keyof Draft)[];
  const changed = names.filter((name) => before[name].trim() !== after[name].trim());
  return Object.fromEntries(
    changed.map((name) => {
      const typed = after[name].trim();
      return [name, typed === "" && (name === "mode" || name === "place") ? null : typed];
    }),
  );
}

/** The judgement that holds: the latest that no later one takes back. */
export function holding(judgements: readonly Judgement[]): Judgement | null {
  const undone = new Set(judgements.map((judgement) => judgement.undoes));
  const left = judgements.filter((one) => one.verdict !== "undo" && !undone.has(one.id));
  return left.at(-1) ?? null;
}

/** Events of an article that were rejected and not taken up again, by the judgements about it. */
export function rejections(judgements: readonly Judgement[]): Judgement[] {
  const byEvent = new Map<string, Judgement[]>();
  for (const judgement of [...judgements].sort((a, b) => a.at.localeCompare(b.at))) {
    if (judgement.event_id === null) continue;
    byEvent.set(judgement.event_id, [...(byEvent.get(judgement.event_id) ?? []), judgement]);
  }
  return [...byEvent.values()]
    .map((about) => holding(about))
    .filter((one): one is Judgement => one?.verdict === "reject");
}

/** Sends a judgement. Null where it was refused; ``refusal`` says why. ``takesAway``: the event is
 * shown no more. */
export async function judge(
  request: Omit<ReviewRequest, "by">,
  done: string,
  takesAway = request.verdict === "reject",
): Promise<Judgement | null> {
  refusal.value = null;
  if (reviewer.value.trim() === "") {
    refusal.value = {
      message: "Say who you are first: your name is kept with each judgement.",
      parameter: "by",
    };
    document.querySelector<HTMLInputElement>("#reviewer")?.focus();
    return null;
  }
  let kept: Judgement;
  try {
    kept = await post<Judgement>("reviews", { ...request, by: reviewer.value.trim() });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refusal.value = { message: error.message, parameter: error.parameter };
    if (error.status === 409) forget();
    return null;
  }
  // An event that is shown no more can be asked for no more.
  if (takesAway) go(withOptions({ event: undefined }), true);
  forget();
  tell(done);
  return kept;
}
