import { useEffect, useState } from "preact/hooks";
import { useWaiting } from "./busy";
import { ApiError, generation, get, known } from "./client";

/** What is known of a question. While a new one is under way, ``data`` is the last answer. */
export interface Answer<T> {
  data: T | null;
  error: ApiError | null;
  loading: boolean;
  retry: () => void;
}

/** The last answer, with the question and the generation that it answers. */
interface Held<T> {
  url: string | null;
  age: number;
  data: T | null;
  error: ApiError | null;
}

/** Asks the API whenever the question changes; null asks nothing. */
export function useAnswer<T>(url: string | null): Answer<T> {
  const [held, setHeld] = useState<Held<T>>({ url: null, age: -1, data: null, error: null });
  const [tries, setTries] = useState(0);
  const age = generation.value;
  const current = url !== null && held.url === url && held.age === age;
  const ready = url === null || current ? undefined : known<T>(url);
  const loading = url !== null && !current && ready === undefined;
  useWaiting(loading);
  useEffect(() => {
    if (url === null) return;
    const abort = new AbortController();
    get<T>(url, abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setHeld({ url, age, data, error: null });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        setHeld((before) => ({ url, age, data: before.data, error }));
      },
    );
    return () => abort.abort();
  }, [url, age, tries]);

  if (url === null) return { data: null, error: null, loading: false, retry: () => {} };
  return {
    data: ready ?? held.data,
    error: current ? held.error : null,
    loading,
    retry: () => {
      setHeld({ ...held, url: null, error: null });
      setTries(tries + 1);
    },
  };
}
