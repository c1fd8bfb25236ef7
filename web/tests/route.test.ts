import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FILTERS,
  type Filters,
  merged,
  OPTIONS,
  type Options,
  parseRoute,
  routeAddress,
  VIEWS,
  withFilters,
} from "../src/lib/route";

const word = fc
  .string({ unit: "binary", minLength: 1, maxLength: 12 })
  .filter((s) => s.isWellFormed());
const filters: fc.Arbitrary<Filters> = fc.dictionary(
  fc.constantFrom(...FILTERS),
  fc.array(word, { minLength: 1, maxLength: 3 }),
  { noNullPrototype: true },
);
const options: fc.Arbitrary<Options> = fc.dictionary(fc.constantFrom(...OPTIONS), word, {
  noNullPrototype: true,
});

function parse(address: string) {
  const url = new URL(address, "http://localhost");
  return parseRoute(url.pathname, url.search);
}

describe("the address", () => {
  it("holds the whole state", () => {
    fc.assert(
      fc.property(fc.constantFrom(...VIEWS), filters, options, filters, (view, set, opts, open) => {
        const selection = Object.keys(open).length > 0 ? open : null;
        const state = { view, filters: set, options: opts, selection };
        expect(parse(routeAddress(state))).toEqual(state);
      }),
    );
  });

  it.each([
    ["/", { view: "now", filters: {}, options: {}, selection: null }],
    ["/nowhere?foo=1&type=", { view: "now", filters: {}, options: {}, selection: null }],
    [
      "/map/?type=AID&type=ASSAULT&in.place=7",
      {
        view: "map",
        filters: { type: ["AID", "ASSAULT"] },
        options: {},
        selection: { place: ["7"] },
      },
    ],
  ])("%s is read", (address, state) => {
    expect(parse(address)).toEqual(state);
  });
});

describe("filters over filters", () => {
  it("an empty list takes a filter away, a set one wins", () => {
    const under = { type: ["AID"], country: ["LBY"] };
    expect(merged(under, { type: [], country: ["SDN"] })).toEqual({ country: ["SDN"] });
    expect(merged(under, {})).toEqual(under);
  });

  it("closing: other filters close the evidence", () => {
    const state = parse("/map?in.place=7");
    expect(withFilters({ type: ["AID"] }, state).selection).toBeNull();
  });
});
