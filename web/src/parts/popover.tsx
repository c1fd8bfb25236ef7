import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { addKeys } from "../lib/keys";

interface Props {
  label: ComponentChildren;
  name: string;
  look?: string;
  wide?: boolean;
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small panel below it. Escape and a click elsewhere close it. */
export function Popover({ label, name, look, wide, children }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener("pointerdown", outside);
    const off = addKeys({
      Escape: () => {
        setOpen(false);
        button.current?.focus();
      },
    });
    box.current?.querySelector<HTMLElement>(".sheet input, .sheet select, .sheet button")?.focus();
    return () => {
      removeEventListener("pointerdown", outside);
      off();
    };
  }, [open]);

  return (
    <div class="popover" ref={box}>
      <button
        type="button"
        ref={button}
        class={look ?? "action"}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      {open && (
        <section class={`sheet${wide ? " wide" : ""}`} id={id} aria-label={name}>
          {children(close)}
        </section>
      )}
    </div>
  );
}
