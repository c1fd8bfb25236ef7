import type { EventRecord } from "../api";
import { go, route, viewRoute, withOptions } from "../lib/route";
import { showDay, showWhen } from "../lib/time";
import { sourceWords } from "../lib/words";
import { EventLine } from "./event-line";
import { Link } from "./link";
import { Sentence } from "./marked";

/** An event with its sentence, its source, and the way to its article. */
export function EventCard({ event, current = false }: { event: EventRecord; current?: boolean }) {
  const { article, place } = event;
  return (
    <article class={`card${current ? " current" : ""}`} aria-current={current ? "true" : undefined}>
      <EventLine event={event} />
      <Sentence event={event} />
      <p class="source">
        <span>{showWhen(event.date)}</span>
        {place && <span>{place.name}</span>}
        {event.attribution.speaker && <span>{sourceWords(event)}</span>}
        <span class="figure" title="Calibrated probability that type and parties are right">
          {Math.round(event.confidence * 100)}%
        </span>
        <Link to={viewRoute("articles", { id: event.document_id, event: event.event_id })}>
          {article.outlet ?? "Article"}, {showDay(article.date)}
        </Link>
        {event.story && (
          <button
            type="button"
            class="plain"
            onClick={() => go(withOptions({ reports: event.story ?? undefined }, route.value))}
          >
            Its story
          </button>
        )}
      </p>
    </article>
  );
}
