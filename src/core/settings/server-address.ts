import { NotesightError } from '../errors.ts';
import { basePath, ollamaRoot, unwrapped } from './pasted-address.ts';

const DEFAULT_PORT = '11434';
const SCHEME_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** Addresses that a server listens on but that clients can't use. */
const LISTEN_EVERYWHERE: Readonly<Record<string, string>> = {
  '0.0.0.0': '127.0.0.1',
  '[::]': '[::1]',
  // May resolve to ::1, where Ollama does not listen by default.
  localhost: '127.0.0.1',
};

/**
 * Reads the address of a server from user input or OLLAMA_HOST like Ollama's own clients: `1.2.3.4`,
 * `:11434`, `0.0.0.0`, `nas:1234/path`, `https://host`, `[::1]`. An empty value means 127.0.0.1:11434.
 * Removes the endpoint of a pasted address, such as `/v1/chat/completions` or `/api/chat`. Source:
 * https://github.com/ollama/ollama/blob/main/envconfig/config.go (Host)
 * @returns an http(s) URL without a trailing slash
 * @throws NotesightError `bad_usage` if the address is invalid
 */
export function ollamaHost(value: string | undefined): string {
  const text = unwrapped(value ?? '').replace(/^\/\//, '');
  const [, scheme = 'http', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(text) ?? [];
  const explicit = text.includes('://');
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const written = slash < 0 ? '' : basePath(rest.slice(slash));
  const bareIpv6 = /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*$/i.test(authority);
  const [, host = '', port] = bareIpv6
    ? ['', `[${authority}]`]
    : (/^(\[[^\]]*\]|[^:@]*)(?::(\d*))?$/.exec(authority) ?? []);
  const defaultPort = explicit ? SCHEME_PORTS[scheme.toLowerCase()] : DEFAULT_PORT;
  const shown = `${LISTEN_EVERYWHERE[host.toLowerCase()] ?? (host === '' ? '127.0.0.1' : host)}:${port ?? defaultPort}`;
  // Chromium accepts these characters as part of a host name.
  const isOdd = /[\s"%<>\\^`{|}]/.test(authority);
  if (
    isOdd ||
    (authority !== '' && host === '' && port === undefined) ||
    defaultPort === undefined ||
    port === ''
  ) {
    throw badHost();
  }
  try {
    const url = new URL(`${scheme.toLowerCase()}://${shown}${written}`);
    // Always includes the port, because the default of a client may differ from that of the scheme.
    const named = url.port || (port ?? defaultPort);
    const path = named === DEFAULT_PORT ? ollamaRoot(written) : written;
    return `${url.protocol}//${url.hostname}:${named}${path}`;
  } catch {
    throw badHost();
  }
}

/** Omits the address, which may contain a password. */
function badHost(): NotesightError {
  return new NotesightError('bad_usage', 'The address of the server is not one.', {
    data: { why: 'The server address must look like 127.0.0.1:11434 or https://host:1234' },
  });
}

const PRIVATE_IPV4 = /^(?:127|10)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./;
const PRIVATE_IPV6 = /^(?:::1$|fe[89ab]|f[cd])/;
const PRIVATE_NAME = /^[^.]+$|\.(?:local|localhost|internal|home\.arpa)$/;

/**
 * Whether a server is on this computer or its local network, so that images don't leave the network:
 * loopback, the private ranges of RFC 1918, 3927, 4193 and 4291, names for local use, names without a dot.
 * @param url as returned by `ollamaHost`
 */
export function isLocalHost(url: string): boolean {
  const { hostname } = new URL(url);
  if (hostname.startsWith('[')) return PRIVATE_IPV6.test(hostname.slice(1, -1));
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? PRIVATE_IPV4.test(hostname) : PRIVATE_NAME.test(hostname);
}
