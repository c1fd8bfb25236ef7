import { useEffect, useRef, useState } from "preact/hooks";
import type { EventRecord } from "../api";
import { changesOf, type Draft, draftOf, judge, refusal } from "../lib/review";
import { about } from "../lib/state";
import { statusWords, typeName } from "../lib/words";

const STATUSES = ["actual", "negated", "future", "hypothetical", "historical"] as const;

interface Props {
  event: EventRecord;
  seen: string;
  onDone: () => void;
}

/** The fields of an event to type anew; what is left as it was is not sent. */
export function Correction({ event, seen, onDone }: Props) {
  const before = draftOf(event);
  const [draft, setDraft] = useState<Draft>(before);
  const [why, setWhy] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("select")?.focus();
  }, []);
  const put = (name: keyof Draft) => (value: string) => setDraft({ ...draft, [name]: value });
  const send = async (submit: Event) => {
    submit.preventDefault();
    const changes = changesOf(before, draft);
    if (Object.keys(changes).length === 0) {
      refusal.value = {
        message: "Nothing is changed. Confirm the event if it is right.",
        parameter: null,
      };
      return;
    }
    const request = { verdict: "change" as const, event_id: event.event_id, changes, seen };
    if (await judge({ ...request, ...(why ? { why } : {}) }, "Corrected.")) onDone();
  };
  const modes = about.value?.modes[draft.event_type] ?? [];
  return (
    <form class="fields correction" ref={form} onSubmit={send}>
      <Pick
        label="Type"
        value={draft.event_type}
        onPick={(type) => setDraft({ ...draft, event_type: type, mode: "" })}
        choices={Object.keys(about.value?.types ?? {}).map((type) => [type, typeName(type)])}
      />
      {modes.length > 0 && (
        <Pick
          label="Mode"
          value={draft.mode}
          onPick={put("mode")}
          choices={[["", "none"], ...modes.map((mode): [string, string] => [mode, mode])]}
        />
      )}
      <Pick
        label="Status"
        value={draft.status}
        onPick={put("status")}
        choices={STATUSES.map((status) => [status, statusWords(status)])}
      />
      <Words label="Who" value={draft.actors} onType={put("actors")} />
      <Words label="To whom" value={draft.recipients} onType={put("recipients")} />
      <Words label="When" value={draft.date} onType={put("date")} />
      <Words label="Where" value={draft.place} onType={put("place")} />
      <Words label="Why" value={why} onType={setWhy} />
      <p class="quiet">
        Parties as words of the article, with codes in brackets where you know them: the rebels [SYR
        REB]; several with a semicolon.
      </p>
      <p class="actions">
        <button type="submit" class="action strong">
          Save
        </button>
        <button type="button" class="action" onClick={onDone}>
          Cancel
        </button>
      </p>
    </form>
  );
}

function Pick(props: {
  label: string;
  value: string;
  choices: readonly (readonly [string, string])[];
  onPick: (value: string) => void;
}) {
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={(event) => props.onPick(event.currentTarget.value)}>
        {props.choices.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Words(props: { label: string; value: string; onType: (value: string) => void }) {
  return (
    <label>
      {props.label}
      <input value={props.value} onInput={(event) => props.onType(event.currentTarget.value)} />
    </label>
  );
}
