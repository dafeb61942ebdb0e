/** A `<style>` element with its attributes and rules, without its end tag. */
const STYLE = /(<(?:[\w.-]+:)?style\b)([^>]*)(?<!\/)>([\s\S]*?)(?=<\/(?:[\w.-]+:)?style\s*>)/g;
const MEDIA = /\smedia\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const TAG = /<[a-zA-Z][^>]*>/g;

/**
 * Renders a drawing for a light theme, whatever the system theme: rules for light themes always apply, rules
 * for dark themes are removed. Keeps other media queries.
 * @param svg source of the drawing
 */
export function lightTheme(svg: string): string {
  if (!/@media|light-dark\(|\smedia\s*=/.test(svg)) return svg;
  return svg
    .replace(TAG, lightColors)
    .replace(STYLE, (_, start: string, attributes: string, rules: string) => {
      const [whole, double, single] = MEDIA.exec(attributes) ?? [''];
      const holds = whole === '' || isTrueInLight(double ?? single ?? '');
      if (holds === false) return `${start}>`;
      return `${start}${holds === true ? attributes.replace(whole, '') : attributes}>${lightRules(rules)}`;
    });
}

/** Comments and strings are skipped because they may contain text that looks like a rule. */
const RULE = /\/\*[\s\S]*?\*\/|"[^"]*"|'[^']*'|@media([^{;]*)\{/g;
const BRACE = /\/\*[\s\S]*?\*\/|"[^"]*"|'[^']*'|[{}]/g;

function lightRules(css: string): string {
  let light = '';
  let done = 0;
  RULE.lastIndex = 0;
  for (let found = RULE.exec(css); found !== null; found = RULE.exec(css)) {
    const [start, query] = found;
    if (query === undefined) continue;
    const from = found.index + start.length;
    const end = closingBrace(css, from);
    const holds = isTrueInLight(query);
    light += css.slice(done, found.index);
    if (holds !== false) {
      const inside = lightRules(css.slice(from, end));
      light += holds === true ? inside : `${start}${inside}}`;
    }
    done = end + 1;
    RULE.lastIndex = done;
  }
  return lightColors(light + css.slice(done));
}

/** Returns the offset of the brace that closes the one before `from`, or the end of the text if there is none. */
function closingBrace(css: string, from: number): number {
  let depth = 1;
  BRACE.lastIndex = from;
  for (let found = BRACE.exec(css); found !== null; found = BRACE.exec(css)) {
    if (found[0] === '{') depth++;
    else if (found[0] === '}' && --depth === 0) return found.index;
  }
  return css.length;
}

/** Whether a list of media queries matches a screen with a light theme; null if it contains other conditions. */
function isTrueInLight(queries: string): boolean | null {
  const results = queries.toLowerCase().split(',').map(queryInLight);
  if (results.includes(true)) return true;
  return results.includes(null) ? null : false;
}

function queryInLight(query: string): boolean | null {
  const [, not, rest = ''] = /^\s*(?:only\s+|(not)\s+(?=[a-z]))?([\s\S]*?)\s*$/.exec(query) ?? [];
  const terms = rest.split(/\s+and\s+/).map(termInLight);
  const result = terms.includes(false) ? false : terms.includes(null) ? null : true;
  return not === undefined || result === null ? result : !result;
}

function termInLight(term: string): boolean | null {
  const [, not, feature = ''] = /^(not\s+)?(.*)$/s.exec(term.trim()) ?? [];
  const result = TERMS.get(feature.replace(/\s/g, ''));
  if (result === undefined) return null;
  return not === undefined ? result : !result;
}

const TERMS: ReadonlyMap<string, boolean> = new Map([
  ['all', true],
  ['screen', true],
  ['print', false],
  ['(prefers-color-scheme)', true],
  ['(prefers-color-scheme:light)', true],
  ['(prefers-color-scheme:dark)', false],
]);

/** Replaces `light-dark(a, b)` with `a`. Colors may contain commas in nested parentheses. */
function lightColors(css: string): string {
  const start = css.lastIndexOf('light-dark(');
  if (start < 0) return css;
  let depth = 0;
  let comma = -1;
  for (let at = start + 'light-dark'.length; at < css.length; at++) {
    if (css[at] === '(') depth++;
    else if (css[at] === ')') depth--;
    else if (css[at] === ',' && depth === 1 && comma < 0) comma = at;
    if (depth > 0) continue;
    const light = css.slice(start + 'light-dark('.length, comma < 0 ? at : comma).trim();
    return lightColors(css.slice(0, start) + light + css.slice(at + 1));
  }
  return css;
}
