import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type ExtensionContext, Uri } from 'vscode';
import type { TextSlot } from '../../../core/ask/drafts.ts';
import { shortHash } from '../../../core/text/short-hash.ts';
import type { OpenVault } from '../adapters/vaults.ts';

/** Milliseconds after the last keystroke before a draft is written. */
const SETTLE = 300;

/** Where the drafts of questions are stored on this machine. */
export interface DraftFile extends TextSlot {
  /** Writes pending drafts. */
  flush(): void;
}

/** @param failed called when the drafts can't be written */
export function draftFile(
  { globalStorageUri }: Pick<ExtensionContext, 'globalStorageUri'>,
  vault: OpenVault,
  failed: (error: unknown) => void,
): DraftFile {
  const path = Uri.joinPath(globalStorageUri, `drafts-${shortHash(vault.root)}.json`).fsPath;
  let waiting: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  // Synchronous, because asynchronous work does not complete while the extension deactivates.
  function flush(): void {
    clearTimeout(timer);
    if (waiting === null) return;
    try {
      mkdirSync(globalStorageUri.fsPath, { recursive: true });
      writeFileSync(`${path}.new`, waiting);
      renameSync(`${path}.new`, path);
      waiting = null;
    } catch (error) {
      failed(error);
    }
  }

  return {
    read() {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return '';
      }
    },
    write(text) {
      waiting = text;
      clearTimeout(timer);
      timer = setTimeout(flush, SETTLE);
    },
    flush,
  };
}
