import { button } from '../button.ts';
import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';
import type { ChatActions, ChatImage } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { createHeightHandle } from './height-handle.ts';
import { createImageCell, type ImageCell } from './image-cell.ts';
import { createImageMenu } from './image-menu.ts';
import { openImageLightbox } from './open-image-lightbox.ts';
import type { PanelHost } from './panel-host.ts';
import { parseLayout, type PanelLayout } from './panel-layout.ts';

/** The images of the conversation, for selection. */
export interface ImageStrip {
  readonly element: HTMLElement;
  show(images: readonly ChatImage[]): void;
}

export type StripActions = Pick<
  ChatActions,
  'choose' | 'chooseAtCursor' | 'pin' | 'addFromVault' | 'reveal'
> & {
  readonly pickRegion: (image: ChatImage) => void;
  readonly detectObjects: (image: number) => void;
};

/** With more images than this, only their number is shown until the user opens them. */
const FEW = 12;
/** In windows lower than this, in pixels, too. */
const TALL = 480;
/** Pixels; a row of thumbnails. */
const MIN_HEIGHT = 64;

export function createImageStrip(
  doc: Document,
  words: ChatWords,
  host: PanelHost,
  actions: StripActions,
): ImageStrip {
  const cells = new Map<number, ImageCell>();
  let shown: readonly ChatImage[] = [];
  let layout = parseLayout(host.layout.load());
  const root = element(doc, 'section', 'notesight-images');
  const toggle = button(doc, 'notesight-image-count', '', () => {
    arrange({ ...layout, areImagesOpen: !isOpen() });
  });
  const chooseAll = (chosen: boolean) => {
    actions.choose(
      shown.map(({ number }) => number),
      chosen,
    );
  };
  const all = button(doc, 'notesight-button', words.all, () => {
    chooseAll(true);
  });
  const none = button(doc, 'notesight-button', words.none, () => {
    chooseAll(false);
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
  header.append(toggle, buttons);
  const grid = element(doc, 'ul', 'notesight-image-grid');
  grid.role = 'list';
  labelBy(grid, toggle);
  const handle = createHeightHandle(doc, words.resizeImages, grid, (height) => {
    arrange({ ...layout, imagesHeight: height === null ? null : Math.max(MIN_HEIGHT, Math.round(height)) });
  });
  root.append(header, grid, handle);
  const openMenu = createImageMenu(words, host, {
    ...actions,
    enlarge,
  });

  function enlarge({ number }: ChatImage): void {
    openImageLightbox(doc, words, () => shown, number);
  }

  function isOpen(): boolean {
    const isTall = (doc.defaultView?.innerHeight ?? 0) >= TALL;
    return layout.areImagesOpen ?? (isTall && shown.length <= FEW);
  }

  function arrange(next: PanelLayout): void {
    layout = next;
    host.layout.save(layout);
    showLayout();
  }

  function showLayout(): void {
    const hasGrid = shown.length > 0 && isOpen();
    grid.hidden = !hasGrid;
    handle.hidden = !hasGrid;
    for (const each of [all, none]) each.hidden = !hasGrid;
    atCursor.disabled = shown.length === 0;
    toggle.ariaExpanded = String(hasGrid);
    toggle.disabled = shown.length === 0;
    // Hundreds of cells take long to make, and a closed grid needs none.
    if (hasGrid) fill();
    grid.style.height = layout.imagesHeight === null ? '' : `${layout.imagesHeight}px`;
  }

  function makeCell(image: ChatImage): ImageCell {
    const cell = createImageCell(doc, image, words, {
      choose: (chosen) => {
        actions.choose([image.number], chosen);
      },
      enlarge: () => {
        enlarge(image);
      },
      openMenu: (at) => {
        openMenu(cell.shown, at);
      },
    });
    cell.element.addEventListener('focusin', () => {
      rove(cell);
    });
    // Arrow keys move between images, as in a grid; Space selects, Enter enlarges.
    cell.box.addEventListener('keydown', (event) => {
      const by = STEPS[event.key];
      if (by === undefined && event.key !== 'Enter') return;
      event.preventDefault();
      if (by === undefined) {
        enlarge(image);
        return;
      }
      const boxes = [...cells.values()].map(({ box }) => box);
      boxes[boxes.indexOf(cell.box) + by]?.focus();
    });
    return cell;
  }

  function fill(): void {
    const wanted = new Set(shown.map(({ number }) => number));
    for (const [number, cell] of cells) {
      if (wanted.has(number)) continue;
      cell.element.remove();
      cells.delete(number);
    }
    for (const image of shown) {
      const cell = cells.get(image.number) ?? makeCell(image);
      if (!cells.has(image.number)) {
        cells.set(image.number, cell);
        grid.append(cell.element);
      }
      cell.show(image);
    }
    const cellsNow = [...cells.values()];
    rove(cellsNow.find(({ box }) => box.tabIndex === 0) ?? cellsNow[0]);
  }

  /** Tab reaches only one image, its check mark and its menu. */
  function rove(to: ImageCell | undefined): void {
    for (const cell of cells.values()) {
      for (const each of [cell.box, cell.more]) each.tabIndex = cell === to ? 0 : -1;
    }
  }

  return {
    element: root,
    show(images) {
      shown = images;
      const chosen = images.filter(({ isChosen }) => isChosen).length;
      const isAutomatic = images.length > FEW && chosen === images.length;
      toggle.textContent = isAutomatic
        ? words.imagesAutomatic(images.length)
        : words.images(chosen, images.length);
      showLayout();
    },
  };
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
