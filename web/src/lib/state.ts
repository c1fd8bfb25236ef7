import { computed, signal } from "@preact/signals";
import type { About } from "../api";

export const about = signal<About | null>(null);
export const helpShown = signal(false);
/** A short word to the reader, read out by screen readers; empty for none. */
export const notice = signal("");

export type Theme = "auto" | "light" | "dark";
const THEME_KEY = "crisiswire.theme";
const REVIEWER_KEY = "crisiswire.reviewer";

export const theme = signal<Theme>((localStorage.getItem(THEME_KEY) as Theme | null) ?? "auto");
export const reviewer = signal(localStorage.getItem(REVIEWER_KEY) ?? "");

const countries = computed(() => about.value?.countries ?? {});

export function countryName(code: string): string {
  return countries.value[code] ?? code;
}

export function setTheme(to: Theme): void {
  theme.value = to;
  localStorage.setItem(THEME_KEY, to);
  applyTheme();
}

export function applyTheme(): void {
  if (theme.value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
}

export function setReviewer(name: string): void {
  reviewer.value = name;
  localStorage.setItem(REVIEWER_KEY, name);
}

export function tell(words: string): void {
  notice.value = words;
}
