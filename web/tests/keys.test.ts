import { describe, expect, it, vi } from "vitest";
import { actionOf, addKeys } from "../src/lib/keys";

function press(key: string, target: object = {}, held: object = {}) {
  const event = { key, ctrlKey: false, altKey: false, metaKey: false, target, ...held };
  return actionOf(event as unknown as KeyboardEvent);
}

describe("keys", () => {
  it("ask the latest layer first and fall through", () => {
    const [page, view] = [vi.fn(), vi.fn()];
    const offPage = addKeys({ j: page, "?": page });
    const offView = addKeys({ j: view });
    press("j")?.();
    press("?")?.();
    expect(view).toHaveBeenCalledTimes(1);
    expect(page).toHaveBeenCalledTimes(1);
    offView();
    press("j")?.();
    expect(page).toHaveBeenCalledTimes(2);
    offPage();
    expect(press("j")).toBeNull();
  });

  it.each([
    ["typed into a field", "j", { tagName: "INPUT", type: "text" }, {}],
    ["typed into a choice", "j", { tagName: "SELECT" }, {}],
    ["held with Ctrl", "j", {}, { ctrlKey: true }],
    ["Enter on a link", "Enter", { tagName: "A" }, {}],
  ])("do nothing when %s", (_, key, target, held) => {
    const off = addKeys({ [key]: vi.fn() });
    expect(press(key, target, held)).toBeNull();
    off();
  });

  it("Escape counts in a field, letters on a checkbox", () => {
    const off = addKeys({ Escape: vi.fn(), x: vi.fn() });
    expect(press("Escape", { tagName: "INPUT", type: "text" })).not.toBeNull();
    expect(press("x", { tagName: "INPUT", type: "checkbox" })).not.toBeNull();
    off();
  });
});
