import { useEffect, useRef, useState } from "preact/hooks";
import type { EventRecord } from "../api";
import { changesOf, type Draft, draftOf, judge, refusal } from "../lib/review";
import { DraftFields, Words } from "./fields";

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
  return (
    <form class="fields correction" ref={form} onSubmit={send}>
      <DraftFields draft={draft} onDraft={setDraft} />
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
