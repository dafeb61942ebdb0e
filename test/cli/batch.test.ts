import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test, type TestContext } from 'node:test';
import sharp from 'sharp';
import { gemma3 } from '../fakes/fake-models.ts';
import { type FakeOllama, type FakeOllamaOptions, startFakeOllama } from '../fakes/fake-ollama.ts';
import { CLI, notesight, rows, type Run, type RunOptions, scratch } from './notesight.ts';

const widthOf = (images: readonly Buffer[]): number => images[0]?.readUInt32BE(16) ?? 0;

const answer = ({ images }: { images: readonly Buffer[] }) => ({
  ...{ alt: `Square ${widthOf(images)} wide`, description: '', text: '', tags: [], decorative: false },
});

/** A server whose model identifies squares by their width. */
async function serve(t: TestContext, options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models: [{ ...gemma3, answer }], ...options });
  // It may already be closed.
  t.after(() => fake.close().catch(() => undefined));
  return fake;
}

/** Stops the server when the progress reaches this text. */
function dieAt(fake: FakeOllama, progress: string): RunOptions {
  let isAlive = true;
  return {
    onStderr(text) {
      if (!isAlive || !text.includes(progress)) return;
      isAlive = false;
      void fake.close();
    },
  };
}

/** A vault with notes of three squares each, starting at 40 pixels wide. */
async function vaultOf(t: TestContext, notes: number): Promise<string> {
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  for (let note = 0; note < notes; note++) {
    const widths = [0, 1, 2].map((index) => 40 + note * 3 + index);
    for (const width of widths) {
      const create = { width, height: width, channels: 3 as const, background: '#3a7' };
      writeFileSync(join(vault, `${width}.png`), await sharp({ create }).png().toBuffer());
    }
    writeFileSync(join(vault, `${note}.md`), widths.map((width) => `![[${width}.png]]\n`).join('\n'));
  }
  return vault;
}

const PLUGIN = join('.obsidian', 'plugins', 'notesight');

const textOf = (vault: string, notes: number): string =>
  Array.from({ length: notes }, (_, note) => readFileSync(join(vault, `${note}.md`), 'utf8')).join('\n');

const described = (text: string): number => text.match(/\|Square \d+ wide\]\]/g)?.length ?? 0;

/** The rows printed by `--json`, by status. */
function statuses(run: Run): Record<string, Record<string, unknown>[] | undefined> {
  const names = [...new Set(rows(run).map(({ status }) => String(status)))];
  return Object.fromEntries(names.map((name) => [name, rows(run).filter(({ status }) => status === name)]));
}

/** The number of requests for each image. */
function requests(fake: FakeOllama): number[] {
  const widths = fake.chats.map(({ images }) => widthOf(images));
  return [...new Set(widths)].map((width) => widths.filter((each) => each === width).length);
}

const CRASH = { kind: 'crash', after: 1 } as const;

