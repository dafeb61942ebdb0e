import type { PixelRegion, PixelSize } from '../../core/ports.ts';
import { element, viewRoot } from '../dom.ts';
import { labelBy } from '../label-by.ts';
import { button } from '../button.ts';
import type { ChatImage, ChatWhere } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { keepFocus } from '../keep-focus.ts';
import { pictureSize } from './picture-size.ts';
import { createZoomable } from '../overlay/zoomable.ts';
import { placeLabels } from './place-labels.ts';

/** An image shown large, with a labeled box around each detected object. */
export interface WhereView {
  /** Number of the image that is shown. */
  readonly number: number;
  show(where: ChatWhere): void;
  close(): void;
}

export interface WhereActions {
  /** The user selected an object, to ask about that region of the image. */
  readonly take: (part: PixelRegion) => void;
  readonly tryAgain: () => void;
  /** The user closed the view or stopped waiting. */
  readonly leave: () => void;
}

/** The drawn box of an object. */
interface DrawnBox {
  readonly element: HTMLButtonElement;
  readonly label: HTMLElement;
  readonly part: PixelRegion;
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Covers the window while it is open. */
export function openWhere(
  doc: Document,
  image: ChatImage,
  words: ChatWords,
  actions: WhereActions,
): WhereView {
  let shown: ChatWhere | null = null;
  let drawing = 0;
  /** The most important first. */
  let boxes: readonly DrawnBox[] = [];
  /** In the order of the arrow keys, starting at the upper left. */
  let path: readonly HTMLElement[] = [];

  const root = viewRoot(doc, 'notesight-overlay');
  root.role = 'dialog';
  // A click on the image keeps the keyboard here.
  root.tabIndex = -1;
  root.ariaModal = 'true';
  const title = element(doc, 'p', 'notesight-overlay-hint', words.whereTitle(image.name));
  labelBy(root, title);
  const picture = element(doc, 'img', 'notesight-zoom-picture');
  picture.src = image.source;
  picture.alt = '';
  const layer = element(doc, 'div', 'notesight-where-boxes');
  layer.role = 'group';
  labelBy(layer, title);
  const zoomable = createZoomable(doc, picture, layer);
  const status = element(doc, 'p', 'notesight-overlay-hint');
  status.role = 'status';
  const error = element(doc, 'div', 'notesight-error');
  const tryAgain = button(doc, 'notesight-button', words.tryAgain, actions.tryAgain);
  const leave = button(doc, 'notesight-button', words.cancel, actions.leave);
  const buttons = element(doc, 'div', 'notesight-buttons');
  buttons.append(tryAgain, leave);
  root.append(title, zoomable.element, status, error, buttons);

  function draw(size: PixelSize): void {
    boxes = (shown?.boxes ?? []).map(({ name, part }) => ({ part, ...boxOf(name, part, size) }));
    path = boxes.toSorted((a, b) => a.part.y - b.part.y || a.part.x - b.part.x).map((box) => box.element);
    for (const [index, box] of path.entries()) box.tabIndex = index === 0 ? 0 : -1;
    // Small boxes must stay above large ones.
    const bySize = boxes.toSorted((a, b) => areaOf(b.part) - areaOf(a.part));
    layer.replaceChildren(...bySize.map((box) => box.element));
    arrange();
    if (root.contains(doc.activeElement)) path[0]?.focus();
  }

  function boxOf(name: string, part: PixelRegion, size: PixelSize): Omit<DrawnBox, 'part'> {
    const box = button(doc, 'notesight-where-box', '', () => {
      actions.take(part);
    });
    const label = element(doc, 'span', 'notesight-where-name', name);
    label.dir = 'auto';
    const named = element(doc, 'span', '', `${name}, ${words.places[ninth(part, size)] ?? ''}`);
    named.hidden = true;
    labelBy(box, named);
    box.append(label, named);
    box.style.left = `${(part.x / size.width) * 100}%`;
    box.style.top = `${(part.y / size.height) * 100}%`;
    box.style.width = `${(part.width / size.width) * 100}%`;
    box.style.height = `${(part.height / size.height) * 100}%`;
    box.addEventListener('focus', () => {
      for (const each of path) each.tabIndex = each === box ? 0 : -1;
    });
    return { element: box, label };
  }

  /** Labels that would overlap are shown only on hover. */
  function arrange(): void {
    const area = layer.getBoundingClientRect();
    const measured = boxes.map(({ element: box, label }) => {
      const { left, top, width, height } = box.getBoundingClientRect();
      return {
        box: { x: left - area.left, y: top - area.top, width, height },
        label: { width: label.offsetWidth, height: label.offsetHeight },
      };
    });
    const places = placeLabels(measured, area);
    for (const [index, { element: box, label }] of boxes.entries()) {
      const [place, at] = [places[index], measured[index]];
      if (place === undefined || at === undefined) continue;
      label.style.left = `${place.x - at.box.x - box.clientLeft}px`;
      label.style.top = `${place.y - at.box.y - box.clientTop}px`;
      box.classList.toggle('notesight-crowded', place.isCrowded);
    }
  }

  function statusOf({ isBusy, boxes: found, model, remark }: ChatWhere): string {
    if (isBusy) return words.locating;
    const parts = [words.located(found.length, model), remark, found.length > 0 ? words.whereHint : ''];
    return parts.filter((part) => part !== '').join(' ');
  }

  root.addEventListener('keydown', (event) => {
    // Keys typed here must not reach the editor below.
    event.stopPropagation();
    const at = path.findIndex((box) => box === event.target);
    const step = at < 0 ? undefined : STEPS[event.key];
    if (event.key === 'Escape') actions.leave();
    else if (event.key === 'Tab') keepFocus(event, [path.find((box) => box.tabIndex === 0), tryAgain, leave]);
    else if (step !== undefined) path[step(at, path.length)]?.focus();
    else return;
    event.preventDefault();
  });

  const view = doc.defaultView;
  const observer = view === null ? null : new view.ResizeObserver(arrange);
  observer?.observe(layer);
  doc.body.append(root);
  leave.focus();

  return {
    number: image.number,
    show(where) {
      if (where === shown) return;
      // A state sent between processes is a new object each time.
      const isSame = shown !== null && JSON.stringify(where.boxes) === JSON.stringify(shown.boxes);
      shown = where;
      root.ariaBusy = String(where.isBusy);
      status.textContent = where.error === null ? statusOf(where) : '';
      status.hidden = where.error !== null;
      error.hidden = where.error === null;
      error.replaceChildren(
        element(doc, 'p', 'notesight-error-message', where.error?.message),
        element(doc, 'p', 'notesight-error-advice', where.error?.advice),
      );
      error.role = 'alert';
      tryAgain.hidden = where.error === null;
      leave.textContent = where.isBusy ? words.cancel : words.close;
      if (isSame) return;
      const wanted = ++drawing;
      // The size is known only after loading; the state may have changed by then.
      void picture.decode().then(
        () => {
          if (drawing === wanted) draw(pictureSize(picture, image));
        },
        () => undefined,
      );
    },
    close() {
      observer?.disconnect();
      zoomable.destroy();
      root.remove();
    },
  };
}

const areaOf = ({ width, height }: PixelRegion): number => width * height;

/** The area, of nine, that contains the center of the region. */
function ninth({ x, y, width, height }: PixelRegion, size: PixelSize): number {
  const third = (middle: number, whole: number) => Math.min(2, Math.floor((middle / whole) * 3));
  return third(y + height / 2, size.height) * 3 + third(x + width / 2, size.width);
}
