import { button } from '../button.ts';
import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';
import type { ChatImage } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';

/** The thumbnail of an image, with its check mark and the button of its menu. */
export interface ImageCell {
  readonly element: HTMLElement;
  readonly box: HTMLInputElement;
  readonly more: HTMLButtonElement;
  readonly shown: ChatImage;
  show(image: ChatImage): void;
}

export interface CellActions {
  readonly choose: (chosen: boolean) => void;
  readonly enlarge: () => void;
  readonly openMenu: (at: HTMLElement | MouseEvent) => void;
}

export function createImageCell(
  doc: Document,
  first: ChatImage,
  words: ChatWords,
  actions: CellActions,
): ImageCell {
  let shown = first;
  const li = element(doc, 'li', 'notesight-image');
  const box = element(doc, 'input', 'notesight-image-box');
  box.type = 'checkbox';
  box.addEventListener('change', () => {
    actions.choose(box.checked);
  });
  const picture = element(doc, 'img', 'notesight-image-picture');
  picture.loading = 'lazy';
  picture.decoding = 'async';
  picture.alt = '';
  picture.draggable = false;
  const name = element(doc, 'span', 'notesight-image-name');
  name.hidden = true;
  labelBy(box, name);
  const pinned = element(doc, 'span', 'notesight-pinned');
  pinned.title = words.pinned;
  const label = element(doc, 'label', 'notesight-image-label');
  label.append(picture, box, element(doc, 'span', 'notesight-image-number', String(first.number)), pinned);
  label.addEventListener('dblclick', (event) => {
    event.preventDefault();
    actions.enlarge();
  });
  const more = button(doc, 'notesight-image-more', '', () => {
    actions.openMenu(more);
  });
  more.title = words.imageActions(first.number);
  more.ariaLabel = more.title;
  more.ariaHasPopup = 'menu';
  li.append(label, name, more);
  li.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    // The keyboard's menu key has no place.
    actions.openMenu(event.clientX === 0 && event.clientY === 0 ? more : event);
  });

  return {
    element: li,
    box,
    more,
    get shown() {
      return shown;
    },
    show(image) {
      shown = image;
      if (picture.getAttribute('src') !== image.source) picture.src = image.source;
      name.textContent = words.image(image.number, image.name);
      li.title = image.name;
      box.checked = image.isChosen;
      pinned.hidden = !image.isPinned;
      li.classList.toggle('notesight-added', !image.isInNote);
    },
  };
}
