import { NotesightError } from '../errors.ts';
import { unwrapped } from './pasted-address.ts';
import { parseServerUrl } from './server-url.ts';
import { CONCURRENCY } from './settings.ts';

/** A server in a list, as entered by the user. */
export interface ServerEntry {
  /** May be invalid; '' for the default address of Ollama. */
  readonly address: string;
  /** Maximum number of parallel requests; null if not set. */
  readonly atOnce: number | null;
  /** Whether the server gets the token and the headers if it is not the only one. */
  readonly takesToken: boolean;
}

/** A server in a list. */
export interface ServerAddress extends Pick<ServerEntry, 'atOnce'> {
  /** As returned by `parseServerUrl`. */
  readonly host: string;
  /** Whether the server gets the token and the headers. */
  readonly takesToken: boolean;
}

/**
 * Parses a list of servers in order of preference, separated by commas or line breaks. An address may be
 * followed by `x4` for the number of parallel requests and by `token` if the server should get the token:
 * `desktop x4, https://gateway.example/v1 token`. A single server always gets the token. An empty text means
 * 127.0.0.1:11434.
 * @throws NotesightError `bad_usage` if the text is invalid; the message doesn't repeat it
 */
export function parseServerList(text: string): ServerAddress[] {
  const entries = readServerEntries(text);
  const servers = entries.map((entry) => serverAddress(entry, entries.length === 1));
  return servers.filter(({ host }, index) => servers.findIndex((other) => other.host === host) === index);
}

/** Splits a list into at least one entry. What is unknown stays a part of the address. */
export function readServerEntries(text: string): ServerEntry[] {
  const texts = text
    .split(/[,\n]/)
    .map(unwrapped)
    .filter((entry) => entry !== '');
  return (texts.length === 0 ? [''] : texts).map(readEntry);
}

function readEntry(entry: string): ServerEntry {
  const [address = '', ...words] = entry.split(/\s+/);
  const count = words.find((word) => /^x\d{1,2}$/i.test(word) && isAllowed(Number(word.slice(1))));
  const rest = words.filter((word) => word !== count && !/^token$/i.test(word));
  return {
    address: [address, ...rest].join(' '),
    atOnce: count === undefined ? null : Number(count.slice(1)),
    takesToken: words.some((word) => /^token$/i.test(word)),
  };
}

/** The list as `readServerEntries` reads it, without entries that have no address. */
export function writeServerEntries(entries: readonly ServerEntry[]): string {
  return entries
    .filter(({ address }) => address !== '')
    .map(({ address, atOnce, takesToken }) =>
      [address, ...(atOnce === null ? [] : [`x${atOnce}`]), ...(takesToken ? ['token'] : [])].join(' '),
    )
    .join(', ');
}

/**
 * @param isOnly whether the list has no other server
 * @throws NotesightError `bad_usage` if the address is invalid; the message doesn't repeat it
 */
export function serverAddress({ address, atOnce, takesToken }: ServerEntry, isOnly: boolean): ServerAddress {
  if (/\s/.test(address)) {
    throw new NotesightError('bad_usage', 'The words behind the address of a server are unknown.', {
      data: {
        why: `After a server address, only x${CONCURRENCY.min} to x${CONCURRENCY.max} and token are allowed`,
      },
    });
  }
  return { host: parseServerUrl(address), atOnce, takesToken: isOnly || takesToken };
}

function isAllowed(atOnce: number): boolean {
  return atOnce >= CONCURRENCY.min && atOnce <= CONCURRENCY.max;
}
