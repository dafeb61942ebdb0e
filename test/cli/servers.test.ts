import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { squareAnswer } from '../e2e/square-answer.ts';
import type { ChatCall } from '../fakes/chat-call.ts';
import { bgeM3, gemma3, llava, textOnly } from '../fakes/fake-models.ts';
import { type FakeModel, type FakeOllama, startFakeOllama } from '../fakes/fake-ollama.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../fakes/fake-openai.ts';
import { held } from '../held.ts';
import { square } from '../obsidian/square.ts';
import { notesight, rows, type Run, scratch } from './notesight.ts';

const NOWHERE = 'http://127.0.0.1:1';
/** Tests that wait for all servers to be used would otherwise hang if one is not. */
const BOUNDED = { timeout: 60_000 };
const sees = { ...llava, answer: squareAnswer };

async function serve(t: TestContext, ...models: readonly FakeModel[]): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models });
  t.after(() => fake.close().catch(() => undefined));
  return fake;
}

/** A server that requires a key. */
async function gateway(t: TestContext): Promise<FakeOpenAi> {
  const fake = await startFakeOpenAi({ models: [{ name: 'llava', answer: squareAnswer }], key: 'secret' });
  t.after(() => fake.close());
  return fake;
}

const WIDTHS = [40, 50, 60, 70, 80, 90];

async function vaultOf(t: TestContext): Promise<string> {
  const vault = scratch(t);
  for (const width of WIDTHS) writeFileSync(join(vault, `${width}.png`), await square(width));
  writeFileSync(join(vault, 'note.md'), WIDTHS.map((width) => `![](${width}.png)\n`).join('\n'));
  return vault;
}

function run(t: TestContext, hosts: readonly string[], args: readonly string[], env = {}): Promise<Run> {
  const named = hosts.flatMap((host) => ['--host', host]);
  return notesight([...args, ...named], { env: { NOTESIGHT_DATA: scratch(t), ...env } });
}

const note = (vault: string) => readFileSync(join(vault, 'note.md'), 'utf8');
const CAPTIONED = WIDTHS.map((width) => `![Square ${width} wide](${width}.png)\n`).join('\n');
const widthsOf = ({ chats }: FakeOllama) => chats.map(({ images }) => images[0]?.readUInt32BE(16));

test('distributes a batch over the servers and loses nothing when one fails', BOUNDED, async (t) => {
  const death = held();
  let asked = 0;
  const dying = await serve(t, {
    ...llava,
    async answer(call: ChatCall) {
      if (++asked === 1) return squareAnswer(call);
      await dying.close();
      death.release();
      return '';
    },
  });
  // Work started by the other server completes only after that.
  const other = await serve(t, { ...llava, answer: (call) => death.hold.then(() => squareAnswer(call)) });
  const vault = await vaultOf(t);
  const { code, stdout, stderr } = await run(
    t,
    [dying.url, other.url],
    ['caption', vault, '--write', '--json'],
  );
  assert.equal(code, 0, stderr);
  assert.equal(note(vault), CAPTIONED);
  assert.match(
    stderr,
    new RegExp(`Using llava:7b \\(the only vision model\\) on 2 servers: ${dying.url}, ${other.url}\\.`),
  );
  assert.deepEqual(
    stderr.match(/^Lost the server .*; continuing with the others\. .*$/gm)?.length,
    1,
    stderr,
  );
  assert.equal(widthsOf(dying).length, 2, 'it got one image, and died with the second');
  assert.deepEqual([widthsOf(dying)[0], ...widthsOf(other)].sort(), WIDTHS, 'each image was answered once');
  assert.equal(rows({ code, signal: null, stdout, stderr }).length, WIDTHS.length);
});

test('sends each server as many concurrent images as its address specifies', BOUNDED, async (t) => {
  const all = held();
  let waiting = 0;
  const answer = async (call: ChatCall) => {
    if (++waiting === 4) all.release();
    await all.hold;
    return squareAnswer(call);
  };
  const fakes = await Promise.all(
    [3, 1].map(() => startFakeOllama({ models: [{ ...llava, answer }], parallel: 8 })),
  );
  t.after(() => Promise.all(fakes.map((fake) => fake.close())));
  const vault = await vaultOf(t);
  const [first, second] = fakes.map(({ url }) => url);
  const { code, stderr } = await run(t, [`${first} x3`, second ?? ''], ['caption', vault, '--write']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    fakes.map(({ concurrency }) => concurrency.max),
    [3, 1],
  );
});

