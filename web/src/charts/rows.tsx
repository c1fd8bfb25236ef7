import { Fragment } from "preact";
import { amount } from "../lib/series";
import { about } from "../lib/state";
import { allBuckets, bucketOf, nextBucket, showBucket } from "../lib/time";
import { CLASS_KEYS, many, typeName } from "../lib/words";
import { across, TimeTicks } from "./axis";
import type { Drawn } from "./diverging";
import { useWidth } from "./frame";

const ROW = 32;
const LEFT = 104;
const TOP = 4;

/** A row of bars for each event type, most cooperative first, all on one scale. */
export function Rows({ series, first, last, measure, onOpen }: Drawn) {
  const [box, width] = useWidth<HTMLDivElement>();
  const types = Object.keys(about.value?.types ?? {});
  const lines = series.lines
    .map((line, at) => ({ line, at }))
    .sort((a, b) => types.indexOf(a.line.key) - types.indexOf(b.line.key));
  const { by } = series;
  const buckets = allBuckets(bucketOf(first, by), bucketOf(last, by), by);
  const most = Math.max(
    1,
    ...lines.flatMap(({ at }) => series.buckets.map((_, b) => amount(series, at, b, measure))),
  );
  const axis = across(buckets[0] ?? "", buckets.at(-1) ?? "", by, LEFT, width - 40);
  const bottom = TOP + lines.length * ROW;
  const tall = (value: number) => (value / most) * (ROW - 6);
  return (
    <div class="chart" ref={box}>
      {width > 0 && (
        <svg
          class="timeline rows"
          viewBox={`0 0 ${width} ${bottom + 24}`}
          width={width}
          height={bottom + 24}
          role="img"
          aria-label="Events of each type over time. The table says the same."
        >
          <TimeTicks across={axis} top={TOP} bottom={bottom} />
          {lines.map(({ line, at }, row) => {
            const base = TOP + (row + 1) * ROW;
            const look = CLASS_KEYS[about.value?.types[line.key] ?? "verbal cooperation"];
            return (
              <Fragment key={line.key}>
                <text x={0} y={base - 6} class="name">
                  {typeName(line.key)}
                </text>
                <line x1={LEFT} x2={width - 40} y1={base} y2={base} class="grid" />
                {series.buckets.map((bucket, b) => {
                  const size = tall(amount(series, at, b, measure));
                  const wide = axis.x(nextBucket(bucket, by)) - axis.x(bucket);
                  if ((line.counts[b] ?? 0) === 0) return null;
                  return (
                    // biome-ignore lint/a11y/noStaticElementInteractions: the table does it by keyboard
                    <rect
                      key={bucket}
                      class={`${look} open`}
                      x={axis.x(bucket) + 0.5}
                      width={Math.max(1, wide - 1)}
                      y={base - Math.max(size, 1)}
                      height={Math.max(size, 1)}
                      onClick={() => onOpen(bucket, { type: [line.key] })}
                    >
                      <title>
                        {`${showBucket(bucket, by)}: ${many(line.counts[b] ?? 0, "event")}`}
                      </title>
                    </rect>
                  );
                })}
                <text x={width} y={base - 6} text-anchor="end">
                  {line.counts.reduce((sum, one) => sum + one, 0)}
                </text>
              </Fragment>
            );
          })}
        </svg>
      )}
    </div>
  );
}
