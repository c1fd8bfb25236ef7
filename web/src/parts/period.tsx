import { useState } from "preact/hooks";
import { filters, go, withFilters } from "../lib/route";
import { about } from "../lib/state";
import { addDays } from "../lib/time";

const RECENT = [
  [7, "Last 7 days"],
  [31, "Last 31 days"],
  [92, "Last 3 months"],
  [365, "Last year"],
] as const;

/** First and last day, or a stretch that ends with the record. */
export function Period({ onDone }: { onDone: () => void }) {
  const [since, setSince] = useState(filters.value.since?.[0] ?? "");
  const [until, setUntil] = useState(filters.value.until?.[0] ?? "");
  const end = about.value?.record_end;
  const put = (from: string, to: string) => {
    go(withFilters({ since: from ? [from] : [], until: to ? [to] : [] }));
    onDone();
  };
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        put(since, until);
      }}
    >
      <label>
        From
        <input type="date" value={since} onInput={(event) => setSince(event.currentTarget.value)} />
      </label>
      <label>
        To
        <input type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
      </label>
      {end && (
        <div class="options">
          {RECENT.map(([days, name]) => (
            <button
              type="button"
              class="option"
              key={days}
              onClick={() => put(addDays(end, 1 - days), end)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <p class="actions">
        <button type="submit" class="action strong">
          Show
        </button>
        <button type="button" class="action" onClick={() => put("", "")}>
          Whole record
        </button>
      </p>
    </form>
  );
}
