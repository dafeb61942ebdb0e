import { type Event, EventEmitter, type ExtensionContext, type LogOutputChannel, window } from 'vscode';
import type { StandIn } from '../../core/engine/open-engine.ts';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import type { Recognizers } from '../../core/ports.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import { shownSource } from '../../core/note/inline-source.ts';
import { errorText, standInNotice } from '../../editor/notices.ts';
import { type Progress, sumProgress } from '../../editor/progress.ts';
import { createServerNews } from '../../editor/server-news.ts';
import {
  createUnfinishedBatches,
  type UnfinishedBatch,
  type UnfinishedBatches,
} from '../../editor/unfinished-batch.ts';
import { createSharpCodec } from '../../node/sharp-codec.ts';
import type { Servers } from './adapters/servers.ts';
import type { OpenVault } from './adapters/vaults.ts';
import { BATCH_KEY } from './caption/batch-key.ts';
import { explainInVscode } from './explain-in-vscode.ts';
import type { VscodeWords } from './messages/vscode-en.ts';
import { createInstalledRecognizers } from './recognizers/installed-recognizers.ts';
import { createRecognizerInstaller, type RecognizerInstaller } from './recognizers/recognizer-installer.ts';
import { errorActions, showActions } from './servers/error-actions.ts';
import { createRecognitionConsent, type RecognitionConsent } from './servers/recognition-consent.ts';
import { createVaultWork, type SharedPorts, type VaultWork } from './vault-work.ts';

/** A model that described images, and its servers; no server for the embedded engine. */
export interface EngineUsed {
  readonly model: string;
  readonly hosts: readonly string[];
}

/** Services shared by the features. Created on first use. */
export interface Services {
  readonly words: VscodeWords;
  readonly log: LogOutputChannel;
  readonly servers: Servers;
  /** Opens the recognizers, or offers to install them. */
  readonly openRecognizers: () => Promise<Recognizers | null>;
  readonly installer: RecognizerInstaller;
  /** Returns the same object for the same vault. */
  readonly workOf: (vault: OpenVault) => VaultWork;
  /** The vaults used so far. */
  readonly works: () => readonly VaultWork[];
  /** Asks before text recognition replaces a vision model. */
  readonly consent: RecognitionConsent;
  /** The model that described images last; null before the first. */
  readonly engineUsed: () => EngineUsed | null;
  readonly explain: (error: NotesightError) => Explanation;
  /** Shows an error and what to do; nothing if the user stopped it. @throws any error that is not a NotesightError */
  readonly showError: (error: unknown) => void;
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
  const recognizers = createInstalledRecognizers(context);
  const explain = (error: NotesightError) => explainInVscode(error, words.locale);
  const showError = (error: unknown) => {
    reportError(error, { log, explain, words });
  };
  const installer = createRecognizerInstaller({
    recognizers,
    words,
    memento: context.globalState,
    showError,
  });
  const openRecognizers = () => {
    installer.offer();
    return recognizers.open();
  };
  const onProgress = () => {
    progressed.fire();
  };
  const unfinished = openUnfinishedBatches(context, onProgress);
  let used: EngineUsed | null = null;
  const consent = createRecognitionConsent(context.globalState, words);
  const shared: SharedPorts = {
    ...createEngineNotices(words, explain, log, consent),
    servers,
    openRecognizers,
    openRecognizersQuietly: () => recognizers.open(),
    codec: createSharpCodec(),
    onModel(model, hosts) {
      used = { model, hosts };
      log.info(`Model: ${model}. Server: ${hosts.length === 0 ? 'none' : hosts.join(', ')}.`);
      onProgress();
    },
    onProgress,
    onDescribed(vault, file, { alt }) {
      log.info(`${shownSource(file)}: ${alt}`);
      described.fire({ vault, file });
    },
  };
  context.subscriptions.push(progressed, described, {
    dispose() {
      unfinished.close();
      for (const { captioner } of works.values()) captioner.stop();
      void recognizers.close();
    },
  });

  return {
    words,
    log,
    servers,
    openRecognizers,
    installer,
    workOf(vault) {
      const work = works.get(vault) ?? createVaultWork(vault, shared);
      works.set(vault, work);
      return work;
    },
    works: () => [...works.values()],
    consent,
    engineUsed: () => used,
    explain,
    showError,
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

function openUnfinishedBatches(
  { workspaceState }: ExtensionContext,
  onChange: () => void,
): UnfinishedBatches {
  const storage = {
    load: () => workspaceState.get(BATCH_KEY),
    save: (batch: UnfinishedBatch | null) => void workspaceState.update(BATCH_KEY, batch ?? undefined),
  };
  return createUnfinishedBatches(storage, onChange);
}

/** @throws any error that is not a NotesightError */
function reportError(
  error: unknown,
  { log, explain, words }: Pick<Services, 'log' | 'explain' | 'words'>,
): void {
  if (!(error instanceof NotesightError)) throw error;
  if (isCancelled(error)) return;
  log.error(`${error.code}: ${error.message}`);
  showActions(errorText(explain, error), errorActions(error), words);
}

/** Notifications about which servers and engines run. A text-only model is shown once, text recognition must be confirmed. */
function createEngineNotices(
  words: VscodeWords,
  explain: Services['explain'],
  log: LogOutputChannel,
  consent: RecognitionConsent,
): Pick<SharedPorts, 'news' | 'onStandIn'> {
  let isTextOnlyShown = false;
  return {
    news: createServerNews(words, explain, (message) => {
      log.info(message);
      void window.showInformationMessage(message);
    }),
    async onStandIn(engine: StandIn) {
      const notice = standInNotice(words, explain, engine);
      log.warn(notice);
      if (engine.kind === 'embedded' && engine.because !== null)
        await consent.require(explain(engine.because));
      else if (!isTextOnlyShown) {
        isTextOnlyShown = true;
        void window.showInformationMessage(notice);
      }
    },
  };
}
