import { Events, getLanguage, Notice, Plugin, type Editor, type MarkdownFileInfo } from 'obsidian';
import { openCaptionLog } from '../../core/memory/caption-log.ts';
import type { CaptionLog } from '../../core/memory/caption-log.ts';
import { createJournal, type Journal } from '../../core/memory/journal.ts';
import { openUnseeingModel } from '../../core/model/open-unseeing-model.ts';
import { openSightedModels } from '../../core/memory/sighted-models.ts';
import { detectLanguage } from '../../core/model/detect-language.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import { createKnownApis } from '../../core/model/known-apis.ts';
import { modelSources } from '../../core/model/model-sources.ts';
import { explain } from '../../core/explain.ts';
import type { NotesightError } from '../../core/errors.ts';
import { parseSettings, type Settings } from '../../core/settings.ts';
import { createAdapterLineFile } from './adapter-line-file.ts';
import { createCanvasCodec } from './canvas-codec.ts';
import { createCaptioner } from '../editor/captioner.ts';
import { registerChat } from './chat/register-chat.ts';
import { openAnswering } from '../editor/answering.ts';
import { createApi, type NotesightApi } from './api.ts';
import { registerCliHandlers } from './cli-handlers.ts';
import { registerCommands } from './commands.ts';
import { createExpertPack } from './experts/expert-pack.ts';
import { createPackExperts } from './experts/pack-experts.ts';
import { FirstRunModal } from './first-run.ts';
import { FindPrompt } from './find/find-prompt.ts';
import { createImageSearch } from '../editor/image-search.ts';
import { watchNotes } from './find/watch-notes.ts';
import { UncaptionedModal } from './find/uncaptioned-modal.ts';
import { createFeatures } from './features.ts';
import { registerMenus } from './menus.ts';
import { once } from '../editor/once.ts';
import { createServerNews, NO_NEWS } from '../editor/server-news.ts';
import { openEngine } from '../editor/open-engine.ts';
import { standInNotice } from '../editor/stand-in-notice.ts';
import { createObsidianFetch } from './obsidian-fetch.ts';
import { createObsidianImages } from './obsidian-images.ts';
import { createObsidianNotes } from './obsidian-notes.ts';
import { createOpenEditors } from './open-editors.ts';
import { createPasteQuestion } from './paste-question.ts';
import { createPasteWatch, type PasteWatch } from './pasted-images.ts';
import { NotesightSettingTab } from './settings-tab.ts';
import { SummaryModal } from './summary/summary-modal.ts';
import { createStatusBar } from './status-bar.ts';
import { createVaultFiles } from './vault-files.ts';
import { openVisionModel } from '../editor/vision.ts';
import { serversOf, webKeyOf } from './servers-of.ts';
import { createWaitingImages } from './waiting-images.ts';
import { chooseWords } from './words/words.ts';

/** The server's address is this device's own, and is not synced with the settings. */
const SERVER_KEY = 'notesight-server';
/** Whether the first page was shown. */
const WELCOMED_KEY = 'notesight-welcomed';
/** How often a server that was down is tried again while images wait for it, in milliseconds. */
const TRY_AGAIN_EVERY = 30_000;

/** Wires the adapters of Obsidian to the core and registers the features. */
export default class NotesightPlugin extends Plugin {
  declare settings: Settings;
  /** For other plugins. */
  declare api: NotesightApi;

