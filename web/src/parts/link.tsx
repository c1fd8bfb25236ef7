import type { ComponentChildren } from "preact";
import { go, type Route, routeAddress } from "../lib/route";

interface Props {
  to: Route;
  children: ComponentChildren;
  class?: string;
  current?: boolean;
  label?: string;
}

/** A link to another state of the page: an ordinary address that can be copied or opened in a tab. */
export function Link({ to, children, class: look, current, label }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a
      href={routeAddress(to)}
      class={look}
      aria-current={current ? "page" : undefined}
      aria-label={label}
      onClick={follow}
    >
      {children}
    </a>
  );
}

/** A link out of the page; text alone where the address is none of the web. */
export function OutLink({ url, children }: { url: string; children: ComponentChildren }) {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" class="out">
      {children}
    </a>
  );
}
