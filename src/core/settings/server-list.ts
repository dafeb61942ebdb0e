import { NotesightError } from '../errors.ts';
import { unwrapped } from './pasted-address.ts';
import { parseServerUrl } from './server-url.ts';
import { CONCURRENCY } from './settings.ts';

/** A server in a list. */
export interface ServerAddress {
  /** As returned by `parseServerUrl`. */
  readonly host: string;
  /** Maximum number of parallel requests; null if not set. */
  readonly atOnce: number | null;
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
  const entries = text
    .split(/[,\n]/)
    .map(unwrapped)
    .filter((entry) => entry !== '');
  const isOnly = entries.length < 2;
  const servers = (entries.length === 0 ? [''] : entries).map((entry): ServerAddress => {
    const [address = '', ...words] = entry.split(/\s+/);
    const counts = words.flatMap((word) => /^x(\d{1,2})$/i.exec(word)?.[1] ?? []);
    const rest = words.filter((word) => !/^(?:x\d{1,2}|token)$/i.test(word));
    const atOnce = counts[0] === undefined ? null : Number(counts[0]);
    if (rest.length > 0 || counts.length > 1 || !isAllowed(atOnce ?? CONCURRENCY.min)) {
      throw new NotesightError('bad_usage', 'The words behind the address of a server are unknown.', {
        data: {
          why: `After a server address, only x${CONCURRENCY.min} to x${CONCURRENCY.max} and token are allowed`,
        },
      });
    }
    return {
      host: parseServerUrl(address),
      atOnce,
      takesToken: isOnly || words.some((word) => /^token$/i.test(word)),
    };
  });
  return servers.filter(({ host }, index) => servers.findIndex((other) => other.host === host) === index);
}

function isAllowed(atOnce: number): boolean {
  return atOnce >= CONCURRENCY.min && atOnce <= CONCURRENCY.max;
}
