/** Texts cut at code points, as the API counts them; JavaScript counts UTF-16 units. */
export class Text {
  private readonly units: Uint32Array | null;
  readonly length: number;

  constructor(readonly raw: string) {
    this.units = /[\ud800-\udbff][\udc00-\udfff]/.test(raw) ? unitOffsets(raw) : null;
    this.length = this.units ? this.units.length - 1 : raw.length;
  }

  /** UTF-16 offset of a code point; offsets outside the text are moved to its ends. */
  unit(point: number): number {
    const inside = Math.max(0, Math.min(point, this.length));
    return this.units ? (this.units[inside] ?? this.raw.length) : inside;
  }

  slice(start: number, end: number): string {
    return this.raw.slice(this.unit(start), this.unit(end));
  }
}

/** Number of code points. */
export function points(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function unitOffsets(raw: string): Uint32Array {
  const offsets: number[] = [];
  let at = 0;
  for (const point of raw) {
    offsets.push(at);
    at += point.length;
  }
  offsets.push(at);
  return Uint32Array.from(offsets);
}
