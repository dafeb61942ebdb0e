import { type Plugin, setTooltip } from 'obsidian';
import type { Services } from '../services.ts';
import type { ImageTextCommands } from './image-text-commands.ts';
import { shownImage } from './shown-image.ts';

/** Images smaller than this have no room for the badge. CSS pixels. */
const SMALLEST = 40;
/** Where notes show images: Live Preview and reading view. */
const NOTES = '.markdown-source-view, .markdown-preview-view';

/**
 * Shows a badge over the image under the pointer, or one that was tapped; it opens the dialog with the alt text. There is
 * one badge per window, above the note, so that neither the layout nor typing is affected.
 */
export function registerAltBadge(
  plugin: Plugin,
  services: Pick<Services, 'settings' | 'files' | 'words'>,
  edit: ImageTextCommands['edit'],
): void {
  const { workspace } = plugin.app;
  showBadges(plugin, document, services, edit);
  plugin.registerEvent(
    workspace.on('window-open', (_workspaceWindow, { document: popout }) => {
      showBadges(plugin, popout, services, edit);
    }),
  );
}

function showBadges(
  plugin: Plugin,
  doc: Document,
  { settings, files, words }: Pick<Services, 'settings' | 'files' | 'words'>,
  edit: ImageTextCommands['edit'],
): void {
  const badge = doc.body.createEl('button', { cls: 'notesight-alt-badge', text: words.imageText.badge });
  let open = (): void => undefined;
  const hide = (): void => {
    badge.hide();
  };

  function showOver(image: HTMLImageElement): void {
    const { left, top, width, height } = image.getBoundingClientRect();
    const shown = width < SMALLEST || height < SMALLEST ? null : shownImage(plugin.app, files, image);
    if (shown === null) {
      hide();
      return;
    }
    const { note, embed } = shown;
    open = () => {
      edit(note, embed);
    };
    badge.toggleClass('mod-missing', embed.alt === '');
    setTooltip(badge, embed.alt || words.imageText.none);
    badge.setCssStyles({ left: `${Math.max(left, 0)}px`, top: `${Math.max(top, 0)}px` });
    badge.show();
  }

  hide();
  badge.addEventListener('click', () => {
    hide();
    open();
  });
  plugin.registerDomEvent(doc, 'pointerover', ({ target }) => {
    if (target === badge) return;
    const image = settings().altBadge ? noteImage(target) : null;
    if (image === null) hide();
    else showOver(image);
  });
  // The image under the badge moves, or the embed changes.
  for (const type of ['scroll', 'keydown', 'wheel'] as const) {
    plugin.registerDomEvent(doc, type, hide, { capture: true, passive: true });
  }
  plugin.register(() => {
    badge.remove();
  });
}

/** The image under the pointer, if it is in a note. */
function noteImage(target: EventTarget | null): HTMLImageElement | null {
  const element = target as Element | null;
  return element?.instanceOf(HTMLImageElement) === true && element.closest(NOTES) !== null ? element : null;
}
