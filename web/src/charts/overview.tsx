import type { Series } from "../api";
import { address } from "../lib/client";
import { filters, go, merged, viewRoute } from "../lib/route";
import { reach, recent, stacked } from "../lib/series";
import { fittingBucket, nextBucket, showMonth, toDate } from "../lib/time";
import { useAnswer } from "../lib/use-answer";
import { CLASS_KEYS } from "../lib/words";
import { Answered } from "../parts/states";
import { useWidth } from "./frame";

const HEIGHT = 96;

/** The whole record as a small diverging bar chart; it leads to the timeline. */
export function Overview() {
  const url = address("series", { ...filters.value, by: "month", split: "quad_class" });
  const answer = useAnswer<Series>(url);
  return (
    <Answered answer={answer} empty={(series) => series.buckets.length === 0}>
      {(series) => <Bars series={recent(series)} />}
    </Answered>
  );
}

function Bars({ series }: { series: Series }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const blocks = stacked(series, "events");
  const { up, down } = reach(blocks);
  const first = series.buckets[0] ?? "";
  const last = series.buckets.at(-1) ?? first;
  const from = toDate(first).getTime();
  const to = toDate(nextBucket(last, "month")).getTime();
  const x = (day: string) => ((toDate(day).getTime() - from) / (to - from)) * width;
  const y = (value: number) => ((up - value) / (up - down || 1)) * HEIGHT;
  return (
    <div ref={box} class="overview">
      <p class="note">
        At most {up} cooperation, {-down} conflict a month
      </p>
      {width > 0 && (
        <button
          type="button"
          class="chart-link"
          aria-label="Open the timeline"
          onClick={() =>
            go({
              ...viewRoute("timeline", { by: fittingBucket(first, last) }),
              filters: merged(filters.value, { since: [first] }),
            })
          }
        >
          <svg viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} aria-hidden="true">
            {blocks.map((block) => (
              <rect
                key={`${block.bucket} ${block.key}`}
                class={CLASS_KEYS[block.key]}
                x={x(block.bucket) + 0.5}
                width={Math.max(1, x(nextBucket(block.bucket, "month")) - x(block.bucket) - 1.5)}
                y={Math.min(y(block.from), y(block.to))}
                height={Math.abs(y(block.from) - y(block.to))}
              />
            ))}
            <line x1={0} x2={width} y1={y(0)} y2={y(0)} class="zero" />
          </svg>
        </button>
      )}
      <p class="note ends">
        <span>{showMonth(first)}</span>
        <span>{showMonth(last)}</span>
      </p>
    </div>
  );
}
