/** Everything before the data. The charset is ignored. https://www.rfc-editor.org/rfc/rfc2397 */
const HEAD = /^data:([^;,]*)([^,]*),/i;
const BASE64 = /;\s*base64\s*$/i;

/** The start of a `data:` URI in a text, and the characters that end it. */
const START = /\bdata:[^\s,<>"'()]{0,200},/gi;
const END = /[\s<>"')]/g;
/** Minimum length of the data, in UTF-16 units, for a URI to be shortened. */
const LONG = 100;

/**
 * Decodes the bytes of a `data:` URI as leniently as browsers do: base64 may lack padding or contain line
 * breaks.
 * @returns null if the URI is malformed or has no data
 */
export function dataUrlBytes(url: string): Uint8Array<ArrayBuffer> | null {
  const head = HEAD.exec(url);
  if (head === null) return null;
  const data = url.slice(head[0].length);
  const bytes = BASE64.test(head[2] ?? '') ? base64Bytes(data) : percentDecodedBytes(data);
  return bytes === null || bytes.length === 0 ? null : bytes;
}

/**
 * Returns a short label for a `data:` URI: `data:image/png, 14 kB`. The size is the approximate size of the
 * file.
 */
export function shortDataUrl(url: string): string {
  const head = HEAD.exec(url);
  if (head === null) return url.slice(0, 40);
  const length = url.length - head[0].length;
  return `data:${(head[1] ?? '').slice(0, 40)}, ${size(BASE64.test(head[2] ?? '') ? length * 0.75 : length)}`;
}

/** Replaces each long `data:` URI in a text with its `shortDataUrl`. */
export function withShortDataUrls(text: string): string {
  const parts: string[] = [];
  let done = 0;
  // A single pattern for a whole URI of several megabytes would overflow the stack of the regex engine.
  for (const { index, 0: head } of text.matchAll(START)) {
    END.lastIndex = index + head.length;
    const end = END.exec(text)?.index ?? text.length;
    if (index < done || end - index - head.length < LONG) continue;
    parts.push(text.slice(done, index), shortDataUrl(text.slice(index, end)));
    done = end;
  }
  return parts.join('') + text.slice(done);
}

function size(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  return bytes < 999_500 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function base64Bytes(data: string): Uint8Array<ArrayBuffer> | null {
  const fragment = data.indexOf('#');
  const plain = (fragment < 0 ? data : data.slice(0, fragment)).replace(
    /%([0-9a-f]{2})/gi,
    (_, hex: string) => {
      return String.fromCharCode(parseInt(hex, 16));
    },
  );
  try {
    const text = atob(plain.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}

/** Keeps `#` as data: SVG uses it often, usually without percent-encoding. */
function percentDecodedBytes(data: string): Uint8Array<ArrayBuffer> {
  const encoded = new TextEncoder().encode(data);
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; at++) {
    const hex = encoded[at] === 0x25 ? String.fromCharCode(...encoded.subarray(at + 1, at + 3)) : '';
    const isEscape = /^[0-9a-f]{2}$/i.test(hex);
    bytes[length++] = isEscape ? parseInt(hex, 16) : (encoded[at] ?? 0);
    if (isEscape) at += 2;
  }
  return bytes.slice(0, length);
}
