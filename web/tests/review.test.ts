import { describe, expect, it, vi } from "vitest";

vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => {} });

const { changesOf, draftOf, holding, rejections } = await import("../src/lib/review");
const { event, judgement } = await import("./samples");

describe("a correction", () => {
  const before = draftOf(event);

  it("starts with the fields as they are typed", () => {
    expect(before).toMatchObject({ actors: "Norway [NOR]", date: "2019-05-03", place: "Khartoum" });
  });

  it.each([
    [{}, {}],
    [{ actors: " Norway [NOR] " }, {}],
    [{ event_type: "COOPERATE" }, { event_type: "COOPERATE" }],
    [{ place: " " }, { place: null }],
    [{ recipients: "the medics" }, { recipients: "the medics" }],
  ])("%o sends %o", (typed, sent) => {
    expect(changesOf(before, { ...before, ...typed })).toEqual(sent);
  });
});

describe("the judgement that holds", () => {
  const first = judgement("1", { verdict: "reject" });
  const second = judgement("2", { verdict: "confirm" });

  it.each([
    ["none", [], undefined],
    ["the latest", [first, second], "2"],
    [
      "the one before, once the latest is undone",
      [first, second, judgement("3", { verdict: "undo", undoes: "2" })],
      "1",
    ],
  ])("%s", (_, all, id) => {
    expect(holding(all)?.id).toBe(id);
  });

  it("of each event, where it rejects; whatever the order of the list", () => {
    const other = judgement("4", { verdict: "reject", event_id: "e2" });
    expect(rejections([other, second, first]).map((one) => one.id)).toEqual(["4"]);
    expect(rejections([first]).map((one) => one.id)).toEqual(["1"]);
  });
});
