import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ArticleDetail } from "../api";
import { addKeys } from "../lib/keys";
import type { Text } from "../lib/offsets";
import { BLANK, changesOf, type Draft, judge, refusal } from "../lib/review";
import { go, withOptions } from "../lib/route";
import { type Chosen, chosenWords, quoted } from "../lib/selecting";
import { DraftFields, Words } from "./fields";
import { Refusal, Reviewer } from "./review";

interface Props {
  article: ArticleDetail;
  text: Text;
  /** Where the text is drawn. */
  box: RefObject<HTMLDivElement | null>;
  /** Told of the words of the event that is being added, null when none is. */
  onTrigger: (words: Chosen | null) => void;
}

/** An event that the coder missed: its words chosen in the text, its fields typed. */
export function AddEvent(props: Props) {
  const { article, text, box, onTrigger } = props;
  const [open, setOpen] = useState(false);
  const [picked, follow] = useChosen(box, text);
  const start = () => {
    refusal.value = null;
    go(withOptions({ event: undefined }), true);
    onTrigger(follow());
    setOpen(true);
  };
  const close = () => {
    onTrigger(null);
    setOpen(false);
  };
  useLayoutEffect(() => addKeys(open ? { Escape: close } : { a: start }));
  useEffect(() => close, [article.id]);
  if (open) return <Form {...props} picked={picked} onDone={close} />;
  return (
    <p class={`actions add${picked ? " picked" : ""}`}>
      <button type="button" class="action" aria-keyshortcuts="a" onClick={start}>
        {picked ? `Add an event at “${short(picked.text)}”` : "Add a missed event"} <kbd>a</kbd>
      </button>
      {!picked && <span class="quiet">Select its words in the text first.</span>}
    </p>
  );
}

function Form(props: Props & { picked: Chosen | null; onDone: () => void }) {
  const { article, text, picked, onTrigger, onDone } = props;
  const [trigger, setTrigger] = useState<Chosen | null>(picked);
  const [words, setWords] = useState(picked?.text ?? "");
  const [draft, setDraft] = useState<Draft>(BLANK);
  const [why, setWhy] = useState("");
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const parties = useId();
  useEffect(() => {
    form.current?.querySelector<HTMLElement>(picked ? "select" : "input")?.focus();
    form.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const take = () => {
    setTrigger(picked);
    setWords(picked?.text ?? "");
    onTrigger(picked);
  };
  const send = async (submit: Event) => {
    submit.preventDefault();
    const fault = missing(words, draft);
    if (fault) {
      refusal.value = { message: fault, parameter: null };
      return;
    }
    setSending(true);
    const kept = await judge(
      {
        verdict: "add",
        document_id: article.id,
        trigger: trigger?.text === words ? quoted(text, trigger) : words.trim(),
        changes: changesOf(BLANK, draft),
        ...(why ? { why } : {}),
      },
      "Added.",
    );
    setSending(false);
    if (!kept) return;
    onDone();
    if (kept.event_id) go(withOptions({ event: kept.event_id }), true);
  };
  const other = picked && picked.start !== trigger?.start ? picked.text : undefined;
  return (
    <form class="fields adding" ref={form} onSubmit={send} aria-label="A missed event">
      <h3>A missed event</h3>
      <Words
        label="Words"
        hint="the word that tells it"
        value={words}
        onType={setWords}
        picked={other}
        onTake={take}
      />
      <DraftFields draft={draft} onDraft={setDraft} picked={other} parties={parties} />
      <Words label="Why" value={why} onType={setWhy} />
      <p class="quiet">
        Select words in the text and take them, or type: several parties with a semicolon, codes in
        brackets (the rebels [SYR REB]), a name that the text lacks after = . Without a date the
        article’s day holds.
      </p>
      <Reviewer />
      <Refusal />
      <p class="actions">
        <button type="submit" class="action strong" disabled={sending}>
          {sending ? "Saving …" : "Add the event"}
        </button>
        <button type="button" class="action" onClick={onDone}>
          Cancel
        </button>
      </p>
      <datalist id={parties}>
        {partiesOf(article).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </form>
  );
}

/** What the form still lacks, in words. */
function missing(words: string, draft: Draft): string | null {
  if (words.trim() === "") return "Words: select or type the word of the article that tells it.";
  if (draft.event_type === "") return "Type: choose what was done.";
  if (!draft.actors.trim() && !draft.recipients.trim())
    return "Who: give at least one party, on either side.";
  return null;
}

/** The words that stand for parties of the article's other events. */
function partiesOf(article: ArticleDetail): string[] {
  const all = article.events.flatMap((event) => [...event.actors, ...event.recipients]);
  return [...new Set(all.map((party) => party.text))].sort();
}

/** The words chosen last in the text, and a way to read them at once. Going to a field takes the
 * browser's own mark away, not these. */
function useChosen(
  box: RefObject<HTMLDivElement | null>,
  text: Text,
): [Chosen | null, () => Chosen | null] {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const follow = () => {
    if (!box.current) return null;
    const now = chosenWords(box.current, text);
    const here = box.current.contains(getSelection()?.focusNode ?? null);
    if (!now && !here) return chosen;
    setChosen(now);
    return now;
  };
  useEffect(() => {
    document.addEventListener("selectionchange", follow);
    return () => document.removeEventListener("selectionchange", follow);
  });
  return [chosen, follow];
}

function short(words: string): string {
  return words.length > 32 ? `${words.slice(0, 30)} …` : words;
}
