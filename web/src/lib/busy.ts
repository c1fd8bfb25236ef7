import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

/** How many parts of the page still wait for what they shall show. */
export const waiting = signal(0);

/** Counts the calling component among those that wait, as long as it says so. It is told in the same
 * turn in which the answer is drawn, so that at zero everything is drawn. */
export function useWaiting(now: boolean): void {
  useLayoutEffect(() => {
    if (!now) return;
    waiting.value += 1;
    return () => {
      waiting.value -= 1;
    };
  }, [now]);
}
