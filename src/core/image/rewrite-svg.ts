/**
 * Changes the source of a drawing in any encoding.
 * @returns UTF-8; the same bytes if nothing changed or the encoding is unknown
 */
export function rewriteSvg(
  bytes: Uint8Array<ArrayBuffer>,
  change: (svg: string) => string,
): Uint8Array<ArrayBuffer> {
  const svg = decode(bytes);
  const changed = svg === null ? null : change(svg);
  if (svg === changed || changed === null) return bytes;
  const declaration = /^(<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/;
  return new TextEncoder().encode(changed.replace(declaration, '$1'));
}

function decode(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const wide = head.startsWith('\xff\xfe') ? 'utf-16le' : head.startsWith('\xfe\xff') ? 'utf-16be' : null;
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/.exec(head)?.[1];
  try {
    return new TextDecoder(wide ?? declared ?? 'utf-8').decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
