import type { ArticleItem, Page } from "../api";
import { address } from "../lib/client";
import { filters, only, route, viewRoute } from "../lib/route";
import { showDay } from "../lib/time";
import { useAnswer } from "../lib/use-answer";
import { many } from "../lib/words";
import { DataTable } from "../parts/data-table";
import { Link } from "../parts/link";
import { Answered } from "../parts/states";
import { ViewHead } from "../parts/view-head";
import { ArticleView } from "./article";

/** One article where the address names it, else the list of all. */
export default function Articles() {
  const { id } = route.value.options;
  return id === undefined ? <ArticleList /> : <ArticleView id={id} />;
}

function ArticleList() {
  const asked = only(filters.value, ["since", "until", "outlet"]);
  const url = address("articles", { ...asked, order: "desc", limit: 200 });
  const answer = useAnswer<Page<ArticleItem>>(url);
  const total = answer.data?.total ?? null;
  return (
    <>
      <ViewHead
        title="Articles"
        note={total === null ? undefined : `${many(total, "article")}, latest first`}
      />
      <Answered
        answer={answer}
        empty={(page) => page.items.length === 0}
        nothing="The store holds no article of this time and outlet."
      >
        {(page) => (
          <DataTable
            caption="Articles"
            rows={page.items}
            id={(row) => row.id}
            columns={[
              {
                name: "Date",
                cell: (row) => <span class="nowrap">{showDay(row.date)}</span>,
                order: (row) => row.date,
              },
              {
                name: "Title",
                cell: (row) => (
                  <Link class="headline" to={viewRoute("articles", { id: row.id })}>
                    {row.title ?? row.id}
                  </Link>
                ),
                order: (row) => row.title ?? row.id,
              },
              {
                name: "Outlet",
                cell: (row) => row.outlet ?? "—",
                order: (row) => row.outlet ?? "",
              },
              {
                name: "Events",
                cell: (row) => row.events,
                order: (row) => row.events,
                figure: true,
              },
            ]}
          />
        )}
      </Answered>
    </>
  );
}
