import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { startPlugin, type PluginHarness } from './open-plugin.ts';
import { openQuestionBox } from './open-question-box.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { untilAsked } from './until-asked.ts';

const NOTE = '# Squares\n\nThe first square.\n\n![[a.png]]\n\nThe second square.\n\n![](b.png)\n';
const FILES = {
  'note.md': NOTE,
  'Lectures/Modality gap.md': '---\ntags: [x]\n---\nEncoders drift apart.\n\n![[c.png]]\n',
  'Modern art.md': 'Mondrian.',
  'Plan.md': 'Nothing.',
};

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

async function openChat(t: TestContext) {
  const fake = await serveSquares(t, { models: [{ ...squares, answer: () => 'It is [1].' }] });
  const window = await plugin.open(t, fake.url, { files: FILES });
  const { page } = window;
  const { ask } = await openQuestionBox(window);
  return {
    window,
    page,
    box: page.getByRole('textbox', { name: 'Question' }),
    select: async (from: number, to: number) => {
      await window.activateNote('note.md');
      await window.setSelection(from, to);
    },
    ask: async (question: string) => {
      const count = fake.chats.length;
      await ask(question);
      await untilAsked(fake, count + 1);
      await page.locator('.notesight-turn[aria-busy=false]').last().waitFor();
      return fake.chats[count]?.messages.at(-1)?.content ?? '';
    },
  };
}

test('includes the selection until the user leaves it out', async (t) => {
  const { page, ask, select } = await openChat(t);
  const toggle = page.getByRole('checkbox', { name: /^Include selection/ });
  assert.equal(await toggle.count(), 0, 'hidden while nothing is selected');
  await select(NOTE.indexOf('The second'), NOTE.length);
  await toggle.waitFor();
  assert.ok(await toggle.isChecked());
  const sent = await ask('What does this part show?');
  assert.match(sent, /<selection>\nThe second square\.\n\n\[2\]\n<\/selection>\n/);
  assert.match(sent, /Attached pictures, in this order: \[2\]/);
  await toggle.uncheck();
  await select(NOTE.indexOf('The first'), NOTE.indexOf('![[a'));
  assert.doesNotMatch(await ask('And this?'), /selection>/);
  await toggle.check();
  assert.match(await ask('And this?'), /<selection>\nThe first square\.\n<\/selection>\n/);
  await select(NOTE.indexOf('![[a'), NOTE.indexOf('![[a') + '![[a.png]]'.length);
  await toggle.waitFor({ state: 'detached' });
  assert.doesNotMatch(await ask('And this?'), /selection>/, 'an image alone is not a text');
});

test('adds another note by @ and sends its text until it is removed', async (t) => {
  const { page, box, ask } = await openChat(t);
  await box.focus();
  await box.pressSequentially('Compare with @mod');
  const list = page.getByRole('listbox', { name: 'Notes' });
  await list.waitFor();
  assert.deepEqual(await list.getByRole('option').allInnerTexts(), ['Modern art', 'Modality gap']);
  await box.press('ArrowDown');
  await box.press('Enter');
  assert.equal(await box.inputValue(), 'Compare with “Modality gap” ');
  const chip = page.locator('.notesight-chip', { hasText: 'Also: Modality gap' });
  await chip.waitFor();
  const sent = await ask('Compare with “Modality gap” by topic.');
  assert.match(
    sent,
    /<other name="Modality gap">\nEncoders drift apart\.\n\n!\[\[c\.png\]\]\n<\/other>\n[^]*Question: Compare with “Modality gap” by topic\.$/,
  );
  assert.doesNotMatch(await ask('Anything else?'), /<other/, 'the model already has it');
  await chip.getByRole('button', { name: 'Remove Modality gap' }).click();
  await chip.waitFor({ state: 'detached' });
});

test('keeps the notes of a draft after a restart and a rename, and reports a deleted one', async (t) => {
  const { page, box, window } = await openChat(t);
  await box.pressSequentially('@plan');
  await page.getByRole('option', { name: 'Plan' }).click();
  const chip = page.locator('.notesight-chip');
  await chip.filter({ hasText: 'Also: Plan' }).waitFor();
  await window.renameFile('Plan.md', 'Lectures/Program.md');
  await chip.filter({ hasText: 'Also: Program' }).waitFor();
  await window.disablePlugin();
  await window.enablePlugin();
  await window.runCommand('notesight:ask-note');
  await chip.filter({ hasText: 'Also: Program' }).waitFor();
  assert.equal(await box.inputValue(), '“Plan” ');
  await window.deleteFile('Lectures/Program.md');
  await box.fill('What now?');
  await box.press('Enter');
  await page.locator('.notesight-error', { hasText: 'Program' }).waitFor();
  assert.equal(await box.inputValue(), 'What now?');
});
