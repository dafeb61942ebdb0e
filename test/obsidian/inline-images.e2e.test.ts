import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gemma3 } from '../fakes/fake-models.ts';
import { inReview } from './in-review.ts';
import { startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { square } from './square.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const uriOf = async (size: number) => `data:image/png;base64,${(await square(size)).toString('base64')}`;

test('captions data URI images in every syntax', async (t) => {
  const fake = await serveSquares(t);
  const [a, b] = await Promise.all([uriOf(80), uriOf(90)]);
  const note = `![](${a})\n\n![][image1]\n\n<img src="${b}">\n\n![](Some%20note)\n\n[image1]: <${a}>\n`;
  const { runCommand, untilText, untilNotice } = await plugin.open(t, fake.url, {
    files: { 'note.md': note },
  });
  await runCommand('notesight:caption-note');
  const text = await untilText(/Square 90 wide/);
  assert.equal(
    text,
    note
      .replace('![](data:', '![Square 80 wide](data:')
      .replace('![][image1]', '![Square 80 wide][image1]')
      .replace('<img', '<img alt="Square 90 wide"'),
  );
  await untilNotice(/3/);
  assert.equal(fake.chats.length, 2);
});

test('shows a data URI image by its type and size in the review and the chat', async (t) => {
  const isQuestion = ({ format }: { format?: unknown }) => format === undefined;
  const fake = await serveSquares(t, {
    models: [
      { ...squares, ...gemma3, answer: (call) => (isQuestion(call) ? 'It is red.' : squares.answer?.(call)) },
    ],
  });
  const uri = await uriOf(80);
  const { page, runCommand, setCursor } = await plugin.open(t, fake.url, {
    data: { review: 'always' },
    files: { 'note.md': `![](${uri})\n` },
  });
  await setCursor(1);
  await runCommand('notesight:caption-at-cursor');
  const { dialog, ready } = inReview(page);
  await ready(1);
  await dialog
    .getByText(/^data:image\/png, \d+ B$/)
    .first()
    .waitFor();
  assert.equal(await dialog.locator('.notesight-thumbnail-image').getAttribute('src'), uri);
  await page.keyboard.press('Escape');

  await runCommand('notesight:ask-note');
  const box = page.getByRole('textbox', { name: 'Question' });
  await box.waitFor();
  await page.locator(`img[src^="data:image/png"]`).first().waitFor();
  await box.fill('What color is it?');
  await page.keyboard.press('Enter');
  await page.getByText('It is red.').first().waitFor();
  assert.equal(fake.chats.filter(isQuestion).at(-1)?.images.length, 1);
});
