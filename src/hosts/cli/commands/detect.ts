import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { noteImages } from '../../../core/ask/note-images.ts';
import { detectObjects, type DetectPorts, type Detections } from '../../../core/detect/detect-objects.ts';
import { openPointingModel } from '../../../core/engine/open-pointing.ts';
import { lacksPointingModel } from '../../../core/error-kinds.ts';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { MAX_IMAGE_BYTES } from '../../../core/image/limits.ts';
import { detectLanguage } from '../../../core/language/detect-language.ts';
import { fallbackLanguage } from '../../../core/language/language-code.ts';
import { type PointingModel } from '../../../core/model/conversation-model.ts';
import { findModel } from '../../../core/model/families/choose-model.ts';
import { shownSource } from '../../../core/note/inline-source.ts';
import type { FittedImage, ImageStore } from '../../../core/ports.ts';
import type { ModelSource } from '../../../core/servers/server-models.ts';
import { isLocalHost } from '../../../core/settings/server-address.ts';
import { pluralEn } from '../../../core/text/plural.ts';
import { badPath, existingPath } from '../../../node/existing-path.ts';
import { findVaultRoot } from '../../../node/find-vault-root.ts';
import { createImageFiles } from '../../../node/image-files.ts';
import { openImageRecognizers } from '../../../node/open-image-recognizers.ts';
import { createSharpCodec } from '../../../node/sharp-codec.ts';
import { isInside } from '../../../node/vault-path.ts';
import { isNote } from '../../../node/walk-vault.ts';
import { chosenImages } from '../chosen-images.ts';
import { cliLocale } from '../cli-locale.ts';
import { checkDrawing, drawBoxes } from '../draw-boxes.ts';
import { openModels } from '../open-models.ts';
import type { ExitCode } from '../output.ts';
import { errorJson, EXIT, errorText, print, printJson, say } from '../output.ts';
import { selectVaults } from '../select-vaults.ts';
import { usageError } from '../usage-error.ts';

export interface DetectCommandOptions {
  /** Numbers of the images to include; empty for all. */
  readonly images: readonly number[];
  /** The file to draw the boxes into. */
  readonly out: string | undefined;
  readonly language: string;
  readonly hosts: readonly string[];
  readonly model: string | undefined;
  readonly vault: string | undefined;
  readonly json: boolean;
}

/** The images to analyze. */
interface Analyzed {
  readonly images: ImageStore;
  readonly files: readonly { readonly file: string; readonly language: string }[];
}

/** `notesight detect`: objects in images, one box per line. */
export async function detectCommand(
  path: string,
  options: DetectCommandOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { out } = options;
  const { images, files } = isNote(path) ? await ofNote(path, options) : await ofFile(path, options);
  if (out !== undefined) {
    checkDrawing(out);
    if (files.length > 1) throw usageError('--out requires a single image: select it with --image');
  }
  const codec = createSharpCodec();
  const recognizers = openImageRecognizers({ images, codec });
  const ports: DetectPorts = {
    images,
    codec,
    openModel: opener(options),
    // A model named by the user is used, or an error is thrown.
    openRecognizers: () => Promise.resolve(options.model === undefined ? recognizers : null),
  };
  let exit: ExitCode = EXIT.done;
  try {
    if (options.hosts.length > 0) await checkServer(ports, signal);
    for (const { file, language } of files) {
      try {
        const found = await detectObjects(file, language, ports, signal);
        tell(file, found, options.json);
        if (out !== undefined) {
          const bytes = await images.read(file, signal);
          await draw(await codec.fit(bytes, (source) => source, signal), found, out);
        }
      } catch (error) {
        if (!(error instanceof NotesightError) || isCancelled(error) || files.length === 1) throw error;
        if (options.json) printJson({ file, error: errorJson(error) });
        else say(`${shownSource(file)}: ${errorText(error)}`);
        exit = EXIT.failed;
      }
    }
  } finally {
    await recognizers.close();
  }
  return exit;
}

/**
 * Checks that a server named by the user answers. It may have no model for detection.
 * @throws NotesightError every code of a server
 */
async function checkServer({ openModel }: DetectPorts, signal: AbortSignal): Promise<void> {
  try {
    await openModel(signal);
  } catch (error) {
    if (!(error instanceof NotesightError) || !lacksPointingModel(error)) throw error;
  }
}

async function ofNote(path: string, options: DetectCommandOptions): Promise<Analyzed> {
  const [vault] = await selectVaults([path], options.vault);
  const [note] = vault?.selected ?? [];
  if (vault === undefined || note === undefined) throw badPath(path, 'is not a Markdown note');
  const { language } = options;
  const all = noteImages(
    { path: note, markdown: await vault.notes.read(note) },
    { language, fallbackLanguage: fallbackLanguage(null, cliLocale()), remote: false },
    { index: vault.index, detectLanguage },
  );
  const chosen = chosenImages(all, options.images, note, vault);
  const files = chosen.map(({ file, context }) => ({ file, language: context.language }));
  return { images: vault.images, files };
}

async function ofFile(path: string, options: DetectCommandOptions): Promise<Analyzed> {
  const { root } = await findVaultRoot(path, options.vault);
  const real = await existingPath(path);
  if (!isInside(root, real)) throw badPath(path, 'is outside the vault');
  if ((await stat(real)).isDirectory())
    throw usageError('`notesight detect` requires an image or a note, not a folder');
  if (options.images.length > 0) throw usageError('--image works only with a note');
  const file = relative(root, real).split(sep).join('/');
  const language = options.language === 'auto' ? fallbackLanguage(null, cliLocale()) : options.language;
  return { images: createImageFiles(root, MAX_IMAGE_BYTES), files: [{ file, language }] };
}

/** Opens the model once for all images. */
function opener({ hosts, model }: DetectCommandOptions): DetectPorts['openModel'] {
  let opened: ReturnType<DetectPorts['openModel']> | undefined;
  return (signal) => (opened ??= openModels(hosts).first((source) => open(source, model, signal), signal));
}

async function open(
  source: ModelSource,
  named: string | undefined,
  signal: AbortSignal,
): Promise<PointingModel> {
  const { host } = source.server;
  // If the user named a model, only that one is available.
  const list: typeof source.list = async (stop) => {
    const models = await source.list(stop);
    return named === undefined ? models : models.filter((model) => model === findModel(models, named));
  };
  const model = await openPointingModel({ ...source, list }, named ?? '', signal);
  if (!isLocalHost(host)) say(`Images leave your network: they are sent to ${host}.`);
  return model;
}

function tell(file: string, { boxes, model, missed }: Detections, json: boolean): void {
  const by = model ?? 'the embedded engine';
  const why = missed === null ? '' : ` ${errorText(missed)}`;
  const shown = shownSource(file);
  say(`${shown}: ${pluralEn(boxes.length, 'object', 'objects')} detected by ${by}.${why}`);
  for (const { name, part } of boxes) {
    const { x, y, width, height } = part;
    if (json) printJson({ file, name, x, y, width, height, model });
    else print(`${shown}  ${x},${y},${width},${height}  ${name}`);
  }
}

async function draw(image: FittedImage, { boxes }: Detections, out: string): Promise<void> {
  await drawBoxes(image, boxes, out);
  say(`Saved ${out}.`);
}
