import type { DetailOffer } from '../../core/caption/detail-survey.ts';
import type { DetailCost } from '../../core/caption/fine-detail.ts';
import type { WordsLanguage } from '../../core/messages/explain.ts';
import type { PixelSize } from '../../core/ports.ts';
import { timeLeftEn } from '../../core/text/time-left.ts';
import { promptProblemEn } from '../../core/messages/prompt-problem-en.ts';
import type { BuiltInPrompt } from '../../core/prompts/built-in-prompts.ts';
import { pluralEn } from '../../core/text/plural.ts';
import { chatEn } from '../../ui/chat/chat-en.ts';
import { reviewEn } from '../../ui/review/review-en.ts';
import type { CaptionCounts, UndoCounts } from './counts.ts';

const images = (count: number) => pluralEn(count, 'image', 'images');
const notes = (count: number) => pluralEn(count, 'note', 'notes');
const edits = (count: number) => pluralEn(count, 'edit', 'edits');

/** Rounded to tenths. */
const tenths = (value: number) => (Math.round(value * 10) / 10).toLocaleString('en');

/** Rounded to two digits. */
const aboutEn = (count: number) => Number(count.toPrecision(2)).toLocaleString('en');

const megabytes = (bytes: number) => Math.round(bytes / 1e6).toLocaleString('en');

function counted({ written, kept, failed, incomplete = 0 }: CaptionCounts): string {
  const others = [...(kept > 0 ? [`${kept} unchanged`] : []), ...(failed > 0 ? [`${failed} failed`] : [])];
  return [
    `Updated ${images(written)}.`,
    ...(others.length > 0 ? [`${others.join(', ')}.`] : []),
    ...(incomplete > 0 ? [`${pluralEn(incomplete, 'image file is', 'image files are')} incomplete.`] : []),
  ].join(' ');
}

