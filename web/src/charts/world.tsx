import { useEffect, useMemo, useState } from "preact/hooks";
import type { Edge, PlaceItem } from "../api";
import { type Frame, zoomed } from "../lib/frames";
import { COARSE, type Country, fineCountries, frameAround, project, WHOLE } from "../lib/geo";
import { apart, placeOf, type Side } from "../lib/labels";
import { many } from "../lib/words";
import { Arcs } from "./arcs";
import { useWidth } from "./frame";
import { HalfDiscs } from "./half-discs";
import { useHand, ZoomButtons } from "./hand";

const FINE = 320; // width of a frame, in units of the plane, under which finer borders are drawn
const BIGGEST = 34; // pixels, radius of the place of most events

interface Props {
  places: readonly PlaceItem[];
  arcs: readonly Edge[];
  onPlace: (place: PlaceItem) => void;
  onArc: (edge: Edge) => void;
}

/** The world with places of events. Drag, wheel and buttons move it. */
export function World({ places, arcs, onPlace, onArc }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const height = Math.max(360, Math.min(560, width * 0.55));
  const points = useMemo(() => places.map(pointOf), [places]);
  const [frame, setFrame] = useState<Frame>(WHOLE);
  const [countries, setCountries] = useState<readonly Country[]>(COARSE);
  const ratio = width > 0 ? width / height : 2;
  const fitAll = () =>
    setFrame(
      frameAround(
        points.filter((point) => point !== null),
        ratio,
      ),
    );

  useEffect(() => {
    if (width > 0) fitAll();
  }, [points, ratio]);
  useEffect(() => {
    if (frame.width < FINE && countries === COARSE) fineCountries().then(setCountries);
  }, [frame.width]);

  const scale = frame.width / (width || 1); // units of the plane a pixel
  const centre: [number, number] = [frame.x + frame.width / 2, frame.y + frame.height / 2];
  const hand = useHand(frame, scale, setFrame);
  const most = Math.max(1, ...places.map((place) => place.events));
  const unit = (Math.min(BIGGEST, width / 24) / Math.sqrt(most)) * scale;
  const named = apart(
    places.map((place, at) => {
      const [x, y] = points[at] ?? [Number.NaN, Number.NaN];
      const reach = (Math.sqrt(place.events) * unit) / scale;
      return { x: (x - frame.x) / scale, y: (y - frame.y) / scale, reach, text: place.name };
    }),
    width,
  );
  return (
    <div class="world" ref={box}>
      {width > 0 && (
        <svg
          class="map"
          viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
          width={width}
          height={height}
          role="group"
          aria-label="Map of events. The table says the same."
          {...hand}
        >
          {countries.map((country) => (
            <path key={country.code} class="land" d={country.shape}>
              <title>{country.name}</title>
            </path>
          ))}
          <Arcs edges={arcs} scale={scale} onArc={onArc} />
          {places.map((place, at) => {
            const point = points[at];
            if (!point) return null;
            return (
              <Spot
                key={`${place.geonames_id} ${place.name}`}
                {...{ place, point, unit, scale }}
                side={named.get(at)}
                onOpen={() => onPlace(place)}
              />
            );
          })}
        </svg>
      )}
      <ZoomButtons onZoom={(factor) => setFrame(zoomed(frame, factor, centre))} onFit={fitAll} />
    </div>
  );
}

function pointOf(place: PlaceItem): [number, number] | null {
  if (place.latitude === null || place.longitude === null) return null;
  return project(place.longitude, place.latitude);
}

/** A place that is only a country or the report's dateline is vague. */
export function isVague(place: PlaceItem): boolean {
  const { at = 0, near = 0 } = place.precisions;
  return place.kind === "country" || at + near < place.events / 2;
}

function Spot(props: {
  place: PlaceItem;
  point: [number, number];
  unit: number;
  scale: number;
  side: Side | undefined;
  onOpen: () => void;
}) {
  const { place, point, unit, scale, side, onOpen } = props;
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onOpen();
  };
  const vague = isVague(place);
  const words = `${place.name}: ${many(place.events, "event")}${vague ? ", place is vague" : ""}`;
  return (
    <g
      class="spot"
      transform={`translate(${point[0]} ${point[1]})`}
      role="button"
      tabindex={0}
      aria-label={words}
      onClick={onOpen}
      onKeyDown={press}
    >
      <title>{words}</title>
      <circle class="reach" r={Math.max(unit * Math.sqrt(place.events), 12 * scale)} />
      <HalfDiscs classes={place.classes} unit={unit} vague={vague} />
      {side && (
        <text
          transform={`scale(${scale})`}
          {...placeOf(side, 0, 0, (Math.sqrt(place.events) * unit) / scale)}
        >
          {place.name}
        </text>
      )}
    </g>
  );
}
