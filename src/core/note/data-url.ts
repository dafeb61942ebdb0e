/** Everything before the data; what it says of the character set is not needed. https://www.rfc-editor.org/rfc/rfc2397 */
const HEAD = /^data:([^;,]*)([^,]*),/i;
const BASE64 = /;\s*base64\s*$/i;

/** Where a `data:` URI begins within a text, and what ends it. */
const START = /\bdata:[^\s,<>"'()]{0,200},/gi;
const END = /[\s<>"')]/g;
/** UTF-16 units of data from which on a URI is in the way of reading. */
const LONG = 100;

/**
 * The bytes that a `data:` URI holds, read as leniently as by browsers: base64 may lack its padding or have line breaks.
 * @returns null where it holds none or is broken
 */
export function dataUrlBytes(url: string): Uint8Array<ArrayBuffer> | null {
  const head = HEAD.exec(url);
  if (head === null) return null;
  const data = url.slice(head[0].length);
  const bytes = BASE64.test(head[2] ?? '') ? base64Bytes(data) : percentDecodedBytes(data);
  return bytes === null || bytes.length === 0 ? null : bytes;
}

/** What a `data:` URI is, in a few characters: `data:image/png, 14 kB`. The size is what it takes as a file, about. */
export function shortDataUrl(url: string): string {
  const head = HEAD.exec(url);
  if (head === null) return url.slice(0, 40);
  const length = url.length - head[0].length;
  return `data:${(head[1] ?? '').slice(0, 40)}, ${size(BASE64.test(head[2] ?? '') ? length * 0.75 : length)}`;
}

/** A text in which each long `data:` URI is as `shortDataUrl` says. */
export function withShortDataUrls(text: string): string {
  const parts: string[] = [];
  let done = 0;
  // One pattern for all of a URI would overflow the stack of the engine: it can have megabytes.
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

/** A `#` belongs to the data: SVG is full of them, and people don't encode them. */
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
