import { element, isElement } from '../dom.ts';

/** An image that can be enlarged and moved with mouse, touch, and keyboard. */
export interface Zoomable {
  readonly element: HTMLElement;
  readonly isEnlarged: boolean;
  /** Enlarges by a factor around the middle; a factor below 1 reduces. */
  zoom(factor: number): void;
  /** Shows the whole image. */
  readonly fit: () => void;
  /** Moves the visible part by pixels. */
  pan(x: number, y: number): void;
  destroy(): void;
}

/** The largest size, as a multiple of the size that fits. */
const MAX_SCALE = 12;
/** How much larger than its own pixels a small image is shown to fit. */
const MAX_FIT = 4;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** @param layer drawn over the image, and scaled with it */
export function createZoomable(doc: Document, picture: HTMLImageElement, layer?: HTMLElement): Zoomable {
  const root = element(doc, 'div', 'notesight-zoom');
  const content = element(doc, 'div', 'notesight-zoom-content');
  picture.draggable = false;
  content.append(picture, ...(layer === undefined ? [] : [layer]));
  root.append(content);
  /** As a multiple of the size that fits. */
  let scale = 1;

  function fittingWidth(): number {
    const { naturalWidth: width, naturalHeight: height } = picture;
    if (width === 0 || height === 0) return root.clientWidth;
    return width * Math.min(root.clientWidth / width, root.clientHeight / height, MAX_FIT);
  }

  function resize(): void {
    content.style.width = `${Math.floor(fittingWidth() * scale)}px`;
    root.classList.toggle('notesight-enlarged', scale > 1);
  }

  /** @param at what stays in place, in pixels of the window */
  function zoomAt(factor: number, at: Point): void {
    const before = content.getBoundingClientRect();
    const next = Math.min(MAX_SCALE, Math.max(1, scale * factor));
    if (next === scale) return;
    const inside = { x: (at.x - before.left) / before.width, y: (at.y - before.top) / before.height };
    scale = next;
    resize();
    const after = content.getBoundingClientRect();
    root.scrollLeft += after.left + inside.x * after.width - at.x;
    root.scrollTop += after.top + inside.y * after.height - at.y;
  }

  function middle(): Point {
    const { left, top, width, height } = root.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }

  root.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      zoomAt(Math.exp(-event.deltaY / 300), { x: event.clientX, y: event.clientY });
    },
    { passive: false },
  );
  root.addEventListener('dblclick', (event) => {
    if (scale > 1) zoomAt(1 / scale, middle());
    else zoomAt(2.5, { x: event.clientX, y: event.clientY });
  });
  dragAndPinch(root, {
    pan: (x, y) => {
      root.scrollBy(-x, -y);
    },
    zoomAt,
  });

  const view = doc.defaultView;
  const observer = view === null ? null : new view.ResizeObserver(resize);
  observer?.observe(root);
  picture.addEventListener('load', resize);

  return {
    element: root,
    get isEnlarged() {
      return scale > 1;
    },
    zoom(factor) {
      zoomAt(factor, middle());
    },
    fit() {
      scale = 1;
      resize();
    },
    pan(x, y) {
      root.scrollBy(x, y);
    },
    destroy() {
      observer?.disconnect();
    },
  };
}

interface Gestures {
  readonly pan: (x: number, y: number) => void;
  readonly zoomAt: (factor: number, at: Point) => void;
}

/** One pointer drags, two zoom. Buttons on the image keep their clicks. */
function dragAndPinch(root: HTMLElement, { pan, zoomAt }: Gestures): void {
  const pointers = new Map<number, Point>();
  root.addEventListener('pointerdown', (event) => {
    const onButton = isElement(event.target) && event.target.closest('button') !== null;
    if (event.button !== 0 || onButton) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    root.setPointerCapture(event.pointerId);
  });
  root.addEventListener('pointermove', (event) => {
    const from = pointers.get(event.pointerId);
    if (from === undefined) return;
    const to = { x: event.clientX, y: event.clientY };
    pointers.set(event.pointerId, to);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) {
      pan(to.x - from.x, to.y - from.y);
    } else {
      const between = { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 };
      zoomAt(distance(to, other) / Math.max(1, distance(from, other)), between);
    }
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    root.addEventListener(end, ({ pointerId }) => {
      pointers.delete(pointerId);
    });
  }
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
