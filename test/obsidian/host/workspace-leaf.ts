import type * as obsidian from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import type { App } from './app.ts';
import { MarkdownView } from './markdown-view.ts';
import { nameView } from './view-header.ts';

export type Place = 'root' | 'left' | 'right';

/** Protected members of `View` that its leaf calls. */
interface LeafsView {
  readonly containerEl: HTMLElement;
  load(): void;
  unload(): void;
  onOpen(): Promise<void>;
  onClose(): Promise<void>;
  getDisplayText(): string;
  getViewType(): string;
  setState(state: unknown, result: obsidian.ViewStateResult): Promise<void>;
}

/** A placeholder for a view that is not created yet. */
class DeferredView extends mocks.View {
  readonly #type: string;

  constructor(leaf: WorkspaceLeaf, type: string) {
    super(leaf);
    this.#type = type;
  }

  getViewType(): string {
    return this.#type;
  }

  getDisplayText(): string {
    return this.#type;
  }
}

/** A pane. Unlike the mock, it creates and shows the registered view, which may be deferred. */
export class WorkspaceLeaf extends mocks.WorkspaceLeaf {
  declare readonly app__: App;
  readonly place: Place;
  readonly containerEl = createDiv('workspace-leaf');
  #state: obsidian.ViewState = { type: 'empty' };

  constructor(app: App, place: Place) {
    super(app);
    this.place = place;
    Object.defineProperty(this, 'isDeferred', { get: () => this.#any() instanceof DeferredView });
    this.containerEl.addEventListener('mousedown', () => {
      app.workspace.setActiveLeaf(this);
    });
  }

  get markdownView(): MarkdownView | null {
    const view = this.#any();
    return view instanceof MarkdownView ? view : null;
  }

  /** Like hidden tabs of a restored workspace: the view is created on demand. */
  defer(type: string): void {
    this.#state = { type };
    this.view = new DeferredView(this, type).asOriginalType2__();
  }

  override async loadIfDeferred(): Promise<void> {
    if (this.#any() instanceof DeferredView) await this.setViewState(this.#state);
  }

  override getViewState(): obsidian.ViewState {
    return { ...this.#state };
  }

  override async setViewState(viewState: obsidian.ViewState): Promise<void> {
    const create = this.app__.workspace.viewCreators.get(viewState.type);
    if (create === undefined) throw new Error(`No view is registered for '${viewState.type}'.`);
    const view = create(this.asOriginalType3__());
    this.#state = viewState;
    await this.open(view);
    await inside(view).setState(viewState.state ?? {}, { history: false });
    if (viewState.active === true) this.app__.workspace.setActiveLeaf(this);
    this.app__.workspace.trigger('layout-change');
  }

  override async open(view: obsidian.View): Promise<obsidian.View> {
    await this.#closeView();
    this.view = view;
    this.containerEl.empty();
    this.containerEl.append(view.containerEl);
    inside(view).load();
    await inside(view).onOpen();
    nameView(view.containerEl, view.getDisplayText(), view.getViewType());
    return view;
  }

  override async openFile(file: mocks.TFile, openState?: obsidian.OpenViewState): Promise<void> {
    if (this.markdownView === null) {
      this.#state = { type: 'markdown' };
      await this.open(new MarkdownView(this).asOriginalType6__());
    }
    await this.markdownView?.onLoadFile(file);
    nameView(
      this.containerEl.querySelector<HTMLElement>('.workspace-leaf-content') ?? this.containerEl,
      file.basename,
      'markdown',
    );
    if (openState?.active !== false) this.app__.workspace.setActiveLeaf(this);
    this.app__.workspace.trigger('file-open', file);
    this.app__.workspace.trigger('layout-change');
  }

  override detach(): void {
    void this.#closeView();
    this.containerEl.remove();
    this.app__.workspace.removeLeaf__(this);
    this.app__.workspace.trigger('layout-change');
  }

  async #closeView(): Promise<void> {
    const { view } = this;
    this.view = null;
    if (view === null) return;
    await inside(view).onClose();
    inside(view).unload();
  }

  /** Without a type, because the classes for plugins differ from the host's. */
  #any(): unknown {
    return this.view;
  }
}

function inside(view: obsidian.View): LeafsView {
  const same: unknown = view;
  return same as LeafsView;
}
