import { env, window } from 'vscode';
import { workspaceFolders } from '../adapters/open-vaults.ts';
import { uriFrom } from '../adapters/uri-from.ts';
import type { CommandHandlers } from '../command-names.ts';
import { type CommandTargets, folderOf, selectedFiles } from '../command-targets.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { Captions } from './captions.ts';

type CaptionCommands = Pick<
  CommandHandlers,
  | 'captionImage'
  | 'captionFile'
  | 'captionFolder'
  | 'captionWorkspace'
  | 'captionImageFile'
  | 'describeAgain'
  | 'refine'
  | 'describeUnder'
  | 'copyDescription'
  | 'resume'
>;

export function createCaptionCommands(
  captions: Captions,
  { noteOf, imageOf }: CommandTargets,
  words: VscodeWords,
): CaptionCommands {
  return {
    async captionImage(uri, place) {
      const image = await imageOf(uri, place);
      if (image !== null) await captions.captionAt(image.document, image.position);
    },
    async captionFile(uri, several) {
      const selected = selectedFiles(several);
      const document = selected.length > 0 ? null : await noteOf(uri);
      const files = document === null ? selected : [document.uri];
      if (files.length > 0) await captions.captionAll(files);
    },
    async captionFolder(uri, several) {
      const folder = folderOf(uri);
      const selected = selectedFiles(several);
      if (folder === null) void window.showInformationMessage(words.notes.openNote);
      else await captions.captionAll(selected.length > 0 ? selected : [folder]);
    },
    async captionWorkspace() {
      const folders = workspaceFolders();
      if (folders.length === 0) void window.showInformationMessage(words.notes.noFolder);
      else await captions.captionAll(folders);
    },
    async captionImageFile(uri, several) {
      const clicked = uriFrom(uri);
      const selected = selectedFiles(several);
      const files = selected.length > 0 || clicked === null ? selected : [clicked];
      await captions.captionImages(files);
    },
    async describeAgain(uri, place) {
      const image = await imageOf(uri, place);
      if (image !== null) await captions.regenerate(image.document, image.position);
    },
    async refine(uri, place) {
      const image = await imageOf(uri, place);
      if (image !== null) await captions.refineAt(image.document, image.position);
    },
    async describeUnder(uri) {
      const document = await noteOf(uri);
      if (document !== null) await captions.describeBelow(document.uri);
    },
    async copyDescription(uri, place) {
      const image = await imageOf(uri, place);
      const text = image === null ? null : await captions.description(image.document, image.position);
      if (text === null) return;
      await env.clipboard.writeText(text);
      void window.setStatusBarMessage(words.notices.copied, 5000);
    },
    resume: () => captions.resumeBatch(),
  };
}
