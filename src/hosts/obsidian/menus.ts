import { type Editor, type Menu, type Plugin, TFile, TFolder } from 'obsidian';
import type { ImageEmbed } from '../../core/note/image-embed.ts';
import { listImages } from '../../core/note/list-images.ts';
import { resolveImage } from '../../core/note/resolve-image.ts';
import { embedAtCursor } from './caption/embed-at-cursor.ts';
import { imageExtension } from './caption/image-extension.ts';
import type { CaptionFeatures } from './caption/register-captions.ts';
import { skipEntries, type SkipPorts } from './caption/skip-entries.ts';
import type { ChatCommands } from './chat/register-chat.ts';
import type { Services } from './services.ts';

/** The source of the menu of a link or image inside a note. */
const LINK_MENU = 'link-context-menu';

/** Registers the context menu entries: for an image in the editor, and for files and folders. */
export function registerMenus(
  plugin: Plugin,
  { captions, imageTexts }: Pick<CaptionFeatures, 'captions' | 'imageTexts'>,
  chat: ChatCommands,
  services: SkipPorts & Pick<Services, 'files'>,
): void {
  const { workspace } = plugin.app;
  const { menus } = services.words;
  const add = (menu: Menu, icon: string, title: string, run: () => void) => {
    menu.addItem((item) => item.setSection('notesight').setIcon(icon).setTitle(title).onClick(run));
  };

  const addSkipEntries = (menu: Menu, path: string) => {
    for (const { label, isOn = false, run } of skipEntries(path, services)) {
      menu.addItem((item) => item.setSection('notesight').setTitle(label).setChecked(isOn).onClick(run));
    }
  };

  const addTextEntries = (menu: Menu, note: TFile, embed: ImageEmbed) => {
    add(menu, 'pencil', menus.editAlt, () => {
      imageTexts.edit(note, embed);
    });
    if (embed.alt !== '') add(menu, 'sparkles', menus.refineAlt, () => void imageTexts.refine(note, embed));
  };

  /** The embed of an image in the active note; null if there is none, or if there are several to choose from. */
  const onlyEmbed = (file: TFile): ImageEmbed | null => {
    const { activeEditor } = workspace;
    const path = activeEditor?.file?.path ?? '';
    const listed = listImages(path, activeEditor?.editor?.getValue() ?? '', services.files.index());
    const [found, ...others] = listed.filter(
      ({ image }) => image.kind === 'file' && image.path === file.path,
    );
    return found === undefined || others.length > 0 ? null : found.embed;
  };

  const onEditor = (menu: Menu, editor: Editor, note: TFile | null) => {
    const embed = note === null ? null : embedAtCursor(editor);
    if (note === null || embed === null) return;
    add(menu, 'captions', menus.captionImage, () => void captions.captionEmbed(note, embed));
    add(menu, 'refresh-cw', menus.describeAgain, () => {
      captions.describeAgain(note, embed);
    });
    addTextEntries(menu, note, embed);
    add(menu, 'copy', menus.copyDescription, () => void captions.copyDescription(note, embed));
    add(menu, 'messages-square', menus.askImage, () => void chat.askAbout(note, embed));
    const image = resolveImage(embed, note.path, services.files.index());
    if (image.kind === 'file') addSkipEntries(menu, image.path);
  };

  plugin.registerEvent(
    workspace.on('editor-menu', (menu, editor, info) => {
      onEditor(menu, editor, info.file);
    }),
  );
  plugin.registerEvent(
    workspace.on('file-menu', (menu, file, source) => {
      const title =
        file instanceof TFolder
          ? menus.captionFolder
          : !(file instanceof TFile)
            ? null
            : file.extension === 'md'
              ? menus.captionNote
              : imageExtension(file)
                ? menus.captionImage
                : null;
      if (title !== null) add(menu, 'captions', title, () => void captions.captionAll([file]));
      if (!(file instanceof TFile) || !imageExtension(file)) return;
      const embed = source === LINK_MENU ? onlyEmbed(file) : null;
      const note = workspace.activeEditor?.file ?? null;
      if (embed !== null && note !== null) addTextEntries(menu, note, embed);
      addSkipEntries(menu, file.path);
    }),
  );
  plugin.registerEvent(
    workspace.on('files-menu', (menu, files) => {
      add(menu, 'captions', menus.captionSelected, () => void captions.captionAll(files));
    }),
  );
}
