import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  allBuckets,
  bucketOf,
  daysBetween,
  fittingBucket,
  nextBucket,
  showDays,
  showWhen,
} from "../src/lib/time";

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("1990-01-01", days));
const by = fc.constantFrom("day" as const, "week" as const, "month" as const);

describe("buckets", () => {
  it("hold their days", () => {
    fc.assert(
      fc.property(day, by, (one, length) => {
        const bucket = bucketOf(one, length);
        expect(bucket <= one && one < nextBucket(bucket, length)).toBe(true);
        expect(bucketOf(bucket, length)).toBe(bucket);
      }),
    );
  });

  it("follow one another without a gap", () => {
    expect(allBuckets("2019-01-01", "2019-03-15", "month")).toEqual([
      "2019-01-01",
      "2019-02-01",
      "2019-03-01",
    ]);
    expect(allBuckets("2019-02-25", "2019-03-06", "week")).toEqual(["2019-02-25", "2019-03-04"]);
  });

  it.each([
    ["2019-01-01", "2019-02-01", "day"],
    ["2019-01-01", "2019-12-31", "week"],
    ["2001-01-01", "2019-12-31", "month"],
  ])("%s to %s by %s", (first, last, length) => {
    expect(fittingBucket(first, last)).toBe(length);
  });
});

it("days are counted over changes of the clock", () => {
  fc.assert(
    fc.property(day, fc.nat(900), (one, days) => {
      expect(daysBetween(one, addDays(one, days))).toBe(days);
    }),
  );
});

it.each([
  ["2019-05-06", "2019-05-12", "6–12 May 2019"],
  ["2019-05-30", "2019-06-02", "30 May – 2 Jun 2019"],
  ["2018-12-30", "2019-01-02", "30 Dec 2018 – 2 Jan 2019"],
  ["2019-05-06", "2019-05-06", "6 May 2019"],
])("%s to %s is %s", (start, end, words) => {
  expect(showDays(start, end)).toBe(words);
});

it.each([
  ["year", "2001"],
  ["month", "Mar 2001"],
  ["day", "1–31 Mar 2001"],
])("as exact as %s: %s", (precision, words) => {
  expect(showWhen({ start: "2001-03-01", end: "2001-03-31", precision })).toBe(words);
});
