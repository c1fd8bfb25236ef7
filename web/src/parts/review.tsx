import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { EventDetail, EventRecord, Judgement } from "../api";
import { address } from "../lib/client";
import { addKeys } from "../lib/keys";
import { holding, judge, refusal } from "../lib/review";
import { about, reviewer, setReviewer } from "../lib/state";
import { showWhen } from "../lib/time";
import { useAnswer } from "../lib/use-answer";
import { partyCode, sourceWords, statusWords } from "../lib/words";
import { Correction } from "./correction";

/** An event's fields, why it was coded so, and the keys to confirm, reject or correct it. */
export function Review({ event }: { event: EventRecord }) {
  const detail = useAnswer<EventDetail>(
    address(`events/${encodeURIComponent(event.event_id)}`),
  ).data;
  const known = detail?.event_id === event.event_id ? detail : null;
  return (
    <div class="review">
      <Fields event={event} />
      {known && <Why detail={known} />}
      {known && about.value?.can_review && <Judging event={event} judgements={known.judgements} />}
    </div>
  );
}

/** The name that is kept with each judgement. */
export function Reviewer() {
  return (
    <label class="reviewer">
      Reviewing as
      <input
        id="reviewer"
        value={reviewer.value}
        placeholder="your name"
        onChange={(change) => setReviewer(change.currentTarget.value)}
      />
    </label>
  );
}

/** Why the last judgement was not taken. */
export function Refusal() {
  if (!refusal.value) return null;
  return (
    <p class="refusal" role="alert">
      {refusal.value.message}
    </p>
  );
}

/** An event's fields as a table. */
export function Fields({ event }: { event: EventRecord }) {
  const rows: [string, string, string][] = [
    ...event.actors.map((p): [string, string, string] => ["who", p.name, partyCode(p)]),
    ...event.recipients.map((p): [string, string, string] => ["to whom", p.name, partyCode(p)]),
    ["what", `${event.event_type}${event.mode ? ` ${event.mode}` : ""}`, `CAMEO ${event.cameo}`],
    ["when", showWhen(event.date), event.date.text ?? "the article's day"],
    ...(event.place
      ? [
          ["where", event.place.name, `${event.place.country ?? ""} ${event.place.precision}`] as [
            string,
            string,
            string,
          ],
        ]
      : []),
    ["says", sourceWords(event), event.attribution.kind],
    ["status", statusWords(event.status), event.contexts.join(", ")],
    ["sure", `${Math.round(event.confidence * 100)}%`, ""],
  ];
  return (
    <table class="fields-table">
      <caption class="unseen">Fields of the event</caption>
      <tbody>
        {rows.map(([name, value, code], at) => (
          <tr key={at}>
            <th scope="row" data-role={name}>
              {name}
            </th>
            <td>{value}</td>
            <td class="quiet">{code}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Why each field was coded so. */
export function Why({ detail, open = false }: { detail: EventDetail; open?: boolean }) {
  return (
    <details class="why" open={open}>
      <summary>Why it was coded so</summary>
      <dl>
        {detail.reasons.map((reason, at) => (
          <div key={at}>
            <dt>{reason.field}</dt>
            <dd>
              {reason.value}
              <ul>
                {reason.because.map((because) => (
                  <li key={because}>{because}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Judging({ event, judgements }: { event: EventRecord; judgements: readonly Judgement[] }) {
  const [correcting, setCorrecting] = useState(false);
  const held = holding(judgements);
  const base = { event_id: event.event_id, seen: held?.id ?? "" };
  const confirm = () => judge({ ...base, verdict: "confirm" }, "Confirmed.");
  const reject = () =>
    judge({ ...base, verdict: "reject" }, "Rejected. It can be taken back below.");
  const undo = () =>
    held &&
    judge(
      { verdict: "undo", judgement_id: held.id },
      "The judgement is taken back.",
      held.verdict === "add",
    );
  useEffect(() => {
    refusal.value = null;
  }, [event.event_id]);
  // Before the buttons are painted: a key pressed at once must count.
  useLayoutEffect(() =>
    addKeys({ c: confirm, x: reject, u: undo, e: () => setCorrecting(!correcting) }),
  );
  return (
    <div class="judging">
      {held && (
        <p class="quiet">
          {held.by}: {held.verdict === "change" ? "corrected" : `${held.verdict}ed`}
          {held.why && `, “${held.why}”`}
        </p>
      )}
      <Reviewer />
      <p class="actions">
        <button type="button" class="action" aria-keyshortcuts="c" onClick={confirm}>
          Confirm <kbd>c</kbd>
        </button>
        <button type="button" class="action" aria-keyshortcuts="x" onClick={reject}>
          Reject <kbd>x</kbd>
        </button>
        <button
          type="button"
          class="action"
          aria-keyshortcuts="e"
          aria-expanded={correcting}
          onClick={() => setCorrecting(!correcting)}
        >
          Correct <kbd>e</kbd>
        </button>
        {held && (
          <button type="button" class="action" aria-keyshortcuts="u" onClick={undo}>
            Undo <kbd>u</kbd>
          </button>
        )}
      </p>
      <Refusal />
      {correcting && (
        <Correction event={event} seen={base.seen} onDone={() => setCorrecting(false)} />
      )}
    </div>
  );
}
