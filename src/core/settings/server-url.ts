import { NotesightError } from '../errors.ts';
import { ollamaHost } from './server-address.ts';

/**
 * Reads the address of the server from an input field, in any form that `ollamaHost` accepts. An empty text
 * means 127.0.0.1:11434. The address is stored on the device and not in the synced settings.
 * @returns an http(s) URL without a trailing slash
 * @throws NotesightError `bad_usage` if the address is invalid; the message doesn't repeat it
 */
export function parseServerUrl(text: string): string {
  // API paths are appended to the address, so it can't contain a query.
  if (/[?#]/.test(text)) {
    throw new NotesightError('bad_usage', 'The address of the server has a query.', {
      data: { why: "The server address can't contain ? or #" },
    });
  }
  return ollamaHost(text);
}
