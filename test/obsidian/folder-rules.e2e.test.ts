import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChatCall } from '../fakes/chat-call.ts';
import { en } from '../../src/hosts/obsidian/messages/en.ts';
import { startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { settingRow } from './setting-row.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const { fields, options } = en.settings;

const said = ({ messages }: ChatCall) => messages.map(({ content }) => content).join('\n');

/** Answers in the language that is asked for. */
function answer(call: ChatCall) {
  const width = call.images[0]?.readUInt32BE(16) ?? 0;
  const isGerman = said(call).includes('German');
  return {
    alt: isGerman ? `Das ist ein Quadrat und ${width} breit` : `This is a square and ${width} wide`,
    description: isGerman ? 'Es wurde von einem Test gemacht.' : 'It was made by a test.',
    text: '',
    tags: [],
    decorative: false,
  };
}

/** A note in English with one of the images. */
const note = (image: string) => `# Notes\n\nThese are the notes of a long day.\n\n![](${image})\n`;

const FILES = {
  'note.md': '# Nothing to describe\n',
  'Other/n.md': note('../a.png'),
  'Lectures/n.md': note('../a.png'),
  'Lectures/Physics/n.md': note('../../b.png'),
  'Journal/n.md': note('../a.png'),
  'Journal/Public/n.md': note('../../b.png'),
};

const RULES = [
  { folder: 'Lectures', language: 'de', altPrompt: 'Formulas' },
  { folder: 'Lectures/Physics', style: 'callout', altPrompt: '' },
  { folder: 'Journal', exclude: true },
  { folder: 'Journal/Public', exclude: false, style: 'below' },
];

const PROMPTS = [{ name: 'Formulas', purpose: 'alt', text: 'Name every formula.' }];

for (const review of ['never', 'batches'] as const)
  test(`writes one batch by the rules of each folder, review: ${review}`, async (t) => {
    const fake = await serveSquares(t, { models: [{ ...squares, answer }] });
    const { page, runCommand, waitForNote, diskText } = await plugin.open(t, fake.url, {
      files: FILES,
      data: { review, folderRules: RULES, prompts: PROMPTS },
    });
    await runCommand('notesight:caption-vault');
    if (review === 'batches') {
      await page.getByText('4 to review').waitFor();
      const named = await page.getByText(/^Folder rule: /).allInnerTexts();
      assert.deepEqual(
        named.sort(),
        ['Lectures', 'Lectures/Physics', 'Journal/Public'].map((each) => `Folder rule: ${each}`).sort(),
      );
      await page.getByRole('button', { name: 'Accept all' }).click();
    }
    await waitForNote('Other/n.md', /square/);
    for (const folder of ['Lectures', 'Lectures/Physics', 'Journal/Public'])
      await waitForNote(`${folder}/n.md`, /quadrat|square/i);
    const written = async (path: string) => (await diskText(path))?.split('long day.\n\n')[1];
    assert.equal(await written('Other/n.md'), '![This is a square and 80 wide](../a.png)\n');
    assert.equal(await written('Lectures/n.md'), '![Das ist ein Quadrat und 80 breit](../a.png)\n');
    const physics = (await written('Lectures/Physics/n.md')) ?? '';
    assert.match(physics, /^!\[Das ist ein Quadrat und 90 breit\]\(\.\.\/\.\.\/b\.png\)\n/);
    assert.match(physics, /> Es wurde von einem Test gemacht\./);
    assert.equal(await written('Journal/n.md'), '![](../a.png)\n');
    assert.match((await written('Journal/Public/n.md')) ?? '', /^!\[This is .*\n+.*This is a square and 90/);
    const withPrompt = fake.chats.map((call) => said(call).includes('Name every formula.'));
    assert.deepEqual(withPrompt.filter(Boolean).length, 1, 'only in Lectures, not in Lectures/Physics');
  });

test('adds, edits, and deletes rules in the settings', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, data } = await plugin.open(t, fake.url, {
    files: FILES,
    data: { prompts: PROMPTS },
  });
  await toggleSettings();
  const row = settingRow(page, fields.folderRules.name);
  const add = row.getByRole('button', { name: 'Add folder rule' });
  const dialog = page.getByRole('dialog').last();
  const choice = (name: string) => dialog.getByRole('combobox', { name });
  const save = dialog.getByRole('button', { name: 'Save' });
  const folder = dialog.getByRole('textbox', { name: 'Folder' });

  await add.click();
  await save.click();
  await dialog.getByText('Enter the path of a folder').waitFor();
  await folder.fill('phys');
  await page.locator('.suggestion-item', { hasText: 'Lectures/Physics' }).click();
  assert.equal(await folder.inputValue(), 'Lectures/Physics');
  await save.click();
  await dialog.getByText('Choose what differs in this folder.').waitFor();
  await choice('Language').selectOption('de');
  await page.keyboard.press('Escape');
  await add.click();
  assert.equal(await folder.inputValue(), 'Lectures/Physics', 'what was chosen is kept');
  assert.equal(await choice('Language').inputValue(), 'de');
  await choice('Prompt').selectOption('Formulas (Alt text)');
  await save.click();
  await row.getByText('German · Prompt: Formulas').waitFor();
  const physics = { folder: 'Lectures/Physics', language: 'de', altPrompt: 'Formulas' };
  assert.deepEqual((await data())['folderRules'], [physics]);
  const language = settingRow(page, fields.language.name);
  await language.getByText('Different in 1 folder: Lectures/Physics.').waitFor();

  await add.click();
  await folder.fill('lectures/physics/');
  await choice(en.settings.folders.exclude).selectOption('Exclude');
  await save.click();
  await dialog.getByText('This folder has a rule.').waitFor();
  await folder.fill('Lectures/Chemistry');
  await save.click();
  await row.getByText('Folder not found').waitFor();
  const chemistry = { folder: 'Lectures/Chemistry', exclude: true };
  assert.deepEqual((await data())['folderRules'], [physics, chemistry]);

  await row.getByRole('button', { name: 'Edit Lectures/Physics' }).click();
  await choice('Language').selectOption('Inherit');
  await choice(fields.style.name).selectOption(options.style.below);
  await save.click();
  await settingRow(page, fields.style.name).getByText('Different in 1 folder').waitFor();
  await language.getByText('Different in').waitFor({ state: 'detached' });
  const changed = { folder: 'Lectures/Physics', altPrompt: 'Formulas', style: 'below' };
  assert.deepEqual((await data())['folderRules'], [changed, chemistry]);

  await row.getByRole('button', { name: 'Delete Lectures/Physics' }).click();
  await row.getByText('Deleted “Lectures/Physics”.').waitFor();
  assert.deepEqual((await data())['folderRules'], [chemistry]);
  await row.getByRole('button', { name: 'Undo' }).click();
  await row.getByRole('button', { name: 'Edit Lectures/Physics' }).waitFor();
  assert.deepEqual((await data())['folderRules'], [changed, chemistry]);

  const prompts = settingRow(page, fields.prompts.name);
  await prompts.getByRole('button', { name: 'Edit Formulas' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).last().fill('Equations');
  await save.click();
  await row.getByText('Prompt: Equations').waitFor();
});

test('keeps the rules of a renamed folder', async (t) => {
  const fake = await serveSquares(t);
  const { page, data } = await plugin.open(t, fake.url, { files: FILES, data: { folderRules: RULES } });
  await page.evaluate(`app.vault.rename(app.vault.getFolderByPath('Lectures'), 'Archive')`);
  const rules = (await data())['folderRules'] as { folder: string }[];
  assert.deepEqual(
    rules.map(({ folder }) => folder),
    ['Archive', 'Archive/Physics', 'Journal', 'Journal/Public'],
  );
});

test('summarizes a note in the language of its folder', async (t) => {
  const summary = 'Die Notiz zeigt ein Quadrat und ist kurz.';
  const fake = await serveSquares(t, {
    models: [{ ...squares, answer: (call) => (call.format === undefined ? summary : answer(call)) }],
  });
  const { page, runCommand } = await plugin.open(t, fake.url, {
    files: FILES,
    note: 'Lectures/n.md',
    data: { folderRules: RULES },
  });
  await runCommand('notesight:summarize-note');
  await page.getByText(summary).last().waitFor();
  assert.deepEqual(
    fake.chats.map((call) => said(call).includes('German')),
    fake.chats.map(() => true),
  );
});

test('does not describe an image that is pasted into a note of an excluded folder', async (t) => {
  const fake = await serveSquares(t);
  const { pasteSquare, runCommand, waitForNote, activateNote, openNote } = await plugin.open(t, fake.url, {
    files: FILES,
    note: 'Journal/n.md',
    data: { review: 'never', folderRules: RULES },
  });
  await pasteSquare(120);
  await openNote('Other/n.md', 'here');
  await activateNote('Other/n.md');
  await runCommand('notesight:caption-note');
  await waitForNote('Other/n.md', /Square 80 wide/);
  assert.equal(fake.chats.length, 1);
});
