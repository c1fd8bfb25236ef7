import type { Found, SearchAnswer } from "../api";
import { address } from "../lib/client";
import { learnPlace } from "../lib/describe";
import type { Mark } from "../lib/marks";
import { points, Text } from "../lib/offsets";
import { route, viewRoute } from "../lib/route";
import { about, countryName } from "../lib/state";
import { showDay } from "../lib/time";
import { useAnswer } from "../lib/use-answer";
import { many, partyCode, typeName } from "../lib/words";
import { EventCard } from "../parts/event-card";
import { Link } from "../parts/link";
import { Marked } from "../parts/marked";
import { Answered } from "../parts/states";

/** What meets a search: articles with the words marked, actors, places, types and events. */
export default function Search() {
  const q = route.value.options.q ?? "";
  const answer = useAnswer<SearchAnswer>(q ? address("search", { q }) : null);
  if (q === "") {
    return (
      <div class="state">
        <p>Search the words of articles, the names of actors and places.</p>
        <p>
          “A phrase” in quotation marks, sanction* for all that begins so, OR between alternatives.
        </p>
      </div>
    );
  }
  return (
    <>
      <h1>“{q}”</h1>
      <Answered answer={answer}>{(found) => <Results found={found} q={q} />}</Answered>
    </>
  );
}

function Results({ found, q }: { found: SearchAnswer; q: string }) {
  for (const place of found.places) learnPlace(place.geonames_id, place.name);
  const types = Object.keys(about.value?.types ?? {}).filter((type) =>
    type.startsWith(q.toUpperCase()),
  );
  const nothing = [found.articles, found.actors, found.places, found.events, types].every(
    (all) => all.length === 0,
  );
  if (nothing)
    return (
      <p class="state">
        Nothing holds these words. Fewer words, or one with a star (sanction*), find more.
      </p>
    );
  return (
    <div class="columns results">
      <section>
        <h2>
          {many(found.articles.length, "article")}
          {found.next && " and more"}
        </h2>
        {found.articles.map((article) => (
          <Hit key={article.id} article={article} />
        ))}
      </section>
      <div class="beside">
        {types.length > 0 && (
          <section>
            <h2>Types</h2>
            <ul>
              {types.map((type) => (
                <li key={type}>
                  <Link to={{ ...viewRoute("timeline"), filters: { type: [type] } }}>
                    {typeName(type)}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        {found.actors.length > 0 && (
          <section>
            <h2>Actors</h2>
            <ul>
              {found.actors.map((actor) => (
                <li key={actor.id}>
                  <Link to={viewRoute("actors", { id: actor.id })}>{actor.name}</Link>{" "}
                  <span class="quiet">
                    {partyCode(actor)}, {many(actor.events, "event")}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {found.places.length > 0 && (
          <section>
            <h2>Places</h2>
            <ul>
              {found.places.map((place) => (
                <li key={`${place.geonames_id} ${place.name}`}>
                  <Link
                    to={{
                      ...viewRoute("map"),
                      filters: {},
                      selection:
                        place.geonames_id === null ? null : { place: [String(place.geonames_id)] },
                    }}
                  >
                    {place.name}
                  </Link>{" "}
                  <span class="quiet">
                    {countryName(place.country ?? "")}, {many(place.events, "event")}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {found.events.length > 0 && (
          <section>
            <h2>Events</h2>
            {found.events.map((event) => (
              <EventCard key={event.event_id} event={event} />
            ))}
          </section>
        )}
      </div>
    </div>
  );
}

function Hit({ article }: { article: Found }) {
  const text = new Text(article.snippet);
  const marks: Mark[] = article.marks.map(([start, end]) => ({
    start: start - article.start,
    end: end - article.start,
    role: "found",
    event: "",
  }));
  const inside = points(article.snippet);
  return (
    <article class="hit">
      <h3>
        <Link to={viewRoute("articles", { id: article.id })}>{article.title ?? article.id}</Link>
      </h3>
      <p class="source">
        <span>{article.outlet ?? "Unnamed outlet"}</span>
        <span>{showDay(article.date)}</span>
      </p>
      <p class="sentence">
        …{" "}
        <Marked
          text={text}
          start={0}
          end={inside}
          marks={marks.filter((m) => m.start >= 0 && m.end <= inside)}
        />{" "}
        …
      </p>
    </article>
  );
}
