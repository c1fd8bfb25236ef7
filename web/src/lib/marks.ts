import type { EventRecord } from "../api";
import type { Text } from "./offsets";

export type Role = "trigger" | "actor" | "recipient" | "date" | "place" | "speaker" | "found";

export const ROLE_NAMES: Record<Role, string> = {
  trigger: "what",
  actor: "who",
  recipient: "to whom",
  date: "when",
  place: "where",
  speaker: "says",
  found: "found",
};

/** A range of code points that means something. ``event``: whose it is. */
export interface Mark {
  start: number;
  end: number;
  role: Role;
  event: string;
}

/** A piece of text with all marks that cover it, the widest first. */
export interface Piece {
  start: number;
  end: number;
  marks: Mark[];
}

/** Where an event's fields stand in its article. Fields without words of their own have none. */
export function eventMarks(event: EventRecord, text: Text): Mark[] {
  const id = event.event_id;
  const marks: Mark[] = [];
  const put = (role: Role, span: { start: number; end: number } | null) => {
    if (span && span.end > span.start && span.end <= text.length) {
      marks.push({ role, start: span.start, end: span.end, event: id });
    }
  };
  put("trigger", event.evidence.trigger);
  for (const party of event.actors) put("actor", party);
  for (const party of event.recipients) put("recipient", party);
  put("place", event.place);
  put("speaker", event.attribution.speaker);
  const { text_start: start, text_end: end } = event.date;
  if (start !== null && end !== null) put("date", { start, end });
  return marks;
}

/** Cuts a range at all ends of marks. The pieces follow one another and fill the range. */
export function pieces(start: number, end: number, marks: readonly Mark[]): Piece[] {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start);
  const cuts = new Set([start, end]);
  for (const mark of inside) {
    cuts.add(Math.max(start, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const wide = [...inside].sort((a, b) => b.end - b.start - (a.end - a.start));
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? end;
    return { start: from, end: to, marks: wide.filter((m) => m.start < to && m.end > from) };
  });
}

/** Ranges of the paragraphs of a text, in code points; blank lines between belong to none. */
export function paragraphs(text: Text): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let at = 0;
  for (const part of text.raw.split(/(\n[ \t]*\n\s*)/)) {
    const length = [...part].length;
    if (part.trim() !== "") found.push({ start: at, end: at + length });
    at += length;
  }
  return found;
}
