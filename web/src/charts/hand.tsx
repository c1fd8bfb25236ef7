import { useRef } from "preact/hooks";
import { type Frame, zoomed } from "../lib/frames";

/** Dragging moves the frame, the wheel zooms at the pointer. */
export function useHand(
  frame: Frame,
  scale: number,
  setFrame: (frame: Frame) => void,
  limits?: [number, number],
) {
  const held = useRef<{ x: number; y: number; frame: Frame; moved: boolean } | null>(null);
  const planePoint = (event: MouseEvent): [number, number] => {
    const edge = (event.currentTarget as Element).getBoundingClientRect();
    return [
      frame.x + (event.clientX - edge.left) * scale,
      frame.y + (event.clientY - edge.top) * scale,
    ];
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      held.current = { x: event.clientX, y: event.clientY, frame, moved: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const from = held.current;
      if (!from || event.buttons === 0) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      from.moved ||= Math.hypot(dx, dy) > 4;
      if (from.moved)
        setFrame({ ...from.frame, x: from.frame.x - dx * scale, y: from.frame.y - dy * scale });
    },
    onClickCapture: (event: MouseEvent) => {
      if (held.current?.moved) event.stopPropagation();
      held.current = null;
    },
    onWheel: (event: WheelEvent) => {
      event.preventDefault();
      setFrame(zoomed(frame, event.deltaY < 0 ? 1.2 : 1 / 1.2, planePoint(event), limits));
    },
  };
}

/** The same by buttons. */
export function ZoomButtons(props: { onZoom: (factor: number) => void; onFit: () => void }) {
  const { onZoom, onFit } = props;
  return (
    <div class="zoom">
      <button type="button" class="action" aria-label="Nearer" onClick={() => onZoom(1.6)}>
        +
      </button>
      <button type="button" class="action" aria-label="Farther" onClick={() => onZoom(1 / 1.6)}>
        −
      </button>
      <button type="button" class="action" onClick={onFit}>
        Fit
      </button>
    </div>
  );
}
