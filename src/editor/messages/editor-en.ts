import type { DetailOffer } from '../../core/caption/detail-survey.ts';
import type { DetailCost } from '../../core/caption/fine-detail.ts';
import type { WordsLanguage } from '../../core/messages/explain.ts';
import { pluralEn } from '../../core/text/plural.ts';
import { chatEn } from '../../ui/chat/chat-en.ts';
import type { CaptionCounts, UndoCounts } from './counts.ts';

const images = (count: number) => pluralEn(count, 'image', 'images');
const notes = (count: number) => pluralEn(count, 'note', 'notes');
const places = (count: number) => pluralEn(count, 'place', 'places');

/** To two digits. */
const aboutEn = (count: number) => Number(count.toPrecision(2)).toLocaleString('en');

const megabytes = (bytes: number) => Math.round(bytes / 1e6).toLocaleString('en');

const counted = ({ written, kept, failed, incomplete = 0 }: CaptionCounts) =>
  `${written} written, ${kept} kept, ${failed} failed` +
  (incomplete > 0 ? ` (${pluralEn(incomplete, 'incomplete image', 'incomplete images')})` : '');

function undoneEn(captions: number, summaries: number, undone: number): string {
  const parts = [
    ...(captions > 0 ? [pluralEn(captions, 'caption', 'captions')] : []),
    ...(summaries > 0 ? [pluralEn(summaries, 'summary', 'summaries')] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : places(undone);
}

/** What the editor hosts say alike, in English. */
export const editorEn = {
  /** Also BCP 47, for names of languages. */
  locale: 'en' as WordsLanguage,

  status: {
    /** @param seconds an estimate */
    timeLeft: (seconds: number) => {
      if (seconds < 10) return 'a few seconds left';
      if (seconds < 55) return `about ${Math.round(seconds / 10) * 10} seconds left`;
      const minutes = Math.max(1, Math.round(seconds / 60));
      if (minutes < 60) return `about ${pluralEn(minutes, 'minute', 'minutes')} left`;
      return `about ${pluralEn(Math.round(minutes / 60), 'hour', 'hours')} left`;
    },
    waiting: (count: number) => `${images(count)} waiting for the server`,
  },

  chat: chatEn,

  chatNotes: {
    cannotSee: 'This model cannot see: it answers from descriptions and the text in the images.',
    searchesWeb: (host: string) => `What it looks for on the web leaves this machine: it is sent to ${host}.`,
    shortened: (count: number) =>
      `The first ${pluralEn(count, 'question', 'questions')} are remembered in short.`,
    left: (count: number) => `There was no room for ${images(count)}: choose fewer.`,
    noPlace: 'There is no place for lines below that image.',
    linkWords: (number: number) => `image ${number}`,
    copied: 'Copied the answer.',
    clearAll: 'Clear all conversations',
    clearQuestion: 'The questions and answers of every note are forgotten. What is written in notes stays.',
    clear: 'Clear',
    cleared: 'Cleared all conversations.',
    pickImage: 'Add an image of the vault…',
  },

  summary: {
    title: (note: string) => `Summary of ${note}`,
    looking: (done: number, total: number) => `Looking at the images: ${done} of ${total}…`,
    part: (part: number, parts: number) => `Reading the note: part ${part} of ${parts}…`,
    writing: 'Waiting for the model…',
    edited: 'The summary in the note was changed by hand. Writing replaces it.',
    top: 'Write at the top',
    bottom: 'Write at the bottom',
    cursor: 'Write at the cursor',
    replace: 'Replace the summary',
    newNote: 'Write to a new note',
    copy: 'Copy',
    stop: 'Stop',
    properties: 'Also add the tags and the line to the properties',
    written: 'Wrote the summary.',
    writtenWithout:
      'Wrote the summary, but not the properties: this note has them in an invalid or unusual form.',
    fileName: (note: string) => `${note} (summary)`,
  },

  notices: {
    done: (counts: CaptionCounts) => `Captions: ${counted(counts)}.`,
    hasWords: 'This image has words. To replace them, describe it again.',
    nothingToDo: 'Nothing to do: all images have words.',
    noImages: 'There are no images here.',
    undone: ({ notes: changed, captions, summaries, undone, kept, failed }: UndoCounts) =>
      [
        ...(undone > 0 ? [`Took back ${undoneEn(captions, summaries, undone)} in ${notes(changed)}.`] : []),
        ...(kept > 0 ? [`${places(kept)} changed since and stayed.`] : []),
        ...(failed > 0 ? [`${notes(failed)} could not be written.`] : []),
      ].join(' ') || 'Nothing was left to undo.',
    stopped: (counts: CaptionCounts) => `Stopped: ${counted(counts)}.`,
    nothingToUndo: 'There are no captions to undo.',
    copied: 'Copied the description.',
    notDescribed: 'This image is not described yet.',
    /** @param why a sentence */
    embedded: (why: string) =>
      `The embedded engine reads the text in the images (OCR) and recognises things in photos: ${why}`,
    /** @param why sentences */
    told: (model: string, why: string) =>
      `${why} Until then ${model} writes from the text and the things that are recognised in the images.`,
  },

  download: {
    starting: (model: string) => `Downloading ${model}…`,
    /** @param amount as `amount` gives it */
    running: (model: string, amount: string) => `Downloading ${model}: ${amount}`,
    amount: (completedBytes: number, totalBytes: number) =>
      `${Math.floor((completedBytes / totalBytes) * 100)}% (${megabytes(completedBytes)} of ${megabytes(totalBytes)}\u00a0MB)`,
    done: (model: string) => `Downloaded ${model}.`,
    stopped: 'Download stopped. What is already downloaded is kept.',
    interrupted: (model: string) =>
      `The download of ${model} was interrupted. It can continue where it stopped.`,
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

  fineDetail: {
    title: 'Look closely?',
    /** @param requests over what describing them takes anyway; `tokens` of these, about */
    question: ({ images: count, requests, tokens }: DetailCost) =>
      `${images(count)} with thin lines or small print. Looking at the parts too takes ${pluralEn(requests, 'more request', 'more requests')}, about ${aboutEn(tokens)} tokens.`,
    offer: ({ images: count, factor, milliseconds }: DetailOffer) =>
      `${pluralEn(count, 'image has', 'images have')} fine print or thin lines. To analyze ${count === 1 ? 'it' : 'them'} in tiles, turn on Fine detail in the settings: about ${Number(factor.toPrecision(2))} times the time (${pluralEn(Math.max(1, Math.round(milliseconds / 60_000)), 'minute', 'minutes')} more).`,
    look: 'Look closely',
    whole: 'Only the whole',
  },

  servers: {
    looking: (count: number, hosts: string) => `${count} servers look at the images: ${hosts}.`,
    /** @param why a sentence */
    lost: (host: string, why: string) => `The server ${host} dropped out, the others go on. ${why}`,
    ollamaAnswers: (host: string) => `Ollama answers at ${host}.`,
    openAiAnswers: (host: string) => `A server compatible with OpenAI answers at ${host}.`,
    supportsImages: (count: number) => `${pluralEn(count, 'model', 'models')} can see.`,
    untold: 'It does not say which of its models can see: the one you choose is shown a small picture first.',
  },

  /** @param hosts one, or several with commas between them */
  leavesNetwork: (hosts: string) => `Images leave this machine and its network: they are sent to ${hosts}.`,
};

/** What a language has words for. */
export type EditorWords = typeof editorEn;
