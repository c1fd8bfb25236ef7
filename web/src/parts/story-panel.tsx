import { useEffect } from "preact/hooks";
import type { StoryDetail } from "../api";
import { address } from "../lib/client";
import { addKeys } from "../lib/keys";
import { go, route, viewRoute, withOptions } from "../lib/route";
import { showDay, showDays } from "../lib/time";
import { useAnswer } from "../lib/use-answer";
import { many, partyNames, sourceWords, typeVerb } from "../lib/words";
import { Link } from "./link";
import { Sentence } from "./marked";
import { Answered } from "./states";

/** One happening: what each report says of it, and on whose word, side by side. */
export function StoryPanel({ id }: { id: string }) {
  const answer = useAnswer<StoryDetail>(address(`stories/${encodeURIComponent(id)}`));
  useEffect(() => addKeys({ Escape: () => go(withOptions({ reports: undefined })) }), []);
  return (
    <section class="story" aria-label="Reports of one story">
      <button
        type="button"
        class="close"
        aria-label="Close the story"
        onClick={() => go(withOptions({ reports: undefined }, route.value))}
      >
        ×
      </button>
      <Answered answer={answer}>{(story) => <Reports story={story} />}</Answered>
    </section>
  );
}

function Reports({ story }: { story: StoryDetail }) {
  const parties = `${partyNames(story.actors)} ${typeVerb(story.event_type)}`;
  return (
    <>
      <header>
        <h2>
          {parties} {story.recipients.length > 0 && partyNames(story.recipients)}
        </h2>
        <p class="source">
          <span>{showDays(story.first, story.last)}</span>
          {story.place && <span>{story.place.name}</span>}
          <span>{many(story.reports, "report")}</span>
          {story.denials > 0 && <span>{many(story.denials, "denial")}</span>}
          {story.tolls.map((toll) => (
            <span key={toll.kind}>
              {toll.kind} {toll.low === toll.high ? toll.low : `${toll.low} to ${toll.high}`}
            </span>
          ))}
        </p>
      </header>
      <div class="reports">
        {story.reports_told.map(({ event, denies, reasons }) => (
          <article key={event.event_id} class="report">
            <h3>{event.article.outlet ?? "Unnamed outlet"}</h3>
            <p class="source">
              <span>{showDay(event.article.date)}</span>
              <span>{sourceWords(event)}</span>
              {denies && <span class="tag">denies</span>}
            </p>
            <Sentence event={event} />
            {event.quantities.map((quantity) => (
              <p key={quantity.start} class="source">
                <span>{quantity.text}</span>
              </p>
            ))}
            <p class="source">
              <Link to={viewRoute("articles", { id: event.document_id, event: event.event_id })}>
                {event.article.title ?? "Read the article"}
              </Link>
            </p>
            {reasons.length > 0 && <p class="quiet">Joined: {reasons.join("; ")}</p>}
          </article>
        ))}
      </div>
    </>
  );
}
