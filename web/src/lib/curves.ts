import type { Classes } from "../api";

/** What most events of a line are. */
export function mood(classes: Classes): "conflict" | "cooperation" {
  const conflict = (classes["verbal conflict"] ?? 0) + (classes["material conflict"] ?? 0);
  const other = (classes["verbal cooperation"] ?? 0) + (classes["material cooperation"] ?? 0);
  return conflict > other ? "conflict" : "cooperation";
}

/** A curve from one point to another, bent to the right. */
export function arc([x1, y1]: [number, number], [x2, y2]: [number, number], bend = 0.18): string {
  const [mx, my] = [(x1 + x2) / 2 + (y1 - y2) * bend, (y1 + y2) / 2 + (x2 - x1) * bend];
  return `M${x1} ${y1}Q${mx} ${my} ${x2} ${y2}`;
}
