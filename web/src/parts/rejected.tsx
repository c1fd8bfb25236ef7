import type { Judgement, Page } from "../api";
import { address } from "../lib/client";
import { judge, rejections } from "../lib/review";
import { about } from "../lib/state";
import { useAnswer } from "../lib/use-answer";
import { many, typeName } from "../lib/words";

/** What was rejected in an article, with the way back. */
export function Rejected({ article }: { article: string }) {
  const url = address("reviews", { document_id: article, limit: 200 });
  const { data } = useAnswer<Page<Judgement>>(about.value?.can_review ? url : null);
  const rejected = rejections(data?.items ?? []);
  if (rejected.length === 0) return null;
  return (
    <div class="rejected">
      <h3>{many(rejected.length, "event")} rejected</h3>
      <ul>
        {rejected.map((judgement) => (
          <li key={judgement.id}>
            {typeName(judgement.record?.event_type ?? "event")}: “
            {judgement.record?.evidence?.text ?? judgement.event_id}”
            <span class="quiet"> by {judgement.by}</span>{" "}
            <button
              type="button"
              class="action"
              onClick={() => judge({ verdict: "undo", judgement_id: judgement.id }, "Taken back.")}
            >
              Undo
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
