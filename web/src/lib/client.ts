import { signal } from "@preact/signals";

export type Value = string | number | boolean | null | undefined;
export type Params = Record<string, Value | readonly Value[]>;

/** Why the API refused, in its own words, with the parameter at fault. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly parameter: string | null,
    readonly requestId: string | null,
  ) {
    super(message);
  }
}

const TOKEN_KEY = "crisiswire.token";
const KEPT = 60; // answers, the oldest goes first

/** Grows when something was changed on the server: what was fetched before is asked for again. */
export const generation = signal(0);

const answers = new Map<string, unknown>();

/** Takes the token out of the address (`#token=…`) and keeps it for this tab. */
export function takeToken(): void {
  const found = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (found === undefined) return;
  sessionStorage.setItem(TOKEN_KEY, decodeURIComponent(found));
  history.replaceState(null, "", location.pathname + location.search);
}

export function hasToken(): boolean {
  return sessionStorage.getItem(TOKEN_KEY) !== null;
}

/** The address of a question; empty values are left out, lists repeat their name. */
export function address(path: string, params: Params = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") asked.append(name, String(one));
    }
  }
  const query = asked.toString();
  return `/api/${path}${query ? `?${query}` : ""}`;
}

/** An answer that was given already, if any. */
export function known<T>(url: string): T | undefined {
  return answers.get(url) as T | undefined;
}

/** Asks the API. Throws ApiError. */
export async function get<T>(url: string, abort?: AbortSignal): Promise<T> {
  const cached = known<T>(url);
  if (cached !== undefined) return cached;
  const before = generation.peek();
  const answer = await ask<T>(url, { ...(abort ? { signal: abort } : {}) });
  if (before === generation.peek()) keep(url, answer);
  return answer;
}

/** Asks for a change or for work. Throws ApiError. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  const answer = await ask<T>(`/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-crisiswire": "1" },
    body: JSON.stringify(body),
  });
  return answer;
}

/** Forgets all answers, after a change. */
export function forget(): void {
  answers.clear();
  generation.value += 1;
}

/** A file from the API, for a server that wants a token, which a plain link cannot carry. */
export async function file(url: string): Promise<Blob> {
  const response = await fetch(url, { headers: authority() });
  if (!response.ok) throw await refusal(response);
  return response.blob();
}

function keep(url: string, answer: unknown): void {
  answers.set(url, answer);
  const oldest = answers.keys().next().value;
  if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest);
}

function authority(): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN_KEY);
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers: { ...authority(), ...init.headers } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(
      0,
      "unreachable",
      "crisiswire serve does not answer. Is it running?",
      null,
      null,
    );
  }
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as T;
}

async function refusal(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as {
      error: { code: string; message: string; parameter: string | null; request_id: string };
    };
    return new ApiError(
      response.status,
      error.code,
      error.message,
      error.parameter,
      error.request_id,
    );
  } catch {
    return new ApiError(
      response.status,
      "unreadable",
      `The server answered ${response.status}.`,
      null,
      null,
    );
  }
}
