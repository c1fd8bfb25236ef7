import { geoCentroid, geoNaturalEarth1, geoPath } from "d3-geo";
import type { FeatureCollection, Geometry } from "geojson";
import codes from "i18n-iso-countries/codes.json";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import fineUrl from "world-atlas/countries-50m.json?url";
import coarse from "world-atlas/countries-110m.json";
import type { Frame } from "./frames";

/** The world, projected once onto a plane of WIDTH × HEIGHT; zooming moves the plane. */

export const WIDTH = 1000;
export const HEIGHT = 500;

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

export interface Country {
  code: string;
  name: string;
  shape: string;
  centre: [number, number] | null;
}

const alpha3 = new Map(
  (codes as [string, string, string][]).map(([, three, number]) => [number, three]),
);
const projection = geoNaturalEarth1().fitExtent(
  [
    [4, 4],
    [WIDTH - 4, HEIGHT - 4],
  ],
  { type: "Sphere" },
);
const path = geoPath(projection);

export function project(longitude: number, latitude: number): [number, number] | null {
  return projection([longitude, latitude]);
}

function countriesOf(world: World): Country[] {
  const all: FeatureCollection<Geometry, { name: string }> = feature(
    world,
    world.objects.countries,
  );
  return all.features.map((one, at) => ({
    code: alpha3.get(String(one.id)) ?? `-${at}`,
    name: one.properties.name,
    shape: path(one) ?? "",
    centre: projection(geoCentroid(one)),
  }));
}

export const COARSE: readonly Country[] = countriesOf(coarse as unknown as World);

let fine: Promise<readonly Country[]> | null = null;

/** The same countries with finer borders, for a near look. Comes from this page's own server. */
export function fineCountries(): Promise<readonly Country[]> {
  fine ??= fetch(fineUrl)
    .then((response) => response.json())
    .then((world: World) => countriesOf(world));
  return fine;
}

export const WHOLE: Frame = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

/** A frame of the plane that shows all points with room around, in the shape of the screen. */
export function frameAround(points: readonly [number, number][], ratio: number): Frame {
  if (points.length === 0) return shaped(WHOLE, ratio);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const room = Math.max(20, (right - left) * 0.08);
  return shaped(
    {
      x: left - room,
      y: top - room,
      width: right - left + 2 * room,
      height: bottom - top + 2 * room,
    },
    ratio,
  );
}

/** The least frame of a ratio (width : height) around another. */
function shaped(frame: Frame, ratio: number): Frame {
  const width = Math.max(frame.width, frame.height * ratio);
  const height = width / ratio;
  return {
    x: frame.x - (width - frame.width) / 2,
    y: frame.y - (height - frame.height) / 2,
    width,
    height,
  };
}
