import * as z from 'zod/mini';
import { readLooseJson } from '../answer/loose-json.ts';
import { altFault } from '../describe/alt-text-fault.ts';
import { cleanAltText } from '../describe/clean-alt-text.ts';
import { cleanTags } from '../describe/clean-tags.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import { noteLanguage } from '../language/note-language.ts';
import { cleanMarkdown } from '../markdown/clean-markdown.ts';
import type { Description, ImageContext } from '../model/image-description.ts';
import { imageLink } from '../note/image-link.ts';
import { imageSource } from '../note/image-source.ts';
import { type ListedImage, listImages } from '../note/list-images.ts';
import { withoutSections } from '../note/managed-section.ts';
import { readContext } from '../note/note-context.ts';
import { relativeUrl } from '../note/relative-url.ts';
import type { VaultIndex } from '../note/resolve-image.ts';
import type { DetectLanguage } from '../ports.ts';
import { findReferences } from '../text/image-references.ts';
import { mergeTags } from './merge-tags.ts';
import { noteText, type ShownImage } from './note-text.ts';
import { askFacts, type Summarizer, summarizeText, textBudget, type TextEvent } from './summarize-text.ts';
import { summaryLabels } from './summary-labels.ts';

export interface SummarizePorts {
  readonly model: Summarizer;
  /** Describes an image file of the vault, from the log or with a model. */
  readonly describe: (file: string, context: ImageContext, signal: AbortSignal) => Promise<Description>;
  readonly index: VaultIndex;
  readonly detectLanguage: DetectLanguage;
}

export interface SummarizeOptions {
  /** A code, or `auto` for the language of the note. */
  readonly language: string;
  /** The code to use if the language of the note is uncertain. */
  readonly fallbackLanguage: string;
  /** The level of the summary's heading, from 1 to 5; headings inside the summary are lower. */
  readonly level: number;
  /** The note that will contain the summary, relative to the vault: links to images are relative to it. */
  readonly target: string;
  /** The existing tags of the note. */
  readonly tags: readonly string[];
}

export interface Summary {
  /** Including the heading, ready to be written. */
  readonly markdown: string;
  /** The same with references such as `[2]` instead of links to images, as `renderAnswer` shows them. */
  readonly shown: string;
  /** The number of images that can be referred to. */
  readonly images: number;
  /** The note's tags, followed by new ones. */
  readonly tags: readonly string[];
  /** One line about the note. */
  readonly line: string;
  readonly language: string;
  /** The note's title. */
  readonly title: string;
}

export type SummaryEvent =
  /** An image has been described, or has failed: then the summary uses its alt text. */
  | {
      readonly type: 'described';
      readonly file: string;
      readonly done: number;
      readonly images: number;
      readonly error: NotesightError | null;
    }
  /** A part of a long note is about to be processed, or a raw piece of the answer has arrived. */
  | TextEvent
  /** The last event. */
  | { readonly type: 'summary'; readonly summary: Summary };

/** The longest text about one image in a prompt, in tokens. */
const MAX_IMAGE_TOKENS = 400;

/**
 * Summarizes a note with its images: describes the images → sends text and images in order → streams the summary.
 * Nothing is written to a note.
 * @param note its path relative to the vault, and its text
 * @throws NotesightError `answer_unusable`, `model_looped`, `context_overflow`, `cancelled` and every code of the
 * model; an image that can't be described is an event instead
 */
