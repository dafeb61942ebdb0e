import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nearSighted, taskOf } from '../fakes/near-sighted-model.ts';
import { thinLine } from '../pages.ts';
import { withNotesight } from './with-notesight.ts';

const NOTE = '# Note\n\n![](line.png)\n\n![](slide.png)\n';
const slide = readFileSync(
  fileURLToPath(new URL('../../samples/vault/attachments/learning-rates.png', import.meta.url)),
);

await withNotesight(
  'A batch with a thin line and dense text',
  {
    files: { 'note.md': NOTE, 'line.png': await thinLine(), 'slide.png': slide },
    server: { models: [nearSighted] },
    settings: { 'notesight.fineDetail': 'ask', 'notesight.review': 'preview' },
  },
  (scenario, fake) => {
    scenario('gets detailed analysis with a text hint when the user agrees', async (workbench) => {
      const { page, palette, refactorPreview } = workbench;
      await palette('Notesight: Generate alt text for the images in this file');
      const question = page.getByRole('dialog');
      await question.getByText(/1 image has fine print or thin lines.* takes 5 more requests/).waitFor();
      assert.equal(fake.chats.length, 0);
      await question.getByRole('button', { name: 'Analyze tiles' }).click();
      const rows = await refactorPreview.rows();
      assert.match(rows.join('\n'), /A thin line on a page/);
      assert.equal(fake.chats.filter((call) => taskOf(call) === 'part').length, 4);
      const hinted = fake.chats.filter((call) => call.messages.at(-1)?.content.includes('<text>'));
      assert.equal(hinted.length, 1);
      await refactorPreview.discard();
    });
  },
);
