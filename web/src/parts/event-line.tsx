import type { EventRecord, QuadClass } from "../api";
import { viewRoute } from "../lib/route";
import { CLASS_KEYS, partyNames, signed, statusWords, typeName } from "../lib/words";
import { Link } from "./link";

/** A class as a shape: up for cooperation, down for conflict; filled for deeds, open for words. */
export function ClassSign({ of, named = false }: { of: QuadClass; named?: boolean }) {
  const up = of.endsWith("cooperation");
  return (
    <svg
      class={`sign ${CLASS_KEYS[of]}`}
      viewBox="0 0 10 10"
      {...(named ? { "aria-hidden": true } : { role: "img", "aria-label": of })}
    >
      <path d={up ? "M1.5 8 5 2l3.5 6z" : "M1.5 2 5 8l3.5-6z"} />
    </svg>
  );
}

/** Who did what to whom, in one line; the parties lead to their pages. */
export function EventLine({ event, linked = true }: { event: EventRecord; linked?: boolean }) {
  return (
    <p class="event-line">
      <ClassSign of={event.quad_class} />
      <Parties of={event.actors} linked={linked} /> <b class="type">{typeName(event.event_type)}</b>{" "}
      {event.mode && <span class="quiet">{event.mode} </span>}
      {event.recipients.length > 0 && (
        <>
          <span class="quiet arrow">→</span> <Parties of={event.recipients} linked={linked} />
        </>
      )}
      <span class="figure quiet" title="Intensity, −10 to +10">
        {signed(event.intensity)}
      </span>
      {event.status !== "actual" && <span class="tag">{statusWords(event.status)}</span>}
      {event.reviewed && <span class="tag good">{event.reviewed}</span>}
    </p>
  );
}

function Parties({ of, linked }: { of: EventRecord["actors"]; linked: boolean }) {
  if (!linked || of.length === 0) return <span>{partyNames(of)}</span>;
  return (
    <span>
      {of.map((party, index) => (
        <span key={party.actor}>
          {index > 0 && ", "}
          <Link to={viewRoute("actors", { id: party.actor })}>{party.name}</Link>
        </span>
      ))}
    </span>
  );
}
