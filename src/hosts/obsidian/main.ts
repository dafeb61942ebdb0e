import { type Editor, Events, type MarkdownFileInfo, Notice, Plugin } from 'obsidian';
import { parseSettings, type Settings } from '../../core/settings/settings.ts';
import { openEditorAnswering } from '../../editor/answering.ts';
import { createImageSearch } from '../../editor/image-search.ts';
import { createModelDownload } from '../../editor/model-download.ts';
import { createUnfinishedBatches } from '../../editor/unfinished-batch.ts';
import { createAdapterLineFile } from './adapters/adapter-line-file.ts';
import { createApi, type NotesightApi } from './api.ts';
import { createFeatures } from './caption/caption-commands.ts';
import { createPasteQuestion } from './caption/paste-question.ts';
import { createPasteWatch, type PasteWatch } from './caption/pasted-images.ts';
import { createWaitingImages } from './caption/queued-images.ts';
import { createReviewDrafts } from './caption/review-drafts.ts';
import { registerChat } from './chat/register-chat.ts';
import { registerCliHandlers } from './cli-handlers.ts';
import { registerCommands } from './commands.ts';
import { registerMenus } from './menus.ts';
import { FindPrompt } from './search/find-prompt.ts';
import { UncaptionedModal } from './search/uncaptioned-modal.ts';
import { watchNotes } from './search/watch-notes.ts';
import { createServices } from './services.ts';
import { FirstRunModal } from './settings/first-run.ts';
import { webKeyOf } from './settings/servers-of.ts';
import { NotesightSettingTab } from './settings/settings-tab.ts';
import { createWatchedDownload } from './settings/watched-download.ts';
import { createStatusBar } from './status-bar.ts';
import { SummaryModal } from './summarize/summary-modal.ts';

/** The server's address is local to this device and not synced with the settings. */
const SERVER_KEY = 'notesight-server';
/** Whether the first-run page was shown. */
const WELCOMED_KEY = 'notesight-welcomed';
/** The running or paused batch, which is local to this device. */
const BATCH_KEY = 'notesight-batch';
/** Interval for retrying a server that was down while images or a batch are queued, in milliseconds. */
const TRY_AGAIN_EVERY = 30_000;

/** Connects the Obsidian adapters to the core and registers the features. */
export default class NotesightPlugin extends Plugin {
  declare settings: Settings;
  declare api: NotesightApi;

