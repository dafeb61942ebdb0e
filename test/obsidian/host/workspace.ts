import type { Extension } from '@codemirror/state';
import type * as obsidian from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import type { App } from './app.ts';
import { OpenNote } from './open-note.ts';
import { type Place, WorkspaceLeaf } from './workspace-leaf.ts';

/** The panes: notes side by side in the center, views of plugins in the docks. */
export class Workspace extends mocks.Workspace {
  readonly viewCreators = new Map<string, obsidian.ViewCreator>();
  readonly editorExtensions: Extension[] = [];
  readonly #app: App;
  readonly #docks: Readonly<Record<Place, HTMLElement>>;
  readonly #leaves: WorkspaceLeaf[] = [];
  readonly #openNotes = new Map<mocks.TFile, OpenNote>();
  #lastFile: mocks.TFile | null = null;

  constructor(app: App, docks: Readonly<Record<Place, HTMLElement>>) {
    super(app, docks.root);
    this.#app = app;
    this.#docks = docks;
    app.vault.on('modify', (file) => {
      if (file instanceof mocks.TFile) this.#openNotes.get(file)?.diskChanged();
    });
    app.vault.on('delete', (file) => {
      for (const leaf of this.markdownLeaves()) if (leaf.markdownView?.file === file) leaf.detach();
    });
  }

  markdownLeaves(): WorkspaceLeaf[] {
    return this.#leaves.filter((leaf) => leaf.markdownView !== null);
  }

  /** Shared by all panes that show the file. */
  openNoteOf(file: mocks.TFile): OpenNote {
    const open = this.#openNotes.get(file);
    if (open !== undefined && open.views.size > 0) return open;
    const note = new OpenNote(file, this.#app.vault);
    this.#openNotes.set(file, note);
    return note;
  }

  newLeaf(place: Place): WorkspaceLeaf {
    const leaf = new WorkspaceLeaf(this.#app, place);
    this.#docks[place].append(leaf.containerEl);
    this.#leaves.push(leaf);
    return leaf;
  }

  override getLeaf(newLeaf: boolean | obsidian.PaneType = false): WorkspaceLeaf {
    const current =
      newLeaf === false
        ? (this.#active('root') ?? this.#leaves.find(({ place }) => place === 'root'))
        : undefined;
    return current ?? this.newLeaf('root');
  }

  override getRightLeaf(): WorkspaceLeaf {
    return this.newLeaf('right');
  }

  override getLeftLeaf(): WorkspaceLeaf {
    return this.newLeaf('left');
  }

  override async ensureSideLeaf(
    type: string,
    side: obsidian.Side,
    options: { active?: boolean; reveal?: boolean; state?: Record<string, unknown> } = {},
  ): Promise<WorkspaceLeaf> {
    const known = this.getLeavesOfType(type).find(({ place }) => place === side);
    const leaf = known ?? this.newLeaf(side);
    if (known === undefined) await leaf.setViewState({ type, state: options.state ?? {} });
    if (options.reveal !== false) await this.revealLeaf(leaf);
    if (options.active !== false) this.setActiveLeaf(leaf);
    return leaf;
  }

  override async revealLeaf(leaf: mocks.WorkspaceLeaf): Promise<void> {
    await leaf.loadIfDeferred();
    this.setActiveLeaf(leaf);
  }

  override getLeavesOfType(viewType: string): WorkspaceLeaf[] {
    return this.#leaves.filter((leaf) => leaf.view?.getViewType() === viewType);
  }

  override iterateAllLeaves(callback: (leaf: WorkspaceLeaf) => unknown): void {
    this.#leaves.forEach(callback);
  }

  override iterateRootLeaves(callback: (leaf: WorkspaceLeaf) => unknown): void {
    this.#leaves.filter(({ place }) => place === 'root').forEach(callback);
  }

  override detachLeavesOfType(viewType: string): void {
    for (const leaf of this.getLeavesOfType(viewType)) leaf.detach();
  }

  override removeLeaf__(leaf: mocks.WorkspaceLeaf): void {
    const index = this.#leaves.findIndex((other) => other === leaf);
    if (index >= 0) this.#leaves.splice(index, 1);
    if (this.activeLeaf !== leaf) return;
    this.activeLeaf = null;
    this.activeEditor = null;
    const next = this.#leaves.find(({ place }) => place === 'root');
    if (next !== undefined) this.setActiveLeaf(next);
  }

  /** Activating a view without an editor clears the active editor; the active file stays. */
  override setActiveLeaf(leaf: mocks.WorkspaceLeaf): void {
    if (!(leaf instanceof WorkspaceLeaf)) throw new Error('This leaf is of another workspace.');
    const view = leaf.markdownView;
    const changed = this.activeLeaf !== leaf || (view !== null && this.#lastFile !== view.file);
    this.activeLeaf = leaf;
    this.activeEditor = view?.info ?? null;
    if (view !== null) this.#lastFile = view.file;
    for (const other of this.#leaves) other.containerEl.toggleClass('mod-active', other === leaf);
    if (changed) this.trigger('active-leaf-change', leaf);
  }

  override getActiveFile(): mocks.TFile | null {
    return this.#lastFile?.deleted__ === true ? null : this.#lastFile;
  }

  override getActiveViewOfType<T extends obsidian.View>(type: obsidian.Constructor<T>): T | null {
    const view = this.activeLeaf?.view;
    return view instanceof type ? view : null;
  }

  override getMostRecentLeaf(): WorkspaceLeaf | null {
    return this.#active('root') ?? this.#leaves.findLast(({ place }) => place === 'root') ?? null;
  }

  override updateOptions(): void {
    for (const leaf of this.markdownLeaves()) leaf.markdownView?.updateOptions();
  }

  #active(place: Place): WorkspaceLeaf | undefined {
    return this.#leaves.find((leaf) => leaf === this.activeLeaf && leaf.place === place);
  }
}
