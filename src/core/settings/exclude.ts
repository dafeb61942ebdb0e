/**
 * Returns a function that checks whether a path, relative to the vault, is excluded.
 * @param patterns as in a .gitignore: `Private/`, `*.excalidraw.md`, `!Private/open.md`; later patterns take
 * precedence
 * @returns whether a path, relative to the vault, is excluded
 * @see https://git-scm.com/docs/gitignore#_pattern_format
 */
export function createExclude(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.map(readRule);

  function isExcluded(path: string, isFolder: boolean): boolean {
    const last = rules.findLast((rule) => rule.matcher.test(path) && (isFolder || !rule.foldersOnly));
    return last !== undefined && !last.isNegated;
  }

  return (path) => {
    const parts = path.split('/');
    // Files in an excluded folder can't be included again.
    return parts.some((_, index) =>
      isExcluded(parts.slice(0, index + 1).join('/'), index < parts.length - 1),
    );
  };
}

interface Rule {
  /** Matches a path without a trailing slash. */
  readonly matcher: RegExp;
  readonly foldersOnly: boolean;
  /** Whether the rule includes paths that an earlier rule excluded. */
  readonly isNegated: boolean;
}

const NOTHING = /(?!)/;

/** The special parts of a pattern; everything else is literal. */
const TOKEN = /^(?:\*\*\/)+|\/(?:\*\*\/)+|\/\*\*$|\*+|\?|\[[!^]?\]?(?:\\.|[^\]\\])*\]|\\?[^]/gu;

/** Replaces the package `ignore`, which does more and would add 8 kB. */
function readRule(line: string): Rule {
  const pattern = line.replace(/(?<!\\)\s+$/, '');
  const isNegated = pattern.startsWith('!');
  const body = isNegated ? pattern.slice(1) : pattern;
  const foldersOnly = body.endsWith('/');
  const path = foldersOnly ? body.slice(0, -1) : body;
  const isComment = pattern.startsWith('#');
  const depth = path.includes('/') ? '' : '(?:.*/)?';
  const source = path.replace(/^\//, '').replace(TOKEN, (token) => tokenSource(token));
  return {
    matcher: path === '' || isComment ? NOTHING : new RegExp(`^${depth}${source}$`, 'iu'),
    foldersOnly,
    isNegated,
  };
}

function tokenSource(token: string): string {
  if (token === '/**') return '/.+';
  if (token.startsWith('/*')) return '/(?:.*/)?';
  if (token.startsWith('**/')) return '(?:.*/)?';
  if (token.startsWith('*')) return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.startsWith('[') && token.length > 1) return classSource(token.slice(1, -1));
  return literal(token.replace(/^\\(?=.)/su, ''));
}

/** Converts a class such as `a-z` or `!0-9`; an invalid class matches no character. */
function classSource(inside: string): string {
  const negated = /^[!^]/.test(inside);
  const members = inside
    .slice(negated ? 1 : 0)
    .replace(/\\?([^])/gu, (_, member: string) => (member === '-' ? '-' : literal(member)));
  const source = `(?!/)[${negated ? '^' : ''}${members}]`;
  try {
    new RegExp(source, 'u');
    return source;
  } catch {
    return '(?!)';
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, (character) => `\\${character}`);
}
