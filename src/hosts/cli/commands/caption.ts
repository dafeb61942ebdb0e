import process from 'node:process';
import type { CaptionOptions, CaptionPorts, StoppedEvent } from '../../../core/caption/caption-notes.ts';
import { captionNotes } from '../../../core/caption/caption-notes.ts';
import type { DetailOffer } from '../../../core/caption/detail-survey.ts';
import type { DetailChoice, DetailCost } from '../../../core/caption/fine-detail.ts';
import type { ImageResult, ImageStatus } from '../../../core/caption/image-result.ts';
import { detectLanguage } from '../../../core/language/detect-language.ts';
import { fallbackLanguage } from '../../../core/language/language-code.ts';
import { languageName } from '../../../core/language/language-name.ts';
import { shownSource } from '../../../core/note/inline-source.ts';
import type { CaptionStyle } from '../../../core/note/write-caption.ts';
import type { ImagePrompt } from '../../../core/prompts/prompt.ts';
import { pluralEn } from '../../../core/text/plural.ts';
import { builtRecognizers } from '../../../node/built-recognizers.ts';
import { openVaultData } from '../../../node/open-vault-data.ts';
import { createSharpCodec } from '../../../node/sharp-codec.ts';
import type { EngineChoice } from '../choose-engine.ts';
import { chooseEngine } from '../choose-engine.ts';
import { cliLocale } from '../cli-locale.ts';
import type { ExitCode } from '../output.ts';
import { errorJson, EXIT, errorText, print, printJson, say } from '../output.ts';
import { createProgress, type Progress, timeText } from '../progress.ts';
import type { SelectedVault } from '../select-vaults.ts';
import { unifiedDiff } from '../unified-diff.ts';

export interface CaptionCommandOptions
  extends Omit<CaptionOptions, 'fallbackLanguage' | 'language' | 'style' | 'prompt'>, EngineChoice {
  readonly language: string;
  readonly style: CaptionStyle;
  readonly prompt: ImagePrompt | null;
  /** Which images also get detailed analysis; `offer` counts those that would benefit. */
  readonly detailFor: DetailChoice | 'off' | 'offer';
  /** Whether the text read by OCR is sent to the model as a hint. */
  readonly textHint: boolean;
  readonly json: boolean;
}

type Counts = Record<ImageStatus, number>;

/** `notesight caption`: alt text for the images of the notes. */
export async function captionCommand(
  vaults: readonly SelectedVault[],
  options: CaptionCommandOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const counts: Counts = { written: 0, planned: 0, kept: 0, skipped: 0, failed: 0 };
  const engine = await chooseEngine(options, signal);
  say(engine.why);
  const reader = options.textHint && engine.model.tasks !== null ? await openReader() : null;
  let stopped: StoppedEvent | null = null;
  try {
    for (const vault of vaults) {
      if (!signal.aborted && stopped === null)
        stopped = await captionVault(vault, { engine: { ...engine, reader }, options, counts }, signal);
    }
  } finally {
    await reader?.close();
    await engine.close();
  }
  say(summary(counts, options.write));
  if (signal.aborted) {
    say('Stopped. Run the command again to continue; finished images are cached.');
    return EXIT.stopped;
  }
  if (stopped !== null) {
    say(stopMessage(stopped));
    return EXIT.failed;
  }
  return counts.failed > 0 ? EXIT.failed : EXIT.done;
}

/** The recognizer's worker starts with the first image. */
async function openReader() {
  const { createTesseractReader } = await import('../../../node/tesseract-reader.ts');
  return createTesseractReader(builtRecognizers());
}

/** One run of the command over all vaults. */
interface CaptionRun {
  readonly engine: Pick<CaptionPorts, 'model' | 'second' | 'reader'>;
  readonly options: CaptionCommandOptions;
  /** The results of all vaults so far. */
  readonly counts: Counts;
}

