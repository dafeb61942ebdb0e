import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { Compartment, EditorState, StateField } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { App, TFile } from 'obsidian-test-mocks/obsidian';
import { Editor } from './editor.ts';
import { host } from './host.ts';
import { Menu } from './windows.ts';

/** How long after a change the text is saved, and a pasted image takes to be, in milliseconds. */
const SAVE_AFTER = 50;
const IMAGE_AFTER = 30;

export interface EditorInfo {
  readonly file: TFile | null;
}

export const editorInfoField = StateField.define<EditorInfo>({
  create: () => ({ file: null }),
  update: (info) => info,
});

/** A note in a real CodeMirror editor, with what Obsidian itself does on paste and drop. */
export class MarkdownView {
  readonly app: App;
  readonly file: TFile;
  readonly cm: EditorView;
  readonly editor: Editor;
  readonly #extensions = new Compartment();
  #saving: number | undefined;

  constructor(app: App, file: TFile, text: string) {
    this.app = app;
    this.file = file;
    const given = (name: 'editor-paste' | 'editor-drop', event: Event, data: DataTransfer | null) => {
      app.workspace.trigger(name, event, this.editor, this);
      const files = [...(data?.files ?? [])];
      if (event.defaultPrevented || files.length === 0) return event.defaultPrevented;
      event.preventDefault();
      void this.#saveImages(files);
      return true;
    };
    this.cm = new EditorView({
      parent: document.querySelector('.workspace') ?? document.body,
      state: EditorState.create({
        doc: text,
        extensions: [
          editorInfoField.init(() => ({ file })),
          history(),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.lineWrapping,
          this.#extensions.of(host.editorExtensions),
          EditorView.domEventHandlers({
            paste: (event) => given('editor-paste', event, event.clipboardData),
            drop: (event) => given('editor-drop', event, event.dataTransfer),
            contextmenu: (event) => {
              event.preventDefault();
              const menu = new Menu();
              app.workspace.trigger('editor-menu', menu, this.editor, this);
              menu.show();
            },
          }),
          EditorView.updateListener.of(({ docChanged }) => {
            if (!docChanged) return;
            window.clearTimeout(this.#saving);
            this.#saving = window.setTimeout(() => void this.save(), SAVE_AFTER);
          }),
        ],
      }),
    });
    this.editor = new Editor(this.cm);
  }

  async save(): Promise<void> {
    window.clearTimeout(this.#saving);
    await this.app.vault.modify(this.file, this.editor.getValue());
  }

  async close(): Promise<void> {
    await this.save();
    this.cm.destroy();
  }

  /** One after the other, as Obsidian does, each with a link at the cursor. */
  async #saveImages(files: readonly File[]): Promise<void> {
    for (const given of files) {
      const bytes = await given.arrayBuffer();
      await new Promise((resolve) => window.setTimeout(resolve, IMAGE_AFTER));
      const file = await this.app.vault.createBinary(this.#freeName(given.name), bytes);
      this.editor.replaceSelection(`![[${file.name}]]`);
    }
  }

  #freeName(name: string): string {
    const base = name === 'image.png' ? 'Pasted image 20261124120000' : name.replace(/\.png$/, '');
    for (let number = 0; ; number++) {
      const path = `${base}${number === 0 ? '' : ` ${number}`}.png`;
      if (this.app.vault.getAbstractFileByPath(path) === null) return path;
    }
  }
}
