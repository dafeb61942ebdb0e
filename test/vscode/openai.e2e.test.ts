import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { ChatCall } from '../fakes/chat-call.ts';
import { startFakeOpenAi } from '../fakes/fake-openai.ts';
import { withNotesight } from './with-notesight.ts';

const openAi = await startFakeOpenAi({
  models: [
    {
      name: 'square-vl',
      answer: ({ images }: ChatCall) =>
        `Shown: ${images.map((image) => image.readUInt32BE(16)).join(' and ')}.`,
    },
  ],
});
after(() => openAi.close());

await withNotesight('An OpenAI-compatible server', {}, (scenario, ollama) => {
  scenario('is tested together with another server', async (workbench) => {
    const { inHost, palette, waitForNotification, closeNotification } = workbench;
    await inHost(async (vscode, server) => {
      const settings = vscode.workspace.getConfiguration('notesight');
      await settings.update('server', server, vscode.ConfigurationTarget.Global);
    }, `${openAi.url}, ${ollama.url}`);
    await palette('Notesight: Test server');
    await closeNotification(
      await waitForNotification(
        /Connected to an OpenAI-compatible server at .*\. 1 model supports images\. Connected to Ollama at .*\. 1 model supports images\./,
      ),
    );
  });

  scenario('answers in the side bar', async ({ palette, webview }) => {
    await palette('Notesight: Ask about the images in this file');
    const panel = await webview();
    await panel.getByText('2 of 2 images selected').waitFor();
    const box = panel.getByRole('textbox', { name: 'Question' });
    await box.fill('What is there?');
    await box.press('Enter');
    await panel.locator('.notesight-turn[aria-busy=false]').waitFor();
    assert.equal(await panel.locator('.notesight-answer').innerText(), 'Shown: 80 and 90.');
    assert.equal(ollama.chats.length, 0);
  });
});
