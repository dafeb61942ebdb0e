import { dataUrlBytes } from '../../../core/note/data-url.ts';
import { imageName } from '../../../core/note/inline-source.ts';
import type { ChatHost } from '../../../editor/chat/chat-host.ts';
import type { SentFile } from './chat-messages.ts';

/** Images without a file: the webview gets their bytes and creates their URLs itself. */
export interface SentFiles {
  /** All so far, by the substitute for their URL in the state. */
  readonly files: ReadonlyMap<string, SentFile>;
  add(source: string, file: SentFile): void;
  /** @returns the substitute for the URL of an image embedded in a note */
  readonly inlineUrl: ChatHost['inlineUrl'];
}

export function createSentFiles(): SentFiles {
  const files = new Map<string, SentFile>();
  return {
    files,
    add(source, file) {
      files.set(source, file);
    },
    inlineUrl(source, url) {
      const bytes = files.has(source) ? null : dataUrlBytes(url);
      const type = /^data:([^;,]*)/i.exec(url)?.[1] ?? '';
      if (bytes !== null) files.set(source, { name: imageName(source), type, bytes });
      return source;
    },
  };
}
