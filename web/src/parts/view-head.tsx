import type { ComponentChildren } from "preact";
import { ExportMenu } from "./export-menu";

/** Title of a view, its switches, its exports. ``chart``: a selector of the svg to save. */
export function ViewHead(props: {
  title: string;
  note?: string | undefined;
  chart?: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="view-head">
      <div>
        <h1>{props.title}</h1>
        {props.note && <p class="note">{props.note}</p>}
      </div>
      <div class="tools">
        {props.children}
        <ExportMenu {...(props.chart ? { chart: props.chart } : {})} />
      </div>
    </div>
  );
}
