import assert from 'node:assert/strict';
import { test } from 'node:test';
import { svgWithoutFiles } from './svg-without-files.ts';

const without = (svg: string): string =>
  new TextDecoder().decode(svgWithoutFiles(new TextEncoder().encode(svg)));

test('links to files and addresses are emptied, whatever their namespace, quotes and spelling', () => {
  for (const link of [
    'href="/etc/secret.png"',
    "href='secret.png'",
    'xlink:href = "file:///etc/secret.png"',
    'ü:href="https://example.org/a.png"',
    'href="&#47;etc/secret.png"',
    'href\n=\n"../secret.png"',
  ]) {
    const drawing = without(`<svg><image ${link} width="4"/><feImage ${link}/></svg>`);
    assert.doesNotMatch(drawing, /secret|example/, link);
    assert.match(drawing, /width="4"/);
  }
});

test('what stands in the drawing itself stays, byte for byte', () => {
  const drawing =
    '<svg><use href="#a"/><image xlink:href=\' data:image/png;base64,AAAA\'/><a id="href">é</a></svg>';
  assert.equal(without(drawing), drawing);
});

test('a drawing with entities is refused, for they could be links', () => {
  const drawing = '<!DOCTYPE svg [<!ENTITY x "/etc/secret.png">]><svg><image href="&x;"/></svg>';
  assert.throws(() => without(drawing), { code: 'image_unsupported' });
});
