import assert from 'node:assert/strict';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bgeM3, gemma3 } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { copyOf, notesight, rows, SAMPLES } from './notesight.ts';

test('finds images by description, file name and nearby text', async (t) => {
  const vault = copyOf(t, SAMPLES);
  const note = join(vault, 'Lecture notes (en).md');
  const before = await notesight(['find', vault, 'lighthouse', '--vault', vault]);
  assert.equal(before.code, 1, before.stdout);
  assert.equal(before.stdout, '');
  assert.match(
    before.stderr,
    /^No images found\.\n\d+ of \d+ images not described yet: .*Run `notesight caption` to describe those that need alt text\.\n$/,
  );
  const byName = await notesight(['find', vault, 'loss curve', '--vault', vault, '--json']);
  assert.equal(byName.code, 0);
  assert.match(String(rows(byName)[0]?.['file']), /Loss curve\.png$/);

  const told = {
    alt: 'A lighthouse',
    description: 'It stands on a reef.',
    text: 'Überblick',
    tags: ['sea'],
    decorative: false,
  };
  const fake = await startFakeOllama({ models: [{ ...gemma3, answer: () => told }] });
  t.after(() => fake.close());
  const captioned = await notesight(['caption', note, '--vault', vault, '--write'], {
    env: { OLLAMA_HOST: fake.url },
  });
  assert.equal(captioned.code, 0, captioned.stderr);
  for (const words of ['lighthouse', 'lighthuose', 'reef light', 'uberblick', 'sea']) {
    const run = await notesight(['find', note, words, '--vault', vault, '--json']);
    assert.equal(run.code, 0, `${words} ${run.stderr}`);
    const [first] = rows(run);
    assert.equal(first?.['description'], told.description);
    assert.deepEqual([first['note'], typeof first['line']], ['Lecture notes (en).md', 'number']);
  }
  const human = await notesight(['find', note, 'reef', '--vault', vault, '--limit', '1']);
  assert.match(
    human.stdout,
    /^Lecture notes \(en\)\.md:\d+ {2}attachments\/\S.*\.png {2}.*It stands on a reef\.\n$/,
  );
  assert.equal(human.stdout.split('\n').length, 2);
});

test('finds images by meaning in any language with an embedding model, otherwise by text', async (t) => {
  const vault = copyOf(t, SAMPLES);
  const note = join(vault, 'Lecture notes (en).md');
  const told = { alt: 'A lighthouse', description: 'It stands.', text: '', tags: [], decorative: false };
  const fake = await startFakeOllama({ models: [{ ...gemma3, answer: () => told }, bgeM3] });
  t.after(() => fake.close());
  const env = { OLLAMA_HOST: fake.url };
  await notesight(['caption', note, '--vault', vault, '--write', '--replace'], { env });
  const embeds = () => fake.seen.filter(({ path }) => path === '/api/embed').length;

  const find = (...more: string[]) =>
    notesight(['find', note, 'der Leuchtturm', '--vault', vault, '--json', ...more], { env });
  const found = await find();
  assert.equal(found.code, 0, found.stderr);
  assert.equal(rows(found)[0]?.['alt'], 'A lighthouse');
  assert.match(found.stderr, /^0\/\d+ images indexed for search by meaning \(bge-m3:567m\)$/m);
  assert.equal(embeds(), 2);
  assert.ok(
    readFileSync(join(vault, '.obsidian/plugins/notesight/vectors.jsonl'), 'utf8').startsWith('{"v":1'),
  );
  assert.equal((await find()).stdout, found.stdout);
  assert.equal(embeds(), 3, 'only the query is read again');

  env.OLLAMA_HOST = 'http://127.0.0.1:1';
  const down = await find();
  assert.equal(down.code, 1);
  assert.equal(down.stderr, 'No images found.\n');
  const named = await find('--host', env.OLLAMA_HOST);
  assert.equal(named.code, 1);
  assert.match(named.stderr, /^Searching by keyword only\. .*127\.0\.0\.1/);
});

test('reports wrong use', async (t) => {
  const vault = copyOf(t, SAMPLES);
  assert.equal((await notesight(['find', vault])).code, 2);
  assert.equal((await notesight(['find', vault, 'x', '--limit', '0'])).code, 2);
  renameSync(join(vault, 'Start here.md'), join(vault, 'gone.md'));
  assert.equal((await notesight(['find', join(vault, 'Start here.md'), 'x', '--vault', vault])).code, 2);
});
