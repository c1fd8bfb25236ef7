import type { Change } from "../api";
import { signed } from "../lib/words";

const WIDTH = 200;
const EDGE = 8;

function place(value: number, [low, high]: [number, number]): number {
  return EDGE + ((value - low) / (high - low || 1)) * (WIDTH - 2 * EDGE);
}

/** The words over the column of turn marks. */
export function TurnScale({ domain }: { domain: [number, number] }) {
  const zero = place(0, domain);
  return (
    <div class="turn-scale" aria-hidden="true">
      <svg viewBox={`0 0 ${WIDTH} 16`} width={WIDTH} height={16}>
        {zero > 64 && (
          <text x={zero - 6} y={11} text-anchor="end">
            cooperation
          </text>
        )}
        {zero < WIDTH - 50 && (
          <text x={zero + 6} y={11}>
            conflict
          </text>
        )}
        <line x1={zero} x2={zero} y1={2} y2={16} class="zero" />
      </svg>
    </div>
  );
}

/** From the usual tension (a tick) to the present one (a dot), on the scale of all turns. */
export function TurnMark({ item, domain }: { item: Change; domain: [number, number] }) {
  const [from, to, zero] = [item.expected, item.tension, 0].map((value) => place(value, domain));
  return (
    <svg
      class="turn-mark"
      viewBox={`0 0 ${WIDTH} 16`}
      width={WIDTH}
      height={16}
      role="img"
      aria-label={`tension ${signed(item.tension)}, usually ${signed(item.expected)}`}
    >
      <line x1={zero} x2={zero} y1={0} y2={16} class="zero" />
      <line x1={from} x2={to} y1={8} y2={8} class="way" />
      <line x1={from} x2={from} y1={4} y2={12} class="usual" />
      <circle cx={to} cy={8} r={4.5} />
    </svg>
  );
}