  override async onload(): Promise<void> {
    const stored: unknown = await this.loadData();
    this.settings = parseSettings(stored);
    const { app } = this;
    const { vault, workspace } = app;
    const words = chooseWords(getLanguage());
    const inWords = (error: NotesightError) => explain(error, words.locale);
    const fetch = createObsidianFetch();
    const events = new Events();
    const editors = createOpenEditors();
    const codec = createCanvasCodec();
    this.register(() => {
      codec.close();
    });
    this.registerEditorExtension(editors.extension);
    const files = createVaultFiles(vault, (event, listener) => {
      this.registerEvent(vault.on(event as 'create', listener));
    });
    const sourcePorts = {
      detectLanguage,
      sighted: once(() =>
        openSightedModels(createAdapterLineFile(vault.adapter, `${this.folder}/sighted-models.jsonl`)),
      ),
      apis: createKnownApis(),
    };
    const servers = () =>
      modelSources(serversOf(app, this.settings, this.serverText, fetch), sourcePorts, this.settings);
    const news = createServerNews(words, inWords, (message) => new Notice(message, 10_000));
    const pack = createExpertPack(vault.adapter, `${this.folder}/notesight-experts.pack`);
    const experts = createPackExperts(pack);
    this.register(() => void experts.close());
    let toldFallback = false;
    const tellFallback = (model: VisionModel, why: NotesightError) => {
      if (!toldFallback) new Notice(standInNotice(words, model, inWords(why)), 10_000);
      toldFallback = true;
    };
    const waiting = createWaitingImages(app);
    const captioner = createCaptioner(
      {
        settings: () => this.settings,
        openModel: (signal) =>
          openEngine(
            this.settings,
            {
              server: () => openVisionModel(servers(), this.settings, news, signal),
              told: async () => {
                const found = await experts.open();
                if (found === null) return null;
                const told = { experts: found, detectLanguage };
                return (await openUnseeingModel(servers(), this.settings, told, signal)).model;
              },
              embedded: () => experts.openModel(),
            },
            tellFallback,
          ),
        openNamed: (model, signal) =>
          openVisionModel(servers(), { ...this.settings, model }, NO_NEWS, signal),
        openEmbedded: () => experts.openModel(),
        openReader: async () => (this.settings.textHint ? ((await experts.open())?.text ?? null) : null),
        openMemory: once(() => this.openMemory()),
        notes: createObsidianNotes(vault, editors),
        images: createObsidianImages(vault),
        codec,
        files,
      },
      () => {
        showStatus();
      },
      (path, description) => {
        events.trigger('described', path, description);
        watched.described(path);
      },
    );
    this.register(() => {
      captioner.stop();
    });
    const features = createFeatures({
      app,
      captioner,
      waiting,
      words,
      explain: inWords,
      settings: () => this.settings,
      onWaiting: () => {
        showStatus();
      },
    });
    const stop = () => {
      captioner.stop();
    };
    const status = createStatusBar(this.addStatusBarItem(), words, {
      stop,
      resume: () => void features.resumeWaiting(),
    });
    this.register(() => {
      status.close();
    });
    const showStatus = () => {
      status.show(captioner.progress, waiting.count);
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
      explain: inWords,
      settings: () => this.settings,
      servers,
      tools: {
        async findImages(query, limit, signal) {
          await search.readAll(() => undefined, signal);
          return search.find(query, limit);
        },
        webKey: () => webKeyOf(app, this.settings),
        fetch,
      },
      openExperts: () => experts.open(),
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
          const open = (signal: AbortSignal) => openAnswering({ ...captioner.ports, servers, words }, signal);
          new SummaryModal(app, note, { captioner, words, explain: inWords, open }).open();
        },
        showUncaptioned: () => {
          new UncaptionedModal(app, captioner, features, words).open();
        },
      },
      { running: () => captioner.progress !== null, waiting: () => waiting.count, stop },
      words,
    );
    registerMenus(this, features, chat, words);
    const api = createApi(captioner, (file) => features.known(file), events);
    this.api = api;
    registerCliHandlers(this, { captioner, api, explain: inWords });
    this.addSettingTab(
      new NotesightSettingTab(app, this, {
        words,
        explain: inWords,
        settings: () => this.settings,
        change: (changes) => this.change(changes),
        serverText: () => this.serverText,
        setServerText: (text) => {
          app.saveLocalStorage(SERVER_KEY, text === '' ? null : text);
        },
        servers,
        pack,
        experts,
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
      vault.on('rename', () => {
        waiting.renamed();
      }),
    );
    // Files that come before the layout is ready are those that were there already.
    workspace.onLayoutReady(() => {
      this.registerPaste(
        createPasteWatch(app, files, editors, (pasted) => {
          if (this.settings.paste === 'ask') question.ask(pasted);
          else void features.captionPasted(pasted);
        }),
      );
      showStatus();
      // Told once on each device, and only where there are no settings yet.
      if (stored === null && app.loadLocalStorage(WELCOMED_KEY) === null) {
        app.saveLocalStorage(WELCOMED_KEY, true);
        new FirstRunModal(app, words, inWords, servers).open();
      }
    });
    this.registerInterval(
      window.setInterval(() => {
        if (waiting.count > 0 && captioner.progress === null) void features.retryWaiting();
      }, TRY_AGAIN_EVERY),
    );
  }

  override async onExternalSettingsChange(): Promise<void> {
    this.settings = parseSettings(await this.loadData());
  }

  /**
   * Watches what is pasted and dropped. Nothing is claimed: Obsidian, or another plugin, handles the event as always.
   */
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

  private async openMemory(): Promise<{ log: CaptionLog; journal: Journal }> {
    const { adapter } = this.app.vault;
    const { folder } = this;
    return {
      log: await openCaptionLog(createAdapterLineFile(adapter, `${folder}/captions.jsonl`)),
      journal: createJournal(createAdapterLineFile(adapter, `${folder}/journal.jsonl`)),
    };
  }

  /** Where Obsidian keeps what the plugin stores. */
  private get folder(): string {
    return this.manifest.dir ?? `${this.app.vault.configDir}/plugins/${this.manifest.id}`;
  }

  async change(changes: Partial<Settings>): Promise<void> {
    this.settings = parseSettings({ ...this.settings, ...changes });
    await this.saveData(this.settings);
  }

  /** The servers, as they were written on this device; '' for where Ollama answers by itself. */
  private get serverText(): string {
    const stored: unknown = this.app.loadLocalStorage(SERVER_KEY);
    return typeof stored === 'string' ? stored : '';
  }
}
