import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';
import { button } from './button.ts';
import type { ChatActions, ChatImage } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';

/** The images of the conversation, for selection. */
export interface ImageStrip {
  readonly element: HTMLElement;
  show(images: readonly ChatImage[]): void;
}

/** The elements of one image. */
interface Cell {
  readonly element: HTMLElement;
  readonly box: HTMLInputElement;
  readonly pin: HTMLButtonElement;
  shown: ChatImage;
}

export type StripActions = Pick<
  ChatActions,
  'choose' | 'chooseAtCursor' | 'pin' | 'addFromVault' | 'reveal'
> & {
  readonly pickRegion: (image: ChatImage) => void;
  readonly detectObjects: (image: number) => void;
};

export function createImageStrip(doc: Document, words: ChatWords, actions: StripActions): ImageStrip {
  const cells = new Map<number, Cell>();
  const root = element(doc, 'section', 'notesight-images');
  const count = element(doc, 'span', 'notesight-image-count');
  const numbers = () => [...cells.keys()];
  const all = button(doc, 'notesight-button', words.all, () => {
    actions.choose(numbers(), true);
  });
  const none = button(doc, 'notesight-button', words.none, () => {
    actions.choose(numbers(), false);
  });
  const atCursor = button(doc, 'notesight-button', words.atCursor, () => {
    actions.chooseAtCursor();
  });
  const add = button(doc, 'notesight-button', words.addFromVault, () => {
    actions.addFromVault();
  });
  const buttons = element(doc, 'div', 'notesight-buttons');
  buttons.append(all, none, atCursor, add);
  const header = element(doc, 'div', 'notesight-image-header');
  header.append(count, buttons);
  const grid = element(doc, 'ul', 'notesight-image-grid');
  grid.role = 'list';
  labelBy(grid, count);
  root.append(header, grid);

  function makeCell(image: ChatImage): Cell {
    const li = element(doc, 'li', 'notesight-image');
    const box = element(doc, 'input', 'notesight-image-box');
    box.type = 'checkbox';
    box.addEventListener('change', () => {
      actions.choose([image.number], box.checked);
    });
    const picture = element(doc, 'img', 'notesight-image-picture');
    picture.loading = 'lazy';
    picture.decoding = 'async';
    picture.alt = '';
    picture.draggable = false;
    const name = element(doc, 'span', 'notesight-image-name');
    const label = element(doc, 'label', 'notesight-image-label');
    label.append(picture, box, element(doc, 'span', 'notesight-image-number', String(image.number)));
    name.hidden = true;
    labelBy(box, name);
    const pin = button(doc, 'notesight-image-button notesight-pin', '', () => {
      actions.pin(image.number, !cell.shown.isPinned);
    });
    pin.title = words.pin(image.number);
    const region = button(doc, 'notesight-image-button notesight-region-button', '', () => {
      actions.pickRegion(cell.shown);
    });
    region.title = words.region(image.number);
    const where = button(doc, 'notesight-image-button notesight-where-button', '', () => {
      actions.detectObjects(image.number);
    });
    where.title = words.where(image.number);
    for (const each of [pin, where, region]) each.ariaLabel = each.title;
    label.addEventListener('dblclick', (event) => {
      event.preventDefault();
      actions.reveal(image.number);
    });
    li.append(label, name, pin, where, region);
    const cell: Cell = { element: li, box, pin, shown: image };
    // Arrow keys move between images, as in a grid; Space selects.
    box.addEventListener('keydown', (event) => {
      const by = STEPS[event.key];
      if (by === undefined) return;
      event.preventDefault();
      const boxes = [...cells.values()].map((each) => each.box);
      boxes[boxes.indexOf(box) + by]?.focus();
    });
    return cell;
  }

  function showCell(cell: Cell, image: ChatImage): void {
    const { element: li, box, pin } = cell;
    const picture = li.querySelector('img');
    const name = li.querySelector('.notesight-image-name');
    if (picture && picture.getAttribute('src') !== image.source) picture.src = image.source;
    if (name) name.textContent = words.image(image.number, image.name);
    li.title = image.name;
    box.checked = image.isChosen;
    pin.ariaPressed = String(image.isPinned);
    li.classList.toggle('notesight-added', !image.isInNote);
    cell.shown = image;
  }

  return {
    element: root,
    show(images) {
      count.textContent = words.images(images.filter(({ isChosen }) => isChosen).length, images.length);
      const wanted = new Set(images.map(({ number }) => number));
      for (const [number, cell] of cells) {
        if (wanted.has(number)) continue;
        cell.element.remove();
        cells.delete(number);
      }
      for (const image of images) {
        const cell = cells.get(image.number) ?? makeCell(image);
        if (!cells.has(image.number)) {
          cells.set(image.number, cell);
          grid.append(cell.element);
        }
        showCell(cell, image);
      }
      grid.hidden = images.length === 0;
      for (const each of [all, none, atCursor]) each.disabled = images.length === 0;
    },
  };
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
