import type { Edge } from "../api";
import { arc, mood } from "../lib/curves";
import { COARSE } from "../lib/geo";
import { countryName } from "../lib/state";
import { many } from "../lib/words";

const centres = new Map(COARSE.map((country) => [country.code, country.centre]));

/** Lines from country to country, bent to the right of their way, so that both ways are told apart.
 * Mostly conflict: full and orange; mostly cooperation: dashed and blue. */
export function Arcs(props: {
  edges: readonly Edge[];
  scale: number;
  onArc: (edge: Edge) => void;
}) {
  const { edges, scale, onArc } = props;
  return (
    <g class="arcs">
      {edges.map((edge) => {
        const from = centres.get(edge.source);
        const to = centres.get(edge.target);
        if (!from || !to || edge.source === edge.target) return null;
        const words = `${countryName(edge.source)} → ${countryName(edge.target)}: ${many(edge.events, "event")}`;
        const line = arc(from, to);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the actors' view lists the same by keyboard
          <g
            key={`${edge.source} ${edge.target}`}
            class={mood(edge.classes)}
            onClick={() => onArc(edge)}
          >
            <title>{words}</title>
            <path class="touch" d={line} stroke-width={12 * scale} />
            <path
              class="line"
              d={line}
              stroke-width={(1 + Math.sqrt(edge.events)) * scale * 0.8}
              stroke-dasharray={
                mood(edge.classes) === "conflict" ? undefined : `${5 * scale} ${4 * scale}`
              }
            />
            <circle cx={to[0]} cy={to[1]} r={3 * scale} />
          </g>
        );
      })}
    </g>
  );
}
