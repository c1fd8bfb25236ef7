import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

export interface Column<T> {
  name: string;
  cell: (row: T) => ComponentChildren;
  /** What rows are sorted by; columns without it cannot sort. */
  order?: (row: T) => number | string;
  figure?: boolean;
}

interface Props<T> {
  caption: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  id: (row: T) => string;
}

/** A table that sorts by any column: what a chart shows, for reading and for screen readers. */
export function DataTable<T>({ caption, rows, columns, id }: Props<T>) {
  const [sort, setSort] = useState<{ at: number; down: boolean } | null>(null);
  const order = sort === null ? undefined : columns[sort.at]?.order;
  const sorted = order === undefined ? rows : [...rows].sort((a, b) => compare(order(a), order(b)));
  const shown = sort?.down ? [...sorted].reverse() : sorted;
  return (
    <section class="scroll" tabIndex={0} aria-label={caption}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th
                key={column.name}
                scope="col"
                class={column.figure ? "figure" : undefined}
                aria-sort={sort?.at === at ? (sort.down ? "descending" : "ascending") : undefined}
              >
                {column.order ? (
                  <button
                    type="button"
                    class="plain"
                    onClick={() =>
                      setSort({ at, down: sort?.at === at ? !sort.down : !!column.figure })
                    }
                  >
                    {!column.figure && column.name}
                    <span class="sort" aria-hidden="true">
                      {sort?.at === at ? (sort.down ? "↓" : "↑") : ""}
                    </span>
                    {column.figure && column.name}
                  </button>
                ) : (
                  column.name
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={id(row)}>
              {columns.map((column) => (
                <td key={column.name} class={column.figure ? "figure" : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function compare(a: number | string, b: number | string): number {
  return typeof a === "number" && typeof b === "number"
    ? a - b
    : String(a).localeCompare(String(b));
}
