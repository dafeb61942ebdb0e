import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EmbedSyntax, ImageEmbed } from './image-embed.ts';
import { needsAltText } from './needs-alt-text.ts';

function embed(alt: string, target = 'files/a.png', syntax: EmbedSyntax = 'markdown'): ImageEmbed {
  const nowhere = { from: 0, to: 0 };
  return {
    ...nowhere,
    syntax,
    alt,
    altSpan: nowhere,
    target,
    targetSpan: nowhere,
    size: null,
    sizeSpan: null,
    title: null,
    reference: null,
    inTable: false,
  };
}

test('reports missing alt text', () => {
  assert.equal(needsAltText(embed('')), 'missing');
  assert.equal(needsAltText(embed(' \n\u00a0')), 'missing');
  assert.equal(needsAltText(embed('', 'a.png', 'wiki')), 'missing');
});

test('accepts alt="" in HTML, but not a blank or missing alt', () => {
  assert.equal(needsAltText(embed('', 'a.png', 'html')), null);
  assert.equal(needsAltText(embed(' ', 'a.png', 'html')), 'missing');
  assert.equal(needsAltText({ ...embed('', 'a.png', 'html'), altSpan: null }), 'missing');
});

test('accepts an MDX expression', () => {
  assert.equal(needsAltText(embed('{image}', 'a.png', 'html')), null);
  assert.equal(needsAltText(embed('{image}', 'a.png', 'markdown')), 'useless');
});

const useless = [
  'image',
  'N/A',
  'n/a',
  'None',
  'null',
  'string',
  '...',
  'No image',
  'Not available',
  '图片',
  'Imagen 3',
  'Image',
  'img',
  'picture',
  'photo',
  'screenshot',
  'alt text',
  'Alt Text',
  'alt',
  'untitled',
  'Untitled-1',
  'image.png',
  'image (3)',
  'enter image description here',
  'Pasted image 20260102123456',
  'Pasted image 20260102123456.png',
  'Screenshot 2024-01-02 at 12.30.45',
  'Screenshot 2024-01-02 at 3.45.12\u202fPM',
  'Screenshot from 2024-01-02 12-30-45',
  'Screenshot_20240102-123045.jpg',
  'Screen Shot 2019-05-05 at 10.00.00',
  'IMG_1234',
  'IMG_E1234',
  'img-0001.jpeg',
  'DSC01234',
  'DSCN0001',
  'PXL_20240102_123456789',
  'WhatsApp Image 2024-01-02 at 12.30.45',
  'photo_2024-01-02_12-30-45',
  'd41d8cd98f00b204e9800998ecf8427e',
  '550e8400-e29b-41d4-a716-446655440000',
  'изображение',
  'Картинка 2',
  'Снимок экрана 2024-01-02 в 12.30.45',
  'Снимок экрана от 2024-01-02 12-30-45',
  'безымянный'.normalize('NFD'),
  'Bild',
  'Bild 3',
  'Bildschirmfoto 2024-01-02 um 12.30.45',
  'Bildschirmfoto vom 2024-01-02 12-30-45',
  '…',
  '123',
  '2024-01-02',
  '---',
];

for (const alt of useless) {
  test(`${JSON.stringify(alt)} is a placeholder`, () => {
    assert.equal(needsAltText(embed(alt)), 'useless');
  });
}

const words = [
  'A cat on a sofa',
  'Image of a cat',
  'Screenshot of the settings',
  'Photo: Berlin, 2024',
  'Figure 3: the attention mechanism',
  'Снимок экрана с настройками',
  'Bild der Katze',
  'Figure 3',
  'Рисунок 3',
  'cat',
  'x',
  '猫',
  'gradient descent 2024',
  'facade',
  'deadbeef cafe',
  '🎉',
  'Logo',
  'Text: Мультимодальные модели',
];

for (const alt of words) {
  test(`${JSON.stringify(alt)} is alt text`, () => {
    assert.equal(needsAltText(embed(alt)), null);
  });
}

test('reports the file name as a placeholder in any spelling', () => {
  const target = '../files/%D0%A1%D0%BB%D0%B0%D0%B9%D0%B4%20My%20cat.png?v=1#x';
  for (const alt of [
    'Слайд My cat.png',
    'слайд my cat',
    'Слайд My cat.png'.normalize('NFD'),
    '%D0%A1%D0%BB%D0%B0%D0%B9%D0%B4%20My%20cat.png',
    '../files/Слайд My cat.png',
    target,
  ]) {
    assert.equal(needsAltText(embed(alt, target)), 'useless', alt);
  }
  assert.equal(needsAltText(embed('My cat', target)), null);
  assert.equal(needsAltText(embed('100% wool', '100% wool.png', 'wiki')), 'useless');
  assert.equal(needsAltText(embed('wool', 'files\\wool.png', 'wiki')), 'useless');
});
