import { useEffect, useMemo, useState } from "preact/hooks";
import type { Edge, Network, NetworkNode } from "../api";
import { arc, mood } from "../lib/curves";
import { type Frame, zoomed } from "../lib/frames";
import { apart, placeOf, type Side } from "../lib/labels";
import { laidOut, type Placed } from "../lib/layout";
import { many } from "../lib/words";
import { useWidth } from "./frame";
import { useHand, ZoomButtons } from "./hand";

const BEND = 0.12;

interface Props {
  network: Network;
  onNode: (node: NetworkNode) => void;
  onEdge: (edge: Edge) => void;
}

/** Who acts toward whom. Lines bend to the right of their way and end in an arrow: full and orange for
 * mostly conflict, dashed and blue for mostly cooperation. */
export function Graph({ network, onNode, onEdge }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const height = Math.max(420, Math.min(600, width * 0.7));
  const [near, setNear] = useState<string | null>(null);
  const { placed, hand, zoomBy, fit } = usePlane(network, width, height);
  const all = [...placed.values()].sort((a, b) => b.radius - a.radius);
  const named = apart(
    all.map(({ x, y, radius, node }) => ({ x, y, reach: radius, text: node.name })),
    width,
  );
  const thickness = thicknessOf(network.edges);
  const touches = (edge: Edge) => near === null || edge.source === near || edge.target === near;
  return (
    <div class="graph" ref={box}>
      {width > 0 && (
        <svg
          class="network"
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="group"
          aria-label="Network of actors. The table says the same."
          {...hand}
        >
          <g class="edges">
            {network.edges.map((edge) => (
              <Tie
                key={`${edge.source} ${edge.target}`}
                edge={edge}
                from={placed.get(edge.source)}
                to={placed.get(edge.target)}
                thick={thickness(edge)}
                faint={!touches(edge)}
                onOpen={() => onEdge(edge)}
              />
            ))}
          </g>
          {all.map((one, at) => (
            <Knot
              key={one.node.id}
              placed={one}
              side={named.get(at) ?? (near === one.node.id ? "right" : undefined)}
              onNear={setNear}
              onOpen={() => onNode(one.node)}
            />
          ))}
        </svg>
      )}
      <ZoomButtons onZoom={zoomBy} onFit={fit} />
    </div>
  );
}

/** Where the nodes stand on the screen, and the hand that drags and zooms them. */
function usePlane(network: Network, width: number, height: number) {
  const laid = useMemo(
    () => (width > 0 ? laidOut(network, width, height) : new Map<string, Placed>()),
    [network, width, height],
  );
  const [zoom, setZoom] = useState<Frame | null>(null);
  useEffect(() => setZoom(null), [network, width]);
  const frame = zoom ?? { x: 0, y: 0, width, height };
  const limits: [number, number] = [width / 8, width];
  const scale = frame.width / (width || 1); // of the layout's plane a pixel
  const middle: [number, number] = [frame.x + frame.width / 2, frame.y + frame.height / 2];
  return {
    placed: useMemo(() => seen(laid, frame, scale), [laid, frame.x, frame.y, scale]),
    hand: useHand(frame, scale, setZoom, limits),
    zoomBy: (factor: number) => setZoom(zoomed(frame, factor, middle, limits)),
    fit: () => setZoom(null),
  };
}

/** The nodes as they stand on the screen: zooming spreads them and leaves their size. */
function seen(laid: Map<string, Placed>, frame: Frame, scale: number): Map<string, Placed> {
  return new Map(
    [...laid].map(([key, one]) => [
      key,
      { ...one, x: (one.x - frame.x) / scale, y: (one.y - frame.y) / scale },
    ]),
  );
}

/** Width of a line: in proportion to its events, thinner throughout where there are many. */
function thicknessOf(edges: readonly Edge[]): (edge: Edge) => number {
  const most = Math.max(1, ...edges.filter((e) => e.source !== e.target).map((e) => e.events));
  const [least, widest] = edges.length > 150 ? [0.75, 3] : [1.25, 7];
  return (edge) => Math.max(least, (widest * edge.events) / most);
}

function Tie(props: {
  edge: Edge;
  from: Placed | undefined;
  to: Placed | undefined;
  thick: number;
  faint: boolean;
  onOpen: () => void;
}) {
  const { edge, from, to, thick, faint, onOpen } = props;
  if (!from || !to || from === to) return null;
  const line = arc([from.x, from.y], [to.x, to.y], BEND);
  const look = mood(edge.classes);
  const words = `${from.node.name} → ${to.node.name}: ${many(edge.events, "event")}, mostly ${look}`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the table lists the same by keyboard
    <g class={`${look}${faint ? " faint" : ""}`} onClick={onOpen}>
      <title>{words}</title>
      <path class="touch" d={line} stroke-width={12} />
      <path
        class="line"
        d={line}
        stroke-width={thick}
        stroke-dasharray={look === "conflict" ? undefined : "5 4"}
      />
      <path class="head" d={head(from, to, 4 + thick)} />
    </g>
  );
}

/** An arrow's head at the edge of the node that a line leads to. */
function head(from: Placed, to: Placed, size: number): string {
  const middle = {
    x: (from.x + to.x) / 2 + (from.y - to.y) * BEND,
    y: (from.y + to.y) / 2 + (to.x - from.x) * BEND,
  };
  const length = Math.hypot(to.x - middle.x, to.y - middle.y) || 1;
  const [ux, uy] = [(to.x - middle.x) / length, (to.y - middle.y) / length];
  const [tx, ty] = [to.x - ux * (to.radius + 1), to.y - uy * (to.radius + 1)];
  const [bx, by] = [tx - ux * size, ty - uy * size];
  const wide = size / 2.2;
  return `M${tx} ${ty}L${bx - uy * wide} ${by + ux * wide}L${bx + uy * wide} ${by - ux * wide}Z`;
}

function Knot(props: {
  placed: Placed;
  side: Side | undefined;
  onNear: (id: string | null) => void;
  onOpen: () => void;
}) {
  const { placed, side, onNear, onOpen } = props;
  const { node, x, y, radius } = placed;
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onOpen();
  };
  const words = `${node.name}: acts ${node.acts} times, is acted on ${node.receives} times`;
  return (
    <g
      class="knot"
      role="button"
      tabindex={0}
      aria-label={words}
      onClick={onOpen}
      onKeyDown={press}
      onPointerEnter={() => onNear(node.id)}
      onPointerLeave={() => onNear(null)}
      onFocus={() => onNear(node.id)}
      onBlur={() => onNear(null)}
    >
      <title>{words}</title>
      <circle cx={x} cy={y} r={radius} />
      {side && <text {...placeOf(side, x, y, radius)}>{node.name}</text>}
    </g>
  );
}
