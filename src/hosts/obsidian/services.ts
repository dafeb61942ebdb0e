import { getLanguage, Notice, type Plugin } from 'obsidian';
import type { LineFile } from '../../core/ports.ts';
import type { StandIn } from '../../core/engine/open-engine.ts';
import type { NotesightError } from '../../core/errors.ts';
import { detectLanguage } from '../../core/language/detect-language.ts';
import { explain as explainError, type Explanation } from '../../core/messages/explain.ts';
import type { Description } from '../../core/model/image-description.ts';
import { withInlineImages } from '../../core/note/with-inline-images.ts';
import { createKnownApis } from '../../core/servers/known-apis.ts';
import { modelSources, type ModelSources } from '../../core/servers/server-pool.ts';
import { parseServerList, type ServerAddress } from '../../core/settings/server-list.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { openCaptionLog } from '../../core/storage/caption-log.ts';
import { createClaims } from '../../core/storage/claims.ts';
import { createJournal } from '../../core/storage/journal.ts';
import { openVisionCapability } from '../../core/storage/vision-capability.ts';
import { openSkippedImages, type SkippedImages } from '../../core/storage/skipped-images.ts';
import { type Captioner, createCaptioner } from '../../editor/captioner.ts';
import { standInNotice } from '../../editor/notices.ts';
import { once } from '../../editor/once.ts';
import { openEditorEngine, openNamedModel } from '../../editor/open-models.ts';
import { createServerNews } from '../../editor/server-news.ts';
import type { VaultFiles } from '../../editor/vault-files.ts';
import { createAdapterLineFile } from './adapters/adapter-line-file.ts';
import { createCanvasCodec } from './adapters/canvas-codec.ts';
import { createObsidianFetch } from './adapters/obsidian-fetch.ts';
import { createObsidianImages } from './adapters/obsidian-images.ts';
import { createObsidianNotes } from './adapters/obsidian-notes.ts';
import { createOpenEditors, type OpenEditors } from './adapters/open-editors.ts';
import { createVaultFiles } from './adapters/vault-files.ts';
import type { Words } from './messages/en.ts';
import { chooseWords } from './messages/words.ts';
import { createPackRecognizers, type PackRecognizers } from './recognizers/pack-recognizers.ts';
import { createRecognizerPack, type RecognizerPack } from './recognizers/recognizer-pack.ts';
import { serversOf } from './settings/servers-of.ts';

export interface ServicesPorts {
  readonly settings: () => Settings;
  /** The servers on this device, as `parseServerList` reads them. */
  readonly serverList: () => string;
  /** The plugin's folder. */
  readonly folder: string;
  readonly onProgress: () => void;
  /** Called with each image described by a model. */
  readonly onDescribed: (path: string, description: Description) => void;
}

/** Services shared by the features. Unloaded with the plugin. */
export interface Services {
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  readonly files: VaultFiles;
  readonly editors: OpenEditors;
  readonly fetch: ReturnType<typeof createObsidianFetch>;
  /** According to the current settings. */
  readonly servers: () => ModelSources;
  /** Servers at other addresses, with the current settings. */
  readonly serversAt: (addresses: readonly ServerAddress[]) => ModelSources;
  readonly pack: RecognizerPack;
  readonly recognizers: PackRecognizers;
  readonly captioner: Captioner;
  /** The images that the user left out. */
  readonly skipped: () => Promise<SkippedImages>;
  /** The same; null until they are loaded. */
  readonly knownSkipped: () => SkippedImages | null;
}

/** Milliseconds that a notice stays visible. */
const NOTICE = 10_000;

/** Connects the Obsidian adapters to the core. */
export function createServices(plugin: Plugin, ports: ServicesPorts): Services {
  const { app } = plugin;
  const { vault } = app;
  const { settings, serverList, folder, onProgress, onDescribed } = ports;
  const words = chooseWords(getLanguage());
  const explain = (error: NotesightError) => explainError(error, words.locale);
  const fetch = createObsidianFetch();
  const editors = createOpenEditors();
  const codec = createCanvasCodec();
  const lines = (name: string) => createAdapterLineFile(vault.adapter, `${folder}/${name}`);
  const pack = createRecognizerPack(vault.adapter, `${folder}/notesight-experts.pack`);
  const recognizers = createPackRecognizers(pack);
  let knownSkipped: SkippedImages | null = null;
  const skipped = once(async () => (knownSkipped = await openSkippedImages(lines('skipped.jsonl'))));
  const files = createVaultFiles(vault, (event, listener) => {
    plugin.registerEvent(vault.on(event as 'create', listener));
  });
  plugin.registerEditorExtension(editors.extension);

  const sourcePorts = {
    detectLanguage,
    visionCapability: once(() => openVisionCapability(lines('sighted-models.jsonl'))),
    apis: createKnownApis(),
  };
  const serversAt = (addresses: readonly ServerAddress[]) =>
    modelSources(serversOf(app, settings(), addresses, fetch), sourcePorts, settings());
  const servers = () => serversAt(parseServerList(serverList()));
  const models = {
    settings,
    servers,
    openRecognizers: () => recognizers.openInstalled(),
    ...createEngineNotices(words, explain),
  };

  const notes = createObsidianNotes(vault, editors, (note) => app.fileManager.trashFile(note));
  const captioner = createCaptioner(
    {
      locale: getLanguage(),
      settings,
      openModel: (signal) => openEditorEngine(models, signal),
      openNamed: (model, signal) => openNamedModel(models, model, () => undefined, signal),
      openEmbedded: () => recognizers.openModel(),
      openReader: async () => (settings().textHint ? ((await recognizers.open())?.text ?? null) : null),
      openVaultData: once(() => openVaultData(lines)),
      notes,
      images: withInlineImages(createObsidianImages(vault), notes),
      codec,
      files,
    },
    onProgress,
    onDescribed,
  );
  plugin.register(() => {
    captioner.stop();
    codec.close();
    void recognizers.close();
  });
  return {
    ...{ words, explain, settings, files, editors, fetch, servers, serversAt },
    ...{ pack, recognizers, captioner, skipped },
    knownSkipped: () => knownSkipped,
  };
}

/** Notices about which servers and engines run. An engine that replaces a vision model is shown once. */
function createEngineNotices(words: Words, explain: Services['explain']) {
  let isStandInShown = false;
  return {
    news: createServerNews(words, explain, (message) => new Notice(message, NOTICE)),
    onStandIn(engine: StandIn) {
      if (!isStandInShown) new Notice(standInNotice(words, explain, engine), NOTICE);
      isStandInShown = true;
    },
  };
}

/** @param lines opens a file in the plugin's folder */
async function openVaultData(lines: (name: string) => LineFile) {
  return {
    log: await openCaptionLog(lines('captions.jsonl')),
    journal: createJournal(lines('journal.jsonl')),
    // Obsidian can't tell whether another process has ended.
    claims: createClaims(lines('claims.jsonl'), {
      process: crypto.randomUUID(),
      hasEnded: () => false,
    }),
  };
}
