import { basename, extname } from 'node:path';
import { type ExtensionContext, type TextDocument, Uri, type WebviewPanel, window } from 'vscode';
import * as z from 'zod/mini';
import type { Vaults } from '../adapters/vaults.ts';
import type { Services } from '../services.ts';
import { createKeptSummaries } from './kept-summaries.ts';
import { newSummaryPanel } from './summary-panel.ts';
import { SummarySession } from './summary-session.ts';

/** Summarizes notes, each in a tab of its own. */
export interface Summarizer {
  /** Shows the summary that was not written yet, or makes one. */
  summarize(document: TextDocument): Promise<void>;
  /** Fills a tab that VS Code restored. @param state as the page stored it */
  readonly restore: (panel: WebviewPanel, state: unknown) => Promise<void>;
}

const stored = z.object({ note: z.string().check(z.minLength(1)) });

export function createSummarizer(
  context: Pick<ExtensionContext, 'extensionUri' | 'workspaceState'>,
  services: Services,
  vaults: Vaults,
): Summarizer {
  const { words, showError } = services;
  const kept = createKeptSummaries(context.workspaceState);
  const sessions = new Map<string, SummarySession>();
  const nameOf = (note: Uri) => basename(note.path, extname(note.path));

  async function open(note: Uri, panelOf: () => WebviewPanel): Promise<SummarySession> {
    const work = services.workOf(await vaults.of(note));
    const known = sessions.get(note.toString());
    if (known !== undefined) return known;
    const summarized = { path: work.vault.pathOf(note), work };
    const key = note.toString();
    const session = new SummarySession(panelOf(), summarized, {
      services,
      kept,
      extension: context.extensionUri,
      closed() {
        sessions.delete(key);
        if (kept.of(note) !== null) void offerKept(note);
      },
    });
    sessions.set(key, session);
    return session;
  }

  const show = (note: Uri) => open(note, () => newSummaryPanel(words.summary.title(nameOf(note))));

  async function offerKept(note: Uri): Promise<void> {
    const { kept: message, show: showLabel, discard } = words.summaries;
    const clicked = await window.showInformationMessage(message(nameOf(note)), showLabel, discard);
    if (clicked === discard) kept.drop(note);
    else if (clicked === showLabel) (sessions.get(note.toString()) ?? (await show(note))).reveal();
  }

  return {
    async summarize({ uri }) {
      try {
        const known = sessions.get(uri.toString());
        known?.reveal();
        const session = known ?? (await show(uri));
        if (kept.of(uri) === null) session.start();
      } catch (error) {
        showError(error);
      }
    },
    async restore(panel, state) {
      const { success, data } = stored.safeParse(state);
      // Without a state, the tab closes; the summary is kept, and shown when the user summarizes the note again.
      if (success && !sessions.has(data.note)) await open(Uri.parse(data.note), () => panel);
      else panel.dispose();
    },
  };
}
