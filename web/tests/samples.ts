import type { EventRecord, Judgement, Party } from "../src/api";

function party(text: string, start: number, country: string | null, sectors: string[] = []): Party {
  const known = { name: text, entity_id: null, actor: `~${text}` };
  return { text, start, end: start + text.length, country, sectors, ...known };
}

/** "On Friday Norway sent medics to Khartoum, an official said." */
export const event: EventRecord = {
  event_id: "e1",
  document_id: "d1",
  sentence: 0,
  event_type: "AID",
  mode: null,
  contexts: [],
  quad_class: "material cooperation",
  intensity: 7,
  cameo: "073",
  actors: [party("Norway", 10, "NOR")],
  recipients: [],
  date: {
    text: "Friday",
    text_start: 3,
    text_end: 9,
    start: "2019-05-03",
    end: "2019-05-03",
    precision: "day",
  },
  place: {
    text: "Khartoum",
    start: 32,
    end: 40,
    name: "Khartoum",
    country: "SDN",
    admin1: null,
    latitude: 15.5,
    longitude: 32.5,
    geonames_id: 379252,
    kind: "capital",
    precision: "at",
  },
  status: "actual",
  attribution: {
    kind: "statement",
    speaker: party("an official", 42, null, ["GOV"]),
    verb: "said",
    quoted: false,
  },
  quantities: [],
  evidence: {
    text: "On Friday Norway sent medics to Khartoum, an official said.",
    start: 0,
    end: 59,
    trigger: { text: "sent", start: 17, end: 21 },
  },
  confidence: 0.8,
  coder: "test",
  article: { id: "d1", date: "2019-05-04", outlet: null, title: null, url: null, language: "en" },
  reviewed: null,
  story: null,
};

export function judgement(id: string, over: Partial<Judgement> = {}): Judgement {
  const subject = { document_id: "d1", event_id: "e1", record: null, changes: {}, why: null };
  const when = `2026-03-01T10:${id.padStart(2, "0")}:00Z`;
  return { id, verdict: "confirm", by: "Ana", at: when, undoes: null, ...subject, ...over };
}