test('uses the first server that responds, also from the environment', async (t) => {
  const fake = await serve(t, sees, bgeM3);
  const vault = await vaultOf(t);
  const list = { NOTESIGHT_HOSTS: `${NOWHERE}, ${fake.url}` };
  const caption = await run(t, [], ['caption', vault, '--write'], list);
  assert.equal(caption.code, 0, caption.stderr);
  assert.match(caption.stderr, /Skipped the server http:\/\/127\.0\.0\.1:1\. Can't reach/);
  assert.match(caption.stderr, new RegExp(`Using .* on Ollama at ${fake.url}\\.`));
  assert.equal(note(vault), CAPTIONED);

  const ask = await run(t, [], ['ask', join(vault, 'note.md'), 'Which?', '--image', '2'], list);
  assert.equal(ask.code, 0, ask.stderr);
  assert.match(ask.stderr, /Skipped the server http:\/\/127\.0\.0\.1:1\./);
  const find = await run(t, [NOWHERE, fake.url], ['find', vault, 'square']);
  assert.doesNotMatch(find.stderr, /by words alone/);
  assert.ok(fake.seen.some(({ path }) => path === '/api/embed'));

  const models = await run(t, [NOWHERE, fake.url], ['models']);
  assert.equal(models.code, 0);
  assert.match(models.stderr, new RegExp(`127\\.0\\.0\\.1:1: .*\\n2 models at ${fake.url}`));
});

test('reports a server once when no other can answer', async (t) => {
  const vault = await vaultOf(t);
  const ask = await run(t, [NOWHERE], ['ask', join(vault, 'note.md'), 'Which?']);
  assert.equal(ask.code, 1);
  assert.match(ask.stderr, /^Can't reach the server at http:\/\/127\.0\.0\.1:1\. .*\n$/);
});

test('skips a server without the model, and passes detections to a text-only model', async (t) => {
  const [blind, other] = [await serve(t, textOnly), await serve(t, { ...gemma3, answer: squareAnswer })];
  const fake = await serve(t, sees);
  const vault = await vaultOf(t);
  const caption = await run(t, [fake.url, other.url], ['caption', vault, '--write']);
  assert.equal(caption.code, 0, caption.stderr);
  assert.match(caption.stderr, new RegExp(`Skipped the server ${other.url}\\. The model llava:7b is not on`));
  assert.equal(other.chats.length, 0);
  const none = await run(t, [blind.url, NOWHERE], ['caption', vault, '--write', '--no-cache', '--replace']);
  assert.equal(none.code, 0, none.stderr);
  assert.match(
    none.stderr,
    new RegExp(
      `Ollama at ${blind.url} has no vision model\\..*pull.* Until then, ${textOnly.name} at ${blind.url} writes`,
    ),
  );
  assert.match(none.stderr, / 6 skipped \(decorative, blank, remote, or nothing recognized\)/);
  assert.equal(blind.chats.length, 0, 'squares have no text, and are no photos');
});

test('sends the key only to the servers it is meant for', async (t) => {
  const [plain, keyed] = [await serve(t, textOnly), await gateway(t)];
  const vault = await vaultOf(t);
  const env = { NOTESIGHT_API_KEY: 'secret' };
  const without = await run(t, [plain.url, keyed.url], ['caption', vault], env);
  assert.equal(without.code, 1, without.stderr);
  const caption = await run(t, [plain.url, `${keyed.url}/v1 token`], ['caption', vault, '--write'], env);
  assert.equal(caption.code, 0, caption.stderr);
  assert.equal(note(vault), CAPTIONED);
  assert.ok(plain.seen.length > 0);
  for (const { headers } of plain.seen) assert.equal(headers.authorization, undefined);
});