/** @returns why it stopped early; null if it did not */
async function captionVault(
  vault: SelectedVault,
  { engine, options, counts }: CaptionRun,
  signal: AbortSignal,
): Promise<StoppedEvent | null> {
  const memory = await openVaultData(vault);
  const ports: CaptionPorts = {
    ...vault,
    ...memory,
    model: engine.model,
    second: engine.second ?? null,
    reader: engine.reader ?? null,
    codec: createSharpCodec(),
    detectLanguage,
  };
  const progress = createProgress(process.stderr);
  const detail = detailOption(options.detailFor, progress);
  let done = 0;
  let wanted = 0;
  const fallback = fallbackLanguage(memory.log.usualLanguage(), cliLocale());
  const settings: CaptionOptions = {
    ...options,
    language: () => options.language,
    style: () => options.style,
    prompt: () => options.prompt,
    fallbackLanguage: fallback,
    detail,
  };
  let stopped: StoppedEvent | null = null;
  for await (const event of captionNotes(vault.selected, settings, ports, signal)) {
    switch (event.type) {
      case 'found':
        wanted = event.wanted;
        say(
          `Found ${pluralEn(event.images, 'image', 'images')} in ${pluralEn(vault.selected.length, 'note', 'notes')}, ${event.wanted} to describe.`,
        );
        break;
      case 'measured':
        // Without a terminal, this would only clutter the output.
        if (process.stderr.isTTY) progress.update(event.done, event.total, 'checking for fine detail');
        break;
      case 'described':
        done++;
        progress.update(done, wanted, shownSource(event.file));
        break;
      case 'language-assumed':
        progress.clear();
        say(
          `${event.note}: can't detect the language of the note. Writing in ${languageName(event.language)}; use --language to change it.`,
        );
        break;
      case 'image':
        counts[event.result.status]++;
        if (options.json) printJson(imageRow(event.result));
        else if (event.result.incomplete) {
          progress.clear();
          say(
            `${event.result.note}: ${event.result.file ?? ''} is incomplete; only the part that could be read was described.`,
          );
        } else if (event.result.error !== null && event.result.status === 'failed') {
          progress.clear();
          say(`${event.result.note}: ${errorText(event.result.error)}`);
        }
        break;
      case 'note':
        progress.clear();
        if (!options.json) print(unifiedDiff(event.note, event.before, event.after, process.stdout.isTTY));
        break;
      case 'detail-offer':
        progress.clear();
        say(offerText(event.offer));
        break;
      case 'stopped':
        stopped = event;
        if (options.json) printJson(stopRow(event));
        break;
    }
  }
  progress.clear();
  return stopped;
}

function detailOption(
  detailFor: CaptionCommandOptions['detailFor'],
  progress: Progress,
): NonNullable<CaptionOptions['detail']> | null {
  if (detailFor === 'off') return null;
  return detailFor === 'offer' ? 'offer' : { choice: detailFor, agree: sayCost(progress) };
}

function offerText({ images, factor, milliseconds }: DetailOffer): string {
  return (
    `${pluralEn(images, 'image has', 'images have')} fine print. Use --detail auto to analyze ` +
    `${images === 1 ? 'it' : 'them'} in tiles: about ${Number(factor.toPrecision(2))} times as long ` +
    `(${timeText(milliseconds)} more).`
  );
}

function stopRow({ reason, done, left, error }: StoppedEvent) {
  return { status: 'stopped', reason, done, left, error: errorJson(error) };
}

function stopMessage({ done, left, error }: StoppedEvent): string {
  return (
    `Stopped after ${done} of ${pluralEn(done + left, 'image', 'images')}. ${errorText(error)}\n` +
    `Run the same command again to continue with the remaining ${left}.`
  );
}

/** The options already specify the choice, so nothing is asked; Ctrl-C keeps completed captions. */
function sayCost(progress: Progress): (cost: DetailCost) => Promise<boolean> {
  return ({ images, requests, tokens }) => {
    progress.clear();
    say(
      `${pluralEn(images, 'image has', 'images have')} fine print. Analyzing tiles takes ` +
        `${pluralEn(requests, 'more request', 'more requests')}, about ${Number(tokens.toPrecision(2))} tokens ` +
        '(use --detail off to skip this).',
    );
    return Promise.resolve(true);
  };
}

function imageRow({ note, file, status, alt, engine, cached, incomplete, error }: ImageResult) {
  return {
    note,
    file,
    status,
    alt,
    engine,
    cached,
    ...(incomplete && { incomplete }),
    error: error === null ? null : errorJson(error),
  };
}

function summary({ written, planned, kept, skipped, failed }: Counts, write: boolean): string {
  const others = [
    `${kept} unchanged`,
    ...(skipped > 0 ? [`${skipped} skipped (decorative, blank, remote, or nothing recognized)`] : []),
    `${failed} failed`,
  ].join(', ');
  return write
    ? `Updated ${pluralEn(written, 'image', 'images')}. ${others}.`
    : `${planned} planned (--write to save), ${others}.`;
}
