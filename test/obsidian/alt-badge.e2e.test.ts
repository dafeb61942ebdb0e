import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const NOWHERE = 'http://127.0.0.1:1';
const files = { 'note.md': NOTE.replace('a.png]]', 'a.png|Old text]]') };

const badgeOf = ({ page }: PluginWindow) => page.locator('.notesight-alt-badge');

/** The images of the note, which are `a.png` and `b.png`. */
async function images({ page }: PluginWindow, view = '.markdown-source-view') {
  await page.waitForFunction('[...document.images].every(({ complete }) => complete)');
  const all = page.locator(`${view} img`);
  return { first: all.nth(0), second: all.nth(1) };
}

test('shows the alt text on the image under the pointer, without moving the note', async (t) => {
  const window = await plugin.open(t, NOWHERE, { files });
  const { first, second } = await images(window);
  const badge = badgeOf(window);
  assert.equal(await badge.isVisible(), false);
  const before = await second.boundingBox();
  await first.hover();
  assert.equal(await badge.getAttribute('aria-label'), 'Old text');
  assert.deepEqual(await second.boundingBox(), before);
  await second.hover();
  assert.equal(await badge.getAttribute('aria-label'), 'No alt text');
  await window.page.mouse.move(600, 600);
  assert.equal(await badge.isVisible(), false);
});

test('edits the alt text of the image whose badge was clicked', async (t) => {
  const window = await plugin.open(t, NOWHERE, { files });
  const { second } = await images(window);
  await second.hover();
  await badgeOf(window).click();
  await window.page.locator('.notesight-image-text textarea').fill('A square');
  await window.page.keyboard.press('Enter');
  assert.equal(await window.untilText(/A square/), files['note.md'].replace('![]', '![A square]'));
});

test('tells the embeds of the same image apart by their place', async (t) => {
  const note = '![[a.png]]\n\nText\n\n![[a.png|Second]]\n';
  const window = await plugin.open(t, NOWHERE, { files: { 'note.md': note } });
  const { second } = await images(window);
  await second.hover();
  assert.equal(await badgeOf(window).getAttribute('aria-label'), 'Second');
});

test('works in reading view', async (t) => {
  const window = await plugin.open(t, NOWHERE, { files });
  await window.showReadingView();
  const { first } = await images(window, '.markdown-preview-view');
  await first.hover();
  assert.equal(await badgeOf(window).getAttribute('aria-label'), 'Old text');
  await badgeOf(window).click();
  await window.page.locator('.notesight-image-text textarea').fill('New text');
  await window.page.keyboard.press('Enter');
  await window.waitForNote('note.md', files['note.md'].replace('Old', 'New'));
});

test('shows no badge in reading view if it is unclear which embed it belongs to', async (t) => {
  const window = await plugin.open(t, NOWHERE, { files: { 'note.md': '![[a.png]]\n\n![[a.png]]\n' } });
  await window.showReadingView();
  const { first } = await images(window, '.markdown-preview-view');
  await first.hover();
  assert.equal(await badgeOf(window).isVisible(), false);
});

test('shows no badge when it is turned off, and removes it with the plugin', async (t) => {
  const window = await plugin.open(t, NOWHERE, { files, data: { altBadge: false } });
  const { first } = await images(window);
  await first.hover();
  assert.equal(await badgeOf(window).isVisible(), false);
  await window.disablePlugin();
  assert.equal(await badgeOf(window).count(), 0);
});

test('hides the badge while the user types', async (t) => {
  const window = await plugin.open(t, NOWHERE, { files });
  const { first } = await images(window);
  await window.setCursor(0);
  await first.hover();
  assert.equal(await badgeOf(window).isVisible(), true);
  await window.typeText('x');
  assert.equal(await badgeOf(window).isVisible(), false);
});

test('shows a badge that is large enough to tap on a phone', async (t) => {
  const window = await plugin.open(t, NOWHERE, { files, isPhone: true });
  const { first } = await images(window);
  await first.dispatchEvent('pointerover', { pointerType: 'touch', bubbles: true });
  const box = await badgeOf(window).boundingBox();
  assert.ok(box && box.width >= 44 && box.height >= 44, JSON.stringify(box));
});
