import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageKind } from './image-kind.ts';

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const utf16 = (text: string) => {
  const units = Uint16Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0));
  return new Uint8Array(units.buffer);
};

test('recognizes an image by its first bytes', () => {
  assert.equal(imageKind(latin('\x89PNG\r\n\x1a\n')), 'png');
  assert.equal(imageKind(latin('\xff\xd8\xff\xe0')), 'jpeg');
  assert.equal(imageKind(latin('GIF89a')), 'gif');
  assert.equal(imageKind(latin('GIF87a')), 'gif');
  assert.equal(imageKind(latin('RIFF\x10\0\0\0WEBPVP8 ')), 'webp');
  assert.equal(imageKind(latin('II*\0')), 'tiff');
  assert.equal(imageKind(latin('MM\0*')), 'tiff');
  assert.equal(imageKind(latin('II+\0')), 'tiff');
  assert.equal(imageKind(latin('\0\0\x01\0\x01\0')), 'ico');
  assert.equal(imageKind(latin(`BM${'\0'.repeat(12)}\x28\0\0\0`)), 'bmp');
});

test('distinguishes AVIF and HEIC by their brands, including compatible ones', () => {
  const ftyp = (...brands: string[]) =>
    latin(
      `\0\0\0${String.fromCharCode(12 + 4 * brands.length)}ftyp${brands[0] ?? ''}\0\0\0\0${brands.slice(1).join('')}`,
    );
  assert.equal(imageKind(ftyp('avif', 'mif1')), 'avif');
  assert.equal(imageKind(ftyp('mif1', 'miaf', 'avif')), 'avif');
  assert.equal(imageKind(ftyp('heic', 'mif1')), 'heic');
  assert.equal(imageKind(ftyp('mif1', 'heic')), 'heic');
  assert.equal(imageKind(ftyp('isom', 'mp42')), null);
  assert.equal(imageKind(latin('\0\0\0\x18ftyp')), null);
});

test('recognizes an SVG after a BOM, declaration, comments and document type', () => {
  for (const svg of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '\n  <svg>',
    '<?xml version="1.0"?>\n<!-- made by hand: <svg> -->\n<svg>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">\n<svg>',
    '<!DOCTYPE svg [ <!ENTITY a "b"> <!ENTITY c "d"> ]>\n<svg>',
    '<svg:svg xmlns:svg="http://www.w3.org/2000/svg">',
  ]) {
    assert.equal(imageKind(new TextEncoder().encode(svg)), 'svg', svg);
    assert.equal(imageKind(new TextEncoder().encode(`\ufeff${svg}`)), 'svg', `BOM ${svg}`);
    assert.equal(imageKind(utf16(svg)), 'svg', `UTF-16 ${svg}`);
  }
});

test('rejects text, HTML, an incomplete prologue and an empty file', () => {
  for (const text of [
    '',
    'plain text',
    'BMW is a car maker with a long name',
    '<html><svg></svg></html>',
    '<!-- <svg>',
    '<?xml <svg>',
    '<!DOCTYPE svg [ <svg>',
    '<svgs>',
    '<',
  ])
    assert.equal(imageKind(new TextEncoder().encode(text)), null, text);
});

test('accepts any bytes, including a part of a buffer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(8), (bytes, shift) => {
      const padded = new Uint8Array(bytes.length + shift);
      padded.set(bytes, shift);
      assert.equal(imageKind(padded.subarray(shift)), imageKind(bytes));
    }),
  );
});
