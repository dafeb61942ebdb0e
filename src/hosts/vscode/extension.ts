import { commands, env, languages, window, workspace, type ExtensionContext } from 'vscode';
import { BATCH_KEY } from './batch-key.ts';
import { COMMANDS } from './command-names.ts';
import { createCodeLenses } from './code-lenses.ts';
import { createDiagnostics } from './diagnostics.ts';
import { createDocumentImages } from './document-images.ts';
import { createHovers } from './hovers.ts';
import { once } from '../editor/once.ts';
import { watchNewImages } from './new-images.ts';
import { createQuickFixes } from './quick-fixes.ts';
import { readSettings } from './settings.ts';
import { createVaults, NOTES } from './vaults.ts';
import { chooseWords } from './words/choose-words.ts';
import type { Work } from './work.ts';

/** Registers all features; what they work with is loaded when the first of them is used. */
export function activate(context: ExtensionContext): void {
  const words = chooseWords(env.language);
  const log = window.createOutputChannel('Notesight', { log: true });
  const vaults = createVaults();
  const images = createDocumentImages();
  const work = once(async (): Promise<Work> => {
    const { createWork } = await import('./work.ts');
    return createWork(context, vaults, words, log);
  });
  const services = async () => (await work()).services;
  const lenses = createCodeLenses(vaults, images, words);
  context.subscriptions.push(
    log,
    vaults,
    lenses,
    createDiagnostics(vaults, images, words),
    languages.registerCodeActionsProvider(NOTES, createQuickFixes(vaults, images, words)),
    languages.registerHoverProvider(NOTES, createHovers(vaults, images, words, services)),
    languages.registerCodeLensProvider(NOTES, lenses),
    window.registerWebviewViewProvider('notesight.chat', {
      resolveWebviewView: async (view) => (await work()).showChat(view),
    }),
    watchNewImages(vaults, (note, file) => {
      // Nothing runs by itself where the user has not said that the folder may be trusted.
      if (workspace.isTrusted && readSettings(note).paste !== 'off') {
        void work().then(({ captions }) => captions.captionQuietly(note, file));
      }
    }),
    ...COMMANDS.map((name) =>
      commands.registerCommand(`notesight.${name}`, async (...args: unknown[]) => {
        await (await work()).run(name, args);
      }),
    ),
  );
  // A batch that a restart cut short.
  if (workspace.isTrusted && context.workspaceState.get(BATCH_KEY) !== undefined) {
    void work().then(({ captions }) => captions.offerBatch());
  }
  log.debug('active');
}