  override async onload(): Promise<void> {
    const stored: unknown = await this.loadData();
    this.settings = parseSettings(stored);
    const { app } = this;
    const { vault, workspace } = app;
    const events = new Events();
    const { words, explain, settings, files, editors, servers, fetch, pack, recognizers, captioner } =
      createServices(this, {
        settings: () => this.settings,
        serverText: () => this.serverText,
        folder: this.folder,
        onProgress() {
          showStatus();
        },
        onDescribed(path, description) {
          events.trigger('described', path, description);
          watched.described(path);
        },
      });
    const waiting = createWaitingImages(app);
    const drafts = createReviewDrafts(app);
    const unfinished = createUnfinishedBatches(
      {
        load: () => app.loadLocalStorage(BATCH_KEY) as unknown,
        save: (batch) => {
          app.saveLocalStorage(BATCH_KEY, batch);
        },
      },
      () => {
        showStatus();
      },
    );
    this.register(() => {
      unfinished.close();
      features.close();
    });
    const features = createFeatures({
      app,
      captioner,
      waiting,
      drafts,
      unfinished,
      words,
      explain,
      settings,
      onWaiting: () => {
        showStatus();
      },
    });
    const download = createWatchedDownload(app, createModelDownload(servers), words, explain);
    this.register(() => {
      download.close();
    });
    const stop = () => {
      captioner.stop();
      features.dismissBatch();
    };
    const status = createStatusBar(this.addStatusBarItem(), words, {
      stop,
      resume: () => void features.resumeWaiting(),
      resumeBatch: () => void features.resumeBatch(),
      dismissBatch: () => {
        features.dismissBatch();
      },
    });
    this.register(() => {
      status.close();
    });
    const showStatus = () => {
      status.show(captioner.progress, waiting.count, unfinished.resumable);
    };

    const search = createImageSearch({
      ...captioner.ports,
      notePaths: () => Promise.resolve(vault.getMarkdownFiles().map(({ path }) => path)),
      servers,
      openVectors: () => createAdapterLineFile(vault.adapter, `${this.folder}/vectors.jsonl`),
    });
    const watched = watchNotes(this, search);
    const chat = registerChat(this, {
      captioner,
      words,
      explain,
      settings,
      servers,
      tools: {
        async findImages(query, limit, signal) {
          await search.readAll(() => undefined, signal);
          return search.find(query, limit);
        },
        webKey: () => webKeyOf(app, this.settings),
        fetch,
      },
      openRecognizers: () => recognizers.open(),
      folder: this.folder,
    });
    registerCommands(
      this,
      features,
      chat,
      {
        findImage: () => {
          new FindPrompt(app, search, words).open();
        },
        summarize: (note) => {
          const open = (signal: AbortSignal) =>
            openEditorAnswering({ ...captioner.ports, servers, words }, signal);
          new SummaryModal(app, note, { captioner, words, explain, open }).open();
        },
        showUncaptioned: () => {
          new UncaptionedModal(app, captioner, features, words).open();
        },
      },
      {
        running: () => captioner.progress !== null || unfinished.resumable !== null,
        waiting: () => waiting.count,
        paused: () => unfinished.resumable !== null,
        stop,
      },
      words,
    );
    registerMenus(this, features, chat, words);
    const api = createApi(captioner, (file) => features.known(file), events);
    this.api = api;
    registerCliHandlers(this, { captioner, api, explain });
    this.addSettingTab(
      new NotesightSettingTab(app, this, {
        words,
        explain,
        settings,
        change: (changes) => this.change(changes),
        serverText: () => this.serverText,
        setServerText: (text) => {
          app.saveLocalStorage(SERVER_KEY, text === '' ? null : text);
        },
        servers,
        download,
        pack,
        recognizers,
      }),
    );
    this.addRibbonIcon('captions', words.commands.captionNote, () => {
      const note = workspace.getActiveFile();
      if (note?.extension === 'md') void features.captionAll([note]);
      else new Notice(words.notices.noImages);
    });
    this.addRibbonIcon('messages-square', words.commands.askNote, () => void chat.open());
    const question = createPasteQuestion(words, {
      caption: (pasted) => void features.captionPasted(pasted),
      always: () => void this.change({ paste: 'on' }),
    });
    this.register(() => {
      question.close();
    });
    this.registerEvent(
      vault.on('rename', (file, oldPath) => {
        waiting.renamed();
        drafts.renamed(oldPath, file.path);
      }),
    );
    // Before the layout is ready, Obsidian reports existing files as created.
    workspace.onLayoutReady(() => {
      this.registerPaste(
        createPasteWatch(app, files, editors, (pasted) => {
          if (this.settings.paste === 'ask') question.ask(pasted);
          else void features.captionPasted(pasted);
        }),
      );
      showStatus();
      void features.offerBatch();
      // Shown once per device, and only if there are no settings yet.
      if (stored === null && app.loadLocalStorage(WELCOMED_KEY) === null) {
        app.saveLocalStorage(WELCOMED_KEY, true);
        new FirstRunModal(app, words, explain, servers, download).open();
      }
      download.offerResume();
    });
    this.registerInterval(
      window.setInterval(() => {
        if (captioner.progress !== null) return;
        if (unfinished.resumable !== null) void features.retryBatch();
        if (waiting.count > 0) void features.retryWaiting();
      }, TRY_AGAIN_EVERY),
    );
  }

  override async onExternalSettingsChange(): Promise<void> {
    this.settings = parseSettings(await this.loadData());
  }

  /** Watches paste and drop events without handling them; Obsidian or another plugin does. */
  private registerPaste(watch: PasteWatch): void {
    const { vault, workspace } = this.app;
    const notice = (data: DataTransfer | null, info: MarkdownFileInfo) => {
      const images = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/')).length;
      if (images > 0 && info.file !== null && this.settings.paste !== 'off') watch.expect(info.file, images);
    };
    const onPaste = (event: ClipboardEvent, _editor: Editor, info: MarkdownFileInfo) => {
      notice(event.clipboardData, info);
    };
    const onDrop = (event: DragEvent, _editor: Editor, info: MarkdownFileInfo) => {
      notice(event.dataTransfer, info);
    };
    this.registerEvent(workspace.on('editor-paste', onPaste));
    this.registerEvent(workspace.on('editor-drop', onDrop));
    this.registerEvent(
      vault.on('create', (file) => {
        watch.created(file);
      }),
    );
  }

  /** Where Obsidian stores the plugin. */
  private get folder(): string {
    return this.manifest.dir ?? `${this.app.vault.configDir}/plugins/${this.manifest.id}`;
  }

  async change(changes: Partial<Settings>): Promise<void> {
    this.settings = parseSettings({ ...this.settings, ...changes });
    await this.saveData(this.settings);
  }

  /** The servers as entered on this device; '' for the default address of Ollama. */
  private get serverText(): string {
    const stored: unknown = this.app.loadLocalStorage(SERVER_KEY);
    return typeof stored === 'string' ? stored : '';
  }
}
