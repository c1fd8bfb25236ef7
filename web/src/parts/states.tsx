import type { ComponentChildren } from "preact";
import { filters, go, viewRoute } from "../lib/route";
import type { Answer } from "../lib/use-answer";
import { Link } from "./link";

/** Draws an answer, or what there is instead: loading, a fault, nothing. */
export function Answered<T>(props: {
  answer: Answer<T>;
  empty?: (data: T) => boolean;
  nothing?: string;
  children: (data: T) => ComponentChildren;
}) {
  const { answer, empty, nothing, children } = props;
  if (answer.error) return <Failed answer={answer} />;
  if (answer.data === null) return <Loading />;
  if (empty?.(answer.data)) return <Empty words={nothing ?? "No event meets these filters."} />;
  return <div class={answer.loading ? "stale" : "fresh"}>{children(answer.data)}</div>;
}

export function Loading() {
  return (
    <div class="state loading" role="status">
      <span class="pulse" />
      <span class="pulse" />
      <span class="pulse" />
      <span class="unseen">Loading</span>
    </div>
  );
}

export function Empty({ words }: { words: string }) {
  const filtered = Object.keys(filters.value).length > 0;
  return (
    <div class="state">
      <p>{words}</p>
      {filtered && (
        <Link class="action" to={{ ...viewRoute("now"), filters: {} }}>
          Take all filters away
        </Link>
      )}
    </div>
  );
}

function Failed<T>({ answer }: { answer: Answer<T> }) {
  const { error, retry } = answer;
  return (
    <div class="state failed" role="alert">
      <p>
        <strong>{error?.status === 404 ? "Not found." : "No answer."}</strong> {error?.message}
      </p>
      {error?.requestId && <p class="quiet">Request {error.requestId} in the server's log.</p>}
      <p class="actions">
        <button type="button" class="action" onClick={retry}>
          Try again
        </button>
        <button
          type="button"
          class="action"
          onClick={() => go({ ...viewRoute("now"), filters: {} })}
        >
          Start page
        </button>
      </p>
    </div>
  );
}
