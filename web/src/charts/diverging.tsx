import { nice, ticks } from "d3-array";
import { useState } from "preact/hooks";
import type { QuadClass, Series } from "../api";
import { type Filters, route } from "../lib/route";
import {
  type Block,
  CLASSES,
  DOWN,
  type Measure,
  outlines,
  reach,
  stacked,
  UP,
} from "../lib/series";
import { allBuckets, bucketOf, nextBucket, showBucket } from "../lib/time";
import { CLASS_KEYS } from "../lib/words";
import { ClassSign } from "../parts/event-line";
import { across, TimeTicks } from "./axis";
import { useWidth } from "./frame";

const HEIGHT = 400;
const TOP = 24;
const BOTTOM = HEIGHT - 24;
const LEFT = 40;

export interface Drawn {
  series: Series;
  first: string;
  last: string;
  measure: Measure;
  onOpen: (bucket: string, extra?: Filters) => void;
}

/** Bars up for cooperation and down for conflict. Arrow keys walk over the bars, Enter opens one. */
export function Diverging({ series, first, last, measure, onOpen }: Drawn) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [pointed, setAt] = useState<string | null>(null);
  const at = pointed ?? openBucket(series);
  const { by } = series;
  const buckets = allBuckets(bucketOf(first, by), bucketOf(last, by), by);
  const blocks = stacked(series, measure);
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      const from =
        at === null ? (step > 0 ? -1 : series.buckets.length) : series.buckets.indexOf(at);
      const to = Math.max(0, Math.min(series.buckets.length - 1, from + step));
      setAt(series.buckets[to] ?? null);
    } else if (event.key === "Enter" && at) onOpen(at);
    else return;
    event.preventDefault();
  };
  return (
    <div class="chart" ref={box}>
      <Legend blocks={blocks} bucket={at} series={series} />
      {width > 0 && (
        <svg
          class="timeline"
          viewBox={`0 0 ${width} ${HEIGHT}`}
          width={width}
          height={HEIGHT}
          role="application"
          aria-roledescription="bar chart"
          aria-label={`Events by ${by}: arrow keys walk over the bars, Enter opens one. The table says the same.`}
          tabindex={0}
          onKeyDown={walk}
          onPointerLeave={() => setAt(null)}
        >
          <Bars {...{ blocks, buckets, by, width, at }} onAt={setAt} onOpen={onOpen} />
        </svg>
      )}
      <p class="unseen" role="status">
        {at && said(blocks, at, series)}
      </p>
    </div>
  );
}

/** The bucket whose events are open beside the chart. */
function openBucket(series: Series): string | null {
  const opened = route.value.selection?.bucket?.[0];
  return series.buckets.find((bucket) => `${series.by}.${bucket}` === opened) ?? null;
}

function Bars(props: {
  blocks: readonly Block[];
  buckets: readonly string[];
  by: Series["by"];
  width: number;
  at: string | null;
  onAt: (bucket: string) => void;
  onOpen: Drawn["onOpen"];
}) {
  const { blocks, buckets, by, width, at, onAt, onOpen } = props;
  const { up, down } = reach(blocks);
  const [low, high] = nice(down, up, 6);
  const y = (value: number) => TOP + ((high - value) / (high - low || 1)) * (BOTTOM - TOP);
  const axis = across(buckets[0] ?? "", buckets.at(-1) ?? "", by, LEFT, width - 8);
  const wide = (bucket: string) => axis.x(nextBucket(bucket, by)) - axis.x(bucket);
  const gap = (bucket: string) => Math.min(2, wide(bucket) / 5);
  const bars = outlines(blocks, ({ bucket, from, to }) => [
    axis.x(bucket) + gap(bucket) / 2,
    Math.max(1, wide(bucket) - gap(bucket)),
    Math.min(y(from), y(to)),
    Math.abs(y(from) - y(to)),
  ]);
  return (
    <>
      <TimeTicks across={axis} top={TOP} bottom={BOTTOM} />
      {ticks(low, high, 6).map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} class="grid" />
          <text x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
            {Math.abs(tick)}
          </text>
        </g>
      ))}
      {at && <rect class="at" x={axis.x(at)} width={wide(at)} y={TOP} height={BOTTOM - TOP} />}
      {bars.map(({ key, d }) => (
        <path key={key} class={CLASS_KEYS[key]} d={d} />
      ))}
      <line x1={LEFT} x2={width} y1={y(0)} y2={y(0)} class="zero" />
      {buckets.map((bucket) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the chart takes the keys for all bars
        <rect
          key={bucket}
          class="catch"
          x={axis.x(bucket)}
          width={wide(bucket)}
          y={TOP}
          height={BOTTOM - TOP}
          onPointerEnter={() => onAt(bucket)}
          onClick={() => onOpen(bucket)}
        />
      ))}
    </>
  );
}

/** What the colours mean, and how many the bar under the pointer has of each. */
function Legend(props: { blocks: readonly Block[]; bucket: string | null; series: Series }) {
  const { blocks, bucket, series } = props;
  const count = (key: QuadClass) =>
    blocks.find((block) => block.bucket === bucket && block.key === key)?.events ?? 0;
  return (
    <div class="legend">
      {[...UP]
        .reverse()
        .concat(DOWN)
        .map((key) => (
          <span key={key}>
            <i class={`swatch ${CLASS_KEYS[key]}`} /> <ClassSign of={key} named /> {key}
            {bucket && <b class="figure"> {count(key)}</b>}
          </span>
        ))}
      <span class="when">{bucket ? showBucket(bucket, series.by) : ""}</span>
    </div>
  );
}

function said(blocks: readonly Block[], bucket: string, series: Series): string {
  const here = blocks.filter((block) => block.bucket === bucket);
  const parts = CLASSES.flatMap((key) => {
    const block = here.find((one) => one.key === key);
    return block ? [`${block.events} ${key}`] : [];
  });
  return `${showBucket(bucket, series.by)}: ${parts.join(", ") || "no event"}`;
}
