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

/** Where mdast deviates from CommonMark 0.31.2 (checked by hand against its text), so that it is no oracle. */
const MDAST_DEVIATES = [
  // It lets a lone tag begin a block of HTML on a lazy continuation line; the tag can't interrupt a paragraph.
  new RegExp(`${CONTAINER}[^]*\\n[ \\t>]*</?[a-z][^\\n]*>[ \\t]*(?:\\n|$)`),
  // It takes a title in parentheses that holds an unescaped `(`.
  /\s\([^)]*\(/,
  // Behind indented code or another marker on the line, it forbids list items that only can't interrupt a
  // paragraph: those that are empty or don't start with 1.
  new RegExp(`${CONTAINER}[ \\t]*(?:2\\)|(?:[-*+]|[0-9]+[.)])[ \\t]*(?:\\n|$))`),
  /(?: {4}|\t)[^\n]*\n(?:[ \t>]*\n)*[ \t>]*(?:2\)|(?:[-*+]|[0-9]+[.)])[ \t]*(?:\n|$))/,
  // It takes a tab before a line of an HTML tag for a part of the tag.
  /<[^>]*\n[ >]*\t/,
  // It doesn't take `[b]` for a reference where `[` follows that begins no label.
  /\]\[(?![^[\]]*\])/,
  // It leaves a code span alone that holds nothing but a line break.
  /`[ \t>]*\n[ \t>]*`/,
  // Of delimiter runs that are used in part, it counts the rest instead of the run (rule 9 of emphasis).
  /!\[[^\]]*\*\*[^\]]*[^*\]]\*(?!\*)[^\]]*\*/,
  // GFM has no footnotes within footnotes.
  /\[\^b\]:[^\n]*\[\^b\]:/,
  // A footnote's mark is no text to it; in an alt text it stays as it stands.
  /!\[[^]*\[\^b\][^]*\]/,
];

/** Documents put together from fragments that are nasty next to each other. */
export function markdownDocuments(): fc.Arbitrary<string> {
  const inlines = fc.array(fc.constantFrom(...INLINES), { maxLength: 8 });
  const starts = fc.array(fc.constantFrom(...BLOCK_STARTS), { maxLength: 3 });
  // At the end of most lines, an image tells which block the line is in.
  const ends = fc.constantFrom('![](a)', '![](a)', ' ![](a)', '', '');
  const line = fc
    .tuple(starts, fc.oneof(inlines, fc.constant([])), ends)
    .map(([start, inline, end]) => [...start, ...inline, end].join(''));
  return fc
    .array(line, { minLength: 1, maxLength: 9 })
    .map((lines) => lines.join('\n'))
    .filter((document) => !MDAST_DEVIATES.some((pattern) => pattern.test(document)));
}
