/** The API's contract (docs/api.md): shapes of its answers, and one way to ask. */

export type QuadClass =
  | "verbal cooperation"
  | "material cooperation"
  | "verbal conflict"
  | "material conflict";
export type Status = "actual" | "negated" | "future" | "hypothetical" | "historical";
export type Level = "country" | "actor";
export type By = "day" | "week" | "month";
export type Split = "quad_class" | "type" | "none";

/** Words of the article's text; offsets count code points, end exclusive. */
export interface Span {
  text: string;
  start: number;
  end: number;
}

export interface Party extends Span {
  name: string;
  country: string | null;
  sectors: string[];
  entity_id: string | null;
  actor: string;
}

export interface When {
  text: string | null;
  text_start: number | null;
  text_end: number | null;
  start: string;
  end: string;
  precision: string;
}

export interface Place extends Span {
  name: string;
  country: string | null;
  admin1: string | null;
  latitude: number | null;
  longitude: number | null;
  geonames_id: number | null;
  kind: string;
  precision: string;
}

export interface Attribution {
  kind: "outlet" | "statement" | "quote" | "denial" | "claim";
  speaker: Party | null;
  verb: string | null;
  quoted: boolean;
}

export interface Quantity extends Span {
  kind: string;
  value: number;
  approximate: boolean;
  unit: string | null;
}

export interface ArticleHead {
  id: string;
  date: string;
  outlet: string | null;
  title: string | null;
  url: string | null;
  language: string | null;
}

export interface EventRecord {
  event_id: string;
  document_id: string;
  sentence: number;
  event_type: string;
  mode: string | null;
  contexts: string[];
  quad_class: QuadClass;
  intensity: number;
  cameo: string;
  actors: Party[];
  recipients: Party[];
  date: When;
  place: Place | null;
  status: Status;
  attribution: Attribution;
  quantities: Quantity[];
  evidence: Span & { trigger: Span };
  confidence: number;
  coder: string;
  article: ArticleHead;
  reviewed: "confirmed" | "corrected" | "added" | null;
  story: string | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number | null;
}

export interface Reason {
  field: string;
  value: string;
  because: string[];
}

export interface Judgement {
  id: string;
  document_id: string;
  verdict: "confirm" | "reject" | "change" | "add" | "complete" | "undo";
  by: string;
  at: string;
  why: string | null;
  event_id: string | null;
  changes: Record<string, unknown>;
  record: { event_type?: string; evidence?: { text?: string } } | null;
  undoes: string | null;
}

export interface EventDetail extends EventRecord {
  reasons: Reason[];
  judgements: Judgement[];
}

export interface ArticleItem extends ArticleHead {
  events: number;
}

export interface ArticleDetail extends ArticleHead {
  date_known: boolean;
  text: string;
  masked: [number, number][];
  events: EventRecord[];
}

export interface Statement {
  speaker: Party;
  verb: string | null;
  kind: string;
  quoted: boolean;
  evidence: Span;
  sentence: number;
  events: string[];
  article: ArticleHead;
}

export interface Quote extends Span {
  kind: string;
  speaker: Party | null;
  verb: string | null;
}

/** A text that was coded and not stored. */
export interface Coded {
  article: ArticleHead;
  text: string;
  masked: [number, number][];
  refusal: string | null;
  events: EventDetail[];
  quotes: Quote[];
}

export interface ActorHead {
  id: string;
  name: string;
  country: string | null;
  sectors: string[];
}

export interface ActorItem extends ActorHead {
  events: number;
  as_actor: number;
  as_recipient: number;
  intensity: number;
  first: string;
  last: string;
}

export interface Office {
  office: string;
  country: string | null;
  sectors: string[];
  first: string | null;
  last: string | null;
}

export interface Side {
  events: number;
  intensity: number | null;
  types: { event_type: string; events: number }[];
  latest: EventRecord[];
}

export interface Counterpart extends ActorHead {
  toward: number;
  toward_intensity: number | null;
  back: number;
  back_intensity: number | null;
}

export interface ActorDetail extends ActorHead {
  kind: string | null;
  names: { text: string; times: number }[];
  offices: Office[];
  first: string | null;
  last: string | null;
  as_actor: Side;
  as_recipient: Side;
  counterparts: Counterpart[];
  quotes: Statement[];
}

export type Classes = Partial<Record<QuadClass, number>>;

export interface PlaceItem {
  geonames_id: number | null;
  name: string;
  country: string | null;
  admin1: string | null;
  latitude: number | null;
  longitude: number | null;
  kind: string;
  events: number;
  classes: Classes;
  precisions: Partial<Record<"at" | "near" | "context" | "dateline", number>>;
  intensity: number;
  first: string;
  last: string;
}

export interface PlacePage extends Page<PlaceItem> {
  placeless: number;
}

export interface Line {
  key: string;
  counts: number[];
  intensity: (number | null)[];
}

export interface Series {
  by: By;
  split: Split;
  buckets: string[];
  lines: Line[];
  left_out: number;
}

export interface NetworkNode extends ActorHead {
  acts: number;
  receives: number;
}

export interface Edge {
  source: string;
  target: string;
  events: number;
  classes: Classes;
  intensity: number;
  first: string;
  last: string;
}

export interface Network {
  level: Level;
  nodes: NetworkNode[];
  edges: Edge[];
  left_out: number;
}

export interface Days {
  start: string;
  end: string;
}

export interface Change {
  actor: ActorHead;
  recipient: ActorHead;
  events: number;
  events_before: number;
  tension: number;
  expected: number;
  score: number;
  direction: "worse" | "better";
  behind: EventRecord[];
}

export interface Changes {
  window: By;
  level: Level;
  now: Days | null;
  before: Days | null;
  items: Change[];
}

export interface Toll {
  kind: string;
  low: number;
  high: number;
  reports: number;
}

export interface StoryItem {
  id: string;
  event_type: string;
  quad_class: QuadClass;
  first: string;
  last: string;
  actors: ActorHead[];
  recipients: ActorHead[];
  place: Place | null;
  reports: number;
  outlets: string[];
  tolls: Toll[];
  denials: number;
  headline: string;
}

export interface StoryDetail extends StoryItem {
  reports_told: { event: EventRecord; denies: boolean; score: number | null; reasons: string[] }[];
}

export interface Found extends ArticleHead {
  snippet: string;
  start: number;
  marks: [number, number][];
}

export interface SearchAnswer {
  articles: Found[];
  next: string | null;
  actors: ActorItem[];
  places: PlaceItem[];
  events: EventRecord[];
}

export interface Choice {
  value: string;
  name: string;
  events: number;
}

export interface Choices {
  types: Choice[];
  quad_classes: Choice[];
  statuses: Choice[];
  countries: Choice[];
  place_countries: Choice[];
  outlets: Choice[];
}

export interface About {
  version: string;
  store: string;
  demo: boolean;
  articles: number;
  events: number;
  first: string | null;
  last: string | null;
  record_end: string | null;
  can_code: boolean;
  can_review: boolean;
  has_stories: boolean;
  max_code_chars: number;
  countries: Record<string, string>;
  types: Record<string, QuadClass>;
  modes: Record<string, string[]>;
  sectors: string[];
  contexts: string[];
  export_forms: string[];
}

export interface ReviewRequest {
  verdict: Judgement["verdict"];
  by: string;
  event_id?: string;
  judgement_id?: string;
  document_id?: string;
  trigger?: string;
  changes?: Record<string, unknown>;
  why?: string;
  seen?: string;
}
