import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImages } from './find-images.ts';
import { isImageTarget } from './image-target.ts';

test('rejects pages that are embedded like images', () => {
  for (const url of [
    'https://www.youtube.com/watch?v=abcDEF12345',
    'https://m.youtube.com/shorts/abc',
    'https://YouTube.com/embed/abc',
    'https://youtu.be/abcDEF12345?t=10',
    'https://www.youtube-nocookie.com/embed/abc',
    'https://vimeo.com/76979871',
    'https://player.vimeo.com/video/76979871',
    'https://twitter.com/someone/status/1580548874246443010',
    'https://x.com/someone/status/1580548874246443010?s=20',
    'https://bsky.app/profile/a.b/post/3k',
    'https://open.spotify.com/track/x',
    'https://www.google.com/maps/@52.5,13.4,15z',
    'https://www.google.de/maps?q=Berlin',
    'https://maps.app.goo.gl/abc',
    'https://www.openstreetmap.org/#map=12/52.5/13.4',
    'https://docs.google.com/presentation/d/1/edit',
    '//www.youtube.com/watch?v=abc',
  ]) {
    assert.equal(isImageTarget(url), false, url);
  }
});

test('accepts a URL that may be an image', () => {
  for (const url of [
    'https://host.example/image?id=3',
    'https://img.shields.io/badge/build-passing-green',
    'https://github.com/user-attachments/assets/0b1c',
    'https://img.youtube.com/vi/abc/0.jpg',
    'https://i.ytimg.com/vi/abc/hqdefault',
    'https://www.youtube.com/img/logo.png',
    'https://pbs.twimg.com/media/abc?format=jpg&name=large',
    'https://x.com/logo.svg',
    'https://maps.googleapis.com/maps/api/staticmap?center=Berlin',
    'https://docs.google.com/drawings/d/e/1/pub?w=960',
    'https://notyoutube.com/watch?v=1',
    'https://host.example/youtube.com/watch',
  ]) {
    assert.equal(isImageTarget(url), true, url);
  }
});

test('rejects headings, blocks and other files', () => {
  for (const target of [
    '#Top',
    '#^b1',
    'sketch.excalidraw',
    'sketch.excalidraw.md',
    'data.csv',
    'tasks.base',
    'page.html',
    'deck.pptx#slide=2',
    'flow.drawio',
    'paper.PDF?page=3',
    'song.mp3',
    'note.mdx',
    'obsidian://open?vault=x',
    'mailto:a@b.example',
  ]) {
    assert.equal(isImageTarget(target), false, target);
  }
  for (const target of ['flow.drawio.svg', 'sketch.excalidraw.png', '#1.png', 'img/x', 'scan.unknown', '']) {
    assert.equal(isImageTarget(target), true, target);
  }
});

test('rejects a data URI of another type', () => {
  assert.equal(isImageTarget('data:image/png;base64,AA'), true);
  assert.equal(isImageTarget('data:;base64,iVBORw0KGgo='), true);
  assert.equal(isImageTarget('data:application/octet-stream;base64,AA'), true);
  for (const url of [
    'data:text/html,x',
    'data:application/pdf;base64,AA',
    'data:audio/mp3;base64,AA',
    'data:,x',
  ]) {
    assert.equal(isImageTarget(url), false, url);
  }
});

test('applies the same rules in every syntax', () => {
  const page = 'https://youtu.be/abc';
  assert.deepEqual(
    findImages(
      `![](${page}) ![x][r] <img src="${page}"> ![[Note]] ![[#Top]] ![[a.base]] ![[x.png]]\n\n[r]: ${page}\n`,
    ).map(({ target }) => target),
    ['x.png'],
  );
});
