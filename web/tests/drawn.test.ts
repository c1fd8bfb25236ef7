import { describe, expect, it } from "vitest";
import type { Network } from "../src/api";
import { zoomed } from "../src/lib/frames";
import { frameAround } from "../src/lib/geo";
import { apart } from "../src/lib/labels";
import { laidOut } from "../src/lib/layout";
import { safeUrl, signed } from "../src/lib/words";

describe("labels", () => {
  const mark = (x: number, y: number, text = "Tripoli") => ({ x, y, reach: 5, text });

  it.each([
    ["alone", [mark(50, 50)], [[0, "right"]]],
    ["at the right edge", [mark(290, 50)], [[0, "left"]]],
    [
      "two at one height",
      [mark(100, 50), mark(140, 50)],
      [
        [0, "left"],
        [1, "right"],
      ],
    ],
    [
      "a small mark within a big one",
      [
        { ...mark(100, 50), reach: 40 },
        { ...mark(104, 50, "Libya"), reach: 6 },
      ],
      [[0, "right"]],
    ],
    [
      "too many at one point",
      [mark(100, 50), mark(100, 50), mark(100, 50)],
      [
        [0, "right"],
        [1, "left"],
      ],
    ],
    [
      "too long for either side",
      [
        mark(150, 50, "United Arab Emirates armed forces"),
        mark(150, 50, "United Arab Emirates armed forces"),
      ],
      [
        [0, "below"],
        [1, "above"],
      ],
    ],
    ["without a point", [mark(Number.NaN, 50)], []],
  ] as const)("%s", (_, marks, kept) => {
    expect([
      ...apart(
        marks.map((m) => m),
        300,
      ),
    ]).toEqual(kept);
  });
});

describe("the map's frame", () => {
  it("shows all points in the shape of the screen", () => {
    const frame = frameAround(
      [
        [100, 100],
        [500, 200],
      ],
      2,
    );
    expect(frame.width / frame.height).toBeCloseTo(2);
    expect(frame.x).toBeLessThan(100);
    expect(frame.x + frame.width).toBeGreaterThan(500);
  });

  it("keeps the point under the pointer when it zooms", () => {
    const frame = { x: 100, y: 100, width: 400, height: 200 };
    const near = zoomed(frame, 2, [200, 150]);
    expect((200 - near.x) / near.width).toBeCloseTo((200 - frame.x) / frame.width);
    expect(near.width).toBe(200);
  });

  it("never comes nearer than its least width", () => {
    expect(zoomed({ x: 0, y: 0, width: 30, height: 15 }, 100, [0, 0]).width).toBe(24);
  });
});

describe("a network", () => {
  const node = (id: string) => ({ id, name: id, country: null, sectors: [], acts: 1, receives: 0 });
  const network: Network = {
    level: "country",
    nodes: ["A", "B", "C", "D"].map(node),
    edges: [
      ["A", "B"],
      ["B", "C"],
      ["D", "D"],
    ].map(([source = "", target = ""]) => ({
      source,
      target,
      events: 2,
      classes: {},
      intensity: 0,
      first: "",
      last: "",
    })),
    left_out: 0,
  };

  it("lies within its box, the same each time", () => {
    const placed = laidOut(network, 800, 500);
    for (const { x, y } of placed.values()) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(800);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(500);
    }
    expect(laidOut(network, 800, 500)).toEqual(placed);
  });
});

it.each([
  ["https://example.org/a", true],
  ["http://example.org/a", true],
  ["javascript:alert(1)", false],
  ["data:text/html,x", false],
  ["/relative", false],
  [null, false],
])("%s is a link: %s", (url, linked) => {
  expect(safeUrl(url) !== null).toBe(linked);
});

it.each([
  [-7.5, "−7.5"],
  [10, "+10"],
  [0.04, "0"],
  [0, "0"],
])("%f is written %s", (value, words) => {
  expect(signed(value)).toBe(words);
});
