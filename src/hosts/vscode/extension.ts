import { commands, env, type ExtensionContext, languages, window, workspace } from 'vscode';
import { once } from '../../editor/once.ts';
import { readSettings } from './adapters/settings.ts';
import { createVaults, NOTES } from './adapters/vaults.ts';
import { BATCH_KEY } from './caption/batch-key.ts';
import { createCodeActions } from './caption/code-actions.ts';
import { createCodeLenses } from './caption/code-lenses.ts';
import { createDiagnostics } from './caption/diagnostics.ts';
import { createDocumentImages } from './caption/document-images.ts';
import { createHovers } from './caption/hovers.ts';
import { watchNewImages } from './caption/new-images.ts';
import { createWorkspaceCheck } from './caption/workspace-check.ts';
import type { Work } from './command-handlers.ts';
import { COMMANDS } from './command-names.ts';
import { chooseWords } from './messages/choose-words.ts';
import { createStatusItem } from './status/status-item.ts';
import { SUMMARY_PANEL } from './summarize/panel-type.ts';

/** Registers all features; their code is loaded on first use. */
export function activate(context: ExtensionContext): void {
  const words = chooseWords(env.language);
  const log = window.createOutputChannel('Notesight', { log: true });
  const vaults = createVaults();
  const images = createDocumentImages();
  const status = createStatusItem(vaults, images, words);
  const work = once(async (): Promise<Work> => {
    const { createWork } = await import('./command-handlers.ts');
    return createWork(context, { vaults, images, words, log, status });
  });
  const services = async () => (await work()).services;
  const lenses = createCodeLenses(vaults, images, words);
  const collection = languages.createDiagnosticCollection('notesight');
  const check = createWorkspaceCheck(collection, vaults, words);
  context.subscriptions.push(
    log,
    vaults,
    status,
    lenses,
    collection,
    check,
    createDiagnostics({ collection, vaults, images, words, onHidden: check.check }),
    languages.registerCodeActionsProvider(NOTES, createCodeActions(vaults, images, words)),
    languages.registerHoverProvider(NOTES, createHovers(vaults, images, words, services)),
    languages.registerCodeLensProvider(NOTES, lenses),
    window.registerWebviewViewProvider('notesight.chat', {
      resolveWebviewView: async (view) => (await work()).showChat(view),
    }),
    window.registerWebviewPanelSerializer(SUMMARY_PANEL, {
      deserializeWebviewPanel: async (panel, state) => (await work()).restoreSummary(panel, state),
    }),
    watchNewImages(vaults, (note, file) => {
      // Nothing runs automatically in an untrusted folder.
      if (workspace.isTrusted && readSettings(note).paste !== 'off') {
        void work().then(({ captions }) => captions.captionAdded(note, file));
      }
    }),
    ...COMMANDS.map((name) =>
      commands.registerCommand(`notesight.${name}`, async (...args: unknown[]) => {
        await (await work()).run(name, args);
      }),
    ),
  );
  // A batch interrupted by a restart.
  if (workspace.isTrusted && context.workspaceState.get(BATCH_KEY) !== undefined) {
    void work().then(({ captions }) => captions.offerBatch());
  }
  log.debug('active');
}
