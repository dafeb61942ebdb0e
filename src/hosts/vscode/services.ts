import {
  env,
  type Event,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  Uri,
  window,
} from 'vscode';
import type { StandIn } from '../../core/engine/open-engine.ts';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import { fingerprint } from '../../core/image/fingerprint.ts';
import { MAX_IMAGE_BYTES } from '../../core/image/limits.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import { shownSource } from '../../core/note/inline-source.ts';
import { withInlineImages } from '../../core/note/with-inline-images.ts';
import { createEmbeddedVisionModel } from '../../core/recognition/embedded-vision-model.ts';
import type { CaptionRecord } from '../../core/storage/caption-log.ts';
import { type Captioner, createCaptioner } from '../../editor/captioner.ts';
import { standInNotice } from '../../editor/notices.ts';
import { once } from '../../editor/once.ts';
import { openEditorEngine, openNamedModel } from '../../editor/open-models.ts';
import { type Progress, sumProgress } from '../../editor/progress.ts';
import { createServerNews } from '../../editor/server-news.ts';
import { createUnfinishedBatches, type UnfinishedBatches } from '../../editor/unfinished-batch.ts';
import { createImageFiles } from '../../node/image-files.ts';
import { createLazyRecognizers } from '../../node/lazy-recognizers.ts';
import { createNoteFiles } from '../../node/note-files.ts';
import { openMemory } from '../../node/open-memory.ts';
import { createSharpCodec } from '../../node/sharp-codec.ts';
import { createDocumentNotes } from './adapters/document-notes.ts';
import type { Servers } from './adapters/server.ts';
import { readSettings, type VscodeSettings } from './adapters/settings.ts';
import type { OpenVault } from './adapters/vaults.ts';
import { BATCH_KEY } from './caption/batch-key.ts';
import { explainInVscode } from './explain-in-vscode.ts';
import type { VscodeWords } from './messages/vscode-en.ts';

/** A vault with the services that work on it. */
export interface VaultWork {
  readonly vault: OpenVault;
  readonly captioner: Captioner;
  readonly settings: () => VscodeSettings;
  /** The latest log entry of an image file of the vault; null if there is none. */
  known(file: string): Promise<CaptionRecord | null>;
}

/** Services shared by the features. Created on first use. */
export interface Services {
  readonly words: VscodeWords;
  readonly log: LogOutputChannel;
  readonly servers: Servers;
  /** Returns the same object for the same vault. */
  readonly workOf: (vault: OpenVault) => VaultWork;
  /** The vaults used so far. */
  readonly works: () => readonly VaultWork[];
  readonly explain: (error: NotesightError) => Explanation;
  /** Reports an error and what to do; nothing if it was stopped. @throws any error that is not a NotesightError */
  readonly tell: (error: unknown) => void;
  /** Stops all running work. */
  readonly stop: () => void;
  /** The batch that is paused or was interrupted by a restart. */
  readonly unfinished: UnfinishedBatches;
  /** The progress of running work, or null. */
  readonly progress: () => Progress | null;
  readonly onProgress: Event<void>;
  /** Fires after an image of a vault was described. */
  readonly onDescribed: Event<{ readonly vault: OpenVault; readonly file: string }>;
}

export function createServices(
  context: ExtensionContext,
  servers: Servers,
  words: VscodeWords,
  log: LogOutputChannel,
): Services {
  const progressed = new EventEmitter<void>();
  const described = new EventEmitter<{ readonly vault: OpenVault; readonly file: string }>();
  const works = new Map<OpenVault, VaultWork>();
  const recognizers = createLazyRecognizers();
  const codec = createSharpCodec();
  const explain = (error: NotesightError) => explainInVscode(error, words.locale);
  const news = createServerNews(words, explain, (message) => {
    log.info(message);
    void window.showInformationMessage(message);
  });
  let isStandInShown = false;
  const onStandIn = (engine: StandIn) => {
    const notice = standInNotice(words, explain, engine);
    log.warn(notice);
    if (!isStandInShown) void window.showInformationMessage(notice);
    isStandInShown = true;
  };
  const unfinished = createUnfinishedBatches(
    {
      load: () => context.workspaceState.get(BATCH_KEY),
      save: (batch) => void context.workspaceState.update(BATCH_KEY, batch ?? undefined),
    },
    () => {
      progressed.fire();
    },
  );
  context.subscriptions.push(progressed, described, {
    dispose() {
      unfinished.close();
      for (const { captioner } of works.values()) captioner.stop();
      void recognizers.close();
    },
  });

  function create(vault: OpenVault): VaultWork {
    const settings = () => readSettings(Uri.file(vault.root));
    const models = {
      settings,
      servers: () => servers.open(settings()),
      openRecognizers: () => recognizers.open(),
      news,
      onStandIn,
    };
    const memory = once(() => openMemory(vault));
    const notes = createDocumentNotes(vault.uriOf, createNoteFiles(vault.root));
    const images = withInlineImages(createImageFiles(vault.root, MAX_IMAGE_BYTES), notes);
    const captioner = createCaptioner(
      {
        locale: env.language,
        settings,
        openModel: (signal) => openEditorEngine(models, signal),
        openNamed: (model, signal) => openNamedModel(models, model, () => undefined, signal),
        openReader: async () => (settings().textHint ? (await recognizers.open()).text : null),
        openEmbedded: async () => createEmbeddedVisionModel(await recognizers.open()),
        openMemory: memory,
        notes,
        images,
        codec,
        files: vault.files,
      },
      () => {
        progressed.fire();
      },
      (file, { alt }) => {
        log.info(`${shownSource(file)}: ${alt}`);
        described.fire({ vault, file });
      },
    );
    return {
      vault,
      captioner,
      settings,
      async known(file) {
        const { log: captions } = await memory();
        await captions.refresh();
        const bytes = await images.read(file, new AbortController().signal).catch(() => null);
        return bytes === null ? null : (captions.last(await fingerprint(bytes)) ?? null);
      },
    };
  }

  return {
    words,
    log,
    servers,
    workOf(vault) {
      const work = works.get(vault) ?? create(vault);
      works.set(vault, work);
      return work;
    },
    works: () => [...works.values()],
    explain,
    tell(error) {
      if (!(error instanceof NotesightError)) throw error;
      if (isCancelled(error)) return;
      const { message, advice } = explain(error);
      log.error(`${error.code}: ${error.message}`);
      void window.showErrorMessage(`${message} ${advice}`);
    },
    stop() {
      for (const { captioner } of works.values()) captioner.stop();
      unfinished.dismiss();
    },
    unfinished,
    progress: () => sumProgress([...works.values()].flatMap(({ captioner }) => captioner.progress ?? [])),
    onProgress: progressed.event,
    onDescribed: described.event,
  };
}
