import * as fc from 'fast-check';

const BLOCK_STARTS = [
  ...[
    '',
    '',
    '',
    '> ',
    '>',
    '- ',
    '-',
    '* ',
    '+ ',
    '1. ',
    '2) ',
    '    ',
    '  ',
    '\t',
    '[^b]: ',
    '[^b]:',
    '[ ] ',
  ],
  ...['# ', '###### ', '#', '```', '~~~', '````', '---', '===', '***', '- - -', '=', '-'],
  ...['[b]: c', '[b]: <d e> "t"', "[c]:\n'x", '[b]:'],
  ...['| a | ![x](y) |', '|-|-|', 'a | ![](b)', '-|-', ':-', '|'],
  ...['<div>', '</div>', '<b>', '<img src=q>', '<!--', '-->', '<?', '?>', '<!A', '<![CDATA[', ']]>'],
  ...['<script>', '</script>', '<pre'],
];

const INLINES = [
  ...['![', '[', ']', '](', ')', '(', '!', '![a](b)', '![a][b]', '![b]', '![b][]', '[a](b)', '[b]', '[]'],
  ...['](<', '>)', '](d "t")', "](d 't\n", '![^b]', '[^b]'],
  ...['`', '``', '\\', '\\]', '\\[', '\\!', '\\`', '\\|', '&amp;', '&#91;', '&copy'],
  ...['<', '>', '<b>', '</b>', '<a b="', "<a b='", '<!--', '-->', '<?', '?>', '<!A', '<a@b.c>', '<x:y>'],
  ...['<img src=a>', '<img src="a" alt="x">'],
  ...['*', '**', '_', '~~', '~', '*a*', '"', "'", '|', ':', '{', 'a', 'b', 'é', '—'],
  ...[' ', '  ', '\t', '\n', '  \n', '\\\n', ' a '],
];

const CONTAINER = '(?:[-*+>]|[0-9]+[.)]|\\]:)';

/**
 * Constructs for which mdast deviates from CommonMark 0.31.2 (checked manually against the text), so it can't serve
 * as a reference.
 */
const MDAST_DEVIATES = [
  // It lets a lone tag start an HTML block on a lazy continuation line, although the tag can't interrupt a paragraph.
  new RegExp(`${CONTAINER}[^]*\\n[ \\t>]*</?[a-z][^\\n]*>[ \\t]*(?:\\n|$)`),
  // It accepts a title in parentheses that contains an unescaped `(`.
  /\s\([^)]*\(/,
  // After indented code or another marker on the line, it forbids list items that merely can't interrupt a paragraph:
  // those that are empty or don't start with 1.
  new RegExp(`${CONTAINER}[ \\t]*(?:2\\)|(?:[-*+]|[0-9]+[.)])[ \\t]*(?:\\n|$))`),
  /(?: {4}|\t)[^\n]*\n(?:[ \t>]*\n)*[ \t>]*(?:2\)|(?:[-*+]|[0-9]+[.)])[ \t]*(?:\n|$))/,
  // It treats a tab before a line of an HTML tag as part of the tag.
  /<[^>]*\n[ >]*\t/,
  // It doesn't treat `[b]` as a reference if a `[` follows that starts no label.
  /\]\[(?![^[\]]*\])/,
  // It ignores a code span that contains only a line break.
  /`[ \t>]*\n[ \t>]*`/,
  // For partially used delimiter runs, it counts the rest instead of the run (rule 9 of emphasis).
  /!\[[^\]]*\*\*[^\]]*[^*\]]\*(?!\*)[^\]]*\*/,
  // GFM has no nested footnotes.
  /\[\^b\]:[^\n]*\[\^b\]:/,
  // It drops a footnote's mark; in alt text, the mark stays.
  /!\[[^]*\[\^b\][^]*\]/,
];

/** Documents assembled from fragments that are difficult in combination. */
export function markdownDocuments(): fc.Arbitrary<string> {
  const inlines = fc.array(fc.constantFrom(...INLINES), { maxLength: 8 });
  const starts = fc.array(fc.constantFrom(...BLOCK_STARTS), { maxLength: 3 });
  // At the end of most lines, an image reveals which block the line belongs to.
  const ends = fc.constantFrom('![](a)', '![](a)', ' ![](a)', '', '');
  const line = fc
    .tuple(starts, fc.oneof(inlines, fc.constant([])), ends)
    .map(([start, inline, end]) => [...start, ...inline, end].join(''));
  return fc
    .array(line, { minLength: 1, maxLength: 9 })
    .map((lines) => lines.join('\n'))
    .filter((document) => !MDAST_DEVIATES.some((pattern) => pattern.test(document)));
}
