/** Keys of the page: one handler for each, views lay theirs over the page's while they are shown. */

export type Keys = Record<string, () => void>;

const layers: Keys[] = [];

/** Adds keys until the returned function is called. The latest added is asked first. */
export function addKeys(keys: Keys): () => void {
  layers.push(keys);
  return () => {
    const at = layers.lastIndexOf(keys);
    if (at >= 0) layers.splice(at, 1);
  };
}

/** What a key does now. Keys that are typed into a field, or held with Ctrl, Alt or Meta, do nothing
 * here; Escape always counts. */
export function actionOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "target">,
): (() => void) | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  if (isTyping(event.target) && event.key !== "Escape") return null;
  if (event.key === "Enter" && isPressable(event.target)) return null;
  for (const layer of [...layers].reverse()) {
    const action = layer[event.key];
    if (action) return action;
  }
  return null;
}

export function listen(): void {
  addEventListener("keydown", (event) => {
    const action = event.defaultPrevented ? null : actionOf(event);
    if (action === null) return;
    event.preventDefault();
    action();
  });
}

function isTyping(target: EventTarget | null): boolean {
  const tag = (target as HTMLElement | null)?.tagName ?? "";
  const kind = (target as HTMLInputElement | null)?.type ?? "";
  return (
    tag === "TEXTAREA" || tag === "SELECT" || (tag === "INPUT" && !/checkbox|radio/.test(kind))
  );
}

function isPressable(target: EventTarget | null): boolean {
  return /^(A|BUTTON|SUMMARY)$/.test((target as HTMLElement | null)?.tagName ?? "");
}
