import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventMarks, type Mark, paragraphs, pieces } from "../src/lib/marks";
import { Text } from "../src/lib/offsets";
import { event } from "./samples";

const roles = ["trigger", "actor", "recipient", "date", "place", "speaker"] as const;
const marks = fc.array(
  fc
    .tuple(fc.nat(30), fc.integer({ min: 1, max: 30 }), fc.constantFrom(...roles))
    .map(([start, long, role]): Mark => ({ start, end: start + long, role, event: "e" })),
  { maxLength: 8 },
);

describe("pieces", () => {
  it("fill the range in order, whatever nests or overlaps", () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: 1, max: 60 }), (all, end) => {
        const cut = pieces(0, end, all);
        expect(cut[0]?.start).toBe(0);
        expect(cut.at(-1)?.end).toBe(end);
        expect(cut.slice(1).map((piece) => piece.start)).toEqual(
          cut.slice(0, -1).map((piece) => piece.end),
        );
      }),
    );
  });

  it("carry each mark exactly over its own characters", () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: 1, max: 60 }), (all, end) => {
        for (const piece of pieces(0, end, all)) {
          for (let at = piece.start; at < piece.end; at += 1) {
            const expected = all.filter((mark) => mark.start <= at && mark.end > at);
            expect(new Set(piece.marks)).toEqual(new Set(expected));
          }
        }
      }),
    );
  });

  it("put the wider mark outside", () => {
    const wide: Mark = { start: 0, end: 10, role: "actor", event: "e" };
    const small: Mark = { start: 4, end: 6, role: "place", event: "e" };
    expect(pieces(0, 10, [small, wide])[1]?.marks).toEqual([wide, small]);
  });
});

describe("marks of an event", () => {
  const text = new Text("On Friday Norway sent medics to Khartoum, an official said.");

  it("stand at the words of its fields", () => {
    const words = eventMarks(event, text).map((m) => [m.role, text.slice(m.start, m.end)]);
    expect(words).toEqual([
      ["trigger", "sent"],
      ["actor", "Norway"],
      ["place", "Khartoum"],
      ["speaker", "an official"],
      ["date", "Friday"],
    ]);
  });

  it("leave out what lies outside the text", () => {
    expect(eventMarks(event, new Text("On Friday Norway sent"))).toHaveLength(3);
  });
});

it("paragraphs leave blank lines out and keep offsets", () => {
  const text = new Text("🚢 one\n\n  \ntwo\nstill two\n\n");
  const words = paragraphs(text).map(({ start, end }) => text.slice(start, end));
  expect(words).toEqual(["🚢 one", "two\nstill two"]);
});
