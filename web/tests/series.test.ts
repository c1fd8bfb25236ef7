import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Series } from "../src/api";
import { CLASSES, reach, recent, stacked, within } from "../src/lib/series";

function series(buckets: string[], counts: Record<string, number[]>, mean = 5): Series {
  const lines = Object.entries(counts).map(([key, values]) => ({
    key,
    counts: values,
    intensity: values.map((value) => (value ? mean : null)),
  }));
  return { by: "month", split: "quad_class", buckets, lines, left_out: 0 };
}

const counts = fc.array(fc.nat(20), { minLength: 3, maxLength: 3 });
const drawn = fc
  .tuple(counts, counts, counts, counts)
  .map((all) =>
    series(
      ["2019-01-01", "2019-02-01", "2019-03-01"],
      Object.fromEntries(CLASSES.map((key, at) => [key, all[at] ?? []])),
    ),
  );

describe("stacks", () => {
  it("hold each event once, cooperation up and conflict down", () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const blocks = stacked(given, "events");
        for (const block of blocks) {
          const line = given.lines.find((one) => one.key === block.key);
          const events = line?.counts[given.buckets.indexOf(block.bucket)] ?? 0;
          expect(Math.abs(block.to - block.from)).toBe(events);
          expect(Math.sign(block.to)).toBe(block.key.endsWith("cooperation") ? 1 : -1);
        }
        const all = given.lines.flatMap((line) => line.counts).reduce((a, b) => a + b, 0);
        expect(blocks.reduce((sum, block) => sum + block.events, 0)).toBe(all);
      }),
    );
  });

  it("put deeds outside words", () => {
    const given = series(["2019-01-01"], { "material conflict": [2], "verbal conflict": [3] });
    expect(stacked(given, "events").map(({ from, to }) => [Math.abs(from), to])).toEqual([
      [0, -3],
      [3, -5],
    ]);
    expect(reach(stacked(given, "events"))).toEqual({ up: 0, down: -5 });
  });

  it("measure intensity by the sum of its sizes", () => {
    const given = series(["2019-01-01"], { "material conflict": [3] }, -9);
    expect(stacked(given, "intensity")[0]?.to).toBe(-27);
  });
});

describe("stretches", () => {
  const given = series(["2011-01-01", "2019-01-01", "2019-02-01", "2019-03-01"], {
    "verbal conflict": [1, 50, 60, 40],
  });

  it("leave out lone early events", () => {
    expect(recent(given).buckets).toEqual(["2019-01-01", "2019-02-01", "2019-03-01"]);
    expect(recent(given).lines[0]?.counts).toEqual([50, 60, 40]);
  });

  it("keep a single bucket", () => {
    expect(recent(series(["2019-01-01"], { "verbal conflict": [1] })).buckets).toHaveLength(1);
  });

  it.each([
    ["2019-01-15", "2019-02-10", ["2019-01-01", "2019-02-01"]],
    ["2020-01-01", "2020-02-01", []],
  ])("from %s to %s", (first, last, buckets) => {
    expect(within(given, first, last).buckets).toEqual(buckets);
  });
});
