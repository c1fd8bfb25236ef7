import type { Change, Changes, Page, StoryItem } from "../api";
import { Overview } from "../charts/overview";
import { TurnMark, TurnScale } from "../charts/turn";
import { address } from "../lib/client";
import { learnActor } from "../lib/describe";
import {
  type Filters,
  filters,
  go,
  oneOf,
  route,
  towards,
  withOptions,
  withSelection,
} from "../lib/route";
import { about } from "../lib/state";
import { showDay, showDays } from "../lib/time";
import { useAnswer } from "../lib/use-answer";
import { many, partyNames, signed, sourceWords, typeName } from "../lib/words";
import { ClassSign } from "../parts/event-line";
import { Link } from "../parts/link";
import { Sentence } from "../parts/marked";
import { Answered } from "../parts/states";
import { Switch } from "../parts/switch";
import { ViewHead } from "../parts/view-head";

const WINDOWS = ["day", "week", "month"] as const;
const LEVELS = ["country", "actor"] as const;

/** What has turned lately, between whom, and the sentences behind it. */
export default function Now() {
  const { options } = route.value;
  const window = oneOf(options.window, WINDOWS, "month");
  const level = oneOf(options.level, LEVELS, "country");
  const answer = useAnswer<Changes>(
    address("changes", { ...filters.value, window, level, limit: 12 }),
  );
  const now = answer.data?.now;
  return (
    <>
      <ViewHead
        title={now ? `What turned, ${showDays(now.start, now.end)}` : "What turned"}
        note={
          answer.data?.before
            ? `against ${showDays(answer.data.before.start, answer.data.before.end)}; the record ends here`
            : undefined
        }
      >
        <Switch
          label="Level"
          value={level}
          onPick={(to) => go(withOptions({ level: to }))}
          choices={[
            ["country", "Countries"],
            ["actor", "Actors"],
          ]}
        />
        <Switch
          label="Window"
          value={window}
          onPick={(to) => go(withOptions({ window: to }))}
          choices={[
            ["day", "Day"],
            ["week", "Week"],
            ["month", "Month"],
          ]}
        />
      </ViewHead>
      <div class="columns">
        <Answered
          answer={answer}
          empty={(changes) => changes.items.length === 0}
          nothing={`Nothing turned in this ${window}.`}
        >
          {(changes) => <Turns changes={changes} />}
        </Answered>
        <div class="beside">
          <section>
            <h2>The record</h2>
            <p class="note">
              {about.value &&
                `${many(about.value.events, "event")} in ${many(about.value.articles, "article")}, to ${showDay(about.value.record_end ?? "")}`}
            </p>
            <Overview />
          </section>
          {about.value?.has_stories && <Stories />}
        </div>
      </div>
    </>
  );
}

function Turns({ changes }: { changes: Changes }) {
  const values = changes.items.flatMap((item) => [item.tension, item.expected]);
  const domain: [number, number] = [Math.min(0, ...values), Math.max(0, ...values)];
  return (
    <div class="turns">
      <TurnScale domain={domain} />
      <ol>
        {changes.items.map((item) => (
          <Turn
            key={`${item.actor.id} ${item.recipient.id}`}
            item={item}
            changes={changes}
            domain={domain}
          />
        ))}
      </ol>
    </div>
  );
}

function Turn(props: { item: Change; changes: Changes; domain: [number, number] }) {
  const { item, changes, domain } = props;
  const [first] = item.behind;
  learnActor(item.actor.id, item.actor.name);
  learnActor(item.recipient.id, item.recipient.name);
  return (
    <li class={`turn ${item.direction}`}>
      <button
        type="button"
        class="pair"
        onClick={() => go(withSelection(turnSelection(item, changes)))}
      >
        <span class="who">
          {item.actor.name} <span class="quiet">→</span> {item.recipient.name}
        </span>
        <span class="way">
          <span aria-hidden="true">{item.direction === "worse" ? "▼" : "▲"}</span> {item.direction}
        </span>
        <TurnMark item={item} domain={domain} />
        <span class="quiet figure">
          {many(item.events, "event")}, tension {signed(item.tension)}, usual{" "}
          {signed(item.expected)}
        </span>
      </button>
      {first && (
        <div class="behind">
          <Sentence event={first} />
          <p class="source">
            <span>
              <ClassSign of={first.quad_class} /> {typeName(first.event_type)}
            </span>
            {first.attribution.speaker && <span>{sourceWords(first)}</span>}
            <Link
              to={{
                view: "articles",
                filters: filters.value,
                options: { id: first.document_id, event: first.event_id },
                selection: null,
              }}
            >
              {first.article.outlet ?? "Article"}, {showDay(first.article.date)}
            </Link>
          </p>
        </div>
      )}
    </li>
  );
}

/** The events of a turn: those of its window, or of the windows before where it fell silent. */
function turnSelection(item: Change, changes: Changes): Filters {
  const days = item.events > 0 ? changes.now : changes.before;
  const between: Filters =
    changes.level === "country"
      ? { dyad: [`${item.actor.id}-${item.recipient.id}`] }
      : towards(item.actor, item.recipient);
  return {
    ...between,
    ...(days && { since: [days.start], until: [days.end] }),
    ...(filters.value.status ? {} : { status: ["actual"] }),
  };
}

function Stories() {
  const url = address("stories", { ...filters.value, limit: 40 });
  const answer = useAnswer<Page<StoryItem>>(url);
  return (
    <section>
      <h2>Told by several</h2>
      <Answered
        answer={answer}
        empty={(page) => !page.items.some(isShared)}
        nothing="No story here has two reports."
      >
        {(page) => (
          <ul class="stories">
            {page.items
              .filter(isShared)
              .slice(0, 6)
              .map((story) => (
                <li key={story.id}>
                  <button
                    type="button"
                    class="plain"
                    onClick={() => go(withOptions({ reports: story.id }))}
                  >
                    <ClassSign of={story.quad_class} /> {partyNames(story.actors)}{" "}
                    <b>{typeName(story.event_type)}</b>{" "}
                    {story.recipients.length > 0 && `→ ${partyNames(story.recipients)}`}
                  </button>
                  <p class="source">
                    <span>{showDays(story.first, story.last)}</span>
                    <span>{many(story.reports, "report")}</span>
                    {story.denials > 0 && <span>{many(story.denials, "denial")}</span>}
                    {story.tolls.slice(0, 1).map((toll) => (
                      <span key={toll.kind}>
                        {toll.kind} {toll.low === toll.high ? toll.low : `${toll.low}–${toll.high}`}
                      </span>
                    ))}
                  </p>
                </li>
              ))}
          </ul>
        )}
      </Answered>
    </section>
  );
}

function isShared(story: StoryItem): boolean {
  return story.reports > 1;
}
