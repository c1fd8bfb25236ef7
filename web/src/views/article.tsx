import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ArticleDetail, EventRecord } from "../api";
import { address } from "../lib/client";
import { addKeys } from "../lib/keys";
import { Text } from "../lib/offsets";
import { go, route, viewRoute, withOptions } from "../lib/route";
import type { Chosen } from "../lib/selecting";
import { about } from "../lib/state";
import { showDay } from "../lib/time";
import { useAnswer } from "../lib/use-answer";
import { many, safeUrl } from "../lib/words";
import { AddEvent } from "../parts/add-event";
import { EventLine } from "../parts/event-line";
import { Link, OutLink } from "../parts/link";
import { Rejected } from "../parts/rejected";
import { Review } from "../parts/review";
import { Answered } from "../parts/states";
import { TextBody } from "../parts/text-body";

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
  const text = useMemo(() => new Text(article.text), [article.text]);
  const [pending, setPending] = useState<Chosen | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const adding = about.value?.can_review ?? false;
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
      <TextBody
        text={text}
        language={article.language}
        events={events}
        chosen={events[at] ?? null}
        pending={pending}
        {...(adding ? { box } : {})}
        onPick={(key) => pick(events.find((e) => e.event_id === key))}
      />
      <section class="side" aria-label="Events of this article">
        <h2>
          {many(events.length, "event")} <span class="quiet">j and k walk through them</span>
        </h2>
        {adding && <AddEvent article={article} text={text} box={box} onTrigger={setPending} />}
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
