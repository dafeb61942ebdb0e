import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type TextDocument,
  type TextDocumentChangeEvent,
  TextDocumentChangeReason,
  type Uri,
  workspace,
} from 'vscode';
import { findImages } from '../../../core/note/find-images.ts';
import { listImages } from '../../../core/note/list-images.ts';
import { isNoteDocument, type Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';

/** How long after its text an image's file may take to come, in milliseconds, and how often it is looked for. */
const PATIENCE = 10_000;
const LOOK_EVERY = 200;
/** A file that is older than this (in milliseconds) when its text comes was there before, and is dropped or linked. */
const FRESH = 15_000;

/**
 * Notices images that come into notes by paste and drop, whoever handles that: a text that consists of nothing but
 * embeds comes in at once, and their files with it. Typing, undoing and what comes from the disk are passed over.
 * @param onImage told the note and the image file, relative to the vault
 */
export function watchNewImages(vaults: Vaults, onImage: (note: Uri, file: string) => void): Disposable {
  async function look(document: TextDocument, targets: ReadonlySet<string>): Promise<void> {
    const until = Date.now() + PATIENCE;
    const vault = await vaults.of(document.uri);
    // That a note is not saved is told apart from its text, sooner or later; what came from the disk never is.
    await sleep(LOOK_EVERY);
    if (!document.isDirty) return;
    const waiting = new Set(targets);
    while (waiting.size > 0 && Date.now() < until && !document.isClosed) {
      for (const { embed, image } of listImages(
        vault.pathOf(document.uri),
        document.getText(),
        vault.files.index(),
      )) {
        if (!waiting.has(embed.target) || image.kind !== 'file') continue;
        waiting.delete(embed.target);
        if (isFresh(vault.uriOf(image.path))) onImage(document.uri, image.path);
      }
      if (waiting.size > 0) await sleep(LOOK_EVERY);
    }
  }

  return workspace.onDidChangeTextDocument((event) => {
    const targets = newTargets(event);
    if (targets.size > 0) void look(event.document, targets);
  });
}

/** What a change brought in, where it brought in images and nothing else. */
function newTargets({ document, contentChanges, reason }: TextDocumentChangeEvent): Set<string> {
  const isUndo = reason === TextDocumentChangeReason.Undo || reason === TextDocumentChangeReason.Redo;
  if (isUndo || !isNoteDocument(document)) return new Set();
  return new Set(
    contentChanges.flatMap(({ text }) => {
      const embeds = findImages(text);
      const rest = embeds.reduceRight((left, { from, to }) => left.slice(0, from) + left.slice(to), text);
      return rest.trim() === '' ? embeds.map(({ target }) => target) : [];
    }),
  );
}

function isFresh(uri: Uri): boolean {
  const stats = statSync(uri.fsPath, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - Math.max(stats.birthtimeMs, stats.ctimeMs) < FRESH;
}
