import { button } from '../button.ts';
import { element } from '../dom.ts';
import type { ChatImage } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';

/** Links to images in answers, with a preview. */
export interface References {
  /** The preview, inside the panel. */
  readonly preview: HTMLElement;
  /** Call this before links are made for these images. */
  show(images: readonly ChatImage[]): void;
  readonly link: (number: number) => HTMLElement;
}

/** @param panel contains the links and the preview */
export function createReferences(
  panel: HTMLElement,
  words: ChatWords,
  reveal: (image: number) => void,
): References {
  const doc = panel.ownerDocument;
  let images: readonly ChatImage[] = [];
  const preview = element(doc, 'div', 'notesight-preview');
  preview.hidden = true;

  function hide(): void {
    preview.hidden = true;
  }

  function showPreview(link: HTMLElement, number: number): void {
    const image = images.find((each) => each.number === number);
    if (image === undefined) return;
    const picture = element(doc, 'img', '');
    picture.src = image.source;
    picture.alt = '';
    preview.replaceChildren(picture, element(doc, 'span', '', image.name));
    const at = link.getBoundingClientRect();
    const frame = panel.getBoundingClientRect();
    preview.style.bottom = `${frame.bottom - at.top + 4}px`;
    preview.hidden = false;
  }

  function labelOf(number: number): string {
    return words.goTo(number, images.find((image) => image.number === number)?.name ?? '');
  }

  return {
    preview,
    show(next) {
      images = next;
      for (const link of panel.querySelectorAll<HTMLElement>('.notesight-reference'))
        link.ariaLabel = labelOf(Number(link.dataset['image']));
    },
    link(number) {
      const link = button(doc, 'notesight-reference', `[${number}]`, () => {
        hide();
        reveal(number);
      });
      link.dataset['image'] = String(number);
      link.ariaLabel = labelOf(number);
      for (const event of ['pointerenter', 'focus']) {
        link.addEventListener(event, () => {
          showPreview(link, number);
        });
      }
      for (const event of ['pointerleave', 'blur']) link.addEventListener(event, hide);
      return link;
    },
  };
}