function undoneEn(captions: number, summaries: number, undone: number): string {
  const parts = [
    ...(captions > 0 ? [images(captions)] : []),
    ...(summaries > 0 ? [pluralEn(summaries, 'summary', 'summaries')] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : edits(undone);
}

/** Text shared by both editor hosts, in English. */
export const editorEn = {
  /** Also a BCP 47 tag, for names of languages. */
  locale: 'en' as WordsLanguage,

  status: {
    timeLeft: timeLeftEn,
    waiting: (count: number) => `${images(count)} queued`,
  },

  chat: chatEn,

  /** What the model got with a question. */
  sent: {
    title: 'What the model saw',
    pictures: 'Images:',
    region: ({ width, height }: PixelSize) => `region of ${width} × ${height} pixels`,
    size: ({ width, height }: PixelSize) => `sent as ${width} × ${height} pixels`,
    tokens: (count: number) => `about ${pluralEn(count, 'token', 'tokens')}`,
    earlier: (count: number) =>
      `${pluralEn(count, 'earlier question', 'earlier questions')} and their answers were sent again.`,
    text: 'Text',
    seconds: (seconds: number) => `Answer: ${tenths(seconds)} seconds`,
    generated: (tokens: number) => pluralEn(tokens, 'token', 'tokens'),
    perSecond: (tokens: number) => `${tenths(tokens)} tokens per second`,
  },

  prompts: {
    standard: 'Standard',
    names: {
      accessible: 'Alt text for accessibility',
      table: 'Chart to table',
      handwriting: 'Transcribe handwriting',
      diagram: 'Explain the diagram',
      actions: 'Extract action items',
      formula: 'Formula to LaTeX',
      translate: 'Translate the text in the image',
    } satisfies Record<BuiltInPrompt, string>,
    problems: promptProblemEn,
  },

  review: reviewEn,

  chatNotes: {
    cannotSee: 'This is a text-only model: it answers from descriptions of the images and the text in them.',
    searchesWeb: (host: string) => `Web search queries leave this machine: they are sent to ${host}.`,
    shortened: (count: number) =>
      `To fit the context window, the first ${pluralEn(count, 'question was', 'questions were')} shortened.`,
    left: (count: number) =>
      `${pluralEn(count, 'image did', 'images did')} not fit in the context window. Select fewer images.`,
    noPlace: "Can't insert text below this image.",
    linkWords: (number: number) => `image ${number}`,
    copied: 'Copied the answer.',
    notCreated: "Can't create a note in the folder of this one. Check that the folder is writable.",
    clearAll: 'Clear all conversations',
    clearQuestion: 'This deletes the questions and answers of all notes. Your notes are not changed.',
    clear: 'Clear',
    cleared: 'Cleared all conversations.',
    pickModel: 'Choose a model…',
    pickImage: 'Add an image from the vault…',
  },

  summary: {
    title: (note: string) => `Summary of ${note}`,
    looking: (done: number, total: number) => `Describing images: ${done} of ${total}…`,
    part: (part: number, parts: number) => `Reading the note: part ${part} of ${parts}…`,
    writing: 'Waiting for the model…',
    edited: 'The summary in the note was edited by hand. If you insert the new one, it is replaced.',
    top: 'Insert at the top',
    bottom: 'Insert at the bottom',
    cursor: 'Insert at the cursor',
    replace: 'Replace summary',
    newNote: 'Save to a new note',
    copy: 'Copy',
    stop: 'Stop',
    properties: 'Add the tags and a one-line summary to the properties',
    written: 'Summary saved.',
    writtenWithout:
      'Summary saved without properties: the properties of this note are invalid or in an unsupported format.',
    fileName: (note: string) => `${note} (summary)`,
  },

  notices: {
    done: (counts: CaptionCounts) => counted(counts),
    hasWords: 'This image already has alt text. To replace it, run “Regenerate alt text”.',
    nothingToDo: 'Nothing to do: all images have alt text.',
    noImages: 'No images found.',
    undone: ({ notes: changed, captions, summaries, undone, kept, failed }: UndoCounts) =>
      [
        ...(undone > 0 ? [`Reverted ${undoneEn(captions, summaries, undone)} in ${notes(changed)}.`] : []),
        ...(kept > 0 ? [`Skipped ${edits(kept)}: the text has changed since.`] : []),
        ...(failed > 0 ? [`${notes(failed)} could not be written.`] : []),
      ].join(' ') || 'Nothing to undo.',
    stopped: (counts: CaptionCounts) => `Stopped. ${counted(counts)}`,
    nothingToUndo: 'Nothing to undo.',
    copied: 'Copied the description.',
    notDescribed: 'This image has no description yet.',
    /** @param why a sentence */
    embedded: (why: string) => `Using offline recognition (text and objects only). ${why}`,
    /** @param why sentences */
    textOnly: (model: string, why: string) =>
      `${why} Until then, ${model} writes alt text from the text and objects recognized in the images.`,
  },

  download: {
    starting: (model: string) => `Downloading ${model}…`,
    /** @param amount as returned by `progressText` */
    running: (model: string, amount: string) => `Downloading ${model}: ${amount}`,
    amount: (completedBytes: number, totalBytes: number) =>
      `${Math.floor((completedBytes / totalBytes) * 100)}% (${megabytes(completedBytes)} of ${megabytes(totalBytes)}\u00a0MB)`,
    done: (model: string) => `Downloaded ${model}.`,
    stopped: 'Download stopped. You can resume it later.',
    interrupted: (model: string) => `The download of ${model} was interrupted. You can resume it.`,
    stop: 'Stop',
    retry: 'Retry',
    resume: 'Resume',
    notNow: 'Not now',
    close: 'Close',
  },

  paused: {
    ollama: 'Ollama stopped responding.',
    server: 'The server stopped responding.',
    /** @param why a sentence */
    notice: ({ done, total }: { done: number; total: number }, why: string) =>
      `Paused: ${why} ${done} of ${total} done.`,
    status: (done: number, total: number) => `Paused: ${done} of ${total} done`,
    interrupted: (left: number, total: number) =>
      `A batch was interrupted: ${left} of ${images(total)} left.`,
    nothing: 'No batch is paused.',
    resume: 'Resume',
    stop: 'Stop',
    dismiss: 'Dismiss',
  },

  /** The report about images of a batch that failed. */
  report: {
    show: 'Show report',
    title: (count: number) => `${images(count)} without new alt text`,
    wholeNote: 'The whole note',
    retry: 'Retry failed',
    copy: 'Copy',
    copied: 'Copied',
  },

  fineDetail: {
    title: 'Run detailed analysis?',
    /** @param requests in addition to the normal ones; `tokens` is an estimate for these */
    question: ({ images: count, requests, tokens }: DetailCost) =>
      `${pluralEn(count, 'image has', 'images have')} fine print or thin lines. Analyzing ${count === 1 ? 'it' : 'them'} in tiles takes ${pluralEn(requests, 'more request', 'more requests')}, about ${aboutEn(tokens)} tokens.`,
    offer: ({ images: count, factor, milliseconds }: DetailOffer) =>
      `${pluralEn(count, 'image has', 'images have')} fine print or thin lines. To analyze ${count === 1 ? 'it' : 'them'} in tiles, turn on Detailed analysis in the settings. This takes about ${Number(factor.toPrecision(2))} times as long (${pluralEn(Math.max(1, Math.round(milliseconds / 60_000)), 'minute', 'minutes')} more).`,
    look: 'Analyze tiles',
    whole: 'Whole image only',
  },

  servers: {
    looking: (count: number, hosts: string) => `Using ${count} servers: ${hosts}.`,
    /** @param why a sentence */
    lost: (host: string, why: string) => `Lost the server ${host}; continuing with the others. ${why}`,
    ollamaAnswers: (host: string) => `Connected to Ollama at ${host}.`,
    openAiAnswers: (host: string) => `Connected to an OpenAI-compatible server at ${host}.`,
    supportsImages: (count: number) => `${pluralEn(count, 'model supports', 'models support')} images.`,
    unknown:
      'The server does not report which models support images. The model you choose is tested with a small image first.',
  },

  /** @param hosts one host, or several separated by commas */
  leavesNetwork: (hosts: string) => `Images leave your network: they are sent to ${hosts}.`,
  leavesForCloud: 'Images leave this machine: the model runs in the cloud.',
};

/** The text that every language must provide. */
export type EditorWords = typeof editorEn;
