import { Events, Plugin } from 'obsidian';
import { parseSettings, type Settings } from '../../core/settings/settings.ts';
import { openEditorAnswering } from '../../editor/answering.ts';
import { createImageSearch, type ImageSearch } from '../../editor/image-search.ts';
import { createModelDownload } from '../../editor/model-download.ts';
import { createAdapterLineFile } from './adapters/adapter-line-file.ts';
import { createApi, type NotesightApi } from './api.ts';
import { registerAltBadge } from './caption/alt-badge.ts';
import { lastRecord } from './caption/caption-commands.ts';
import { type CaptionFeatures, registerCaptions } from './caption/register-captions.ts';
import { registerPaste } from './caption/register-paste.ts';
import { type ChatCommands, registerChat } from './chat/register-chat.ts';
import { registerCliHandlers } from './cli-handlers.ts';
import { type Dialogs, registerCommands } from './commands.ts';
import { createErrorHelp } from './error-help.ts';
import { followRenamedFolders } from './follow-renamed-folders.ts';
import { registerMenus } from './menus.ts';
import { FindPrompt } from './search/find-prompt.ts';
import { UncaptionedModal } from './search/uncaptioned-modal.ts';
import { watchNotes } from './search/watch-notes.ts';
import { registerWork } from './register-work.ts';
import { createServices, type Services } from './services.ts';
import { FirstRunModal } from './settings/first-run.ts';
import { webKeyOf } from './settings/servers-of.ts';
import { NotesightSettingTab } from './settings/settings-tab.ts';
import { openStoredServers, type StoredServers } from './settings/stored-servers.ts';
import { createWatchedDownload, type WatchedDownload } from './settings/watched-download.ts';
import { SummaryModal } from './summarize/summary-modal.ts';

/** Whether the first-run page was shown. */
const WELCOMED_KEY = 'notesight-welcomed';

/** Connects the Obsidian adapters to the core and registers the features. */
export default class NotesightPlugin extends Plugin {
  declare settings: Settings;
  declare api: NotesightApi;

  override async onload(): Promise<void> {
    const stored: unknown = await this.loadData();
    this.settings = parseSettings(stored);
    const events = new Events();
    const onStatusChange = () => {
      events.trigger('status');
    };
    const storedServers = openStoredServers(this.app);
    const services = createServices(this, {
      settings: () => this.settings,
      serverList: storedServers.list,
      folder: this.#folder,
      onProgress: onStatusChange,
      onDescribed(path, description) {
        events.trigger('described', path, description);
      },
    });
    const { captioner, words, explain, servers } = services;
    const download = createWatchedDownload(this.app, createModelDownload(servers), words, explain);
    this.register(download.close);
    const help = createErrorHelp(this, download, words);
    const features = registerCaptions(this, { ...services, help }, onStatusChange);
    this.api = createApi(captioner, ({ path }) => lastRecord(path, captioner.ports), events);
    const search = this.#openSearch(services);
    const chat = this.#openChat(services, search);
    const stop = () => {
      captioner.stop();
      features.batches.dismiss();
    };
    const showStatus = registerWork(this, { ...services, ...features, download, stop });
    this.registerEvent(events.on('status', showStatus));
    const dialogs = this.#dialogs(services, features, search);
    registerCommands(this, { ...features, captioner, chat, dialogs, stop }, words);
    registerAltBadge(this, services, features.imageTexts.edit);
    registerMenus(this, features, chat, services);
    registerCliHandlers(this, { ...services, api: this.api });
    this.#registerSettingTab(services, storedServers, download);
    this.addRibbonIcon('messages-square', words.commands.askNote, () => void chat.open());
    followRenamedFolders(
      this,
      () => this.settings,
      (changes) => this.change(changes),
    );
    this.app.workspace.onLayoutReady(() => {
      registerPaste(this, services, features.queue, () => void this.change({ paste: 'on' }));
      showStatus();
      void features.batches.offer();
      this.#showFirstRun(stored === null, services, download);
      download.offerResume();
    });
  }

  #openSearch({ captioner, servers }: Services): ImageSearch {
    const { vault } = this.app;
    const search = createImageSearch({
      ...captioner.ports,
      notePaths: () => Promise.resolve(vault.getMarkdownFiles().map(({ path }) => path)),
      servers,
      openVectors: () => createAdapterLineFile(vault.adapter, `${this.#folder}/vectors.jsonl`),
    });
    const watched = watchNotes(this, search);
    this.registerEvent(this.api.on('described', watched.described));
    return search;
  }

  #openChat(services: Services, search: ImageSearch): ChatCommands {
    return registerChat(this, {
      ...services,
      change: (changes) => this.change(changes),
      tools: {
        async findImages(query, limit, signal) {
          await search.readAll(() => undefined, signal);
          return search.find(query, limit);
        },
        webKey: () => webKeyOf(this.app, this.settings),
        fetch: services.fetch,
      },
      openRecognizers: () => services.recognizers.open(),
      folder: this.#folder,
    });
  }

  #dialogs(services: Services, { captions }: CaptionFeatures, search: ImageSearch): Dialogs {
    const { app } = this;
    const { captioner, servers, words } = services;
    return {
      findImage() {
        new FindPrompt(app, search, words).open();
      },
      summarize(note) {
        const open = (signal: AbortSignal) =>
          openEditorAnswering({ ...captioner.ports, servers, words }, signal);
        new SummaryModal(app, note, { ...services, open }).open();
      },
      showUncaptioned() {
        new UncaptionedModal(app, captions, services).open();
      },
    };
  }

  #registerSettingTab(services: Services, storedServers: StoredServers, download: WatchedDownload): void {
    this.addSettingTab(
      new NotesightSettingTab(this.app, this, {
        ...services,
        change: (changes) => this.change(changes),
        storedServers,
        download,
      }),
    );
  }

  /** Shown once per device, and only if there are no settings yet. */
  #showFirstRun(isNew: boolean, services: Services, download: WatchedDownload): void {
    const { app } = this;
    if (!isNew || app.loadLocalStorage(WELCOMED_KEY) !== null) return;
    app.saveLocalStorage(WELCOMED_KEY, true);
    new FirstRunModal(app, { ...services, download }).open();
  }

  override async onExternalSettingsChange(): Promise<void> {
    this.settings = parseSettings(await this.loadData());
  }

  /** Where Obsidian stores the plugin. */
  get #folder(): string {
    return this.manifest.dir ?? `${this.app.vault.configDir}/plugins/${this.manifest.id}`;
  }

  async change(changes: Partial<Settings>): Promise<void> {
    this.settings = parseSettings({ ...this.settings, ...changes });
    await this.saveData(this.settings);
  }
}
