import type { PixelRegion } from '../../core/ports.ts';
import { element, focusOn, viewRoot } from '../dom.ts';
import { button } from '../button.ts';
import type { ChatImage } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { keepFocus } from '../keep-focus.ts';
import { pictureSize } from './picture-size.ts';

/** A rectangle in fractions of the image, 0 to 1. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const MIDDLE: Box = { left: 0.25, top: 0.25, width: 0.5, height: 0.5 };
/** The step of an arrow key and the minimum size of a rectangle, in fractions of the image. */
const STEP = 0.02;

/** A region picker that is open. */
export interface OpenPicker {
  close(): void;
}

export interface PickerActions {
  /** @param part in pixels of the upright image */
  readonly take: (part: PixelRegion) => void;
  /** The user chose object detection instead. */
  readonly detectObjects: () => void;
}

/** Shows an image large, for drawing a rectangle with mouse, touch, pen or the arrow keys. */
export function pickRegion(
  doc: Document,
  image: ChatImage,
  words: ChatWords,
  actions: PickerActions,
): OpenPicker {
  const before = doc.activeElement;
  let box = MIDDLE;

  const root = viewRoot(doc, 'notesight-overlay');
  root.role = 'dialog';
  // A click on the image keeps the keyboard here.
  root.tabIndex = -1;
  root.ariaModal = 'true';
  root.ariaLabel = words.regionTitle(image.name);
  const picture = element(doc, 'img', 'notesight-region-image');
  picture.src = image.source;
  picture.alt = '';
  picture.draggable = false;
  const frame = element(doc, 'div', 'notesight-region-frame');
  const canvas = element(doc, 'div', 'notesight-region-canvas');
  canvas.tabIndex = 0;
  canvas.role = 'application';
  canvas.ariaLabel = `${words.regionTitle(image.name)}. ${words.regionHint}`;
  canvas.append(picture, frame);
  const take = button(doc, 'notesight-button notesight-main-button', words.take, () => {
    takePart();
  });
  const cancel = button(doc, 'notesight-button', words.cancel, close);
  const where = button(doc, 'notesight-button', words.whatIsWhere, () => {
    close();
    actions.detectObjects();
  });
  const buttons = element(doc, 'div', 'notesight-buttons');
  buttons.append(cancel, where, take);
  root.append(element(doc, 'p', 'notesight-overlay-hint', words.regionHint), canvas, buttons);

  function close(): void {
    root.remove();
    focusOn(before);
  }

  function takePart(): void {
    const part = pixels();
    close();
    actions.take(part);
  }

  function draw(next: Box): void {
    const width = clamp(next.width, STEP, 1);
    const height = clamp(next.height, STEP, 1);
    box = { left: clamp(next.left, 0, 1 - width), top: clamp(next.top, 0, 1 - height), width, height };
    frame.style.left = `${box.left * 100}%`;
    frame.style.top = `${box.top * 100}%`;
    frame.style.width = `${box.width * 100}%`;
    frame.style.height = `${box.height * 100}%`;
  }

  function pixels(): PixelRegion {
    const { width, height } = pictureSize(picture, image);
    const x = Math.floor(box.left * width);
    const y = Math.floor(box.top * height);
    return {
      x,
      y,
      width: Math.max(1, Math.min(width - x, Math.round(box.width * width))),
      height: Math.max(1, Math.min(height - y, Math.round(box.height * height))),
    };
  }

  canvas.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return;
    down.preventDefault();
    canvas.focus();
    canvas.setPointerCapture(down.pointerId);
    const area = picture.getBoundingClientRect();
    const at = (event: PointerEvent) => ({
      x: clamp((event.clientX - area.left) / area.width, 0, 1),
      y: clamp((event.clientY - area.top) / area.height, 0, 1),
    });
    const from = at(down);
    const move = (event: PointerEvent) => {
      const to = at(event);
      draw({
        left: Math.min(from.x, to.x),
        top: Math.min(from.y, to.y),
        width: Math.abs(from.x - to.x),
        height: Math.abs(from.y - to.y),
      });
    };
    const up = () => {
      canvas.removeEventListener('pointermove', move);
    };
    canvas.addEventListener('pointermove', move);
    canvas.addEventListener('pointerup', up, { once: true });
    canvas.addEventListener('pointercancel', up, { once: true });
  });

  root.addEventListener('keydown', (event) => {
    // Keys typed here must not reach the editor below.
    event.stopPropagation();
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') keepFocus(event, [canvas, cancel, where, take]);
    else if (event.target === canvas && event.key === 'Enter') takePart();
    else if (event.target === canvas && event.key in ARROWS) {
      const [x = 0, y = 0] = ARROWS[event.key] ?? [];
      const { left, top, width, height } = box;
      draw(
        event.shiftKey
          ? { left, top, width: Math.min(1 - left, width + x), height: Math.min(1 - top, height + y) }
          : { left: left + x, top: top + y, width, height },
      );
    } else return;
    event.preventDefault();
  });

  draw(MIDDLE);
  doc.body.append(root);
  canvas.focus();
  return { close };
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
