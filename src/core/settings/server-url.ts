import { NotesightError } from '../errors.ts';
import { ollamaHost } from './server-address.ts';

/**
 * The address of the server from what a person wrote in a field: all that `ollamaHost` reads. Nothing at all is
 * 127.0.0.1:11434. The address belongs to the device and is no part of the settings, which are synced.
 * @returns an http(s) URL without a slash at its end
 * @throws NotesightError `bad_usage` where it can't be read as an address; its words don't repeat the text
 */
export function parseServerUrl(text: string): string {
  // The paths of the API are written behind it, so that it can't end in a query.
  if (/[?#]/.test(text)) {
    throw new NotesightError('bad_usage', 'The address of the server has a query.', {
      data: { why: "The server address can't contain ? or #" },
    });
  }
  return ollamaHost(text);
}
