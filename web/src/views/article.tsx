import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import type { ArticleDetail, EventRecord } from "../api";
import { address } from "../lib/client";
import { addKeys } from "../lib/keys";
import { eventMarks, type Mark, paragraphs } from "../lib/marks";
import { Text } from "../lib/offsets";
import { go, route, viewRoute, withOptions } from "../lib/route";
import { showDay } from "../lib/time";
import { useAnswer } from "../lib/use-answer";
import { many, safeUrl } from "../lib/words";
import { EventLine } from "../parts/event-line";
import { Link, OutLink } from "../parts/link";
import { Marked } from "../parts/marked";
import { Rejected } from "../parts/rejected";
import { Review } from "../parts/review";
import { Answered } from "../parts/states";

/** An article's text with the words of its events marked, and the events beside it. */
export function ArticleView({ id }: { id: string }) {
  const answer = useAnswer<ArticleDetail>(address(`articles/${encodeURIComponent(id)}`));
  return (
    <Answered answer={answer}>
      {(article) => <Reader article={article} chosen={route.value.options.event ?? null} />}
    </Answered>
  );
}

function Reader({ article, chosen }: { article: ArticleDetail; chosen: string | null }) {
  const { events } = article;
  const at = events.findIndex((event) => event.event_id === chosen);
  const pick = (event: EventRecord | undefined) => {
    if (event) go(withOptions({ event: event.event_id }), true);
  };

  useLayoutEffect(() => {
    const step = (by: number) => () =>
      pick(events[Math.max(0, Math.min(events.length - 1, at + by))]);
    return addKeys({
      j: step(1),
      k: step(-1),
      Escape: () => go(withOptions({ event: undefined }), true),
    });
  }, [events, at]);

  useEffect(() => {
    if (chosen === null) return;
    document.querySelector(".reader .text mark.trigger.on")?.scrollIntoView({ block: "center" });
    document.querySelector(".reader .event.on")?.scrollIntoView({ block: "nearest" });
  }, [chosen, article.id]);

  return (
    <article class="reader">
      <Heading article={article} />
      <Body
        article={article}
        chosen={events[at] ?? null}
        onPick={(key) => pick(events.find((e) => e.event_id === key))}
      />
      <section class="side" aria-label="Events of this article">
        <h2>
          {many(events.length, "event")} <span class="quiet">j and k walk through them</span>
        </h2>
        <ol>
          {events.map((event) => (
            <li key={event.event_id} class={`event${event.event_id === chosen ? " on" : ""}`}>
              <button
                type="button"
                class="pick"
                aria-expanded={event.event_id === chosen}
                onClick={() => pick(event)}
              >
                <EventLine event={event} linked={false} />
              </button>
              {event.event_id === chosen && <Review event={event} />}
            </li>
          ))}
        </ol>
        <Rejected article={article.id} />
      </section>
    </article>
  );
}

function Heading({ article }: { article: ArticleDetail }) {
  const url = safeUrl(article.url);
  return (
    <header class="title">
      <p class="source">
        <Link to={viewRoute("articles")}>Articles</Link>
        <span>{article.outlet ?? "Unnamed outlet"}</span>
        <span>
          {showDay(article.date)}
          {!article.date_known && " (day of coding; the text carries none)"}
        </span>
        {url && <OutLink url={url}>Original</OutLink>}
      </p>
      <h1>{article.title ?? article.id}</h1>
    </header>
  );
}

function Body(props: {
  article: ArticleDetail;
  chosen: EventRecord | null;
  onPick: (event: string) => void;
}) {
  const { article, chosen, onPick } = props;
  const text = useMemo(() => new Text(article.text), [article.text]);
  const parts = useMemo(() => paragraphs(text), [text]);
  const marks = useMemo(() => shownMarks(article.events, chosen, text), [article, chosen, text]);
  const pickMark = (event: MouseEvent) => {
    const key = (event.target as HTMLElement).closest("mark")?.dataset.event;
    if (key) onPick(key);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list beside it does the same by keyboard
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      class={`text${chosen ? " choosing" : ""}`}
      onClick={pickMark}
      lang={article.language ?? undefined}
    >
      {parts.map((part) => (
        <p key={part.start}>
          <Marked
            text={text}
            start={part.start}
            end={part.end}
            marks={marks}
            chosen={chosen?.event_id ?? null}
          />
        </p>
      ))}
    </div>
  );
}

/** All words of the chosen event, and the triggers of the others. */
function shownMarks(
  events: readonly EventRecord[],
  chosen: EventRecord | null,
  text: Text,
): Mark[] {
  const triggers = events
    .filter((event) => event !== chosen)
    .map(
      ({ event_id, evidence }): Mark => ({
        role: "trigger",
        start: evidence.trigger.start,
        end: evidence.trigger.end,
        event: event_id,
      }),
    );
  return [...triggers, ...(chosen ? eventMarks(chosen, text) : [])];
}
