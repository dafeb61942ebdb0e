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

/** Time limit for the file to appear after its embed, and the interval between checks, in milliseconds. */
const TIME_LIMIT = 10_000;
const CHECK_INTERVAL = 200;
/** A file older than this (in milliseconds) when its embed is added existed before, and was dropped or linked. */
const FRESH = 15_000;

/**
 * Detects images pasted or dropped into notes, whichever extension handles that: text that consists only of embeds is
 * inserted at once, together with new files. Ignores typing, undo and changes on disk.
 * @param onImage called with the note and the image file, relative to the vault
 */
export function watchNewImages(vaults: Vaults, onImage: (note: Uri, file: string) => void): Disposable {
  async function check(document: TextDocument, targets: ReadonlySet<string>): Promise<void> {
    const until = Date.now() + TIME_LIMIT;
    const vault = await vaults.of(document.uri);
    // The dirty state arrives separately from the text, with a delay; changes from disk never set it.
    await sleep(CHECK_INTERVAL);
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
      if (waiting.size > 0) await sleep(CHECK_INTERVAL);
    }
  }

  return workspace.onDidChangeTextDocument((event) => {
    const targets = newTargets(event);
    if (targets.size > 0) void check(event.document, targets);
  });
}

/** The targets of the images that a change inserts, if it inserts nothing else. */
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
