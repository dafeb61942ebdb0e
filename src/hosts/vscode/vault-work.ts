import { env, Uri } from 'vscode';
import type { StandIn } from '../../core/engine/open-engine.ts';
import { fingerprint } from '../../core/image/fingerprint.ts';
import { MAX_IMAGE_BYTES } from '../../core/image/limits.ts';
import type { Description } from '../../core/model/image-description.ts';
import { withInlineImages } from '../../core/note/with-inline-images.ts';
import { createEmbeddedVisionModel } from '../../core/recognition/embedded-vision-model.ts';
import type { CaptionRecord } from '../../core/storage/caption-log.ts';
import { type Captioner, type CaptionerPorts, createCaptioner } from '../../editor/captioner.ts';
import { once } from '../../editor/once.ts';
import { type EditorModelPorts, openEditorEngine, openNamedModel } from '../../editor/open-models.ts';
import type { ServerNews } from '../../editor/server-news.ts';
import { createImageFiles } from '../../node/image-files.ts';
import { createNoteFiles } from '../../node/note-files.ts';
import { openVaultData } from '../../node/open-vault-data.ts';
import { createDocumentNotes } from './adapters/document-notes.ts';
import type { Servers } from './adapters/servers.ts';
import { readSettings, type VscodeSettings } from './adapters/settings.ts';
import type { OpenVault } from './adapters/vaults.ts';

/** A vault with the services that work on it. */
export interface VaultWork {
  readonly vault: OpenVault;
  readonly captioner: Captioner;
  readonly settings: () => VscodeSettings;
  /** The latest log entry of an image file of the vault; null if there is none. */
  lastRecord(file: string): Promise<CaptionRecord | null>;
}

/** What all vaults share. */
export interface SharedPorts
  extends Pick<EditorModelPorts, 'news' | 'openRecognizers'>, Pick<CaptionerPorts, 'codec'> {
  /** The same without an offer to install them: the error of the engine has a button for that. */
  readonly openRecognizersQuietly: EditorModelPorts['openRecognizers'];
  /** Called with an engine that replaces a vision model. @throws NotesightError if it must not be used */
  readonly onStandIn: (engine: StandIn) => Promise<void>;
  readonly servers: Servers;
  /** Called with the model that is going to describe images, and its servers. */
  readonly onModel: (model: string, hosts: readonly string[]) => void;
  /** Called at every step of a job and at its end. */
  readonly onProgress: () => void;
  /** Called after a model described an image of a vault. */
  readonly onDescribed: (vault: OpenVault, file: string, description: Description) => void;
}

export function createVaultWork(vault: OpenVault, shared: SharedPorts): VaultWork {
  const {
    servers,
    openRecognizers,
    openRecognizersQuietly,
    codec,
    news,
    onStandIn,
    onModel,
    onProgress,
    onDescribed,
  } = shared;
  const settings = () => readSettings(Uri.file(vault.root));
  const models: Omit<EditorModelPorts, 'onStandIn'> = {
    settings,
    servers: () => servers.open(settings()),
    openRecognizers: openRecognizersQuietly,
    news,
  };
  const memory = once(() => openVaultData(vault));
  const notes = createDocumentNotes(vault.uriOf, createNoteFiles(vault.root));
  const images = withInlineImages(createImageFiles(vault.root, MAX_IMAGE_BYTES), notes);
  const ports: CaptionerPorts = {
    locale: env.language,
    settings,
    async openModel(signal) {
      const standIns: StandIn[] = [];
      let hosts: readonly string[] = [];
      const looking: ServerNews['looking'] = (used, cloud) => {
        hosts = used;
        news.looking(used, cloud);
      };
      const onEngine = (engine: StandIn) => standIns.push(engine);
      const ports = { ...models, news: { ...news, looking }, onStandIn: onEngine };
      const model = await openEditorEngine(ports, signal);
      for (const engine of standIns) await onStandIn(engine);
      onModel(model.name, hosts);
      return model;
    },
    openNamed: (model, signal) => openNamedModel(models, model, () => undefined, signal),
    openReader: async () => (settings().textHint ? ((await openRecognizers())?.text ?? null) : null),
    async openEmbedded() {
      const recognizers = await openRecognizers();
      return recognizers && createEmbeddedVisionModel(recognizers);
    },
    openVaultData: memory,
    notes,
    images,
    codec,
    files: vault.files,
  };
  const captioner = createCaptioner(ports, onProgress, (file, description) => {
    onDescribed(vault, file, description);
  });
  return {
    vault,
    captioner,
    settings,
    async lastRecord(file) {
      const { log } = await memory();
      await log.refresh();
      const bytes = await images.read(file, new AbortController().signal).catch(() => null);
      return bytes === null ? null : (log.last(await fingerprint(bytes)) ?? null);
    },
  };
}
