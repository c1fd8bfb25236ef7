import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Coded } from "../api";
import { useWaiting } from "../lib/busy";
import { ApiError, post } from "../lib/client";
import { addKeys } from "../lib/keys";
import { points, Text } from "../lib/offsets";
import { go, route, withOptions } from "../lib/route";
import { about } from "../lib/state";
import { showDay } from "../lib/time";
import { many } from "../lib/words";
import { EventLine } from "../parts/event-line";
import { Fields, Why } from "../parts/review";
import { Loading } from "../parts/states";
import { TextBody } from "../parts/text-body";

const EXAMPLE = `Norway sent a field hospital to Sudan on Tuesday, the foreign ministry in Oslo said. \
Egypt denied that it had closed the border at Wadi Halfa.

Rebels shelled the airport of Nyala, killing at least four soldiers, according to the governor. \
The government threatened to suspend the peace talks if the attacks went on.`;

// Kept for the life of the window, so that going to another view and back loses nothing.
const typed = signal({ text: "", date: "", outlet: "" });
const coded = signal<Coded | null>(null);
const sending = signal(false);
const fault = signal<string | null>(null);

async function code(): Promise<void> {
  const { text, date, outlet } = typed.value;
  fault.value = text.trim() === "" ? "Paste a text first." : null;
  if (fault.value || sending.value) return;
  sending.value = true;
  go(withOptions({ event: undefined }), true);
  try {
    coded.value = await post<Coded>("code", {
      text,
      ...(date && { date }),
      ...(outlet.trim() && { outlet: outlet.trim() }),
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    fault.value = error.message;
  } finally {
    sending.value = false;
  }
}

/** A text of the reader's own, coded and shown as an article. Nothing is stored. */
export default function Try() {
  useWaiting(sending.value);
  return (
    <>
      <div class="view-head">
        <div>
          <h1>Try a text</h1>
          <p class="note">See what the coder reads in a report. Nothing is stored.</p>
        </div>
        {coded.value && !sending.value && (
          <div class="tools">
            <button
              type="button"
              class="action"
              onClick={() => {
                coded.value = null;
              }}
            >
              Edit the text
            </button>
            <button
              type="button"
              class="action"
              onClick={() => {
                typed.value = { text: "", date: "", outlet: "" };
                coded.value = null;
              }}
            >
              Another text
            </button>
          </div>
        )}
      </div>
      {about.value?.can_code === false ? (
        <p class="state">This server codes no texts.</p>
      ) : sending.value ? (
        <Loading />
      ) : coded.value ? (
        <Result coded={coded.value} />
      ) : (
        <Form />
      )}
    </>
  );
}

function Form() {
  const most = about.value?.max_code_chars ?? 0;
  const length = points(typed.value.text);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);
  const put =
    (name: "text" | "date" | "outlet") => (event: { currentTarget: { value: string } }) => {
      typed.value = { ...typed.value, [name]: event.currentTarget.value };
    };
  const submit = (event: Event) => {
    event.preventDefault();
    code();
  };
  const byKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <div class="columns">
      <form class="try" onSubmit={submit}>
        <label>
          The text
          <textarea
            ref={box}
            rows={14}
            value={typed.value.text}
            onInput={put("text")}
            onKeyDown={byKey}
          />
        </label>
        <div class="row">
          <label>
            Its date
            <input type="date" value={typed.value.date} onInput={put("date")} />
          </label>
          <label>
            Outlet, if known
            <input value={typed.value.outlet} onInput={put("outlet")} />
          </label>
        </div>
        {fault.value && (
          <p class="refusal" role="alert">
            {fault.value}
          </p>
        )}
        <p class="actions">
          <button type="submit" class="action strong">
            Code it <kbd>Ctrl Enter</kbd>
          </button>
          <button
            type="button"
            class="action"
            onClick={() => {
              typed.value = { ...typed.value, text: EXAMPLE };
            }}
          >
            Take an example
          </button>
          <span class={`figure note${length > most ? " over" : ""}`}>
            {length.toLocaleString("en-GB")} of {most.toLocaleString("en-GB")} characters
          </span>
        </p>
      </form>
      <Limits />
    </div>
  );
}

/** What to expect of the coder. */
function Limits() {
  return (
    <section class="beside limits">
      <h2>What you will see</h2>
      <ul>
        <li>
          Each event that a sentence tells: who did what to whom, when, where, who says so, and
          whether it happened, is only announced, or is denied.
        </li>
        <li>The words behind each field, and the reasons for it.</li>
      </ul>
      <h2>What to mind</h2>
      <ul>
        <li>
          It reads English news in whole sentences; notes, lists and other languages it refuses or
          misses.
        </li>
        <li>
          Without a date, “on Tuesday” or “last month” count from today, and offices are those held
          today.
        </li>
        <li>
          It errs. The percentage is how often type and parties are right at that score; read the
          sentence before you rely on an event.
        </li>
        <li>It knows politics and conflict, not sport, markets or weather.</li>
        <li>
          The text goes to the machine that serves this page, and is forgotten after the answer.
        </li>
      </ul>
    </section>
  );
}

function Result({ coded: { article, text: raw, events, quotes, refusal } }: { coded: Coded }) {
  const text = useMemo(() => new Text(raw), [raw]);
  const at = events.findIndex((event) => event.event_id === route.value.options.event);
  const chosen = events[at] ?? null;
  const pick = (id: string | undefined) => go(withOptions({ event: id }), true);
  useLayoutEffect(() => {
    const step = (by: number) => () =>
      pick(events[Math.max(0, Math.min(events.length - 1, at + by))]?.event_id);
    return addKeys({ j: step(1), k: step(-1), Escape: () => pick(undefined) });
  }, [events, at]);
  useEffect(() => {
    document.querySelector(".reader .event.on .pick")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <article class="reader">
      <TextBody text={text} language={article.language} {...{ events, chosen }} onPick={pick} />
      <section class="side" aria-label="Events of this text">
        <h2>
          {many(events.length, "event")}{" "}
          {events.length > 0 && <span class="quiet">j and k walk through them</span>}
        </h2>
        <p class="note">
          Read as of {showDay(article.date)}
          {article.outlet && `, told by ${article.outlet}`}
          {quotes.length > 0 && `; ${many(quotes.length, "quote")}`}
        </p>
        {refusal && <p class="refusal">Not coded: {refusal}</p>}
        {!refusal && events.length === 0 && (
          <p>No sentence tells a political event with a party that can be named.</p>
        )}
        <ol>
          {events.map((event) => (
            <li key={event.event_id} class={`event${event === chosen ? " on" : ""}`}>
              <button
                type="button"
                class="pick"
                aria-expanded={event === chosen}
                onClick={() => pick(event === chosen ? undefined : event.event_id)}
              >
                <EventLine event={event} linked={false} />
              </button>
              {event === chosen && (
                <div class="review">
                  <Fields event={event} />
                  <Why detail={event} open />
                </div>
              )}
            </li>
          ))}
        </ol>
      </section>
    </article>
  );
}
