import { describe, expect, it } from "vitest";
import { Text } from "../src/lib/offsets";
import { quoted, stepped, wholeWords, wordsOf } from "../src/lib/selecting";

const text = new Text("🚢 Norway sent medics. Sudan's army sent guards; Norway sent 2,000 tents.");
const slice = (range: { start: number; end: number } | null | undefined) =>
  range ? text.slice(range.start, range.end) : range;
const words = wordsOf(text);

function found(word: string, nth = 0) {
  const range = words.filter((one) => slice(one) === word)[nth];
  if (!range) throw new Error(word);
  return { ...range, text: word };
}

describe("words chosen", () => {
  it("are counted in code points", () => {
    expect(words.slice(0, 5).map(slice)).toEqual(["Norway", "sent", "medics", "Sudan's", "army"]);
    expect(words[0]).toEqual({ start: 2, end: 8 });
  });

  it.each([
    ["a part of a word", 9, 11, "sent"],
    ["a word with what stands around it", 8, 22, "sent medics"],
    ["only what stands between", 21, 22, null],
    ["an end in the word after", 14, 26, "medics. Sudan"],
  ])("grow to whole words: %s", (_, start, end, whole) => {
    expect(wholeWords(text, start, end)?.text ?? null).toBe(whole);
  });

  it.each([
    ["to the next", found("sent"), 1, false, "medics"],
    ["to the one before", found("medics"), -1, false, "sent"],
    ["to one more", found("sent"), 1, true, "sent medics"],
    ["to one less", { start: 9, end: 20 }, -1, true, "sent"],
    ["to no less than one", found("sent"), -1, true, "sent"],
    ["from nothing", null, 1, false, "Norway"],
    ["before the first", found("Norway"), -1, false, undefined],
    ["beyond the last", found("tents"), 1, false, undefined],
  ] as const)("are moved by keys: %s", (_, chosen, by, more, to) => {
    expect(slice(stepped(words, chosen, by, more))).toBe(to);
  });

  it.each([
    ["that stand once", found("medics"), "{medics}"],
    ["that stand thrice", found("sent"), "Norway {sent} medics."],
    ["that stand twice", found("Norway", 1), "guards; {Norway} sent"],
  ] as const)("are quoted with what tells them apart: words %s", (_, chosen, quote) => {
    const asked = quoted(text, chosen);
    expect(asked).toBe(quote);
    expect(text.raw.split(asked.replace(/[{}]/g, ""))).toHaveLength(2);
  });
});
