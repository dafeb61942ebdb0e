// Stands in for the package `entities`, whose tables are 38 kB: a browser knows the character references of HTML.

const documents = new DOMParser();

/** One character reference with its semicolon; an unknown one stands for itself. */
export function decodeHTMLStrict(reference: string): string {
  return documents.parseFromString(reference, 'text/html').body.textContent;
}

/** The value of an attribute as it is written. @see https://html.spec.whatwg.org/multipage/parsing.html#named-character-reference-state */
export function decodeHTMLAttribute(raw: string): string {
  const tag = `<i title="${raw.replaceAll('"', '&quot;')}">`;
  return documents.parseFromString(tag, 'text/html').body.querySelector('i')?.title ?? raw;
}
