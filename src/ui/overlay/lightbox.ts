import { button } from '../button.ts';
import { element, focusOn, isElement, viewRoot } from '../dom.ts';
import { keepFocus } from '../keep-focus.ts';
import { labelBy } from '../label-by.ts';
import type { LightboxWords } from './lightbox-words.ts';
import { createZoomable } from './zoomable.ts';

/** An image to show large. */
export interface LightboxItem {
  readonly source: string;
  readonly name: string;
  /** Shown beside the image, such as its text to edit; null if there is nothing. */
  readonly beside: HTMLElement | null;
}

export interface LightboxActions {
  /** The next or previous image; null at the end. */
  readonly step: (by: 1 | -1) => LightboxItem | null;
  /** Called once, after the lightbox is gone. */
  readonly closed: () => void;
}

/** An image that covers the window. */
export interface Lightbox {
  show(item: LightboxItem): void;
  close(): void;
}

const ZOOM = 1.5;
/** Pixels that an arrow key moves an enlarged image. */
const PAN = 80;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-PAN, 0],
  ArrowRight: [PAN, 0],
  ArrowUp: [0, -PAN],
  ArrowDown: [0, PAN],
};
const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 };

/** Opens an image large: wheel, pinch, and keys zoom; dragging moves it; arrow keys show the next image. */
export function openLightbox(
  doc: Document,
  first: LightboxItem,
  words: LightboxWords,
  actions: LightboxActions,
): Lightbox {
  const before = doc.activeElement;
  const root = viewRoot(doc, 'notesight-overlay notesight-lightbox');
  root.role = 'dialog';
  // A click on the image keeps the keyboard here.
  root.tabIndex = -1;
  root.ariaModal = 'true';
  const title = element(doc, 'span', 'notesight-lightbox-title');
  labelBy(root, title);
  const picture = element(doc, 'img', 'notesight-zoom-picture');
  picture.alt = '';
  const zoomable = createZoomable(doc, picture);
  const beside = element(doc, 'div', 'notesight-lightbox-beside');
  const tool = (text: string, run: () => void) => button(doc, 'notesight-button', text, run);
  const buttons = [
    tool(words.previous, () => {
      step(-1);
    }),
    tool(words.next, () => {
      step(1);
    }),
    tool(words.zoomOut, () => {
      zoomable.zoom(1 / ZOOM);
    }),
    tool(words.zoomIn, () => {
      zoomable.zoom(ZOOM);
    }),
    tool(words.fit, zoomable.fit),
    tool(words.close, close),
  ];
  const bar = element(doc, 'div', 'notesight-buttons');
  bar.append(...buttons);
  const header = element(doc, 'div', 'notesight-lightbox-header');
  header.append(title, bar);
  const body = element(doc, 'div', 'notesight-lightbox-body');
  body.append(zoomable.element, beside);
  root.append(header, body);

  function show(item: LightboxItem): void {
    title.textContent = item.name;
    picture.src = item.source;
    zoomable.fit();
    beside.hidden = item.beside === null;
    beside.replaceChildren(...(item.beside === null ? [] : [item.beside]));
  }

  function step(by: 1 | -1): void {
    const hadText = beside.contains(doc.activeElement);
    const item = actions.step(by);
    if (item === null) return;
    show(item);
    if (hadText || !root.contains(doc.activeElement)) root.querySelector('textarea')?.focus();
  }

  function close(): void {
    if (!root.isConnected) return;
    root.remove();
    zoomable.destroy();
    focusOn(before);
    actions.closed();
  }

  root.addEventListener('keydown', (event) => {
    // Keys typed here must not reach the editor below.
    event.stopPropagation();
    if (event.defaultPrevented || event.isComposing) return;
    const inText = isElement(event.target) && event.target.tagName === 'TEXTAREA';
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') keepFocus(event, focusable());
    else if (inText || !pressed(event.key)) return;
    event.preventDefault();
  });

  /** @returns whether the key has a meaning here */
  function pressed(key: string): boolean {
    const [x, y] = ARROWS[key] ?? [];
    const by = STEPS[key];
    if (zoomable.isEnlarged && x !== undefined && y !== undefined) zoomable.pan(x, y);
    else if (by !== undefined) step(by);
    else if (key === '+' || key === '=') zoomable.zoom(ZOOM);
    else if (key === '-') zoomable.zoom(1 / ZOOM);
    else if (key === '0') zoomable.fit();
    else return false;
    return true;
  }

  function focusable(): HTMLElement[] {
    const own = [...beside.querySelectorAll<HTMLElement>('textarea, button')];
    return [...buttons, ...own].filter((each) => each.checkVisibility());
  }

  show(first);
  doc.body.append(root);
  (root.querySelector('textarea') ?? buttons.at(-1))?.focus();
  return { show, close };
}
