import type { By, Series } from "../api";
import { Brush } from "../charts/brush";
import { Diverging } from "../charts/diverging";
import { Rows } from "../charts/rows";
import { address } from "../lib/client";
import {
  type Filters,
  filters,
  go,
  merged,
  oneOf,
  route,
  withFilters,
  withOptions,
  withSelection,
} from "../lib/route";
import { CLASSES, type Measure, recent, within } from "../lib/series";
import { about } from "../lib/state";
import { fittingBucket, showBucket, showMonth } from "../lib/time";
import { type Answer, useAnswer } from "../lib/use-answer";
import { many, typeName } from "../lib/words";
import { DataTable } from "../parts/data-table";
import { Answered } from "../parts/states";
import { Switch } from "../parts/switch";
import { ViewHead } from "../parts/view-head";

const BYS = ["day", "week", "month"] as const;
const SPLITS = ["quad_class", "type"] as const;
const MEASURES = ["events", "intensity"] as const;

/** Events over time: cooperation above the line, conflict below, or a row for each type. */
export default function Timeline() {
  const { options } = route.value;
  const set = filters.value;
  const whole = useAnswer<Series>(
    address("series", {
      ...merged(set, { since: [], until: [] }),
      by: "week",
      split: "quad_class",
    }),
  );
  const first = set.since?.[0] ?? (whole.data ? recent(whole.data).buckets[0] : undefined);
  const last = set.until?.[0] ?? about.value?.record_end ?? first;
  const fitting = first && last ? fittingBucket(first, last) : "week";
  const by = oneOf(options.by, BYS, fitting);
  const split = oneOf(options.split, SPLITS, "quad_class");
  const measure = oneOf(options.measure, MEASURES, "events");
  const asked = merged(set, first ? { since: [first] } : {});
  const answer = useAnswer<Series>(whole.data && address("series", { ...asked, by, split }));
  const table = options.shape === "table";
  return (
    <>
      <ViewHead
        title={measure === "events" ? `Events by ${by}` : `Intensity by ${by}`}
        note="Cooperation above, conflict below. Choose a bar for its sentences; drag the strip to zoom."
        chart="svg.timeline"
      >
        <Switch
          label="Bars"
          value={by}
          onPick={(to) => go(withOptions({ by: to }))}
          choices={[
            ["day", "Day"],
            ["week", "Week"],
            ["month", "Month"],
          ]}
        />
        <Switch
          label="Split"
          value={split}
          onPick={(to) => go(withOptions({ split: to }))}
          choices={[
            ["quad_class", "Classes"],
            ["type", "Types"],
          ]}
        />
        <Switch
          label="Measure"
          value={measure}
          onPick={(to) => go(withOptions({ measure: to }))}
          choices={[
            ["events", "Count"],
            ["intensity", "Intensity"],
          ]}
        />
        <Switch
          label="Shape"
          value={table ? "table" : "chart"}
          onPick={(to) => go(withOptions({ shape: to === "table" ? to : undefined }))}
          choices={[
            ["chart", "Chart"],
            ["table", "Table"],
          ]}
        />
      </ViewHead>
      <Answered answer={first || whole.error ? answerOf(answer, whole) : whole} empty={isEmpty}>
        {(series) =>
          table ? (
            <SeriesTable series={series} />
          ) : (
            <Chart series={series} first={first ?? ""} last={last ?? ""} measure={measure} />
          )
        }
      </Answered>
      {whole.data && first && last && (
        <Strip series={recent(whole.data)} whole={whole.data} first={first} last={last} />
      )}
    </>
  );
}

/** The fault of the first question counts for both. */
function answerOf(answer: Answer<Series>, whole: Answer<Series>): Answer<Series> {
  return whole.error ? whole : answer;
}

function isEmpty(series: Series): boolean {
  return series.buckets.length === 0;
}

function openBucket(by: By, bucket: string, extra: Filters = {}): void {
  go(withSelection({ bucket: [`${by}.${bucket}`], ...extra }));
}

function Chart(props: { series: Series; first: string; last: string; measure: Measure }) {
  const { series, first, last, measure } = props;
  const open = (bucket: string, extra?: Filters) => openBucket(series.by, bucket, extra);
  const drawn = { series: within(series, first, last), first, last, measure, onOpen: open };
  return (
    <>
      {series.split === "type" ? <Rows {...drawn} /> : <Diverging {...drawn} />}
      {series.left_out > 0 && (
        <p class="note">
          {many(series.left_out, "event")} whose date is less exact than a {series.by} stand in no
          bar.
        </p>
      )}
    </>
  );
}

/** The whole record in small; a stretch of it becomes the period. */
function Strip(props: { series: Series; whole: Series; first: string; last: string }) {
  const { series, whole, first, last } = props;
  const { since, until } = filters.value;
  const before = whole.buckets.length - series.buckets.length;
  const zoom = (from: string, to: string) => go(withFilters({ since: [from], until: [to] }));
  return (
    <div class="strip">
      <Brush
        series={series}
        window={since || until ? { start: first, end: last } : null}
        onZoom={zoom}
      />
      <p class="note actions">
        {(since || until) && (
          <button
            type="button"
            class="plain"
            onClick={() => go(withFilters({ since: [], until: [] }))}
          >
            Whole record
          </button>
        )}
        {before > 0 && (
          <button
            type="button"
            class="plain"
            onClick={() => go(withFilters({ since: [whole.buckets[0] ?? first] }))}
          >
            A few events told as background begin earlier, from{" "}
            {showMonth(whole.buckets[0] ?? first)}
          </button>
        )}
      </p>
    </div>
  );
}

function SeriesTable({ series }: { series: Series }) {
  const known: readonly string[] = CLASSES;
  const lines = [...series.lines].sort((a, b) => known.indexOf(a.key) - known.indexOf(b.key));
  return (
    <DataTable
      caption="Events over time"
      rows={series.buckets.map((bucket, at) => ({ bucket, at }))}
      id={(row) => row.bucket}
      columns={[
        {
          name: series.by,
          cell: (row) => (
            <button
              type="button"
              class="plain nowrap"
              onClick={() => openBucket(series.by, row.bucket)}
            >
              {showBucket(row.bucket, series.by)}
            </button>
          ),
          order: (row) => row.bucket,
        },
        ...lines.map((line) => ({
          name: series.split === "type" ? typeName(line.key) : line.key,
          cell: (row: { at: number }) => line.counts[row.at] || "",
          order: (row: { at: number }) => line.counts[row.at] ?? 0,
          figure: true,
        })),
      ]}
    />
  );
}
