import { useState } from "preact/hooks";
import type { ActorItem, Edge, Network, NetworkNode, Page } from "../api";
import { Graph } from "../charts/graph";
import { address } from "../lib/client";
import { actorName, learnActor } from "../lib/describe";
import {
  filters,
  go,
  oneOf,
  route,
  towards,
  viewRoute,
  withOptions,
  withSelection,
} from "../lib/route";
import { countryName } from "../lib/state";
import { useAnswer } from "../lib/use-answer";
import { many, partyCode, signed } from "../lib/words";
import { DataTable } from "../parts/data-table";
import { LineKey } from "../parts/line-key";
import { Link } from "../parts/link";
import { Answered } from "../parts/states";
import { Switch } from "../parts/switch";
import { ViewHead } from "../parts/view-head";
import { ActorPage } from "./actor-page";

const LEVELS = ["country", "actor"] as const;
const LINES = ["80", "200", "500"] as const;

/** Who acts toward whom; one actor's page where the address names it. */
export default function Actors() {
  const { id } = route.value.options;
  return id === undefined ? <Overview /> : <ActorPage id={id} />;
}

function Overview() {
  const { options } = route.value;
  const level = oneOf(options.level, LEVELS, "country");
  const { ego } = options;
  const lines = oneOf(options.lines, LINES, "80");
  const url = address("networks", { ...filters.value, level, ego, limit: lines });
  const answer = useAnswer<Network>(url);
  const table = options.shape === "table";
  const nameOf = (key: string) => answer.data?.nodes.find((node) => node.id === key)?.name;
  if (answer.data?.level === "actor") {
    for (const node of answer.data.nodes) learnActor(node.id, node.name);
  }
  return (
    <>
      <ViewHead
        title={ego ? `Around ${nameOf(ego) ?? actorName(ego)}` : "Who acts toward whom"}
        note={note(answer.data)}
        chart="svg.network"
      >
        {ego && (
          <button type="button" class="action" onClick={() => go(withOptions({ ego: undefined }))}>
            Whole network
          </button>
        )}
        {ego && level === "actor" && (
          <Link class="action" to={viewRoute("actors", { id: ego })}>
            Open the page
          </Link>
        )}
        <Switch
          label="Level"
          value={level}
          onPick={(to) => go(withOptions({ level: to, ego: undefined }))}
          choices={[
            ["country", "Countries"],
            ["actor", "Actors"],
          ]}
        />
        <Switch
          label="Number of lines"
          value={lines}
          onPick={(to) => go(withOptions({ lines: to === "80" ? undefined : to }))}
          choices={[
            ["80", "80 lines"],
            ["200", "200"],
            ["500", "500"],
          ]}
        />
        <Switch
          label="Shape"
          value={table ? "table" : "chart"}
          onPick={(to) => go(withOptions({ shape: to === "table" ? to : undefined }))}
          choices={[
            ["chart", "Network"],
            ["table", "Table"],
          ]}
        />
      </ViewHead>
      <div class="columns">
        <Answered
          answer={answer}
          empty={(network) => network.edges.length === 0}
          nothing="No event of these filters has both an actor and a recipient."
        >
          {(network) =>
            table ? (
              <EdgeTable network={network} />
            ) : (
              <>
                <Key />
                <Graph
                  network={network}
                  onEdge={(edge) => openEdge(edge, network)}
                  onNode={around}
                />
              </>
            )
          }
        </Answered>
        <Directory />
      </div>
    </>
  );
}

function note(network: Network | null): string | undefined {
  if (network === null) return undefined;
  const left = network.left_out > 0 ? `; ${network.left_out} thinner ones left out` : "";
  return `${many(network.nodes.length, "party", "parties")}, ${many(network.edges.length, "line")}${left}. Choose a line for its sentences, a party for those around it.`;
}

function around(node: NetworkNode): void {
  const { ego, level } = route.value.options;
  if (ego === node.id && level === "actor") go(viewRoute("actors", { id: node.id }));
  else go(withOptions({ ego: node.id }));
}

function openEdge(edge: Edge, network: Network): void {
  go(
    withSelection(
      network.level === "country"
        ? { dyad: [`${edge.source}-${edge.target}`] }
        : towards({ id: edge.source }, { id: edge.target }),
    ),
  );
}

function Key() {
  return (
    <div class="legend">
      <LineKey />
      <span>width: number of events</span>
    </div>
  );
}

function EdgeTable({ network }: { network: Network }) {
  const name = new Map(network.nodes.map((node) => [node.id, node.name]));
  const nameOf = (key: string) => name.get(key) ?? key;
  return (
    <DataTable
      caption="Who acts toward whom"
      rows={network.edges}
      id={(edge) => `${edge.source} ${edge.target}`}
      columns={[
        { name: "Who", cell: (edge) => nameOf(edge.source), order: (edge) => nameOf(edge.source) },
        {
          name: "To whom",
          cell: (edge) => nameOf(edge.target),
          order: (edge) => nameOf(edge.target),
        },
        {
          name: "Events",
          cell: (edge) => (
            <button
              type="button"
              class="plain"
              onClick={() => openEdge(edge, network)}
              aria-label={`${many(edge.events, "event")}, show them`}
            >
              {edge.events}
            </button>
          ),
          order: (edge) => edge.events,
          figure: true,
        },
        {
          name: "Intensity",
          cell: (edge) => signed(edge.intensity),
          order: (edge) => edge.intensity,
          figure: true,
        },
      ]}
    />
  );
}

/** The actors by name, those of most events first. */
function Directory() {
  const [q, setQ] = useState("");
  const answer = useAnswer<Page<ActorItem>>(address("actors", { ...filters.value, q, limit: 40 }));
  return (
    <section class="directory" aria-label="Actors by name">
      <label class="reviewer">
        <span class="unseen">Find an actor</span>
        <input
          type="search"
          placeholder="Find an actor"
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </label>
      <Answered
        answer={answer}
        empty={(page) => page.items.length === 0}
        nothing="No actor has this name."
      >
        {(page) => (
          <ul>
            {page.items.map((actor) => (
              <li key={actor.id}>
                <Link to={viewRoute("actors", { id: actor.id })}>{actor.name}</Link>{" "}
                <span class="quiet code" title={countryName(actor.country ?? "")}>
                  {partyCode(actor)}
                </span>
                <span class="figure">{actor.events}</span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </section>
  );
}
