import type { EventRecord, Party, QuadClass, Status } from "../api";

/** How codes are said to a reader. */

export const CLASS_KEYS: Record<QuadClass, string> = {
  "verbal cooperation": "vcoop",
  "material cooperation": "mcoop",
  "verbal conflict": "vconf",
  "material conflict": "mconf",
};

const TYPE_VERBS: Record<string, string> = {
  AGREE: "agrees",
  CONSULT: "consults",
  SUPPORT: "supports",
  CONCEDE: "concedes",
  COOPERATE: "cooperates",
  AID: "aids",
  RETREAT: "retreats",
  REQUEST: "requests",
  ACCUSE: "accuses",
  REJECT: "rejects",
  THREATEN: "threatens",
  PROTEST: "protests",
  SANCTION: "sanctions",
  MOBILIZE: "mobilises",
  COERCE: "coerces",
  ASSAULT: "assaults",
};

const STATUS_WORDS: Record<Status, string> = {
  actual: "happened",
  negated: "did not happen",
  future: "announced",
  hypothetical: "hypothetical",
  historical: "background",
};

export function typeName(type: string): string {
  return type.charAt(0) + type.slice(1).toLowerCase();
}

export function typeVerb(type: string): string {
  return TYPE_VERBS[type] ?? typeName(type);
}

export function statusWords(status: string): string {
  return STATUS_WORDS[status as Status] ?? status;
}

export function partyNames(parties: readonly { name: string }[]): string {
  return parties.length === 0 ? "—" : parties.map((party) => party.name).join(", ");
}

/** "VEN GOV" */
export function partyCode(party: { country: string | null; sectors: readonly string[] }): string {
  return [party.country ?? "", ...party.sectors].filter(Boolean).join(" ");
}

/** The form that a correction of parties is typed in: `the rebels [SYR REB]; Misrata`. */
export function typedParties(parties: readonly Party[]): string {
  return parties.map((p) => `${p.text}${partyCode(p) ? ` [${partyCode(p)}]` : ""}`).join("; ");
}

/** According to whom, in words. */
export function sourceWords(event: EventRecord): string {
  const { kind, speaker, verb } = event.attribution;
  if (speaker === null) return event.article.outlet ?? "the report";
  const said = {
    denial: "denies it",
    claim: "claims it",
    quote: "is quoted",
    statement: "",
    outlet: "",
  };
  return [speaker.name, said[kind] || verb || "says so"].join(" ");
}

export function signed(value: number): string {
  const size =
    Math.abs(value) >= 10 ? Math.round(Math.abs(value)).toString() : Math.abs(value).toFixed(1);
  if (Number(size) === 0) return "0";
  return `${value < 0 ? "−" : "+"}${size}`;
}

export function many(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : more}`;
}

/** Only web addresses become links. */
export function safeUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return /^https?:$/.test(new URL(url).protocol) ? url : null;
}
