import { useMemo, useState } from "preact/hooks";
import type { Days, Series } from "../api";
import { outlines, reach, stacked } from "../lib/series";
import { addDays, nextBucket, showDays, showMonth } from "../lib/time";
import { CLASS_KEYS } from "../lib/words";
import { across, dayAt } from "./axis";
import { useWidth } from "./frame";

const HEIGHT = 64;
const LEFT = 40;
const LEAST = 4; // pixels: less is a click, which zooms out of nothing

/** The bars as paths, and where the line between up and down stands. */
function drawn(series: Series, x: (day: string) => number) {
  const blocks = stacked(series, "events");
  const { up, down } = reach(blocks);
  const y = (value: number) => ((up - value) / (up - down || 1)) * (HEIGHT - 18);
  const bars = outlines(blocks, ({ bucket, from, to }) => {
    const left = x(bucket);
    const width = Math.max(1, x(nextBucket(bucket, series.by)) - left - 0.5);
    return [left, width, Math.min(y(from), y(to)), Math.abs(y(from) - y(to))];
  });
  return { bars, zero: y(0) };
}

/** The record in small. Dragging chooses a stretch; the arrow keys move the one that is chosen. */
export function Brush(props: {
  series: Series;
  window: Days | null;
  onZoom: (from: string, to: string) => void;
}) {
  const { series, window, onZoom } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const first = series.buckets[0] ?? "";
  const last = series.buckets.at(-1) ?? first;
  const end = nextBucket(last, series.by);
  const right = Math.max(LEFT + 1, width - 8);
  const { x } = across(first, last, series.by, LEFT, right);
  const { bars, zero } = useMemo(() => drawn(series, x), [series, right]);
  const here = (event: PointerEvent) =>
    Math.max(
      LEFT,
      Math.min(right, event.clientX - (box.current?.getBoundingClientRect().left ?? 0)),
    );
  const release = () => {
    if (drag && Math.abs(drag[1] - drag[0]) >= LEAST) {
      const [from, to] = [...drag]
        .sort((a, b) => a - b)
        .map((at) => dayAt(at, first, end, LEFT, right));
      if (from && to) onZoom(from, to);
    }
    setDrag(null);
  };
  const shown = drag ?? (window && [x(window.start), x(addDays(window.end, 1))]);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -7, ArrowRight: 7 }[event.key];
    if (!step || !window) return;
    event.preventDefault();
    onZoom(addDays(window.start, step), addDays(window.end, step));
  };
  return (
    <div ref={box} class="brush">
      {width > 0 && (
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          width={width}
          height={HEIGHT}
          tabindex={0}
          role="application"
          aria-label={`Period: ${window ? showDays(window.start, window.end) : "whole record"}. Drag to choose; arrow keys move it by a week; the Period filter takes dates.`}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            setDrag([here(event), here(event)]);
          }}
          onPointerMove={(event) => drag && setDrag([drag[0], here(event)])}
          onPointerUp={release}
          onKeyDown={move}
        >
          {bars.map(({ key, d }) => (
            <path key={key} class={CLASS_KEYS[key]} d={d} />
          ))}
          <line x1={LEFT} x2={right} y1={zero} y2={zero} class="zero" />
          {shown && (
            <rect
              class="chosen"
              x={Math.max(LEFT, Math.min(...shown))}
              width={Math.abs(Math.min(shown[1] ?? 0, right) - Math.max(LEFT, shown[0] ?? 0))}
              y={0}
              height={HEIGHT - 16}
            />
          )}
          <text x={LEFT} y={HEIGHT - 3}>
            {showMonth(first)}
          </text>
          <text x={right} y={HEIGHT - 3} text-anchor="end">
            {showMonth(last)}
          </text>
        </svg>
      )}
    </div>
  );
}
