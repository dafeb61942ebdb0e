const HTML = /<((?:[\w.-]+:)?foreignObject)\b([^>]*?)(?:\/>|>([\s\S]*?)<\/\1\s*>)/g;

/** A tag; an attribute may contain brackets. */
const TAG = /<(?:"[^"]*"|'[^']*'|[^>"'])*>/g;

/** Font size if the drawing sets none in its attributes, as in browsers. */
const USUAL_SIZE = 16;
const LEAST_SIZE = 5;
/** Height of a line and width of a letter relative to the font size; wide enough for most fonts. */
const LINE = 1.2;
const LETTER = 0.55;

/**
 * Replaces the HTML in a drawing (`foreignObject`, used for labels by Mermaid and draw.io) with text
 * elements, for libraries that can't render HTML. Keeps the text and its position but not its typography.
 * @param svg source of the drawing
 */
export function htmlLabelsAsText(svg: string): string {
  let text = '';
  let done = 0;
  for (const { 0: element, 2: attributes = '', 3: html, index } of svg.matchAll(HTML)) {
    text += svg.slice(done, index);
    // The drawing's own replacement is better.
    if (html !== undefined && !isFirstChoice(svg, index)) text += textOf(attributes, html);
    done = index + element.length;
  }
  text += svg.slice(done);
  // The drawing no longer requires this feature. Otherwise "Text is not SVG - cannot display" would also be rendered.
  return text.replace(/\srequiredFeatures\s*=\s*"[^"]*#Extensibility"/g, '');
}

/** Whether an element is the first child of a `switch`, which contains fallbacks for renderers without HTML. */
function isFirstChoice(svg: string, at: number): boolean {
  return /^<(?:[\w.-]+:)?switch\b[^>]*>\s*$/.test(svg.slice(svg.lastIndexOf('<', at - 1), at));
}

function textOf(attributes: string, html: string): string {
  const number = (name: string) => Number.parseFloat(attribute(attributes, name) ?? '') || 0;
  const lines = linesOf(html);
  if (lines.length === 0) return '';
  const styles = all(html, 'style').join(';');
  const isPercent = /\b(?:width|height)\s*=\s*["'][^"']*%/.test(attributes);
  const box = isPercent
    ? { width: Infinity, height: Infinity }
    : { width: number('width') || Infinity, height: number('height') || Infinity };
  const wanted = Number(/font-size:\s*([\d.]+)px/.exec(styles)?.[1] ?? USUAL_SIZE);
  const { size, wrapped } = fit(lines, box, wanted, !/white-space:\s*nowrap/.test(styles));

  const isCentered = /text-align:\s*center|justify-content:[^;]*center/.test(styles);
  const x = number('x') + (isCentered && box.width < Infinity ? box.width / 2 : 0);
  const free = isCentered && box.height < Infinity ? box.height - wrapped.length * size * LINE : 0;
  const y = number('y') + Math.max(0, free) / 2 + size;
  const color = /(?:^|[;\s])color:\s*([^;"'<>&]+)/.exec(styles)?.[1];
  const style = [
    `text-anchor:${isCentered && box.width < Infinity ? 'middle' : 'start'}`,
    `font-size:${round(size)}px`,
    'stroke:none',
    ...(color === undefined ? [] : [`fill:${color.trim()}`]),
  ];
  const spans = wrapped.map(
    (line, at) => `<tspan x="${round(x)}" y="${round(y + at * size * LINE)}">${line}</tspan>`,
  );
  const classes = all(html, 'class').join(' ');
  return `<text fill="currentColor"${classes === '' ? '' : ` class="${classes}"`} style="${style.join(';')}">${spans.join('')}</text>`;
}

function attribute(tag: string, name: string): string | undefined {
  const [, double, single] = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? [];
  return double ?? single;
}

/** Returns the values of an attribute in all tags, except values that could end an attribute. */
function all(html: string, name: string): string[] {
  return (html.match(TAG) ?? []).flatMap((tag) => {
    const value = attribute(tag, name);
    return value === undefined || value === '' || value.includes('"') ? [] : [value];
  });
}

/** Returns the text of HTML line by line, with its entities. */
function linesOf(html: string): string[] {
  return html
    .replace(/<!--[\s\S]*?-->|<(style|script)\b[\s\S]*?<\/\1>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/<br\b[^>]*>|<\/(?:\w+:)?(?:p|div|li|tr|h\d)>/g, '\n')
    .replace(TAG, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Reduces the font size until the lines fit into a box, in the units of the drawing. */
function fit(
  lines: readonly string[],
  box: { readonly width: number; readonly height: number },
  wanted: number,
  mayWrap: boolean,
): { readonly size: number; readonly wrapped: readonly string[] } {
  for (let size = wanted; ; size *= 0.9) {
    const letters = box.width / (size * LETTER);
    const wrapped = mayWrap ? lines.flatMap((line) => wrap(line, letters)) : lines;
    const isTight =
      wrapped.length * LINE * size > box.height || wrapped.some((line) => lettersOf(line) > letters);
    if (!isTight || size * 0.9 < LEAST_SIZE) return { size, wrapped };
  }
}

/** Breaks a line between words, and between letters in scripts without spaces. */
function wrap(line: string, letters: number): string[] {
  const wrapped = [''];
  for (const word of line.match(/[^\s\u2e80-\uffff]+\s*|[\u2e80-\uffff]\s*/g) ?? []) {
    const last = wrapped.at(-1) ?? '';
    if (last === '' || lettersOf(last + word.trimEnd()) <= letters) wrapped[wrapped.length - 1] = last + word;
    else wrapped.push(word);
  }
  return wrapped.map((each) => each.trim());
}

/** Returns the width of a line in Latin letters: an entity counts as one, a Chinese character as two. */
function lettersOf(line: string): number {
  const plain = line.replace(/&#?\w+;/g, '_');
  return plain.length + (plain.match(/[\u2e80-\uffff]/g)?.length ?? 0) * 0.8;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
