import { ApiError, address, file, hasToken } from "../lib/client";
import { drawnSvg, save, toPng } from "../lib/drawing";
import { FILTERS, filters, merged, only, route } from "../lib/route";
import { about, tell } from "../lib/state";
import { Popover } from "./popover";

const NAMES: Record<string, string> = {
  csv: "CSV",
  parquet: "Parquet",
  jsonl: "JSON lines",
  polecat: "POLECAT",
  icews: "ICEWS",
  gdelt: "GDELT",
  "gdelt-mentions": "GDELT mentions",
  plover: "PLOVER",
};

/** The events of the view as a file, and its chart as a picture. */
export function ExportMenu({ chart }: { chart?: string }) {
  const { selection } = route.value;
  const asked = only(merged(filters.value, selection ?? {}), FILTERS);
  return (
    <Popover label="Export" name="Export">
      {(close) => (
        <div class="options">
          <p class="quiet">
            {selection ? "The events of the evidence" : "The events of these filters"}
          </p>
          {(about.value?.export_forms ?? []).map((form) => (
            <FileLink
              key={form}
              form={form}
              url={address("export", { as: form, ...asked })}
              onDone={close}
            />
          ))}
          {chart && <p class="quiet">This chart</p>}
          {chart && <Picture chart={chart} as="svg" onDone={close} />}
          {chart && <Picture chart={chart} as="png" onDone={close} />}
        </div>
      )}
    </Popover>
  );
}

function FileLink({ form, url, onDone }: { form: string; url: string; onDone: () => void }) {
  const fetchFile = async (event: MouseEvent) => {
    if (!hasToken()) return;
    event.preventDefault();
    try {
      save(await file(url), `events.${form}`);
      onDone();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      tell(error.message);
    }
  };
  return (
    <a class="option" href={url} download onClick={fetchFile}>
      {NAMES[form] ?? form}
    </a>
  );
}

function Picture({ chart, as, onDone }: { chart: string; as: "svg" | "png"; onDone: () => void }) {
  const draw = async () => {
    const drawn = document.querySelector<SVGSVGElement>(chart);
    if (drawn === null) {
      tell("There is no chart to save; the view shows a table.");
      return;
    }
    const { blob, width, height } = drawnSvg(drawn);
    save(as === "svg" ? blob : await toPng(blob, width, height), `${route.value.view}.${as}`);
    onDone();
  };
  return (
    <button type="button" class="option" onClick={draw}>
      {as.toUpperCase()}
    </button>
  );
}
