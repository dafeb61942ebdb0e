import { element } from '../dom.ts';

/** Pixels an arrow key moves it. */
const STEP = 24;

/**
 * A line between two areas that changes the height of the one above, by dragging or with the arrow keys.
 * @param above the area whose height changes
 * @param changed called with the new height in pixels, or null for the default
 */
export function createHeightHandle(
  doc: Document,
  label: string,
  above: HTMLElement,
  changed: (height: number | null) => void,
): HTMLElement {
  const handle = element(doc, 'div', 'notesight-height-handle');
  handle.role = 'separator';
  handle.ariaOrientation = 'horizontal';
  handle.ariaLabel = label;
  handle.tabIndex = 0;
  const height = () => above.getBoundingClientRect().height;
  new ResizeObserver(() => {
    handle.ariaValueNow = String(Math.round(height()));
  }).observe(above);

  handle.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return;
    down.preventDefault();
    handle.setPointerCapture(down.pointerId);
    const from = height() - down.clientY;
    const move = ({ clientY }: PointerEvent) => {
      changed(from + clientY);
    };
    const end = () => {
      handle.removeEventListener('pointermove', move);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end, { once: true });
    handle.addEventListener('pointercancel', end, { once: true });
  });
  handle.addEventListener('dblclick', () => {
    changed(null);
  });
  handle.addEventListener('keydown', (event) => {
    const by = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    changed(height() + by);
  });
  return handle;
}
