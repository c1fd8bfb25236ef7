import { Fragment } from "preact";
import type { EventRecord } from "../api";
import { eventMarks, type Mark, pieces, ROLE_NAMES } from "../lib/marks";
import { points, Text } from "../lib/offsets";

/** A range of a text with its marks. Every piece is a text node. */
export function Marked(props: {
  text: Text;
  start: number;
  end: number;
  marks: readonly Mark[];
  /** The event whose words stand out; those of others are only hinted at. */
  chosen?: string | null;
}) {
  const { text, start, end, marks, chosen } = props;
  return (
    <>
      {pieces(start, end, marks).map((piece) => {
        const words = text.slice(piece.start, piece.end);
        if (piece.marks.length === 0) return <Fragment key={piece.start}>{words}</Fragment>;
        const strong = chosen === undefined || piece.marks.some((mark) => mark.event === chosen);
        const opening = strong && piece.marks.find((mark) => mark.start === piece.start);
        const roles = [...new Set(piece.marks.map((mark) => mark.role))];
        return (
          <mark
            key={piece.start}
            class={`${roles.join(" ")}${strong ? " on" : ""}`}
            data-event={piece.marks.find((mark) => mark.role === "trigger")?.event}
            data-label={opening ? ROLE_NAMES[opening.role] : undefined}
            title={roles.map((role) => ROLE_NAMES[role]).join(", ")}
          >
            {words}
          </mark>
        );
      })}
    </>
  );
}

/** The sentence that an event was read from, with the event's words marked. */
export function Sentence({ event }: { event: EventRecord }) {
  const { evidence } = event;
  const text = new Text(evidence.text);
  const inside = points(evidence.text);
  const shifted = eventMarks(event, new Text(" ".repeat(evidence.start) + evidence.text)).map(
    (mark) => ({ ...mark, start: mark.start - evidence.start, end: mark.end - evidence.start }),
  );
  return (
    <q class="sentence">
      <Marked
        text={text}
        start={0}
        end={inside}
        marks={shifted.filter((mark) => mark.start >= 0 && mark.end <= inside)}
      />
    </q>
  );
}
