import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { EventRecord, Page } from "../api";
import { address, get } from "../lib/client";
import { describeFilters } from "../lib/describe";
import { addKeys } from "../lib/keys";
import { filters, go, merged, route, viewRoute, withSelection } from "../lib/route";
import { useAnswer } from "../lib/use-answer";
import { many } from "../lib/words";
import { EventCard } from "./event-card";
import { Answered } from "./states";

const STEP = 30;

/** The evidence: the events behind what was opened, each with its sentence. j and k walk, Enter reads. */
export function EvidencePanel() {
  const { selection } = route.value;
  const asked = merged(filters.value, selection ?? {});
  const url = address("events", { ...asked, order: "desc", limit: STEP });
  const answer = useAnswer<Page<EventRecord>>(selection && url);
  const close = () => go(withSelection(null));
  return (
    <aside class="panel" aria-label="Evidence">
      <header>
        <h2>{describeFilters(selection ?? {})}</h2>
        <button type="button" class="close" aria-label="Close the evidence" onClick={close}>
          ×
        </button>
      </header>
      <Answered answer={answer} empty={(page) => page.items.length === 0}>
        {(page) => <Events key={url} first={page} url={url} onClose={close} />}
      </Answered>
    </aside>
  );
}

function Events(props: { first: Page<EventRecord>; url: string; onClose: () => void }) {
  const { first, url, onClose } = props;
  const [more, setMore] = useState<Page<EventRecord> | null>(null);
  const [at, setAt] = useState(-1);
  const items = useMemo(() => [...first.items, ...(more?.items ?? [])], [first, more]);
  const next = more ? more.next : first.next;

  useLayoutEffect(() => {
    const read = () => {
      const event = items[at];
      if (event) go(viewRoute("articles", { id: event.document_id, event: event.event_id }));
    };
    return addKeys({
      j: () => setAt(Math.min(at + 1, items.length - 1)),
      k: () => setAt(Math.max(at - 1, 0)),
      Enter: read,
      Escape: onClose,
    });
  }, [at, items, onClose]);

  useEffect(() => {
    document.querySelector(".panel .card.current")?.scrollIntoView({ block: "nearest" });
  });

  const load = async () => {
    const page = await get<Page<EventRecord>>(`${url}&after=${encodeURIComponent(next ?? "")}`);
    setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next });
  };
  return (
    <>
      <p class="quiet count">{many(first.total ?? items.length, "event")}, latest first</p>
      {items.map((event, index) => (
        <EventCard key={event.event_id} event={event} current={index === at} />
      ))}
      {next && (
        <button type="button" class="action" onClick={load}>
          More events
        </button>
      )}
    </>
  );
}
