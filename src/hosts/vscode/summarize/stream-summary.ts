import { fallbackLanguage } from '../../../core/language/language-code.ts';
import { detectLanguage } from '../../../core/language/detect-language.ts';
import { sectionLevel } from '../../../core/summarize/section-level.ts';
import { summarizeNote, type Summary } from '../../../core/summarize/summarize-note.ts';
import { settingsFor } from '../../../core/settings/folder-rules.ts';
import { openEditorAnswering } from '../../../editor/answering.ts';
import type { Services } from '../services.ts';
import type { SummarizedNote } from './save-summary.ts';

/** Milliseconds between two updates of a streaming summary. */
const FRAME = 100;

export interface NoteToSummarize extends SummarizedNote {
  readonly markdown: string;
}

/** Where a summary is shown while it is written. */
export interface SummaryDisplay {
  /** Shows the summary so far. */
  readonly show: (text: string) => void;
  /** Shows the current step. */
  readonly report: (message: string) => void;
}

/** @returns null if the stream ended without a summary. @throws NotesightError */
export async function streamSummary(
  { path, markdown, work }: NoteToSummarize,
  services: Services,
  { show, report }: SummaryDisplay,
  signal: AbortSignal,
): Promise<Summary | null> {
  const { words, log, explain } = services;
  const { ports } = work.captioner;
  report(words.summary.writing);
  const servers = () => services.servers.open(work.settings());
  const { model, describe, notice } = await openEditorAnswering({ ...ports, servers, words }, signal);
  if (notice !== '') log.warn(notice);
  const options = {
    language: settingsFor(work.settings(), path).language,
    fallbackLanguage: fallbackLanguage(null, ports.locale),
    level: sectionLevel(markdown, 'top'),
    target: path,
    tags: [],
  };
  const models = { model, describe, index: ports.files.index(), detectLanguage };
  let text = '';
  let shownAt = 0;
  for await (const event of summarizeNote({ path, markdown }, options, models, signal)) {
    switch (event.type) {
      case 'described':
        report(words.summary.looking(event.done, event.images));
        if (event.error !== null) log.warn(`${event.file}: ${explain(event.error).message}`);
        break;
      case 'part':
        text = '';
        report(words.summary.part(event.part, event.parts));
        break;
      case 'restart':
        text = '';
        show(text);
        break;
      case 'text':
        text += event.text;
        if (Date.now() - shownAt < FRAME) break;
        shownAt = Date.now();
        show(text);
        break;
      case 'summary':
        return event.summary;
    }
  }
  return null;
}
