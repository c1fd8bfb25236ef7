import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";
import type { Network, NetworkNode } from "../api";

export interface Placed {
  node: NetworkNode;
  x: number;
  y: number;
  radius: number;
}

interface Body extends SimulationNodeDatum {
  node: NetworkNode;
  radius: number;
}

const TICKS = 240;
const ROOM = 56; // pixels at the sides, for labels

/** Places the nodes of a network in a box: who acts toward one another stands close. The same network
 * gets the same picture each time. */
export function laidOut(network: Network, width: number, height: number): Map<string, Placed> {
  const most = Math.max(1, ...network.nodes.map(weight));
  const biggest = Math.max(6, Math.min(16, 16 * Math.sqrt(40 / network.nodes.length)));
  const bodies: Body[] = network.nodes.map((node) => ({
    node,
    radius: 4 + biggest * Math.sqrt(weight(node) / most),
  }));
  const links = network.edges
    .filter((edge) => edge.source !== edge.target)
    .map(({ source, target, events }) => ({ source, target, events }));
  forceSimulation(bodies)
    .force(
      "link",
      forceLink<Body, (typeof links)[number]>(links)
        .id((body) => body.node.id)
        .distance(90)
        .strength((link) => Math.min(0.6, 0.15 + link.events / 40)),
    )
    .force("charge", forceManyBody().strength(-320))
    .force("x", forceX().strength(0.06))
    .force("y", forceY().strength((0.06 * width) / height))
    .force(
      "collide",
      forceCollide<Body>((body) => body.radius + 10),
    )
    .stop()
    .tick(TICKS);
  return fitted(bodies, width, height);
}

function weight(node: NetworkNode): number {
  return node.acts + node.receives;
}

function fitted(bodies: readonly Body[], width: number, height: number): Map<string, Placed> {
  const xs = bodies.map((body) => body.x ?? 0);
  const ys = bodies.map((body) => body.y ?? 0);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const across = Math.max(1, Math.max(...xs) - left);
  const down = Math.max(1, Math.max(...ys) - top);
  const side = Math.min(ROOM, width / 8);
  return new Map(
    bodies.map(({ node, radius, x = 0, y = 0 }) => [
      node.id,
      {
        node,
        radius,
        x: side + ((x - left) / across) * (width - 2.6 * side),
        y: 28 + ((y - top) / down) * (height - 56),
      },
    ]),
  );
}
