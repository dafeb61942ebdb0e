import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gemma3 } from '../fakes/fake-models.ts';
import { type FakeOllama, startFakeOllama } from '../fakes/fake-ollama.ts';
import { notesight, SAMPLES, scratch } from './notesight.ts';

async function setUp(t: TestContext, notes: Readonly<Record<string, string>>) {
  const fake = await startFakeOllama({
    models: [{ ...gemma3, answer: () => ({ alt: 'A chart of learning rates', tags: [] }) }],
  });
  t.after(() => fake.close());
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  copyFileSync(join(SAMPLES, 'attachments/learning-rates.png'), join(vault, 'a.png'));
  for (const [name, text] of Object.entries(notes))
    writeFileSync(join(vault, name), `${text}\n\n![[a.png]]\n`);
  const caption = (...args: readonly string[]) =>
    notesight(['caption', vault, '--no-text-hint', '--no-cache', ...args], {
      env: { OLLAMA_HOST: fake.url, LC_ALL: 'de_DE.UTF-8' },
    });
  return { fake, caption };
}

const asksFor = (fake: FakeOllama, language: string): boolean =>
  fake.chats.some(({ messages }) => messages.at(-1)?.content.includes(`description and tags in ${language}`));

test('writes in the language of the note', async (t) => {
  const { fake, caption } = await setUp(t, {
    'ro.md': 'Astăzi ne-am plimbat pe plajă și am găsit multe scoici. Vremea a fost rece.',
  });
  const run = await caption();
  assert.ok(asksFor(fake, 'Romanian'), JSON.stringify(fake.chats[0]?.messages));
  assert.doesNotMatch(run.stderr, /unclear/);
});

test('prints the language it writes in when that of the note is unclear', async (t) => {
  const { fake, caption } = await setUp(t, { 'short.md': 'IMG 2044' });
  const run = await caption();
  assert.match(
    run.stderr,
    /short\.md: can't detect the language of the note\. Writing in German \(Deutsch\)/,
  );
  assert.ok(asksFor(fake, 'German'));
});

test('accepts a language code with a script or a region', async (t) => {
  const { fake, caption } = await setUp(t, { 'note.md': 'IMG 2044' });
  const run = await caption('--language', 'zh-tw');
  assert.ok(asksFor(fake, 'Chinese (Taiwan)'), run.stderr);
  const wrong = await caption('--language', 'Chinese');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /Use auto or a language code such as en, pt-BR, or zh-TW\./);
});
