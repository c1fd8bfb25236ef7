import { useEffect, useRef } from "preact/hooks";
import { CLASSES } from "../lib/series";
import { helpShown } from "../lib/state";
import { ClassSign } from "./event-line";

const KEYS = [
  ["1 … 6", "Now, Timeline, Map, Actors, Articles, Try a text"],
  ["/", "search"],
  ["j, k", "next, previous event"],
  ["Enter", "open the event's article"],
  ["c", "confirm the event (in an article)"],
  ["x", "reject it"],
  ["e", "correct it"],
  ["a", "add an event that was missed, at the words selected"],
  ["u", "take the judgement back"],
  ["Esc", "close what is open"],
  ["?", "this help"],
] as const;

/** How to read the page, and its keys. */
export function Help() {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  const close = () => {
    helpShown.value = false;
  };
  return (
    <dialog class="help" ref={box} aria-labelledby="help-title" onClose={close}>
      <header>
        <h2 id="help-title">How to read this page</h2>
        <button type="button" class="close" aria-label="Close the help" onClick={close}>
          ×
        </button>
      </header>
      <p>
        Everything drawn leads to its evidence: click a bar, a place, a line between two actors, and
        the sentences behind it open at the side. From there, one more click opens the article.
      </p>
      <ul class="signs">
        {CLASSES.map((name) => (
          <li key={name}>
            <ClassSign of={name} named /> {name}
          </li>
        ))}
      </ul>
      <p>
        Cooperation points up and is blue, conflict points down and is orange; deeds are filled,
        words are open. Dashed means vague: a place known by its country alone.
      </p>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
