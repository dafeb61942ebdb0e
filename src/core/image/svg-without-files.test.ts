import assert from 'node:assert/strict';
import { test } from 'node:test';
import { svgWithoutFiles } from './svg-without-files.ts';

const without = (svg: string): string =>
  new TextDecoder().decode(svgWithoutFiles(new TextEncoder().encode(svg)));

test('removes links to files and URLs in every notation', () => {
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

test('keeps links inside the drawing byte for byte', () => {
  const drawing =
    '<svg><use href="#a"/><image xlink:href=\' data:image/png;base64,AAAA\'/><a id="href">é</a></svg>';
  assert.equal(without(drawing), drawing);
});

test('rejects a drawing with entities, which could be links', () => {
  const drawing = '<!DOCTYPE svg [<!ENTITY x "/etc/secret.png">]><svg><image href="&x;"/></svg>';
  assert.throws(() => without(drawing), { code: 'image_unsupported' });
});
