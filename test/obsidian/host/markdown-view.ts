import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { markdown } from '@codemirror/lang-markdown';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type * as obsidian from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import type { App } from './app.ts';
import { attachFiles } from './attach-files.ts';
import { editorInfoField } from './editor-info-field.ts';
import { Editor } from './editor.ts';
import { imagePreviews } from './image-previews.ts';
import { MarkdownRenderer } from './markdown-renderer.ts';
import { Menu } from './menu.ts';
import { type OpenNote, synced } from './open-note.ts';
import { addViewHeader } from './view-header.ts';
import type { WorkspaceLeaf } from './workspace-leaf.ts';

/** A note in a pane: a real CodeMirror editor in source mode, with Obsidian's paste, drop and menu events. */
export class MarkdownView extends mocks.TextFileView implements obsidian.HoverParent {
  declare app: App;
  declare leaf: WorkspaceLeaf;
  readonly editor: Editor;
  hoverPopover: obsidian.HoverPopover | null = null;
  readonly #pluginExtensions = new Compartment();
  readonly #source: HTMLElement;
  #note: OpenNote | null = null;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    addViewHeader(this.containerEl, this.contentEl);
    this.#source = this.contentEl.createDiv('markdown-source-view cm-s-obsidian mod-cm6');
    this.editor = new Editor(new EditorView({ parent: this.#source }));
  }

  /** The object that plugins receive. */
  get info(): obsidian.MarkdownFileInfo {
    return this as unknown as obsidian.MarkdownFileInfo;
  }

  getViewType(): string {
    return 'markdown';
  }

  getMode(): obsidian.MarkdownViewModeType {
    return 'source';
  }

  getViewData(): string {
    return this.editor.getValue();
  }

  setViewData(data: string): void {
    this.editor.setValue(data);
  }

  clear(): void {
    this.editor.setValue('');
  }

  override async onLoadFile(file: mocks.TFile): Promise<void> {
    await this.onUnloadFile();
    this.file = file;
    this.#note = this.app.workspace.openNoteOf(file);
    this.editor.cm.setState(EditorState.create({ doc: this.#note.text, extensions: this.#extensions() }));
    this.#note.views.add(this.editor.cm);
  }

  override async onUnloadFile(): Promise<void> {
    await this.save();
    this.#note?.views.delete(this.editor.cm);
    this.#note = null;
  }

  override async onClose(): Promise<void> {
    const saved = this.onUnloadFile();
    this.editor.cm.destroy();
    await saved;
  }

  override async save(): Promise<void> {
    await this.#note?.save();
  }

  /** Replaces the editor with the rendered note. */
  async showReadingView(): Promise<void> {
    this.#source.hide();
    const page = this.contentEl.createDiv('markdown-reading-view').createDiv('markdown-preview-view');
    await MarkdownRenderer.render(this.app, this.getViewData(), page, this.file?.path ?? '');
  }

  /** Applies the extensions registered by plugins so far. */
  updateOptions(): void {
    this.editor.cm.dispatch({
      effects: this.#pluginExtensions.reconfigure([...this.app.workspace.editorExtensions]),
    });
  }

  #extensions(): Extension[] {
    const { workspace } = this.app;
    return [
      editorInfoField.init(() => this.info),
      mocks.editorLivePreviewField.init(() => false),
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      markdown(),
      EditorView.lineWrapping,
      imagePreviews(this),
      this.#pluginExtensions.of([...workspace.editorExtensions]),
      EditorView.domEventHandlers({
        paste: (event) => this.#offer('editor-paste', event, event.clipboardData),
        drop: (event) => this.#offer('editor-drop', event, event.dataTransfer),
        contextmenu: (event) => {
          this.#setCursorAt(event);
          const menu = new Menu();
          workspace.trigger('editor-menu', menu, this.editor, this);
          menu.showAtMouseEvent(event);
          return true;
        },
        focus: () => {
          workspace.setActiveLeaf(this.leaf);
        },
      }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        if (!update.transactions.some((transaction) => transaction.annotation(synced) === true)) {
          this.#note?.changed(update.view, update.changes);
        }
        workspace.trigger('editor-change', this.editor, this);
      }),
    ];
  }

  /** A click inside the selection keeps it. */
  #setCursorAt({ clientX, clientY }: MouseEvent): void {
    const { cm } = this.editor;
    // Uses rendered positions: the editor's measurements may be outdated after images load.
    const caret = document.caretPositionFromPoint(clientX, clientY);
    const isInText = caret !== null && cm.contentDOM.contains(caret.offsetNode);
    const at = isInText
      ? cm.posAtDOM(caret.offsetNode, caret.offset)
      : cm.posAtCoords({ x: clientX, y: clientY });
    const { from, to } = cm.state.selection.main;
    if (at !== null && (at < from || to < at)) cm.dispatch({ selection: { anchor: at } });
  }

  /** Plugins handle the event first; what none of them handles goes to Obsidian, and text to CodeMirror. */
  #offer(name: 'editor-paste' | 'editor-drop', event: Event, data: DataTransfer | null): boolean {
    this.app.workspace.trigger(name, event, this.editor, this);
    if (event.defaultPrevented) return true;
    const files = Array.from(data?.files ?? []);
    if (files.length === 0) return false;
    if (event instanceof DragEvent) {
      const offset = this.editor.cm.posAtCoords({ x: event.clientX, y: event.clientY });
      if (offset !== null) this.editor.cm.dispatch({ selection: { anchor: offset } });
    }
    void attachFiles(files, this);
    return true;
  }
}
