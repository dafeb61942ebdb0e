import { NotesightError } from '../errors.ts';
import { unwrapped } from './pasted-address.ts';
import { parseServerUrl } from './server-url.ts';
import { CONCURRENCY } from './settings.ts';

/** A server of a list. */
export interface ServerAddress {
  /** As `parseServerUrl` returns it. */
  readonly host: string;
  /** How many images it is shown at once; null where nobody said. */
  readonly atOnce: number | null;
  /** Whether the token and the headers are for it. */
  readonly takesToken: boolean;
}

/**
 * Servers in the order of preference, from what a person wrote: addresses with commas or line breaks between them. Behind an
 * address may stand `x4`, for how many images it is shown at once, and `token`, where it gets the token: `desktop x4,
 * https://gateway.example/v1 token`. A server that is the only one gets it anyway. Nothing at all is 127.0.0.1:11434.
 * @throws NotesightError `bad_usage` where it can't be read; its words don't repeat the text
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
