import { useRef } from "preact/hooks";
import { go, route, type View, viewRoute } from "../lib/route";
import { about, helpShown, setTheme, theme } from "../lib/state";
import { Link } from "./link";

const TABS: readonly (readonly [View, string])[] = [
  ["now", "Now"],
  ["timeline", "Timeline"],
  ["map", "Map"],
  ["actors", "Actors"],
  ["articles", "Articles"],
  ["try", "Try a text"],
];

/** Name, views, search, and the switches of the page itself. */
export function Masthead() {
  const { view } = route.value;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const shown = theme.value === "auto" ? (dark ? "dark" : "light") : theme.value;
  return (
    <header class="masthead">
      <Link
        class="wordmark"
        to={{ ...viewRoute("now"), filters: {} }}
        label="crisiswire, start page"
      >
        crisiswire
      </Link>
      {about.value?.demo && <span class="tag">examples</span>}
      <nav aria-label="Views">
        {TABS.map(([key, name]) => (
          <Link key={key} to={viewRoute(key)} current={view === key}>
            {name}
          </Link>
        ))}
      </nav>
      <SearchBox />
      <button
        type="button"
        class="icon"
        aria-label={shown === "dark" ? "Light page" : "Dark page"}
        title={shown === "dark" ? "Light page" : "Dark page"}
        onClick={() => setTheme(shown === "dark" ? "light" : "dark")}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="5.5" />
          <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" class="solid" />
        </svg>
      </button>
      <button
        type="button"
        class="icon"
        aria-label="Help and keys"
        title="Help and keys (?)"
        onClick={() => {
          helpShown.value = true;
        }}
      >
        ?
      </button>
    </header>
  );
}

function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const { view, options } = route.value;
  return (
    <search class="search-box">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const q = input.current?.value.trim();
          if (q) go(viewRoute("search", { q }));
        }}
      >
        <input
          id="search"
          ref={input}
          type="search"
          placeholder="Search"
          aria-label="Search articles, actors, places"
          aria-keyshortcuts="/"
          value={view === "search" ? (options.q ?? "") : ""}
        />
      </form>
    </search>
  );
}
