import type { ActorDetail, ActorHead, Office, Side } from "../api";
import { address } from "../lib/client";
import { learnActor } from "../lib/describe";
import { filters, go, only, route, towards, viewRoute, withSelection } from "../lib/route";
import { countryName } from "../lib/state";
import { showDay, showDays } from "../lib/time";
import { useAnswer } from "../lib/use-answer";
import { many, partyCode, signed, typeName } from "../lib/words";
import { DataTable } from "../parts/data-table";
import { EventCard } from "../parts/event-card";
import { Link } from "../parts/link";
import { Answered } from "../parts/states";

/** One actor: its names, offices, what it did, what was done to it, and what it said. */
export function ActorPage({ id }: { id: string }) {
  const asked = only(filters.value, ["since", "until"]);
  const answer = useAnswer<ActorDetail>(address(`actors/${encodeURIComponent(id)}`, asked));
  return <Answered answer={answer}>{(actor) => <Page actor={actor} />}</Answered>;
}

function Page({ actor }: { actor: ActorDetail }) {
  learnActor(actor.id, actor.name);
  for (const other of actor.counterparts) learnActor(other.id, other.name);
  return (
    <article class="actor">
      <header class="title">
        <p class="source">
          <Link to={viewRoute("actors")}>Actors</Link>
          <span>{actor.country ? countryName(actor.country) : "country unknown"}</span>
          <span>{partyCode(actor)}</span>
        </p>
        <h1>{actor.name}</h1>
        <p class="note">
          {actor.first && actor.last && `In the record ${showDays(actor.first, actor.last)}. `}
          {actor.kind === null && "In no actor table: known by its words alone."}
        </p>
        <p class="actions">
          <Link class="action" to={viewRoute("actors", { level: "actor", ego: actor.id })}>
            In the network
          </Link>
          <Link
            class="action"
            to={{ ...viewRoute("timeline"), filters: { ...filters.value, party: [actor.id] } }}
          >
            On the timeline
          </Link>
        </p>
      </header>
      <div class="facts">
        <section>
          <h2>Names used</h2>
          <ul>
            {actor.names.slice(0, 12).map((name) => (
              <li key={name.text}>
                “{name.text}” <span class="quiet figure">{name.times}×</span>
              </li>
            ))}
          </ul>
        </section>
        <Offices offices={actor.offices} />
        <Counterparts actor={actor} />
      </div>
      <div class="sides">
        <Did title="As actor" side={actor.as_actor} actor={actor} as="actor" />
        <Did title="As recipient" side={actor.as_recipient} actor={actor} as="recipient" />
        <Quotes actor={actor} />
      </div>
    </article>
  );
}

function Offices({ offices }: { offices: readonly Office[] }) {
  if (offices.length === 0) return null;
  const latest = [...offices].sort((a, b) => (b.first ?? "").localeCompare(a.first ?? ""));
  return (
    <section>
      <h2>Offices</h2>
      <ul>
        {latest.map((office) => (
          <li key={`${office.office} ${office.first} ${office.country}`}>
            {office.office}
            {office.country && `, ${countryName(office.country)}`}{" "}
            <span class="quiet">
              {office.first ? showDay(office.first) : "?"} –{" "}
              {office.last ? showDay(office.last) : "today"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Counterparts({ actor }: { actor: ActorDetail }) {
  const toward = (from: ActorHead, to: ActorHead) => go(withSelection(towards(from, to)));
  if (actor.counterparts.length === 0) return null;
  return (
    <section class="wide">
      <h2>Toward and from</h2>
      <DataTable
        caption={`Events between ${actor.name} and others`}
        rows={actor.counterparts.slice(0, 8)}
        id={(other) => other.id}
        columns={[
          {
            name: "Counterpart",
            cell: (other) => <Link to={viewRoute("actors", { id: other.id })}>{other.name}</Link>,
          },
          {
            name: "Toward",
            cell: (other) => (
              <Count
                events={other.toward}
                intensity={other.toward_intensity}
                words={`${actor.name} toward ${other.name}`}
                onOpen={() => toward(actor, other)}
              />
            ),
            order: (other) => other.toward,
            figure: true,
          },
          {
            name: "From",
            cell: (other) => (
              <Count
                events={other.back}
                intensity={other.back_intensity}
                words={`${other.name} toward ${actor.name}`}
                onOpen={() => toward(other, actor)}
              />
            ),
            order: (other) => other.back,
            figure: true,
          },
        ]}
      />
    </section>
  );
}

function Count(props: {
  events: number;
  intensity: number | null;
  words: string;
  onOpen: () => void;
}) {
  const { events, intensity, words, onOpen } = props;
  if (events === 0) return <span class="quiet">0</span>;
  return (
    <button
      type="button"
      class="plain"
      aria-label={`${many(events, "event")}, ${words}`}
      onClick={onOpen}
    >
      {events} <span class="quiet">({signed(intensity ?? 0)})</span>
    </button>
  );
}

function Did(props: { title: string; side: Side; actor: ActorDetail; as: "actor" | "recipient" }) {
  const { title, side, actor, as } = props;
  return (
    <section>
      <h2>{title}</h2>
      <p class="note">
        {many(side.events, "event")}
        {side.intensity !== null && `, mean intensity ${signed(side.intensity)}`}
        {side.types.length > 0 &&
          `: ${side.types
            .slice(0, 5)
            .map((type) => `${typeName(type.event_type)} ${type.events}`)
            .join(", ")}`}
      </p>
      {side.latest.slice(0, 5).map((event) => (
        <EventCard key={event.event_id} event={event} />
      ))}
      {side.events > 5 && (
        <button
          type="button"
          class="action"
          onClick={() => go(withSelection({ party: [actor.id], role: [as] }, route.value))}
        >
          All {side.events}
        </button>
      )}
    </section>
  );
}

function Quotes({ actor }: { actor: ActorDetail }) {
  if (actor.quotes.length === 0) return null;
  return (
    <section>
      <h2>In its words</h2>
      {actor.quotes.map((quote) => (
        <article class="card" key={`${quote.article.id} ${quote.evidence.start}`}>
          <q class="sentence">{quote.evidence.text}</q>
          <p class="source">
            <span>
              {quote.speaker.text} {quote.verb}
            </span>
            <Link
              to={viewRoute("articles", {
                id: quote.article.id,
                ...(quote.events[0] ? { event: quote.events[0] } : {}),
              })}
            >
              {quote.article.outlet ?? "Article"}, {showDay(quote.article.date)}
            </Link>
          </p>
        </article>
      ))}
    </section>
  );
}
