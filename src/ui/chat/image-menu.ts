import type { ChatActions, ChatImage } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import type { PanelHost } from './panel-host.ts';

export type ImageMenuActions = Pick<ChatActions, 'pin' | 'reveal' | 'detectObjects'> & {
  readonly enlarge: (image: ChatImage) => void;
  readonly pickRegion: (image: ChatImage) => void;
};

/** @returns opens the menu of an image */
export function createImageMenu(
  words: ChatWords,
  { showMenu, imageEntries }: Pick<PanelHost, 'showMenu' | 'imageEntries'>,
  actions: ImageMenuActions,
): (image: ChatImage, at: HTMLElement | MouseEvent) => void {
  return (image, at) => {
    const { number, isPinned } = image;
    const look = [
      {
        label: words.enlarge,
        run: () => {
          actions.enlarge(image);
        },
      },
      {
        label: words.reveal,
        run: () => {
          actions.reveal(number);
        },
      },
    ];
    const ask = [
      {
        label: words.region,
        run: () => {
          actions.pickRegion(image);
        },
      },
      {
        label: words.whatIsWhere,
        run: () => {
          actions.detectObjects(number);
        },
      },
      {
        label: words.pin,
        isOn: isPinned,
        run: () => {
          actions.pin(number, !isPinned);
        },
      },
    ];
    showMenu([look, ask, imageEntries(number)], at);
  };
}
