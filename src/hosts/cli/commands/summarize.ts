import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { createKnownDescriber } from '../../../core/caption/describe-known.ts';
import { detectLanguage } from '../../../core/language/detect-language.ts';
import { fallbackLanguage } from '../../../core/language/language-code.ts';
import { applyEdits } from '../../../core/markdown/text-edit.ts';
import { shownSource } from '../../../core/note/inline-source.ts';
import { relativeUrl } from '../../../core/note/relative-url.ts';
import { sectionLevel } from '../../../core/summarize/section-level.ts';
import { summarizeNote, type Summary, type SummaryEvent } from '../../../core/summarize/summarize-note.ts';
import { summaryLabels } from '../../../core/summarize/summary-labels.ts';
import {
  refuseEdited,
  summaryEdit,
  type WriteOptions,
  writeSummary,
} from '../../../core/summarize/write-summary.ts';
import { createNote } from '../../../node/create-note.ts';
import { badPath, existingPath } from '../../../node/existing-path.ts';
import { openVaultData } from '../../../node/open-vault-data.ts';
import { createSharpCodec } from '../../../node/sharp-codec.ts';
import { isInside } from '../../../node/vault-path.ts';
import { isNote } from '../../../node/walk-vault.ts';
import { createAnswerWriter } from '../answer-writer.ts';
import { cliLocale } from '../cli-locale.ts';
import { openChat } from '../open-chat.ts';
import type { ExitCode } from '../output.ts';
import { errorJson, EXIT, errorText, printJson, say } from '../output.ts';
import { createProgress } from '../progress.ts';
import { type SelectedVault, selectVaults } from '../select-vaults.ts';

export interface SummarizeCommandOptions {
  readonly write: boolean;
  readonly place: 'top' | 'bottom';
  /** The file for the summary, or undefined to write it into the note itself. */
  readonly to: string | undefined;
  readonly replace: boolean;
  readonly language: string;
  readonly hosts: readonly string[];
  readonly model: string | undefined;
  readonly vault: string | undefined;
  readonly json: boolean;
}

/** `notesight summarize`: a summary of a note, including its images. */
export async function summarizeCommand(
  path: string,
  options: SummarizeCommandOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const [vault] = await selectVaults([path], options.vault);
  const [note, ...others] = vault?.selected ?? [];
  if (vault === undefined || note === undefined || others.length > 0) {
    throw badPath(path, 'is not a single note');
  }
  const to = options.to === undefined ? null : await targetOf(vault, options.to);
  if (to === note) throw badPath(options.to ?? '', 'is the note being summarized');
  const markdown = await vault.notes.read(note);
  const target = to ?? note;
  const targetMarkdown = existsSync(join(vault.root, target)) ? await vault.notes.read(target) : '';
  if (options.write) refuseEdited(note, markdown, options.replace);
  if (to !== null) {
    refuseEdited(note, markdown, options.replace);
    refuseEdited(to, targetMarkdown, options.replace);
  }

  const memory = await openVaultData(vault);
  const chat = await openChat(options, signal);
  say(chat.why);
  const codec = createSharpCodec();
  const { describe } = createKnownDescriber({
    images: vault.images,
    codec,
    log: memory.log,
    model: chat.vision,
  });
  const ports = {
    model: chat.model,
    describe,
    index: vault.index,
    detectLanguage,
  };
  const level = sectionLevel(targetMarkdown, options.place);
  const settings = {
    language: options.language,
    fallbackLanguage: fallbackLanguage(memory.log.usualLanguage(), cliLocale()),
    level,
    target,
    tags: [],
  };
  let summary: Summary | undefined;
  try {
    summary = await show(summarizeNote({ path: note, markdown }, settings, ports, signal), options.json);
  } finally {
    await chat.close();
  }
  if (summary === undefined || signal.aborted) return EXIT.stopped;

  let written = false;
  if (options.write || to !== null) {
    const batch = await memory.journal.begin();
    const write = (where: string, content: string, how: WriteOptions) =>
      writeSummary(where, content, how, { notes: vault.notes, journal: memory.journal, batch });
    const { place, replace } = options;
    if (to === null) written = await write(note, summary.markdown, { place, replace });
    else {
      if (existsSync(join(vault.root, to)))
        written = await write(to, summary.markdown, { place: 'top', replace });
      else {
        const title = `# ${summary.title}\n`;
        const text = applyEdits(title, [summaryEdit(to, title, summary.markdown, 'top')]);
        await memory.journal.record(batch, to, [{ before: '', after: text, from: 0, kind: 'note' }]);
        await createNote(vault.root, to, text);
        written = true;
      }
      const link = `[${summaryLabels(summary.language).heading}](${relativeUrl(note, to)})`;
      written = (await write(note, link, { place, replace, isLink: true })) || written;
    }
  }
  const { markdown: text, tags, line } = summary;
  if (options.json) printJson({ type: 'result', note: target, summary: text, tags, line, written });
  else
    say([line, tags.map((tag) => `#${tag}`).join(' '), outcome(target, written)].filter(Boolean).join('\n'));
  return EXIT.done;
}

/** @returns the summary; undefined if there is none because it was stopped */
async function show(events: AsyncIterable<SummaryEvent>, json: boolean): Promise<Summary | undefined> {
  const progress = createProgress(process.stderr);
  const writer = createAnswerWriter();
  try {
    for await (const event of events) {
      if (event.type === 'summary') return event.summary;
      if (json)
        printJson({ ...event, ...('error' in event && event.error && { error: errorJson(event.error) }) });
      else if (event.type === 'text') {
        progress.clear();
        writer.add(event.text);
      } else if (event.type === 'restart') writer.restart();
      else if (event.type === 'part') progress.update(event.part, event.parts, 'parts of the note');
      else {
        progress.update(event.done, event.images, shownSource(event.file));
        if (event.error !== null) {
          progress.clear();
          say(`${shownSource(event.file)}: ${errorText(event.error)}`);
        }
      }
    }
    return undefined;
  } finally {
    progress.clear();
    writer.end();
  }
}

/** @returns a path relative to the vault @throws NotesightError `bad_usage` */
async function targetOf(vault: SelectedVault, named: string): Promise<string> {
  const folder = await existingPath(dirname(resolve(named)));
  const path = join(folder, basename(named));
  if (!isInside(vault.root, path)) throw badPath(named, 'is outside the vault');
  const note = relative(vault.root, path).split(sep).join('/');
  if (!isNote(note)) throw badPath(named, 'is not a Markdown note');
  return note;
}

function outcome(note: string, written: boolean): string {
  return written ? `Wrote the summary to ${note}. Run \`notesight undo\` to undo.` : '';
}
