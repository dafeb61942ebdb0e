import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bgeM3, cloud, gemma3, textOnly } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { notesight, rows, scratch } from './notesight.ts';

test('prints the location and file of each image with images --json', async (t) => {
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  mkdirSync(join(vault, 'notes'));
  writeFileSync(join(vault, 'a b.png'), '');
  writeFileSync(
    join(vault, 'notes', 'n.md'),
    'one\r\n ![Words|300](../a%20b.png "T")\r\n![](https://example.org/x.png)\r\n',
  );
  const run = await notesight(['images', join(vault, 'notes'), '--json']);
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(rows(run), [
    {
      note: 'notes/n.md',
      line: 2,
      column: 2,
      from: 6,
      to: 36,
      syntax: 'markdown',
      target: '../a%20b.png',
      alt: 'Words',
      size: '300',
      title: 'T',
      file: 'a b.png',
      url: null,
      needsAlt: false,
    },
    {
      note: 'notes/n.md',
      line: 3,
      column: 1,
      from: 38,
      to: 68,
      syntax: 'markdown',
      target: 'https://example.org/x.png',
      alt: '',
      size: null,
      title: null,
      file: null,
      url: 'https://example.org/x.png',
      needsAlt: true,
    },
  ]);
});

test('reports missing alt text and files with check, and prints nothing otherwise', async (t) => {
  const vault = scratch(t);
  writeFileSync(join(vault, 'a.png'), '');
  writeFileSync(join(vault, 'bad.md'), '![](a.png)\n\n![image](a.png)\n\n![Good words](b.png)\n');
  writeFileSync(join(vault, 'good.md'), '![A red square](a.png)\n');
  const bad = await notesight(['check', join(vault, 'bad.md'), '--json']);
  assert.equal(bad.code, 1);
  assert.deepEqual(
    rows(bad).map(({ line, problem }) => [line, problem]),
    [
      [1, 'missing-alt'],
      [3, 'useless-alt'],
      [5, 'missing-file'],
    ],
  );
  const good = await notesight(['check', join(vault, 'good.md'), '--json']);
  assert.equal(good.code, 0);
  assert.equal(good.stdout, '');
});

test('shows image support, cloud models and the automatic choice with models', async (t) => {
  const fake = await startFakeOllama({ models: [textOnly, cloud, gemma3, bgeM3] });
  t.after(() => fake.close());
  const run = await notesight(['models', '--host', fake.url]);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^llama3\.2:3b +text-only/m);
  assert.match(run.stdout, /^bge-m3:567m +embedding model/m);
  assert.match(run.stdout, /-cloud +supports images +cloud: images leave this machine/m);
  assert.match(run.stderr, /Automatic choice: gemma3:4b \(the only vision model\)\./);
});

test('shows progress until the model is installed with pull', async (t) => {
  const fake = await startFakeOllama({ library: [{ model: gemma3, layers: [3_000_000] }] });
  t.after(() => fake.close());
  const run = await notesight(['pull', gemma3.name], { env: { OLLAMA_HOST: fake.url } });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /3\/3 MB/);
  assert.match(run.stderr, /Downloaded gemma3:4b\./);
  const failed = await notesight(['pull', 'nope'], { env: { OLLAMA_HOST: fake.url } });
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /Could not download the model nope: .*no such host\./);
});
