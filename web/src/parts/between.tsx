import { useState } from "preact/hooks";
import type { Choice } from "../api";
import { type Filters, filters, go, withFilters } from "../lib/route";
import { countryName } from "../lib/state";

/** Countries of the actor and of the recipient, one way or, between two, either way. */
export function Between({ choices, onDone }: { choices: readonly Choice[]; onDone: () => void }) {
  const start = sides(filters.value);
  const [who, setWho] = useState(start.who);
  const [whom, setWhom] = useState(start.whom);
  const [either, setEither] = useState(start.either);
  const two = who.length === 1 && whom.length === 1;
  const show = (event: Event) => {
    event.preventDefault();
    go(withFilters(betweenFilters(who, whom, either)));
    onDone();
  };
  return (
    <form class="fields" onSubmit={show}>
      <Countries label="Who" chosen={who} choices={choices} onPick={setWho} />
      <Countries label="To whom" chosen={whom} choices={choices} onPick={setWhom} />
      <label class="check">
        <input
          type="checkbox"
          checked={either && two}
          disabled={!two}
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

/** The filters that ask for events of these countries; none stands for any. */
export function betweenFilters(
  who: readonly string[],
  whom: readonly string[],
  either: boolean,
): Filters {
  const [one, other] = [who[0], whom[0]];
  if (one && other && who.length === 1 && whom.length === 1)
    return { dyad: [`${one}${either ? "~" : "-"}${other}`], actor: [], recipient: [] };
  return { dyad: [], actor: who, recipient: whom };
}

function sides(set: Filters): {
  who: readonly string[];
  whom: readonly string[];
  either: boolean;
} {
  const [, first, way, second] = /^(\w+)([-~])(\w+)$/.exec(set.dyad?.[0] ?? "") ?? [];
  return {
    who: first ? [first] : (set.actor ?? []),
    whom: second ? [second] : (set.recipient ?? []),
    either: way === "~",
  };
}

/** Those chosen, each with the way to take it away, and a list to add from. */
function Countries(props: {
  label: string;
  chosen: readonly string[];
  choices: readonly Choice[];
  onPick: (codes: readonly string[]) => void;
}) {
  const { label, chosen, choices, onPick } = props;
  const named = choices
    .filter((choice) => !chosen.includes(choice.value))
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <div class="several">
      <label>
        {label}
        <select
          value=""
          onChange={(event) => {
            const code = event.currentTarget.value;
            event.currentTarget.value = "";
            if (code) onPick([...chosen, code]);
          }}
        >
          <option value="">{chosen.length === 0 ? "anyone" : "or …"}</option>
          {named.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.name}
            </option>
          ))}
        </select>
      </label>
      {chosen.length > 0 && (
        <ul class="chips" aria-label={`${label}: chosen`}>
          {chosen.map((code) => (
            <li key={code}>
              <button
                type="button"
                class="chip"
                aria-label={`Without ${countryName(code)}`}
                onClick={() => onPick(chosen.filter((one) => one !== code))}
              >
                {countryName(code)}
                <span aria-hidden="true"> ×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
