/** A part of a plane that is shown. */
export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

const LIMITS: [number, number] = [24, 1500]; // of a frame of the map, in units of its plane

/** The frame after zooming by a factor around a point of the plane; its width stays in ``limits``. */
export function zoomed(
  frame: Frame,
  factor: number,
  [x, y]: [number, number],
  [least, most] = LIMITS,
): Frame {
  const width = Math.max(least, Math.min(most, frame.width / factor));
  const scale = width / frame.width;
  return {
    x: x - (x - frame.x) * scale,
    y: y - (y - frame.y) * scale,
    width,
    height: frame.height * scale,
  };
}
