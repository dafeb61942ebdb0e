import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lightTheme } from './light-theme.ts';

const styled = (rules: string) => `<svg><style>${rules}</style></svg>`;

test('applies rules for light themes and removes those for dark themes', () => {
  for (const [rules, light] of [
    ['a{b:c}@media(prefers-color-scheme:light){d{e:f}g{h:i}}j{k:l}', 'a{b:c}d{e:f}g{h:i}j{k:l}'],
    ['@media (prefers-color-scheme: dark) { d{e:f} g{h:i} } j{k:l}', ' j{k:l}'],
    ['@media SCREEN and ( Prefers-Color-Scheme : DARK ){d{e:f}}a{b:c}', 'a{b:c}'],
    ['@media not all and (prefers-color-scheme:dark){d{e:f}}', 'd{e:f}'],
    ['@media not (prefers-color-scheme:light){d{e:f}}', ''],
    ['@media print, (prefers-color-scheme:light){d{e:f}}', 'd{e:f}'],
    ['@media screen{@media(prefers-color-scheme:dark){d{e:f}}a{b:c}}', 'a{b:c}'],
    ['@media(prefers-color-scheme:dark){a{content:"}"}}b{c:d}', 'b{c:d}'],
    ['@media(prefers-color-scheme:dark){/* } */a{b:c}}b{c:d}', 'b{c:d}'],
    ['@media(prefers-color-scheme:dark){a{b:c}', ''],
  ] as const)
    assert.equal(lightTheme(styled(rules)), styled(light), rules);
});

test('keeps other media queries', () => {
  for (const rules of [
    '@media (min-width: 9px){a{b:c}}',
    '@media (prefers-color-scheme:light) and (min-width:9px){a{b:c}}',
    '/* @media(prefers-color-scheme:dark){a{b:c}} */',
    '@media (prefers-color-scheme:dark) or (hover){a{b:c}}',
  ])
    assert.equal(lightTheme(styled(rules)), styled(rules));
});

test('empties a style element for dark themes and applies one for light themes', () => {
  assert.equal(
    lightTheme(
      '<style media="(prefers-color-scheme: dark)">a{b:c}</style><style type="text/css" media="screen">d{e:f}</style>',
    ),
    '<style></style><style type="text/css">d{e:f}</style>',
  );
});

test('uses the light color in rules and attributes but not in texts', () => {
  assert.equal(
    lightTheme(
      '<a fill="light-dark(rgb(0, 0, 0), var(--x, rgb(1, 2, 3)))" style="a:light-dark(#fff, #000);b:c">',
    ),
    '<a fill="rgb(0, 0, 0)" style="a:#fff;b:c">',
  );
  assert.equal(lightTheme(styled('a{b:light-dark(light-dark(c, d), e)}')), styled('a{b:c}'));
  assert.equal(lightTheme('<text>light-dark(a, b)</text>'), '<text>light-dark(a, b)</text>');
});
