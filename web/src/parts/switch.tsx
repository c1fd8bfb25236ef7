interface Props<T extends string> {
  label: string;
  value: T;
  choices: readonly (readonly [T, string])[];
  onPick: (value: T) => void;
}

/** A few choices of which one holds. */
export function Switch<T extends string>({ label, value, choices, onPick }: Props<T>) {
  return (
    <fieldset class="switch">
      <legend class="unseen">{label}</legend>
      {choices.map(([key, name]) => (
        <button type="button" key={key} aria-pressed={key === value} onClick={() => onPick(key)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
