import { points, Text } from "./offsets";

/** Words that a reader chooses in a drawn text: with the mouse, or word by word with the arrow keys. */

export interface Chosen {
  start: number;
  end: number;
  text: string;
}

/** The words chosen within a drawn text, in code points of it; null where none are. Each paragraph
 * says in ``data-start`` where it begins. */
export function chosenWords(box: Element, text: Text): Chosen | null {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const start = pointOf(range.startContainer, range.startOffset);
  const end = pointOf(range.endContainer, range.endOffset);
  return start === null || end === null ? null : wholeWords(text, start, end);
}

function pointOf(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const part = element?.closest<HTMLElement>("[data-start]");
  if (!part) return null;
  const before = document.createRange();
  before.setStart(part, 0);
  before.setEnd(node, offset);
  return Number(part.dataset.start) + points(before.toString());
}

const INSIDE = /[\p{L}\p{N}]/u;

/** The range grown to whole words and freed of what stands around them. */
export function wholeWords(text: Text, start: number, end: number): Chosen | null {
  let [from, to] = [start, end];
  const at = (point: number) => INSIDE.test(text.slice(point, point + 1));
  while (from < to && !at(from)) from += 1;
  while (to > from && !at(to - 1)) to -= 1;
  if (from === to) return null;
  while (from > 0 && at(from - 1)) from -= 1;
  while (to < text.length && at(to)) to += 1;
  return { start: from, end: to, text: text.slice(from, to) };
}

const MOST = 25; // words of context on each side

/** The words with as many around them as make them stand once in the text, in braces, as the API asks
 * for a trigger: `Norway {sent} medics`. */
export function quoted(text: Text, { start, end, text: words }: Chosen): string {
  const ahead = text.slice(0, start).split(/(?<=\s)/);
  const behind = text.slice(end, text.length).split(/(?=\s)/);
  for (let around = 0; around <= MOST; around += 1) {
    const before = around === 0 ? "" : ahead.slice(-around).join("");
    const after = behind.slice(0, around).join("");
    if (text.raw.split(before + words + after).length === 2)
      return `${before}{${words}}${after}`.trim();
  }
  return `{${words}}`;
}

type Stretch = Pick<Chosen, "start" | "end">;

const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;

/** The ranges of all words, in code points. */
export function wordsOf(text: Text): Stretch[] {
  let [unit, point] = [0, 0];
  const pointAt = (to: number) => {
    point += points(text.raw.slice(unit, to));
    unit = to;
    return point;
  };
  return [...text.raw.matchAll(WORD)].map((found) => {
    const start = pointAt(found.index);
    return { start, end: pointAt(found.index + found[0].length) };
  });
}

/** The word after or before those chosen; with ``more`` the words chosen grow or shrink at their end. */
export function stepped(
  words: readonly Stretch[],
  chosen: Stretch | null,
  by: 1 | -1,
  more: boolean,
): Stretch | undefined {
  if (chosen === null) return words[0];
  const next = words.find((word) => word.start >= chosen.end);
  if (by === 1) return next && (more ? { start: chosen.start, end: next.end } : next);
  const before = words.findLast((word) => word.end < (more ? chosen.end : chosen.start + 1));
  if (!more) return before;
  return before && before.end > chosen.start ? { start: chosen.start, end: before.end } : chosen;
}

/** Arrow keys in a text: to the word beside, above or below; with Shift to more or fewer words. */
export function moveByKey(event: KeyboardEvent, text: Text): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] as 1 | -1;
  if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const box = event.currentTarget as Element;
  const words = wordsOf(text);
  const chosen = chosenWords(box, text);
  const across = /Left|Right/.test(event.key);
  const to =
    across || chosen === null
      ? stepped(words, chosen, by, event.shiftKey)
      : inNextLine(box, words, chosen, by);
  const range = to && rangeOf(box, to);
  if (!range) return;
  getSelection()?.setBaseAndExtent(
    range.startContainer,
    range.startOffset,
    range.endContainer,
    range.endOffset,
  );
  range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
}

/** The word of the next line, or the one before, that stands nearest below or above. */
function inNextLine(
  box: Element,
  words: readonly Stretch[],
  chosen: Stretch,
  by: 1 | -1,
): Stretch | undefined {
  const here = rangeOf(box, chosen)?.getBoundingClientRect();
  if (!here) return undefined;
  const beyond =
    by === 1
      ? words.filter((word) => word.start >= chosen.end)
      : words.filter((word) => word.end <= chosen.start).reverse();
  let best: { word: Stretch; top: number; away: number } | undefined;
  for (const word of beyond) {
    const spot = rangeOf(box, word)?.getBoundingClientRect();
    if (!spot || (by === 1 ? spot.top < here.bottom - 2 : spot.bottom > here.top + 2)) continue;
    if (best && Math.abs(spot.top - best.top) > spot.height / 2) break;
    const away = Math.abs(spot.left - here.left);
    if (!best || away < best.away) best = { word, top: spot.top, away };
  }
  return best?.word;
}

/** Where a range of code points is drawn. */
function rangeOf(box: Element, { start, end }: Stretch): Range | null {
  const parts = [...box.querySelectorAll<HTMLElement>("[data-start]")];
  const part = parts.findLast((one) => Number(one.dataset.start) <= start);
  if (!part) return null;
  const range = document.createRange();
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  let at = Number(part.dataset.start);
  let begun = false;
  while (walker.nextNode()) {
    const words = new Text(walker.currentNode.textContent ?? "");
    if (!begun && start < at + words.length) {
      range.setStart(walker.currentNode, words.unit(start - at));
      begun = true;
    }
    if (begun && end <= at + words.length) {
      range.setEnd(walker.currentNode, words.unit(end - at));
      return range;
    }
    at += words.length;
  }
  return null;
}
