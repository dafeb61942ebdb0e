import assert from 'node:assert/strict';
import { startFakeOllama, type FakeOllama } from '../../fakes/fake-ollama.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../../fakes/fake-openai.ts';
import { textOnly } from '../../fakes/fake-models.ts';
import { held } from '../../held.ts';
import { squares } from '../../obsidian/serve-squares.ts';
import { readSettings } from '../../../src/hosts/vscode/adapters/settings.ts';
import { clean, configure, openNote, untilText } from './world.ts';
import * as vscode from 'vscode';

const NOTE = '# Note\n\n![](a.png) ![](b.png)\n\n![](c.png)\n';
const CAPTIONED =
  '# Note\n\n![Square 80 wide](a.png) ![Square 90 wide](b.png)\n\n![Square 100 wide](c.png)\n';

describe('Servers', () => {
  const open = new Set<FakeOllama | FakeOpenAi>();
  const close = async (server: FakeOllama | FakeOpenAi) => {
    if (open.delete(server)) await server.close();
  };
  const caption = () => vscode.commands.executeCommand('notesight.captionFile');

  afterEach(async () => {
    await clean();
    for (const server of open) await close(server);
  });

  it('can use the OpenAI API', async () => {
    const answer = squares.answer ?? (() => '');
    const fake = await startFakeOpenAi({ models: [{ name: 'square-vl', answer }], tells: 'names' });
    open.add(fake);
    await configure({
      server: `${fake.url}/v1`,
      review: 'never',
      engine: 'server',
      promptAddition: 'Name the color.',
    });
    const editor = await openNote(NOTE);
    await caption();
    await untilText(editor, CAPTIONED);
    const described = fake.chats.filter(({ format }) => format !== undefined);
    assert.match(described[0]?.messages[0]?.content ?? '', /Name the color\.$/);
    assert.equal(fake.chats.length, 4, 'one was a picture to try it with');
  });

  it('can lack a vision model; a text-only model then writes from detections', async () => {
    const answer = {
      alt: 'How steps follow a slope',
      description: '',
      text: '',
      tags: [],
      decorative: false,
    };
    const fake = await startFakeOllama({ models: [{ ...textOnly, answer: () => answer }] });
    open.add(fake);
    await configure({ server: fake.url, review: 'never' });
    const editor = await openNote('![](slide.png)\n');
    await caption();
    await untilText(editor, '![How steps follow a slope](slide.png)\n');
    assert.equal(fake.chats.length, 1);
    assert.ok(
      fake.chats.every(({ images, text }) => images.length === 0 && text.includes('Gradient descent')),
    );
  });

  it('can be set with the former name of the setting', async () => {
    await configure({ engine: 'ollama' });
    assert.equal(readSettings().engine, 'server');
  });

  it('can be several; the others continue when one fails', async () => {
    const name = `gemma3:${Date.now()}b`;
    const death = held();
    let asked = 0;
    const dying = await startFakeOllama({
      models: [
        {
          ...squares,
          name,
          async answer() {
            asked++;
            await close(dying);
            death.release();
            return '';
          },
        },
      ],
    });
    open.add(dying);
    const answer: typeof squares.answer = (call) => death.hold.then(() => squares.answer?.(call));
    const other = await startFakeOllama({ models: [{ ...squares, name, answer }] });
    open.add(other);
    await configure({ server: `${dying.url}, ${other.url}`, review: 'never', engine: 'server' });
    const editor = await openNote(NOTE);
    await caption();
    await untilText(editor, CAPTIONED);
    assert.equal(asked, 1);
    assert.equal(other.chats.length, 3, 'each image once');
  });
});
