import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { points, Text } from "../src/lib/offsets";

const texts = fc.string({ unit: "binary", maxLength: 40 });

describe("code points", () => {
  it.each([
    ["Ankara sent aid", 0, 6, "Ankara"],
    ["🚢 reached Tripoli", 2, 9, "reached"],
    ["a🚢b🚢c", 1, 4, "🚢b🚢"],
    ["e\u0301lan", 0, 2, "e\u0301"],
    ["short", 3, 99, "rt"],
  ])("%s [%i:%i] is %s", (raw, start, end, words) => {
    expect(new Text(raw).slice(start, end)).toBe(words);
  });

  it("cuts as Python does", () => {
    fc.assert(
      fc.property(texts, fc.nat(40), fc.nat(40), (raw, start, end) => {
        const expected = Array.from(raw).slice(start, end).join("");
        expect(new Text(raw).slice(start, Math.max(start, end))).toBe(end < start ? "" : expected);
      }),
    );
  });

  it("counts as Array.from does", () => {
    fc.assert(
      fc.property(texts, (raw) => {
        expect(points(raw)).toBe(Array.from(raw).length);
        expect(new Text(raw).length).toBe(Array.from(raw).length);
      }),
    );
  });
});
