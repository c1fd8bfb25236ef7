import { useState } from "preact/hooks";
import type { Choice } from "../api";
import { type Filters, filters, go, withFilters } from "../lib/route";

/** Country of the actor and of the recipient, one way or either way. */
export function Between({ choices, onDone }: { choices: readonly Choice[]; onDone: () => void }) {
  const start = parties(filters.value);
  const [who, setWho] = useState(start.who);
  const [whom, setWhom] = useState(start.whom);
  const [either, setEither] = useState(start.either);
  const show = (event: Event) => {
    event.preventDefault();
    go(withFilters(betweenFilters(who, whom, either)));
    onDone();
  };
  return (
    <form class="fields" onSubmit={show}>
      <Country label="Who" value={who} choices={choices} onPick={setWho} />
      <Country label="To whom" value={whom} choices={choices} onPick={setWhom} />
      <label class="check">
        <input
          type="checkbox"
          checked={either}
          disabled={!who || !whom}
          onChange={(event) => setEither(event.currentTarget.checked)}
        />
        either way
      </label>
      <p class="actions">
        <button type="submit" class="action strong">
          Show
        </button>
      </p>
    </form>
  );
}

/** The filters that ask for events between two countries; "" stands for any. */
export function betweenFilters(who: string, whom: string, either: boolean): Filters {
  const both = who !== "" && whom !== "";
  return {
    dyad: both ? [`${who}${either ? "~" : "-"}${whom}`] : [],
    actor: !both && who ? [who] : [],
    recipient: !both && whom ? [whom] : [],
  };
}

function parties(set: Filters): { who: string; whom: string; either: boolean } {
  const [, first, way, second] = /^(\w+)([-~])(\w+)$/.exec(set.dyad?.[0] ?? "") ?? [];
  return {
    who: first ?? set.actor?.[0] ?? "",
    whom: second ?? set.recipient?.[0] ?? "",
    either: way === "~",
  };
}

function Country(props: {
  label: string;
  value: string;
  choices: readonly Choice[];
  onPick: (code: string) => void;
}) {
  const { label, value, choices, onPick } = props;
  const named = [...choices].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">anyone</option>
        {value !== "" && !choices.some((one) => one.value === value) && <option>{value}</option>}
        {named.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  );
}