export async function* summarizeNote(
  note: { readonly path: string; readonly markdown: string },
  options: SummarizeOptions,
  ports: SummarizePorts,
  signal: AbortSignal,
): AsyncGenerator<SummaryEvent> {
  const markdown = withoutSections(note.markdown);
  const listed = listImages(note.path, markdown, ports.index);
  const embeds = listed.map(({ embed }) => embed);
  const context = readContext(markdown, note.path, embeds);
  const [title = ''] = context.text.split('\n');
  const { code: language } = noteLanguage(
    options.language,
    context.text,
    ports.detectLanguage,
    options.fallbackLanguage,
  );
  const frame = { title, language };
  const imageTokens = Math.min(MAX_IMAGE_TOKENS, Math.floor(textBudget(ports.model, frame) / 2));

  // An inline image is part of the note, so it needs no permission for remote images.
  const sources = listed.map(({ image }) => imageSource(image, false));
  const files = sources.filter((source) => source !== null).length;
  const shown: ShownImage[] = [];
  let done = 0;
  for (const [index, embed] of embeds.entries()) {
    const file = sources[index] ?? null;
    if (file === null) {
      shown.push({ embed, description: null });
      continue;
    }
    const place = { language, ...context.around(embed) };
    const outcome = await describeOrReport(ports, file, place, signal);
    done++;
    const error = outcome instanceof NotesightError ? outcome : null;
    shown.push({ embed, description: outcome instanceof NotesightError ? null : outcome });
    yield { type: 'described', file, done, images: files, error };
  }

  const phrases = summaryLabels(language);
  const heading = `${'#'.repeat(options.level)} ${phrases.heading}`;
  const links = listed.map((image, index) =>
    linkTo(image, `${phrases.image} ${index + 1}`, note.path, options.target),
  );
  const events = summarizeText(ports.model, noteText(markdown, shown, imageTokens), frame, signal);
  let step = await events.next();
  for (; step.done !== true; step = await events.next()) yield step.value;
  const answer = step.value;
  const bodyWith = (markdownOf: (images: readonly number[]) => string) =>
    cleanMarkdown(answer, {
      topHeading: options.level + 1,
      replace: (text) =>
        findReferences(text, embeds.length).map(({ from, to, images }) => ({
          from,
          to,
          markdown: markdownOf(images),
        })),
    });
  const body = bodyWith((images) =>
    images.map((image) => links[image - 1] ?? `${phrases.image} ${image}`).join(', '),
  );
  if (!/\p{L}/u.test(body)) throw new NotesightError('answer_unusable', 'The model gave no summary.');

  const facts = readFacts(await askFacts(ports.model, answer, frame, signal).catch(unlessCancelled));
  const cleaned = cleanAltText(facts.line, language);
  const line = altFault(cleaned, '') === null ? cleaned : firstLine(body, language);
  const tags = mergeTags(options.tags, cleanTags(facts.tags));
  const written = `${heading}\n\n${body}`;
  const preview = bodyWith((images) => `[${images.join(', ')}]`);
  yield {
    type: 'summary',
    summary: { markdown: written, shown: preview, images: embeds.length, tags, line, language, title },
  };
}

async function describeOrReport(
  { describe }: SummarizePorts,
  file: string,
  context: ImageContext,
  signal: AbortSignal,
): Promise<Description | NotesightError> {
  signal.throwIfAborted();
  try {
    return await describe(file, context, signal);
  } catch (error) {
    if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
    return error;
  }
}

/**
 * A link to an image.
 * @param source the note that embeds the image
 * @param target the note that will contain the summary
 */
function linkTo({ embed, image }: ListedImage, label: string, source: string, target: string): string | null {
  if (image.kind !== 'file' || folderOf(source) === folderOf(target)) return imageLink(embed, label);
  const { syntax } = embed;
  return imageLink(
    { syntax, target: syntax === 'wiki' ? image.path : relativeUrl(target, image.path) },
    label,
  );
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

const Facts = z.object({ line: z.string(), tags: z.array(z.string()) });

/** Accepts anything: a summary without tags is still a summary. */
function readFacts(raw: string): z.infer<typeof Facts> {
  const json = readLooseJson(raw, raw.indexOf('{'));
  const { success, data } = Facts.safeParse(json?.value);
  return success ? data : { line: '', tags: [] };
}

function unlessCancelled(error: unknown): string {
  if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
  return '';
}

/** The first sentence of a summary as plain text. */
function firstLine(body: string, language: string): string {
  const line = body.split('\n').find((text) => /\p{L}/u.test(text) && !text.startsWith('#')) ?? body;
  const plain = line.replace(/\[\[[^|\]]*\|([^\]]*)\]\]/g, '$1').replace(/\\([^\p{L}\p{N}])/gu, '$1');
  return cleanAltText(plain, language);
}
