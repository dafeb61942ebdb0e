import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import {
  env,
  EventEmitter,
  ProgressLocation,
  type QuickPickItem,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { NotesightError } from '../../core/errors.ts';
import { detectLanguage } from '../../core/language/detect-language.ts';
import { fallbackLanguage } from '../../core/language/language-code.ts';
import { findSections, type SectionPlace } from '../../core/note/managed-section.ts';
import { relativeUrl } from '../../core/note/relative-url.ts';
import { sectionLevel } from '../../core/summarize/section-level.ts';
import { summarizeNote, type Summary } from '../../core/summarize/summarize-note.ts';
import { writeSummary } from '../../core/summarize/write-summary.ts';
import { openEditorAnswering } from '../../editor/answering.ts';
import { createNote } from '../../node/create-note.ts';
import type { Vaults } from './adapters/vaults.ts';
import type { Disposable } from './disposable.ts';
import type { Services, VaultWork } from './services.ts';

const SCHEME = 'notesight-summary';
/** Milliseconds between two updates of a streaming summary. */
const FRAME = 100;

/** Summarizes notes: shows the summary as it streams in a separate tab, then writes it where the user chooses. */
export interface Summarizer extends Disposable {
  summarize(document: TextDocument): Promise<void>;
}

interface Choice extends QuickPickItem {
  readonly run: () => Promise<unknown>;
}

export function createSummarizer(services: Services, vaults: Vaults): Summarizer {
  const { words, explain, tell } = services;
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  };
  const registration = workspace.registerTextDocumentContentProvider(SCHEME, provider);

  /** Shows a text beside the note. @returns a function that replaces the text */
  async function openPage(name: string): Promise<(text: string) => void> {
    const uri = Uri.from({ scheme: SCHEME, path: `/${name}.md` });
    texts.set(uri.toString(), '');
    changed.fire(uri);
    await window.showTextDocument(uri, { viewColumn: ViewColumn.Beside, preserveFocus: true });
    return (text) => {
      texts.set(uri.toString(), text);
      changed.fire(uri);
    };
  }

  async function run(
    document: TextDocument,
    work: VaultWork,
    signal: AbortSignal,
    report: (text: string) => void,
  ) {
    const { ports } = work.captioner;
    const path = work.vault.pathOf(document.uri);
    const markdown = document.getText();
    const show = await openPage(words.summary.title(basename(path, extname(path))));
    report(words.summary.writing);
    const { model, describe, notice } = await openEditorAnswering(
      { ...ports, servers: () => services.servers.open(work.settings()), words },
      signal,
    );
    if (notice !== '') services.log.warn(notice);
    const { language } = work.settings();
    const options = {
      language,
      fallbackLanguage: fallbackLanguage(null, ports.locale),
      level: sectionLevel(markdown, 'top'),
      target: path,
      tags: [],
    };
    const events = summarizeNote(
      { path, markdown },
      options,
      { model, describe, index: ports.files.index(), detectLanguage },
      signal,
    );
    let text = '';
    let shownAt = 0;
    for await (const event of events) {
      switch (event.type) {
        case 'described':
          report(words.summary.looking(event.done, event.images));
          if (event.error !== null) services.log.warn(`${event.file}: ${explain(event.error).message}`);
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
          show(event.summary.markdown);
          return event.summary;
      }
    }
    return null;
  }

  async function write(work: VaultWork, note: string, text: string, place: SectionPlace): Promise<void> {
    const { notes, openMemory } = work.captioner.ports;
    const { journal } = await openMemory();
    // The user was warned about a manually edited summary and confirmed.
    const batch = await journal.begin();
    await writeSummary(note, text, { place, replace: true }, { notes, journal, batch });
    void window.setStatusBarMessage(words.summary.written, 5000);
  }

  async function writeNewNote(work: VaultWork, note: string, { markdown }: Summary): Promise<void> {
    const { root } = work.vault;
    const name = words.summary.fileName(note.slice(0, note.length - extname(note).length));
    let path = `${name}.md`;
    for (let number = 2; existsSync(join(root, path)); number++) path = `${name} ${number}.md`;
    const { notes, openMemory } = work.captioner.ports;
    const { journal } = await openMemory();
    const batch = await journal.begin();
    const text = `${markdown}\n`;
    await journal.record(batch, path, [{ before: '', after: text, from: 0, kind: 'note' }]);
    await createNote(root, path, text);
    const title = basename(path, '.md');
    const link = work.vault.kind === 'obsidian' ? `[[${title}]]` : `[${title}](${relativeUrl(note, path)})`;
    const how = { place: 'top', replace: true, isLink: true } as const;
    await writeSummary(note, link, how, { notes, journal, batch });
    void window.setStatusBarMessage(words.summary.written, 5000);
    await window.showTextDocument(work.vault.uriOf(path), { preview: false });
  }

  async function offer(
    document: TextDocument,
    work: VaultWork,
    cursor: number,
    summary: Summary,
  ): Promise<void> {
    const { summary: labels, summaries } = words;
    const note = work.vault.pathOf(document.uri);
    const to = (label: string, place: SectionPlace): Choice => ({
      label,
      run: () => write(work, note, summary.markdown, place),
    });
    const [old] = findSections(document.getText());
    const choices: Choice[] = [
      ...(old !== undefined
        ? [to(labels.replace, 'top')]
        : [
            to(labels.top, 'top'),
            to(labels.bottom, 'bottom'),
            to(labels.cursor, cursor),
            { label: labels.newNote, run: () => writeNewNote(work, note, summary) },
          ]),
      { label: labels.copy, run: async () => env.clipboard.writeText(summary.markdown) },
    ];
    const title = old?.isEdited === true ? summaries.edited : summaries.where;
    const choice = await window.showQuickPick(choices, {
      title,
      placeHolder: summary.line,
      ignoreFocusOut: true,
    });
    await choice?.run();
  }

  return {
    async summarize(document) {
      try {
        const work = services.workOf(await vaults.of(document.uri));
        const editor = window.visibleTextEditors.find((each) => each.document === document);
        const cursor = editor === undefined ? 0 : document.offsetAt(editor.selection.active);
        const options = {
          location: ProgressLocation.Notification,
          title: 'Notesight',
          cancellable: true,
        };
        const summary = await window.withProgress(options, async (progress, token) => {
          const controller = new AbortController();
          token.onCancellationRequested(() => {
            controller.abort(new NotesightError('cancelled', 'stopped'));
          });
          return run(document, work, controller.signal, (message) => {
            progress.report({ message });
          });
        });
        if (summary !== null) await offer(document, work, cursor, summary);
      } catch (error) {
        tell(error);
      }
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}
