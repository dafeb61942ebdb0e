import { commands, type Tab, TabInputCustom, TabInputText, type Uri, ViewColumn, window } from 'vscode';

/** Shows images in one preview tab beside the editor, while something else keeps the focus. */
export interface ImagePreview {
  readonly isOpen: boolean;
  show(image: Uri): Promise<void>;
  /** Closes the tab, unless the image was open before. */
  close(): Promise<void>;
}

export function createImagePreview(): ImagePreview {
  let shown: Uri | null = null;
  return {
    get isOpen() {
      return shown !== null;
    },
    async show(image) {
      // VS Code replaces a preview tab by the next one.
      if (shown === null && tabOf(image) !== undefined) return;
      shown = image;
      const options = { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true };
      await commands.executeCommand('vscode.open', image, options);
    },
    async close() {
      const tab = shown === null ? undefined : tabOf(shown);
      shown = null;
      if (tab?.isPreview === true) await window.tabGroups.close(tab, true);
    },
  };
}

function tabOf(image: Uri): Tab | undefined {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(
      ({ input }) =>
        (input instanceof TabInputCustom || input instanceof TabInputText) &&
        input.uri.toString() === image.toString(),
    );
}
