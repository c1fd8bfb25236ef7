import { computed, signal } from "@preact/signals";

/** The address holds the whole state: view, filters, options of the view, and what is selected. */

export const VIEWS = ["now", "timeline", "map", "actors", "articles", "try", "search"] as const;
export type View = (typeof VIEWS)[number];

export const FILTERS = [
  "since",
  "until",
  "dyad",
  "actor",
  "recipient",
  "party",
  "role",
  "counterpart",
  "bucket",
  "type",
  "quad_class",
  "status",
  "country",
  "place",
  "outlet",
  "document",
  "text",
  "min_confidence",
] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Partial<Record<FilterName, readonly string[]>>;

export const OPTIONS = [
  "id",
  "event",
  "reports",
  "q",
  "window",
  "level",
  "by",
  "split",
  "measure",
  "shape",
  "ego",
  "lines",
  "arcs",
] as const;
export type OptionName = (typeof OPTIONS)[number];
export type Options = Partial<Record<OptionName, string>>;

export interface Route {
  view: View;
  filters: Filters;
  options: Options;
  /** Filters of the events that are open in the evidence panel, on top of the shared ones. */
  selection: Filters | null;
}

const SELECTED = "in.";

/** Reads an address; what it does not know is left out. */
export function parseRoute(path: string, query: string): Route {
  const name = path.replace(/^\/+|\/+$/g, "");
  const view = VIEWS.find((one) => one === name) ?? "now";
  const asked = new URLSearchParams(query);
  const options: Options = {};
  for (const option of OPTIONS) {
    const value = asked.get(option);
    if (value) options[option] = value;
  }
  const selection = readFilters(asked, SELECTED);
  return {
    view,
    filters: readFilters(asked, ""),
    options,
    selection: Object.keys(selection).length > 0 ? selection : null,
  };
}

/** The address of a state, without the host. */
export function routeAddress(at: Route): string {
  const asked = new URLSearchParams();
  writeFilters(asked, "", at.filters);
  for (const option of OPTIONS) {
    const value = at.options[option];
    if (value) asked.set(option, value);
  }
  if (at.selection) writeFilters(asked, SELECTED, at.selection);
  const query = asked.toString();
  return `/${at.view === "now" ? "" : at.view}${query ? `?${query}` : ""}`;
}

function readFilters(asked: URLSearchParams, prefix: string): Filters {
  const filters: Filters = {};
  for (const name of FILTERS) {
    const values = asked.getAll(prefix + name).filter((value) => value !== "");
    if (values.length > 0) filters[name] = values;
  }
  return filters;
}

function writeFilters(asked: URLSearchParams, prefix: string, filters: Filters): void {
  for (const name of FILTERS) {
    for (const value of filters[name] ?? []) asked.append(prefix + name, value);
  }
}

export const route = signal<Route>(parseRoute("/", ""));
export const filters = computed(() => route.value.filters);

/** Opens a state. ``replace``: the back button skips the present one. */
export function go(to: Route, replace = false): void {
  const url = routeAddress(to);
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  route.value = to;
}

/** The state of another view with the same filters. */
export function viewRoute(view: View, options: Options = {}, at: Route = route.value): Route {
  return { view, filters: at.filters, options, selection: null };
}

/** The state with other options; undefined takes an option away. */
export function withOptions(
  changes: { [K in OptionName]?: string | undefined },
  at: Route = route.value,
): Route {
  const options: Options = { ...at.options };
  for (const name of OPTIONS) {
    if (!(name in changes)) continue;
    const value = changes[name];
    if (value === undefined) delete options[name];
    else options[name] = value;
  }
  return { ...at, options };
}

/** The state with other filters; an empty list takes a filter away. */
export function withFilters(changes: Filters, at: Route = route.value): Route {
  return { ...at, filters: merged(at.filters, changes), selection: null };
}

/** Opens the evidence behind something drawn. */
export function withSelection(selection: Filters | null, at: Route = route.value): Route {
  return { ...withOptions({ event: undefined, reports: undefined }, at), selection };
}

/** What one actor does toward another, by their keys. */
export function towards(actor: { id: string }, recipient: { id: string }): Filters {
  return { party: [actor.id], role: ["actor"], counterpart: [recipient.id] };
}

/** Filters over filters: those of ``over`` hold where both set one. */
export function merged(under: Filters, over: Filters): Filters {
  const result: Filters = { ...under };
  for (const name of FILTERS) {
    const values = over[name];
    if (values === undefined) continue;
    if (values.length === 0) delete result[name];
    else result[name] = values;
  }
  return result;
}

/** Some of the filters, for a question that knows no others. */
export function only(all: Filters, names: readonly FilterName[]): Filters {
  return Object.fromEntries(names.filter((n) => all[n]).map((n) => [n, all[n]]));
}

/** A value of an option, or the default where the address names none of them. */
export function oneOf<T extends string>(value: string | undefined, all: readonly T[], other: T): T {
  return all.find((one) => one === value) ?? other;
}

/** Follows the address, now and when the back button changes it. */
export function followAddress(): void {
  const read = () => {
    route.value = parseRoute(location.pathname, location.search);
  };
  addEventListener("popstate", read);
  read();
}
