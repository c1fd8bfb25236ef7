import { type Draft, STATUSES } from "../lib/review";
import { about } from "../lib/state";
import { statusWords, typeName } from "../lib/words";

/** A label with a list to choose from. */
export function Pick(props: {
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

/** A label with a line to type in. ``list``: id of words to choose from; ``picked``: words chosen in
 * the text, which a button puts here. */
export function Words(props: {
  label: string;
  value: string;
  onType: (value: string) => void;
  hint?: string;
  list?: string;
  picked?: string | undefined;
  onTake?: (words: string) => void;
}) {
  const { label, value, onType, hint, list, picked, onTake } = props;
  return (
    <div class="taking">
      <label>
        {label}
        <input
          value={value}
          placeholder={hint}
          list={list}
          onInput={(event) => onType(event.currentTarget.value)}
        />
      </label>
      {picked && onTake && (
        <button
          type="button"
          class="action"
          title={`Take “${picked}”`}
          aria-label={`${label}: take “${picked}”`}
          onClick={() => onTake(picked)}
        >
          take
        </button>
      )}
    </div>
  );
}

/** The fields of an event that a reader may set. ``picked``: words chosen in the text; ``parties``: id
 * of a list of the article's parties. */
export function DraftFields(props: {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  picked?: string | undefined;
  parties?: string;
}) {
  const { draft, onDraft, picked, parties } = props;
  const put = (name: keyof Draft) => (value: string) => onDraft({ ...draft, [name]: value });
  const join = (name: "actors" | "recipients") => (words: string) =>
    onDraft({ ...draft, [name]: [draft[name].trim(), words].filter(Boolean).join("; ") });
  const modes = about.value?.modes[draft.event_type] ?? [];
  const list = parties ? { list: parties } : {};
  return (
    <>
      <Pick
        label="Type"
        value={draft.event_type}
        onPick={(type) => onDraft({ ...draft, event_type: type, mode: "" })}
        choices={typeChoices(draft.event_type)}
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
      <Words
        label="Who"
        value={draft.actors}
        onType={put("actors")}
        {...{ ...list, picked, onTake: join("actors") }}
      />
      <Words
        label="To whom"
        value={draft.recipients}
        onType={put("recipients")}
        {...{ ...list, picked, onTake: join("recipients") }}
      />
      <Words
        label="When"
        value={draft.date}
        onType={put("date")}
        {...{ picked, onTake: put("date") }}
      />
      <Words
        label="Where"
        value={draft.place}
        onType={put("place")}
        {...{ picked, onTake: put("place") }}
      />
    </>
  );
}

function typeChoices(chosen: string): [string, string][] {
  const types = Object.keys(about.value?.types ?? {}).map((type): [string, string] => [
    type,
    typeName(type),
  ]);
  return chosen === "" ? [["", "choose …"], ...types] : types;
}
