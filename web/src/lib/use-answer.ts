import { useEffect, useState } from "preact/hooks";
import { ApiError, generation, get, known } from "./client";

/** What is known of a question. While a new one is under way, ``data`` is the last answer. */
export interface Answer<T> {
  data: T | null;
  error: ApiError | null;
  loading: boolean;
  retry: () => void;
}

interface Held<T> {
  url: string | null;
  data: T | null;
  error: ApiError | null;
}

/** Asks the API whenever the question changes; null asks nothing. */
export function useAnswer<T>(url: string | null): Answer<T> {
  const [held, setHeld] = useState<Held<T>>({ url: null, data: null, error: null });
  const [tries, setTries] = useState(0);
  const age = generation.value;
  const ready = url === null ? undefined : known<T>(url);
  useEffect(() => {
    if (url === null) return;
    const abort = new AbortController();
    get<T>(url, abort.signal).then(
      (data) => setHeld({ url, data, error: null }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        setHeld((before) => ({ url, data: before.data, error }));
      },
    );
    return () => abort.abort();
  }, [url, age, tries]);

  if (url === null) return { data: null, error: null, loading: false, retry: () => {} };
  const current = held.url === url;
  return {
    data: ready ?? held.data,
    error: current ? held.error : null,
    loading: ready === undefined && !(current && held.error),
    retry: () => setTries(tries + 1),
  };
}
