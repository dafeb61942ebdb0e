import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlLabelsAsText } from './html-labels.ts';

const label = (attributes: string, html: string) =>
  htmlLabelsAsText(`<g><foreignObject ${attributes}><div xmlns="x" ${html}</div></foreignObject></g>`);
/** Returns the lines of text elements with their positions. */
const lines = (svg: string) =>
  [...svg.matchAll(/<tspan x="([^"]*)" y="([^"]*)">([^<]*)<\/tspan>/g)].map(([, x, y, line]) => [
    Number(x),
    Number(y),
    line,
  ]);
const size = (svg: string) => Number(/font-size:([\d.]+)px/.exec(svg)?.[1]);

test('places a label in the corner of its box in the font size of browsers', () => {
  const svg = label('x="20" y="25" width="160" height="30"', '>Collect <b>&amp;</b> count');
  assert.deepEqual(lines(svg), [[20, 41, 'Collect &amp; count']]);
  assert.equal(size(svg), 16);
  assert.doesNotMatch(svg, /foreignObject|<div/);
});

test('centers a label in its box', () => {
  const svg = label('width="100" height="60"', 'style="text-align: center; font-size: 10px">Yes<br/>No');
  assert.deepEqual(lines(svg), [
    [50, 28, 'Yes'],
    [50, 40, 'No'],
  ]);
  assert.match(svg, /text-anchor:middle/);
});

test("wraps long text between words and shrinks it when it still doesn't fit", () => {
  const text = 'A label that is too long for one line of this box';
  const wrapped = label('width="120" height="90"', `>${text}`);
  assert.equal(size(wrapped), 16);
  assert.equal(lines(wrapped).length, 4);
  assert.equal(
    lines(wrapped)
      .map(([, , line]) => line)
      .join(' '),
    text,
  );
  const small = label('width="120" height="30"', `>${text}`);
  assert.ok(size(small) < 16);
  const single = label('width="120" height="30"', `style="white-space: nowrap">${text}`);
  assert.equal(lines(single).length, 1);
  const chinese = label('width="70" height="60"', '>统计选票并宣布结果');
  assert.ok(lines(chinese).length > 1);
});

test('keeps the color and classes of a label', () => {
  const svg = label(
    'width="100" height="24"',
    'class="label"><span class="nodeLabel" style="color: #fff">Yes</span>',
  );
  assert.match(svg, /^<g><text fill="currentColor" class="label nodeLabel" style="[^"]*fill:#fff">/);
});

test('places a label at its position when its box has no size', () => {
  for (const attributes of ['x="5" y="6"', 'x="5" y="6" width="100%" height="100%"'])
    assert.deepEqual(lines(label(attributes, '>Yes')), [[5, 22, 'Yes']]);
});

test("keeps only the drawing's own replacement when there is one", () => {
  const svg =
    '<switch><foreignObject requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"><div>Yes</div></foreignObject><text>Ye…</text></switch>' +
    '<switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/><text>cannot display</text></switch>';
  assert.equal(
    htmlLabelsAsText(svg),
    '<switch><text>Ye…</text></switch><switch><g/><text>cannot display</text></switch>',
  );
});

test('removes a label without text', () => {
  assert.equal(htmlLabelsAsText('<foreignObject width="9"/>'), '');
  assert.equal(label('width="9"', '><style>a{b:c}</style> '), '<g></g>');
  assert.equal(htmlLabelsAsText('<text>Yes</text>'), '<text>Yes</text>');
});

test('drops or escapes text that could end an attribute', () => {
  const svg = label('width="90" height="24"', `style='color:red"/><script>' class='a"b'>Yes`);
  assert.doesNotMatch(svg, /script|a"b/);
  assert.match(svg, />Yes</);
});
