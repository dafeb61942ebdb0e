import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { colorAnswer, coloredPicture } from '../contracts/color-answer.ts';
import { type FakeOpenAi, type FakeOpenAiOptions, startFakeOpenAi } from '../fakes/fake-openai.ts';
import { nearSighted, taskOf } from '../fakes/near-sighted-model.ts';
import { thinLine } from '../pages.ts';
import { notesight, rows, type Run, scratch } from './notesight.ts';

const eyes = { name: 'tiny-vision', answer: colorAnswer };

async function serve(t: TestContext, options: Partial<FakeOpenAiOptions> = {}): Promise<FakeOpenAi> {
  const fake = await startFakeOpenAi({ models: [eyes], ...options });
  t.after(() => fake.close());
  return fake;
}

async function vaultOf(t: TestContext): Promise<string> {
  const vault = scratch(t);
  for (const color of ['red', 'blue'] as const)
    writeFileSync(join(vault, `${color}.png`), await coloredPicture(color));
  writeFileSync(join(vault, 'note.md'), '# Colors\n\n![](red.png)\n\n![](blue.png)\n');
  return vault;
}

/** Runs with a separate data folder for the test. */
function run(
  t: TestContext,
  fake: FakeOpenAi,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Run> {
  return notesight([...args, '--host', fake.url], { env: { NOTESIGHT_DATA: scratch(t), ...env } });
}

test('detects the API from an address alone', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  const models = await run(t, fake, ['models']);
  assert.match(models.stdout, /^tiny-vision {2}supports images/);
  assert.match(models.stderr, /Automatic choice: tiny-vision/);

  const caption = await run(t, fake, ['caption', vault, '--write', '--json']);
  assert.equal(caption.code, 0, caption.stderr);
  assert.match(caption.stderr, /^Using tiny-vision \(.*\) on the server at /);
  assert.deepEqual(
    rows(caption).map(({ alt, engine }) => [alt, engine]),
    [
      ['A red picture.', 'openai'],
      ['A blue picture.', 'openai'],
    ],
  );
  assert.match(readFileSync(join(vault, 'note.md'), 'utf8'), /!\[A red picture\.\]\(red\.png\)/);

  const before = fake.seen.length;
  const ask = await run(t, fake, ['ask', join(vault, 'note.md'), 'Which color?', '--image', '2']);
  assert.equal(ask.stdout, 'A blue picture.\n');
  assert.deepEqual(
    fake.seen.slice(before).flatMap(({ method, path }) => (method === 'GET' ? [path] : [])),
    ['/api/version', '/v1/models', '/v1/models', '/props'],
    'the server is asked about its models once after the API was detected',
  );
  const summary = await run(t, fake, ['summarize', join(vault, 'note.md')]);
  assert.equal(summary.code, 0, summary.stderr);
});

test('reuses descriptions and known image support on a second run', async (t) => {
  const fake = await serve(t, { tells: 'names' });
  const vault = await vaultOf(t);
  const env = { NOTESIGHT_DATA: scratch(t) };
  const caption = () => run(t, fake, ['caption', vault, '--json'], env);
  assert.equal((await caption()).code, 0);
  assert.ok(existsSync(join(env.NOTESIGHT_DATA, 'sighted-models.jsonl')));
  const asked = fake.chats.length;
  assert.deepEqual(
    rows(await caption()).map(({ cached }) => cached),
    [true, true],
  );
  assert.equal(fake.chats.length, asked);
});

test('analyzes tiles of a thin line with any API', async (t) => {
  const { answer = colorAnswer } = nearSighted;
  const fake = await serve(t, { models: [{ name: 'gemma-3-4b-it', answer }] });
  const vault = scratch(t);
  writeFileSync(join(vault, 'line.png'), await thinLine());
  writeFileSync(join(vault, 'note.md'), '![](line.png)\n');
  const caption = await run(t, fake, ['caption', vault, '--json', '--no-text-hint', '--detail', 'auto']);
  assert.equal(caption.code, 0, caption.stderr);
  assert.deepEqual(
    rows(caption).map(({ alt }) => alt),
    ['A thin line on a page.'],
  );
  assert.deepEqual(fake.chats.map(taskOf), ['whole', ...Array<string>(4).fill('part'), 'merge']);
});

test('sends the key of the environment to the named server', async (t) => {
  const fake = await serve(t, { key: 'secret', tells: 'context' });
  const without = await run(t, fake, ['models']);
  assert.equal(without.code, 1);
  assert.match(without.stderr, /requires an API key\. Set NOTESIGHT_API_KEY/);
  const wrong = await run(t, fake, ['models'], { NOTESIGHT_API_KEY: 'wrong', OPENAI_API_KEY: 'secret' });
  assert.equal(wrong.code, 1);
  assert.equal((await run(t, fake, ['models'], { NOTESIGHT_API_KEY: 'secret' })).code, 0);
});

test('explains unsupported features in terms of the server', async (t) => {
  const fake = await serve(t, { models: [{ name: 'tiny-text', sees: false }] });
  const vault = await vaultOf(t);
  const caption = await run(t, fake, ['caption', vault]);
  assert.equal(caption.code, 0, caption.stderr);
  assert.match(
    caption.stderr,
    /The server at .* has no vision model\. Start the server with a vision model.* Until then, tiny-text at .* writes alt text/,
  );
  const pull = await run(t, fake, ['pull', 'gemma3:4b']);
  assert.equal(pull.code, 2);
  assert.match(pull.stderr, /only Ollama can/);
  const other = await run(t, fake, ['caption', vault, '--model', 'nope']);
  assert.match(other.stderr, /nope is not on the server\. List the available models with `notesight models`/);
});
