import assert from 'node:assert/strict';
import { calling } from '../fakes/calling.ts';
import type { ChatCall } from '../fakes/chat-call.ts';
import type { FakeModel } from '../fakes/fake-ollama.ts';
import { squares } from '../obsidian/serve-squares.ts';
import { withNotesight } from './with-notesight.ts';

const isLook = ({ messages }: ChatCall): boolean => messages[0]?.content.startsWith('You look at') ?? false;

/** Reads text, examines images, searches notes, and answers with the results. */
const model: FakeModel = {
  ...squares,
  name: 'qwen3-vl:8b',
  capabilities: ['completion', 'vision', 'tools'],
  answer(call) {
    if (call.format !== undefined) return squares.answer?.(call);
    if (isLook(call)) return `It is ${call.images[0]?.readUInt32BE(16) ?? 0} wide.`;
    const results = call.messages.filter(({ role }) => role === 'tool');
    return (
      [
        calling('read_text', { image: 2 }),
        calling('look', { image: 2, right: 50, question: 'How wide?' }),
        calling('search_notes', { query: 'square 80' }),
      ][results.length] ??
      `${call.tools.join(' ')}: ${results.map(({ content }) => content.split('\n')[1]).join(' | ')}`
    );
  },
};

await withNotesight(
  'The side bar, with a model that supports tool calls',
  { server: { models: [model] }, settings: { 'notesight.review': 'never' } },
  (scenario) => {
    scenario('shows the tool calls and an answer based on their results', async (workbench) => {
      const { palette, webview, waitForText } = workbench;
      await palette('Notesight: Generate alt text for the images in this file');
      await waitForText(/Square 80 wide[^]*Square 90 wide/);
      await palette('Notesight: Ask about the images in this file');
      const panel = await webview();
      const box = panel.getByRole('textbox', { name: 'Question' });
      await box.fill('What is it?');
      await box.press('Enter');
      await panel.locator('.notesight-turn[aria-busy=false]').waitFor();
      assert.equal(
        await panel.locator('.notesight-answer').innerText(),
        'read_text find_objects look search_notes: No text was found there. | It is 45 wide. | Note note.md, image [1]: Square 80 wide It was made by a test.',
      );
      const lines = await panel.locator('.notesight-call').allInnerTexts();
      assert.deepEqual(
        lines.map((line) => line.replace(/\s+/g, ' ')),
        [
          'Read text in [2] · done Result',
          'Examine a region of [2] (0–50% from the left, 0–100% from the top) “How wide?” · done Result',
          'Search notes: “square 80” · done Result',
        ],
      );
      await panel.getByText('Result', { exact: true }).nth(1).click();
      await panel.getByText('It is 45 wide.', { exact: true }).waitFor();
    });
  },
);
