import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { About } from "./api";
import { useWaiting, waiting } from "./lib/busy";
import { address } from "./lib/client";
import { addKeys } from "./lib/keys";
import { go, route, VIEWS, type View, viewRoute } from "./lib/route";
import { about, helpShown, notice } from "./lib/state";
import { useAnswer } from "./lib/use-answer";
import { FilterBar } from "./parts/filter-bar";
import { Help } from "./parts/help";
import { Masthead } from "./parts/masthead";
import { EvidencePanel } from "./parts/panel";
import { Answered, Loading } from "./parts/states";
import { StoryPanel } from "./parts/story-panel";

type Loaded = Promise<{ default: ComponentType }>;

const LOADERS: Record<View, () => Loaded> = {
  now: () => import("./views/now"),
  timeline: () => import("./views/timeline"),
  map: () => import("./views/map"),
  actors: () => import("./views/actors"),
  articles: () => import("./views/articles"),
  try: () => import("./views/try"),
  search: () => import("./views/search"),
};
const FILTERED: readonly View[] = ["now", "timeline", "map", "actors"];

/** The whole page: masthead, filters, a view, and the evidence beside it. */
export function App() {
  const answer = useAnswer<About>(address("about"));
  const { view, selection, options } = route.value;
  useEffect(() => addKeys(pageKeys()), []);
  useEffect(() => {
    if (answer.data) about.value = answer.data;
  }, [answer.data]);
  useEffect(() => {
    const title = view === "try" ? "Try a text" : `${view.charAt(0).toUpperCase()}${view.slice(1)}`;
    document.title = `${title} · crisiswire`;
  }, [view]);
  return (
    <>
      <a class="skip" href="#main">
        To the content
      </a>
      <Masthead />
      {FILTERED.includes(view) && about.value && <FilterBar />}
      <div class={`stage${selection ? " with-panel" : ""}`}>
        <main id="main" tabIndex={-1} aria-busy={waiting.value > 0}>
          <Answered answer={answer}>{() => about.value && <Shown view={view} />}</Answered>
        </main>
        {selection && <EvidencePanel />}
      </div>
      {options.reports && <StoryPanel id={options.reports} />}
      {helpShown.value && <Help />}
      <p class="notice" role="status">
        {notice.value}
      </p>
    </>
  );
}

/** A view, fetched when it is first shown. */
function Shown({ view }: { view: View }) {
  const [shown, setShown] = useState<{ view: View; Body: ComponentType } | null>(null);
  useEffect(() => {
    let wanted = true;
    LOADERS[view]().then((module) => {
      if (wanted) setShown({ view, Body: module.default });
    });
    return () => {
      wanted = false;
    };
  }, [view]);
  const here = shown?.view === view;
  useWaiting(!here);
  return here ? <shown.Body /> : <Loading />;
}

function pageKeys(): Record<string, () => void> {
  const views = VIEWS.slice(0, 6).map(
    (view, at) => [String(at + 1), () => go(viewRoute(view))] as const,
  );
  return {
    ...Object.fromEntries(views),
    "/": () => document.querySelector<HTMLInputElement>("#search")?.focus(),
    "?": () => {
      helpShown.value = true;
    },
  };
}
