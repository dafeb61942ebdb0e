import { getLanguage, Notice, type Plugin } from 'obsidian';
import type { NotesightError } from '../../core/errors.ts';
import { explain as explainError, type Explanation } from '../../core/explain.ts';
import { openCaptionLog } from '../../core/memory/caption-log.ts';
import { createClaims } from '../../core/memory/claims.ts';
import { createJournal } from '../../core/memory/journal.ts';
import { openSightedModels } from '../../core/memory/sighted-models.ts';
import { detectLanguage } from '../../core/model/detect-language.ts';
import { createKnownApis } from '../../core/model/known-apis.ts';
import { modelSources, type ModelSources } from '../../core/model/model-sources.ts';
import { openUnseeingModel } from '../../core/model/open-unseeing-model.ts';
import type { Description, VisionModel } from '../../core/model/vision-model.ts';
import { withInlineImages } from '../../core/with-inline-images.ts';
import type { Settings } from '../../core/settings.ts';
import { createCaptioner, type Captioner } from '../editor/captioner.ts';
import { once } from '../editor/once.ts';
import { openEngine } from '../editor/open-engine.ts';
import { createServerNews, NO_NEWS } from '../editor/server-news.ts';
import { standInNotice } from '../editor/stand-in-notice.ts';
import type { VaultFiles } from '../editor/vault-files.ts';
import { openVisionModel } from '../editor/vision.ts';
import { createAdapterLineFile } from './adapter-line-file.ts';
import { createCanvasCodec } from './canvas-codec.ts';
import { createExpertPack, type ExpertPack } from './experts/expert-pack.ts';
import { createPackExperts, type PackExperts } from './experts/pack-experts.ts';
import { createObsidianFetch } from './obsidian-fetch.ts';
import { createObsidianImages } from './obsidian-images.ts';
import { createObsidianNotes } from './obsidian-notes.ts';
import { createOpenEditors, type OpenEditors } from './open-editors.ts';
import { serversOf } from './servers-of.ts';
import { createVaultFiles } from './vault-files.ts';
import type { Words } from './words/en.ts';
import { chooseWords } from './words/words.ts';

export interface ServicesPorts {
  readonly settings: () => Settings;
  /** The servers, as they were written on this device. */
  readonly serverText: () => string;
  /** Where the plugin keeps its files. */
  readonly folder: string;
  readonly onProgress: () => void;
  /** Called with each image that a model was asked about. */
  readonly onDescribed: (path: string, description: Description) => void;
}

/** What the features have in common. It ends with the plugin. */
export interface Services {
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  readonly files: VaultFiles;
  readonly editors: OpenEditors;
  readonly fetch: ReturnType<typeof createObsidianFetch>;
  /** As the settings have them now. */
  readonly servers: () => ModelSources;
  readonly pack: ExpertPack;
  readonly experts: PackExperts;
  readonly captioner: Captioner;
}

/** Milliseconds that a notice stays. */
const NOTICE = 10_000;

/** Wires the adapters of Obsidian to the core. */
export function createServices(plugin: Plugin, ports: ServicesPorts): Services {
  const { app } = plugin;
  const { vault } = app;
  const { settings, serverText, folder, onProgress, onDescribed } = ports;
  const words = chooseWords(getLanguage());
  const explain = (error: NotesightError) => explainError(error, words.locale);
  const fetch = createObsidianFetch();
  const editors = createOpenEditors();
  const codec = createCanvasCodec();
  const lines = (name: string) => createAdapterLineFile(vault.adapter, `${folder}/${name}`);
  const pack = createExpertPack(vault.adapter, `${folder}/notesight-experts.pack`);
  const experts = createPackExperts(pack);
  const files = createVaultFiles(vault, (event, listener) => {
    plugin.registerEvent(vault.on(event as 'create', listener));
  });
  plugin.registerEditorExtension(editors.extension);

  const sourcePorts = {
    detectLanguage,
    sighted: once(() => openSightedModels(lines('sighted-models.jsonl'))),
    apis: createKnownApis(),
  };
  const servers = () =>
    modelSources(serversOf(app, settings(), serverText(), fetch), sourcePorts, settings());
  const news = createServerNews(words, explain, (message) => new Notice(message, NOTICE));
  let isFallbackTold = false;
  const tellFallback = (model: VisionModel, why: NotesightError) => {
    if (!isFallbackTold) new Notice(standInNotice(words, model, explain(why)), NOTICE);
    isFallbackTold = true;
  };

  /** A model that can't see, told by the experts of the pack; null without it. */
  async function openTold(signal: AbortSignal): Promise<VisionModel | null> {
    const found = await experts.open();
    if (found === null) return null;
    const told = await openUnseeingModel(servers(), settings(), { experts: found, detectLanguage }, signal);
    return told.model;
  }

  const notes = createObsidianNotes(vault, editors, (note) => app.fileManager.trashFile(note));
  const captioner = createCaptioner(
    {
      locale: getLanguage(),
      settings,
      openModel: (signal) =>
        openEngine(
          settings(),
          {
            server: () => openVisionModel(servers(), settings(), news, signal),
            told: () => openTold(signal),
            embedded: () => experts.openModel(),
          },
          tellFallback,
        ),
      openNamed: (model, signal) => openVisionModel(servers(), { ...settings(), model }, NO_NEWS, signal),
      openEmbedded: () => experts.openModel(),
      openReader: async () => (settings().textHint ? ((await experts.open())?.text ?? null) : null),
      openMemory: once(async () => ({
        log: await openCaptionLog(lines('captions.jsonl')),
        journal: createJournal(lines('journal.jsonl')),
        // Whether another process has ended can't be told here.
        claims: createClaims(lines('claims.jsonl'), {
          process: crypto.randomUUID(),
          hasEnded: () => false,
        }),
      })),
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
    void experts.close();
  });
  return { words, explain, settings, files, editors, fetch, servers, pack, experts, captioner };
}
