import type { Edge, Network, PlaceItem, PlacePage } from "../api";
import { isVague, World } from "../charts/world";
import { address } from "../lib/client";
import { learnPlace } from "../lib/describe";
import { filters, go, route, withOptions, withSelection } from "../lib/route";
import { countryName } from "../lib/state";
import { useAnswer } from "../lib/use-answer";
import { many } from "../lib/words";
import { DataTable } from "../parts/data-table";
import { LineKey } from "../parts/line-key";
import { Answered } from "../parts/states";
import { Switch } from "../parts/switch";
import { ViewHead } from "../parts/view-head";

/** Where events happened, and on request who acts toward whom across borders. */
export default function MapView() {
  const { options } = route.value;
  const answer = useAnswer<PlacePage>(address("places", filters.value));
  const arcs = options.arcs === "shown";
  const network = useAnswer<Network>(
    arcs ? address("networks", { ...filters.value, level: "country", limit: 60 }) : null,
  );
  const table = options.shape === "table";
  for (const place of answer.data?.items ?? []) learnPlace(place.geonames_id, place.name);
  return (
    <>
      <ViewHead title="Where it happened" note={note(answer.data)} chart="svg.map">
        <Switch
          label="Lines between countries"
          value={arcs ? "shown" : "hidden"}
          onPick={(to) => go(withOptions({ arcs: to === "shown" ? to : undefined }))}
          choices={[
            ["hidden", "Places"],
            ["shown", "Places and dyads"],
          ]}
        />
        <Switch
          label="Shape"
          value={table ? "table" : "chart"}
          onPick={(to) => go(withOptions({ shape: to === "table" ? to : undefined }))}
          choices={[
            ["chart", "Map"],
            ["table", "Table"],
          ]}
        />
      </ViewHead>
      <Answered
        answer={answer}
        empty={(page) => page.items.length === 0}
        nothing="No event of these filters tells a place."
      >
        {(page) =>
          table ? (
            <PlaceTable places={page.items} />
          ) : (
            <>
              <Key lines={arcs} />
              <World
                places={page.items}
                arcs={network.data?.edges ?? []}
                onPlace={openPlace}
                onArc={openArc}
              />
            </>
          )
        }
      </Answered>
    </>
  );
}

function note(page: PlacePage | null): string | undefined {
  if (page === null) return undefined;
  const told = page.items.reduce((sum, place) => sum + place.events, 0);
  const { placeless } = page;
  return `${many(told, "event")} at ${many(page.total ?? page.items.length, "place")}; ${many(placeless, "event")} without a place`;
}

function openPlace(place: PlaceItem): void {
  const selection =
    place.geonames_id === null
      ? { country: place.country ? [place.country] : [] }
      : { place: [String(place.geonames_id)] };
  go(withSelection(selection));
}

function openArc(edge: Edge): void {
  go(withSelection({ dyad: [`${edge.source}-${edge.target}`] }));
}

function Key({ lines }: { lines: boolean }) {
  return (
    <div class="legend">
      <span>
        <i class="swatch mcoop" /> <i class="swatch vcoop" /> upper half: cooperation, deeds and
        words
      </span>
      <span>
        <i class="swatch mconf" /> <i class="swatch vconf" /> lower half: conflict, deeds and words
      </span>
      <span>
        <i class="ring" /> dashed: vague, a country or the report's dateline
      </span>
      {lines && <LineKey />}
    </div>
  );
}

function PlaceTable({ places }: { places: readonly PlaceItem[] }) {
  const of = (place: PlaceItem, way: string) =>
    Object.entries(place.classes).reduce(
      (n, [key, events]) => n + (key.endsWith(way) ? events : 0),
      0,
    );
  return (
    <DataTable
      caption="Places of events"
      rows={places}
      id={(place) => `${place.geonames_id} ${place.name}`}
      columns={[
        {
          name: "Place",
          cell: (place) => (
            <button type="button" class="plain" onClick={() => openPlace(place)}>
              {place.name}
            </button>
          ),
          order: (place) => place.name,
        },
        {
          name: "Country",
          cell: (place) => countryName(place.country ?? "—"),
          order: (place) => countryName(place.country ?? "—"),
        },
        { name: "How sure", cell: (place) => (isVague(place) ? "vague" : place.kind) },
        {
          name: "Cooperation",
          cell: (p) => of(p, "cooperation") || "",
          order: (p) => of(p, "cooperation"),
          figure: true,
        },
        {
          name: "Conflict",
          cell: (p) => of(p, "conflict") || "",
          order: (p) => of(p, "conflict"),
          figure: true,
        },
        {
          name: "Events",
          cell: (place) => place.events,
          order: (place) => place.events,
          figure: true,
        },
      ]}
    />
  );
}
