import type { RefObject } from "preact";
import { useMemo } from "preact/hooks";
import type { EventRecord } from "../api";
import { eventMarks, type Mark, paragraphs } from "../lib/marks";
import type { Text } from "../lib/offsets";
import { type Chosen, moveByKey } from "../lib/selecting";
import { Marked } from "./marked";

const PENDING = "new";

interface Props {
  text: Text;
  language: string | null;
  events: readonly EventRecord[];
  chosen: EventRecord | null;
  /** Words of an event that is being added. */
  pending?: Chosen | null;
  /** Given where words can be chosen in it: with the mouse, or with the arrow keys. */
  box?: RefObject<HTMLDivElement | null>;
  onPick: (event: string) => void;
}

/** An article's text: all words of the chosen event are marked, and the triggers of the others. */
export function TextBody({ text, language, events, chosen, pending, box, onPick }: Props) {
  const parts = useMemo(() => paragraphs(text), [text]);
  const marks = useMemo(
    () => shownMarks(events, chosen, pending ?? null, text),
    [events, chosen, pending, text],
  );
  const pickMark = (event: MouseEvent) => {
    if (!getSelection()?.isCollapsed) return;
    const key = (event.target as HTMLElement).closest("mark")?.dataset.event;
    if (key) onPick(key);
  };
  const choosing = box && {
    ref: box,
    tabIndex: 0,
    role: "group" as const,
    "aria-label": "Text: arrow keys go from word to word, with Shift they choose more",
    onKeyDown: (event: KeyboardEvent) => moveByKey(event, text),
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list beside it does the same by keyboard
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      class={`text${chosen || pending ? " choosing" : ""}`}
      onClick={pickMark}
      lang={language ?? undefined}
      {...choosing}
    >
      {parts.map((part) => (
        <p key={part.start} data-start={part.start}>
          <Marked
            text={text}
            start={part.start}
            end={part.end}
            marks={marks}
            chosen={pending ? PENDING : (chosen?.event_id ?? null)}
          />
        </p>
      ))}
    </div>
  );
}

function shownMarks(
  events: readonly EventRecord[],
  chosen: EventRecord | null,
  pending: Chosen | null,
  text: Text,
): Mark[] {
  const trigger = (span: { start: number; end: number }, event: string): Mark => ({
    role: "trigger",
    start: span.start,
    end: span.end,
    event,
  });
  const others = events
    .filter((event) => event !== chosen)
    .map(({ event_id, evidence }) => trigger(evidence.trigger, event_id));
  const open = pending ? [trigger(pending, PENDING)] : chosen ? eventMarks(chosen, text) : [];
  return [...others, ...open];
}
