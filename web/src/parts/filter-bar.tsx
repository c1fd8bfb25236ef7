import { useEffect, useState } from "preact/hooks";
import type { Choice, Choices } from "../api";
import { waiting } from "../lib/busy";
import { address } from "../lib/client";
import { chips } from "../lib/describe";
import { type FilterName, filters, go, route, withFilters } from "../lib/route";
import { useAnswer } from "../lib/use-answer";
import { many, statusWords, typeName } from "../lib/words";
import { Between } from "./between";
import { Period } from "./period";
import { Popover } from "./popover";

const FINDABLE = 12; // choices above which a field finds among them
const CONFIDENCES = ["0.5", "0.7", "0.8", "0.9"] as const;

/** Whether the first view stands: what may be chosen is asked for after it, not beside it. */
function useDrawn(): boolean {
  const [drawn, setDrawn] = useState(false);
  const idle = waiting.value === 0;
  useEffect(() => {
    if (idle && waiting.peek() === 0) setDrawn(true);
  }, [idle]);
  return drawn;
}

/** The filters that all views share: what can be set, and a chip for what is set. */
export function FilterBar() {
  const set = filters.value;
  const answer = useAnswer<Choices>(useDrawn() ? address("choices", set) : null);
  const choices = answer.data;
  const put = (name: FilterName, values: readonly string[]) => go(withFilters({ [name]: values }));
  const shown = chips(set);
  return (
    <section class="filters" aria-label="Filters">
      <div class="filter-buttons">
        <Popover label="Period" name="Period" look="filter">
          {(close) => <Period onDone={close} />}
        </Popover>
        <Popover label="Who → whom" name="Who to whom" look="filter">
          {(close) => <Between choices={choices?.countries ?? []} onDone={close} />}
        </Popover>
        <Pick name="country" label="Where" choices={choices?.place_countries} onPut={put} />
        <Pick name="type" label="Type" choices={choices?.types} words={typeName} onPut={put} />
        <Pick name="quad_class" label="Class" choices={choices?.quad_classes} onPut={put} />
        <Pick
          name="status"
          label="Status"
          choices={choices?.statuses}
          words={statusWords}
          onPut={put}
        />
        <Pick name="outlet" label="Outlet" choices={choices?.outlets} onPut={put} single />
        <Popover label="Confidence" name="Confidence" look="filter">
          {(close) => (
            <div class="options">
              {CONFIDENCES.map((value) => (
                <button
                  type="button"
                  key={value}
                  class="option"
                  aria-pressed={set.min_confidence?.[0] === value}
                  onClick={() => {
                    put("min_confidence", set.min_confidence?.[0] === value ? [] : [value]);
                    close();
                  }}
                >
                  at least {Math.round(Number(value) * 100)}%
                </button>
              ))}
            </div>
          )}
        </Popover>
      </div>
      <ul class="chips" aria-label="Filters set">
        {shown.map((chip) => (
          <li key={`${chip.name} ${chip.value}`}>
            <button
              type="button"
              class="chip"
              aria-label={`Take away: ${chip.words}`}
              onClick={() => {
                const left = (set[chip.name] ?? []).filter((value) => value !== chip.value);
                put(chip.name, left);
              }}
            >
              {chip.words}
              <span aria-hidden="true"> ×</span>
            </button>
          </li>
        ))}
        {shown.length > 1 && (
          <li>
            <button
              type="button"
              class="plain"
              onClick={() => go({ ...route.value, filters: {}, selection: null })}
            >
              Clear all
            </button>
          </li>
        )}
      </ul>
      <p class="quiet total" role="status">
        {choices && many(sum(choices.statuses, set.status), "event")}
      </p>
    </section>
  );
}

/** Each choice counts under the other filters; those of the status filter itself are summed here. */
function sum(choices: readonly Choice[], kept: readonly string[] | undefined): number {
  return choices
    .filter((choice) => !kept || kept.includes(choice.value))
    .reduce((total, choice) => total + choice.events, 0);
}

function Pick(props: {
  name: FilterName;
  label: string;
  choices: readonly Choice[] | undefined;
  words?: (value: string) => string;
  onPut: (name: FilterName, values: readonly string[]) => void;
  single?: boolean;
}) {
  const { name, label, choices, words, onPut, single } = props;
  const set = filters.value[name] ?? [];
  const toggle = (value: string, close: () => void) => {
    const on = set.includes(value);
    const rest = set.filter((one) => one !== value);
    onPut(name, on ? rest : single ? [value] : [...set, value]);
    if (single) close();
  };
  const missing = set.filter((value) => !choices?.some((choice) => choice.value === value));
  const all = [...missing.map((value) => ({ value, name: value, events: 0 })), ...(choices ?? [])];
  const [sought, setSought] = useState("");
  const named = (choice: Choice) => (words ? words(choice.value) : choice.name);
  const shown = all.filter((one) => named(one).toLowerCase().includes(sought.toLowerCase()));
  return (
    <Popover label={label} name={label} look="filter">
      {(close) => (
        <div class="options">
          {all.length > FINDABLE && (
            <input
              type="search"
              class="find"
              aria-label={`Find: ${label}`}
              placeholder="Find"
              value={sought}
              onInput={(event) => setSought(event.currentTarget.value)}
            />
          )}
          {all.length === 0 && <p class="quiet">None under these filters.</p>}
          {shown.map((choice) => (
            <button
              type="button"
              key={choice.value}
              class="option"
              aria-pressed={set.includes(choice.value)}
              onClick={() => toggle(choice.value, close)}
            >
              <span>{named(choice)}</span>
              <span class="figure quiet">{choice.events.toLocaleString("en-GB")}</span>
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}