test('stops a batch once when the server fails, and continues with the same command', async (t) => {
  const fake = await serve(t, { delay: 50 });
  const vault = await vaultOf(t, 4);
  const run = await notesight(
    ['caption', vault, '--write', '--json', '--host', fake.url],
    dieAt(fake, '5/12'),
  );
  assert.equal(run.code, 1, run.stderr);
  const { failed, written = [], stopped = [] } = statuses(run);
  assert.equal(failed, undefined);
  const left = 12 - written.length;
  assert.ok(written.length >= 5 && left > 0, `${written.length} were written`);
  assert.equal(described(textOf(vault, 4)), written.length);
  const [end] = stopped;
  assert.equal(stopped.length, 1);
  assert.deepEqual([end?.['reason'], end?.['done'], end?.['left']], ['server', written.length, left]);
  assert.equal((end?.['error'] as { code: string }).code, 'server_down');
  assert.equal(run.stderr.match(/Can't reach|ollama serve/g)?.length, 2, 'it is said once');
  assert.match(
    run.stderr,
    new RegExp(`after ${written.length} of 12 images\\.[^]* with the remaining ${left}\\.`),
  );

  const again = await serve(t);
  const second = await notesight(['caption', vault, '--write', '--json', '--host', again.url]);
  assert.equal(second.code, 0, second.stderr);
  assert.equal(described(textOf(vault, 4)), 12);
  assert.equal(again.chats.length, left);
});

test('caches answers without --write, too', async (t) => {
  const fake = await serve(t, { delay: 50 });
  const vault = await vaultOf(t, 2);
  const run = await notesight(['caption', vault, '--host', fake.url], dieAt(fake, '2/6'));
  assert.equal(run.code, 1);
  const done = Number(/after (\d+) of 6/.exec(run.stderr)?.[1]);
  assert.ok(done >= 2);
  const again = await serve(t);
  assert.equal((await notesight(['caption', vault, '--host', again.url])).code, 0);
  assert.equal(again.chats.length, 6 - done);
});

test('retries an image when the model crashed once', async (t) => {
  const fake = await serve(t);
  fake.next(CRASH);
  const vault = await vaultOf(t, 1);
  const run = await notesight(['caption', vault, '--write', '--host', fake.url]);
  assert.equal(run.code, 0, run.stderr);
  assert.equal(described(textOf(vault, 1)), 3);
});

for (const kind of ['crash', 'drop'] as const) {
  test(`fails only the image that makes the server fail (${kind}), after two attempts`, async (t) => {
    const bad = 41;
    const fake = await serve(t, {
      models: [
        {
          ...gemma3,
          answer,
          always: ({ images }) => (widthOf(images) === bad ? { kind, after: 0 } : undefined),
        },
      ],
    });
    const vault = await vaultOf(t, 2);
    const run = await notesight(['caption', vault, '--write', '--json', '--host', fake.url]);
    assert.equal(run.code, 1, run.stderr);
    const { failed = [], written = [], stopped } = statuses(run);
    assert.deepEqual(
      failed.map(({ file }) => file),
      [`${bad}.png`],
    );
    assert.equal(written.length, 5);
    assert.equal(stopped, undefined);
    assert.deepEqual(requests(fake).sort(), [1, 1, 1, 1, 1, 2]);
  });
}

test('stops the batch without failed images when the model crashes on every image', async (t) => {
  const fake = await serve(t, { models: [{ ...gemma3, always: CRASH }] });
  const vault = await vaultOf(t, 4);
  const run = await notesight(['caption', vault, '--write', '--json', '--host', fake.url]);
  assert.equal(run.code, 1);
  const { failed, stopped = [] } = statuses(run);
  assert.equal(failed, undefined);
  assert.deepEqual(
    stopped.map(({ reason, done, left }) => [reason, done, left]),
    [['server', 0, 12]],
  );
  assert.ok(fake.chats.length <= 8, `${fake.chats.length} requests`);
});

test('sends each image once in two simultaneous runs, and counts the rest as unchanged', async (t) => {
  const fake = await serve(t, { delay: 100 });
  const vault = await vaultOf(t, 4);
  const args = ['caption', vault, '--write', '--json', '--host', fake.url];
  const runs = await Promise.all([notesight(args), notesight(args)]);
  assert.deepEqual(
    runs.map(({ code }) => code),
    [0, 0],
    runs.map(({ stderr }) => stderr).join('\n'),
  );
  assert.deepEqual(requests(fake), Array<number>(12).fill(1));
  assert.equal(described(textOf(vault, 4)), 12);
  const results = runs.map(statuses);
  assert.equal(results[0]?.['failed'] ?? results[1]?.['failed'], undefined);
  const count = (status: string) => results.reduce((sum, each) => sum + (each[status]?.length ?? 0), 0);
  assert.deepEqual([count('written'), count('kept')], [12, 12]);
});

test('does not block other runs after a kill, and reuses received answers', async (t) => {
  const fake = await serve(t, { delay: 150 });
  const vault = await vaultOf(t, 3);
  const args = ['caption', vault, '--write', '--host', fake.url];
  const [killed, other] = await Promise.all([
    notesight(args, {
      onStderr: (text, stop) => {
        if (text.includes('3/9')) stop('SIGKILL');
      },
    }),
    notesight(args),
  ]);
  assert.equal(killed.signal ?? other.signal, 'SIGKILL');
  assert.equal(other.code, 0, other.stderr);
  assert.equal(described(textOf(vault, 3)), 9);
  // The one in flight when it was killed.
  assert.ok(fake.chats.length <= 10, `${fake.chats.length} requests for 9 images`);
});

test('stops the batch once on a full disk, names the file and keeps the notes intact', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t, 2);
  mkdirSync(join(vault, PLUGIN), { recursive: true });
  for (const name of ['captions.jsonl', 'journal.jsonl']) {
    const copy = join(scratch(t), 'vault');
    cpSync(vault, copy, { recursive: true });
    const before = textOf(copy, 2);
    symlinkSync('/dev/full', join(copy, PLUGIN, name));
    const run = await notesight(['caption', copy, '--write', '--json', '--host', fake.url]);
    assert.equal(run.code, 1, run.stderr);
    const { failed, stopped = [] } = statuses(run);
    assert.equal(failed, undefined);
    assert.equal(stopped.length, 1);
    const [end] = stopped;
    assert.deepEqual([end?.['reason'], end?.['done'], end?.['left']], ['storage', 0, 6]);
    assert.match((end?.['error'] as { message: string }).message, new RegExp(`disk is full.*${name}`));
    assert.equal(run.stderr.match(/disk is full/g)?.length, 1);
    assert.equal(textOf(copy, 2), before);
  }
});

/** Runs a script with its own mounts. */
async function shell(
  script: string,
  env: Record<string, string>,
): Promise<{ stdout: string; stderr: string }> {
  const child = spawn('unshare', ['-m', 'sh', '-c', script], { env: { ...process.env, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await once(child, 'close');
  return { stdout, stderr };
}

const mayMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

test('names a note that does not fit on the disk and keeps it intact', { skip: !mayMount }, async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t, 1);
  const folder = scratch(t);
  const size = 256 * 1024;
  const note = `${textOf(vault, 1)}\n${'x'.repeat(150_000)}\n`;
  writeFileSync(join(vault, '0.md'), note);
  const data = scratch(t);
  // The disk has room for the note once, but not for a second copy.
  const script = `
    mount -t tmpfs -o size=${size} none "${folder}" && rm -r "${vault}/.obsidian" && cp -r "${vault}/." "${folder}" || exit 9
    "${process.execPath}" "${CLI}" caption "${folder}" --vault "${folder}" --write --json --host ${fake.url}
    echo "$?" > "${data}/code"
    cp "${folder}/0.md" "${data}/0.md"
    ls -A "${folder}" > "${data}/files"`;
  const { stdout, stderr } = await shell(script, { NOTESIGHT_DATA: data });
  assert.equal(readFileSync(join(data, 'code'), 'utf8'), '1\n', stderr);
  const events = rows({ code: 1, signal: null, stdout, stderr });
  assert.deepEqual(
    events.map(({ status, left }) => [status, left]),
    [['stopped', 3]],
  );
  assert.match((events[0]?.['error'] as { message: string }).message, /disk is full.* 0\.md/);
  assert.equal(readFileSync(join(data, '0.md'), 'utf8'), note);
  assert.doesNotMatch(readFileSync(join(data, 'files'), 'utf8'), /tmp/);
});
