import type { Classes } from "../api";

/** Cooperation as a half disc upwards, conflict downwards; the deeds among them as an inner, darker
 * one. Areas are numbers of events. ``vague``: the outline is dashed. */
export function HalfDiscs(props: { classes: Classes; unit: number; vague: boolean }) {
  const { classes, unit, vague } = props;
  const of = (key: keyof Classes) => classes[key] ?? 0;
  const up = of("verbal cooperation") + of("material cooperation");
  const down = of("verbal conflict") + of("material conflict");
  return (
    <g class={`discs${vague ? " vague" : ""}`}>
      <path class="vcoop" d={half(up, unit, -1)} />
      <path class="mcoop" d={half(of("material cooperation"), unit, -1)} />
      <path class="vconf" d={half(down, unit, 1)} />
      <path class="mconf" d={half(of("material conflict"), unit, 1)} />
      <path class="edge" d={half(up, unit, -1) + half(down, unit, 1)} />
    </g>
  );
}

function half(events: number, unit: number, way: 1 | -1): string {
  if (events === 0) return "";
  const r = Math.sqrt(events) * unit;
  return `M${-r} 0A${r} ${r} 0 0 ${way === -1 ? 1 : 0} ${r} 0Z`;
}
