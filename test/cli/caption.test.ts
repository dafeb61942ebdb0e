import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import sharp from 'sharp';
import { gemma3, textOnly } from '../fakes/fake-models.ts';
import type { FakeOllama, FakeOllamaOptions } from '../fakes/fake-ollama.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { copyOf, filesOf, notesight, rows, SAMPLES, scratch } from './notesight.ts';

/** A server whose model identifies images by their bytes. */
async function serve(t: TestContext, options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models: [{ ...gemma3, answer: describeByBytes }], ...options });
  t.after(() => fake.close());
  return fake;
}

const describeByBytes = ({ images }: { images: readonly Buffer[] }) => ({
  alt: `A square of ${images[0]?.length ?? 0} bytes`,
  description: 'It was made by a test.',
  text: '',
  tags: ['test'],
  decorative: false,
});

/** Notes of the samples with every syntax, without the large slides, whose text takes long to recognize. */
const VARIED_NOTES = ['Syntax zoo.md', 'Inbox/2026-11-03 Team meeting.md', 'Inbox/From the phone.md'];

/** A vault with a note of this many different images. */
async function vaultOf(t: TestContext, images: number): Promise<string> {
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  const lines = ['# Colors', ''];
  for (let index = 0; index < images; index++) {
    const png = await sharp({
      create: { width: 64, height: 64, channels: 3, background: { r: index * 5, g: 90, b: 120 } },
    })
      .png()
      .toBuffer();
    writeFileSync(join(vault, `${index}.png`), png);
    lines.push(`![[${index}.png]]`, '');
  }
  writeFileSync(join(vault, 'colors.md'), lines.join('\n'));
  return vault;
}

test('prints a unified diff and changes no note without --write', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t, 2);
  const before = filesOf(vault);
  const run = await notesight(['caption', vault], { env: { OLLAMA_HOST: fake.url } });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^--- a\/colors\.md\n\+\+\+ b\/colors\.md\n@@ /);
  assert.match(run.stdout, /^-!\[\[0\.png\]\]\n\+!\[\[0\.png\|A square of \d+ bytes\]\]$/m);
  assert.match(run.stderr, /Using gemma3:4b \(the only vision model\)/);
  assert.deepEqual(filesOf(vault), before);
});

test('writes alt text once with --write, and undo restores every byte', async (t) => {
  const fake = await serve(t);
  const vault = copyOf(t, SAMPLES);
  const before = filesOf(vault);
  const env = { OLLAMA_HOST: fake.url };

  // The model answers only in English.
  const args = ['caption', vault, '--write', '--language', 'en', '--json'];
  const first = await notesight(args, { env });
  const written = rows(first).filter(({ status }) => status === 'written');
  assert.ok(written.length > 50, `${written.length} images were written`);
  assert.ok(
    written.every(({ alt, engine }) => /^A square of \d+ bytes$/.test(String(alt)) && engine === 'ollama'),
  );
  const after = filesOf(vault);
  assert.notDeepEqual(after, before);

  const asked = fake.chats.length;
  const second = await notesight(args, { env });
  assert.deepEqual(
    rows(second).filter(({ status }) => status === 'written'),
    [],
  );
  assert.equal(fake.chats.length, asked);
  assert.deepEqual(filesOf(vault), after);

  const undo = await notesight(['undo', '--vault', vault]);
  assert.equal(undo.code, 0, undo.stderr);
  assert.deepEqual(filesOf(vault), before);
});

for (const style of ['below', 'callout']) {
  test(`writes the style ${style} once and undoes it completely`, async (t) => {
    const fake = await serve(t);
    const vault = copyOf(t, SAMPLES);
    const before = filesOf(vault);
    const env = { OLLAMA_HOST: fake.url };
    const notes = VARIED_NOTES.map((note) => join(vault, note));
    await notesight(['caption', ...notes, '--write', '--style', style], { env });
    const after = filesOf(vault);
    assert.notDeepEqual(after, before);
    await notesight(['caption', ...notes, '--write', '--style', style], { env });
    assert.deepEqual(filesOf(vault), after);
    await notesight(['undo', '--vault', vault]);
    assert.deepEqual(filesOf(vault), before);
  });
}

test('reports broken and missing images with a code and continues', async (t) => {
  const fake = await serve(t);
  const vault = copyOf(t, SAMPLES);
  const notes = [...VARIED_NOTES, 'Reiseplan Leipzig.md'].map((note) => join(vault, note));
  const run = await notesight(['caption', ...notes, '--json'], { env: { OLLAMA_HOST: fake.url } });
  assert.equal(run.code, 1);
  const failed = rows(run)
    .filter(({ status }) => status === 'failed')
    .map(({ file, error }) => `${String(file)} ${(error as { code: string }).code}`);
  for (const expected of [
    'attachments/trip/IMG_2044.png image_unreadable',
    'Inbox/img/whiteboard.png image_unreadable',
    'null image_missing',
    'null image_outside_vault',
  ]) {
    assert.ok(failed.includes(expected), `${expected} in ${failed.join(', ')}`);
  }
  assert.ok(rows(run).some(({ status }) => status === 'planned'));
});

test('keeps alt text written by the user unless --replace is set', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t, 1);
  const note = join(vault, 'colors.md');
  writeFileSync(note, '![[0.png|My own words|200]]');
  const env = { OLLAMA_HOST: fake.url };
  assert.equal(
    rows(await notesight(['caption', vault, '--write', '--json'], { env }))[0]?.['status'],
    'kept',
  );
  assert.equal(readFileSync(note, 'utf8'), '![[0.png|My own words|200]]');
  await notesight(['caption', vault, '--write', '--replace'], { env });
  assert.match(readFileSync(note, 'utf8'), /^!\[\[0\.png\|A square of \d+ bytes\|200\]\]$/);
});

test("keeps the user's concurrent edits and adds the alt text", async (t) => {
  const vault = await vaultOf(t, 1);
  const note = join(vault, 'colors.md');
  const fake = await serve(t, {
    models: [
      {
        ...gemma3,
        answer: (call) => {
          writeFileSync(note, `A line typed meanwhile\n\n${readFileSync(note, 'utf8')}`);
          return describeByBytes(call);
        },
      },
    ],
  });
  const run = await notesight(['caption', vault, '--write'], { env: { OLLAMA_HOST: fake.url } });
  assert.equal(run.code, 0, run.stderr);
  assert.match(
    readFileSync(note, 'utf8'),
    /^A line typed meanwhile\n\n# Colors\n\n!\[\[0\.png\|A square of \d+ bytes\]\]/,
  );
});

test('sends an image once, however many embeds and names it has', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t, 1);
  writeFileSync(join(vault, 'copy.png'), readFileSync(join(vault, '0.png')));
  writeFileSync(join(vault, 'colors.md'), '![[0.png]] ![[copy.png]]\n\n![](0.png)\n');
  await notesight(['caption', vault, '--write', '--concurrency', '4'], { env: { OLLAMA_HOST: fake.url } });
  assert.equal(fake.chats.length, 1);
  assert.equal(readFileSync(join(vault, 'colors.md'), 'utf8').match(/A square of/g)?.length, 3);
});

test('writes received answers on Ctrl-C and requests only the rest next time', async (t) => {
  const fake = await serve(t, { delay: 60 });
  const vault = await vaultOf(t, 12);
  const env = { OLLAMA_HOST: fake.url };
  const stopped = await notesight(['caption', vault, '--write'], {
    env,
    onStderr: (text, stop) => {
      if (text.includes('3/12')) stop('SIGINT');
    },
  });
  assert.equal(stopped.code, 130, stopped.stderr);
  assert.match(stopped.stderr, /Updated \d+ images\./);
  const words = () => readFileSync(join(vault, 'colors.md'), 'utf8').match(/A square of/g)?.length ?? 0;
  assert.ok(words() >= 3 && words() < 12, `${words()} were written`);

  const before = fake.chats.length;
  const again = await notesight(['caption', vault, '--write'], { env });
  assert.equal(again.code, 0, again.stderr);
  assert.equal(words(), 12);
  // The one in flight when it was stopped is requested again.
  assert.ok(fake.chats.length <= before + 12 - 3);
});

test('continues after repeated kills without requesting known answers', async (t) => {
  const images = 16;
  const fake = await serve(t, { delay: 25 });
  const vault = await vaultOf(t, images);
  const env = { OLLAMA_HOST: fake.url };
  let kills = 0;
  for (;;) {
    const after = 1 + ((kills * 7) % 5);
    const run = await notesight(['caption', vault, '--write'], {
      env,
      onStderr: (text, stop) => {
        if (kills < 6 && text.split('\n').filter((line) => /^\d+\/\d+ /.test(line)).length >= after)
          stop('SIGKILL');
      },
    });
    if (run.signal === null) {
      assert.equal(run.code, 0, run.stderr);
      break;
    }
    kills++;
    const note = readFileSync(join(vault, 'colors.md'), 'utf8');
    assert.ok(note.startsWith('# Colors\n\n![[0.png') && note.endsWith(']]\n'), 'the note is whole');
  }
  assert.equal(kills, 6);
  assert.equal(readFileSync(join(vault, 'colors.md'), 'utf8').match(/A square of/g)?.length, images);
  // Per kill, at most the one in flight and the one before it, whose line was not yet written.
  assert.ok(fake.chats.length <= images + 2 * kills, `${fake.chats.length} questions for ${images} images`);
});

test('fails the rest immediately, with what to do, when the server goes away', async (t) => {
  const vault = await vaultOf(t, 3);
  const fake = await serve(t);
  const run = await notesight(['caption', vault, '--host', 'http://127.0.0.1:1', '--json'], {
    env: { OLLAMA_HOST: fake.url },
  });
  assert.equal(run.code, 1);
  assert.match(
    run.stderr,
    /Can't reach the server at http:\/\/127\.0\.0\.1:1\. Start the server, or set --host/,
  );
  assert.equal(fake.chats.length, 0);
});

test('reads the text of slides with the embedded engine when there is no Ollama, and prints why', async (t) => {
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  cpSync(join(SAMPLES, 'attachments'), join(vault, 'attachments'), { recursive: true });
  writeFileSync(
    join(vault, 'n.md'),
    '![](attachments/gradient-descent.png)\n\n![](attachments/divider.png)\n',
  );
  const run = await notesight(['caption', vault, '--write', '--json']);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /Using the embedded engine: text recognition .*Can't reach/);
  assert.deepEqual(
    rows(run).map(({ status, engine }) => [status, engine]),
    [
      ['written', 'embedded'],
      ['skipped', 'embedded'],
    ],
  );
  assert.match(
    readFileSync(join(vault, 'n.md'), 'utf8'),
    /^!\[Slide: Gradient descent; [^\]]+…\]\(attachments/,
  );
});

test('lists the objects in a photo', async (t) => {
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  cpSync(new URL('../fixtures/photos/astronaut.jpg', import.meta.url), join(vault, 'a.jpg'));
  writeFileSync(join(vault, 'n.md'), 'Die erste Frau, die ein Spaceshuttle flog.\n\n![](a.jpg)\n');
  const run = await notesight(['caption', vault, '--write', '--engine', 'embedded', '--language', 'de']);
  assert.equal(run.code, 0, run.stderr);
  assert.match(readFileSync(join(vault, 'n.md'), 'utf8'), /^!\[Foto: eine Person[^\]]*\]\(a\.jpg\)$/m);
});

test('writes from local detections when the model is text-only', async (t) => {
  const answer = {
    alt: 'A slide on gradient descent',
    description: '',
    text: '',
    tags: [],
    decorative: false,
  };
  const fake = await serve(t, { models: [{ ...textOnly, answer: () => answer }] });
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  cpSync(join(SAMPLES, 'attachments', 'gradient-descent.png'), join(vault, 'g.png'));
  writeFileSync(join(vault, 'n.md'), '![](g.png)\n');
  for (const named of [[], ['--model', textOnly.name]]) {
    const run = await notesight(['caption', vault, '--json', '--no-cache', ...named], {
      env: { OLLAMA_HOST: fake.url },
    });
    assert.equal(run.code, 0, run.stderr);
    assert.match(
      run.stderr,
      /(?:no vision model|doesn't support images)\..* writes alt text from the text and objects recognized on this machine/,
    );
    assert.deepEqual(
      rows(run).map(({ status, alt, engine }) => [status, alt, engine]),
      [['planned', 'A slide on gradient descent', 'ollama']],
    );
  }
  assert.equal(fake.chats.length, 2);
  assert.ok(fake.chats.every(({ images, text }) => images.length === 0 && text.includes('Gradient descent')));
});

for (const style of ['alt', 'below', 'callout']) {
  test(`replaces recognized alt text, unless edited, once a vision model is available (${style})`, async (t) => {
    const fake = await serve(t);
    const words = { alt: 'Told of a slide', description: '', text: '', tags: [], decorative: false };
    const blind = await serve(t, { models: [{ ...textOnly, answer: () => words }] });
    const vault = scratch(t);
    mkdirSync(join(vault, '.obsidian'));
    const note = join(vault, 'n.md');
    for (const name of ['gradient-descent', 'learning-rates'])
      cpSync(join(SAMPLES, 'attachments', `${name}.png`), join(vault, `${name}.png`));
    writeFileSync(note, '![](gradient-descent.png)\n\nText\n\n![](learning-rates.png)\n');
    const args = ['caption', vault, '--write', '--style', style];
    assert.equal((await notesight([...args, '--engine', 'embedded'])).code, 0);
    const read = readFileSync(note, 'utf8').replaceAll('Slide: Choosing', 'My slide: choosing');
    assert.match(read, /!\[Slide: Gradient.*My slide: choosing/s);
    writeFileSync(note, read);

    assert.equal((await notesight([...args, '--engine', 'embedded'])).code, 0);
    assert.equal(readFileSync(note, 'utf8'), read, 'the same engine has nothing better to say');
    for (const [server, alt] of [
      [blind, 'Told of a slide'],
      [blind, null],
      [fake, 'A square of \\d+ bytes'],
    ] as const) {
      const run = await notesight([...args, '--json'], { env: { OLLAMA_HOST: server.url } });
      assert.deepEqual(
        rows(run).map(({ status }) => status),
        [alt === null ? 'kept' : 'written', 'kept'],
      );
      if (alt !== null) assert.match(readFileSync(note, 'utf8'), new RegExp(`!\\[${alt}\\]\\(gradient`));
    }
    const told = await notesight([...args, '--json'], { env: { OLLAMA_HOST: blind.url } });
    assert.deepEqual(
      rows(told).map(({ status }) => status),
      ['kept', 'kept'],
      'who can not see has nothing better to say',
    );
    const described = readFileSync(note, 'utf8');
    assert.doesNotMatch(described, /Slide: Gradient|Told of/);
    assert.match(described, /!\[A square of \d+ bytes\]\(gradient-descent\.png\)/);
    assert.match(described, /!\[My slide: choosing/);
    const again = await notesight([...args, '--json'], { env: { OLLAMA_HOST: fake.url } });
    assert.deepEqual(
      rows(again).map(({ status }) => status),
      ['kept', 'kept'],
    );
  });
}

test('returns exit code 2 with a hint on wrong use', async () => {
  for (const args of [
    ['caption'],
    ['caption', 'nowhere/at/all'],
    ['caption', '.', '--style', 'loud'],
    ['caption', '.', '--concurrency', '0'],
    ['caption', '.', '--language', 'Russian'],
    ['dance'],
  ]) {
    const run = await notesight(args);
    assert.equal(run.code, 2, `${args.join(' ')}: ${run.stderr}`);
    assert.notEqual(run.stderr, '');
  }
});

test('reports an incomplete image when its file is truncated, also from the log', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t, 1);
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const photo = await sharp({ create: { width: 200, height: 100, channels: 3, background: '#888', noise } })
    .jpeg()
    .toBuffer();
  writeFileSync(join(vault, 'cut.jpg'), photo.subarray(0, photo.length * 0.8));
  writeFileSync(join(vault, 'little.jpg'), photo.subarray(0, photo.length * 0.2));
  writeFileSync(join(vault, 'empty.png'), '');
  writeFileSync(
    join(vault, 'clear.gif'),
    Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  );
  writeFileSync(
    join(vault, 'colors.md'),
    ['0.png', 'cut.jpg', 'little.jpg', 'empty.png', 'clear.gif'].map((file) => `![](${file})`).join('\n\n'),
  );
  const env = { OLLAMA_HOST: fake.url };
  const said = await notesight(['caption', vault], { env });
  assert.match(said.stderr, /colors\.md: cut\.jpg is incomplete/);
  assert.match(said.stderr, /little\.jpg is incomplete: most of it is missing/);
  assert.match(said.stderr, /The file empty\.png is empty/);
  assert.equal(said.code, 1);
  const run = await notesight(['caption', vault, '--json'], { env });
  assert.deepEqual(
    rows(run).map(({ file, status, cached, incomplete }) => [file, status, cached, incomplete]),
    [
      ['0.png', 'planned', true, undefined],
      ['cut.jpg', 'planned', true, true],
      ['little.jpg', 'failed', false, undefined],
      ['empty.png', 'failed', false, undefined],
      ['clear.gif', 'skipped', false, undefined],
    ],
  );
});

test('stops a batch without failed images after two answers that no image arrived', async (t) => {
  const blind = {
    alt: "I'm sorry, but I can't see any image. Please upload it.",
    description: '',
    text: '',
    tags: [],
    decorative: false,
  };
  const fake = await serve(t, { models: [{ ...gemma3, answer: () => blind }] });
  const vault = await vaultOf(t, 8);
  const before = filesOf(vault);
  const run = await notesight(['caption', vault, '--write', '--json'], { env: { OLLAMA_HOST: fake.url } });
  assert.equal(run.code, 1, run.stderr);
  assert.deepEqual(
    rows(run).map(({ status, left }) => (left === undefined ? status : [status, left])),
    ['failed', ['stopped', 7]],
  );
  assert.match(run.stderr, /did not receive the images? or doesn't support images/);
  assert.ok(fake.chats.length <= 3, `${fake.chats.length} requests`);
  assert.deepEqual(filesOf(vault), before);
});

test('continues the batch when a good answer comes between two that no image arrived', async (t) => {
  let asked = 0;
  const answer = (call: { images: readonly Buffer[] }) => {
    const good = describeByBytes(call);
    return asked++ % 2 === 0 ? { ...good, alt: 'No image provided.' } : good;
  };
  const fake = await serve(t, { models: [{ ...gemma3, answer }] });
  const vault = await vaultOf(t, 4);
  const run = await notesight(['caption', vault, '--write', '--json'], { env: { OLLAMA_HOST: fake.url } });
  assert.deepEqual(
    rows(run)
      .map(({ status }) => String(status))
      .sort(),
    ['failed', 'failed', 'written', 'written'],
  );
});

test('lists text in the wrong language without writing or caching it', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t, 1);
  const before = filesOf(vault);
  const args = ['caption', vault, '--write', '--language', 'ru'];
  const run = await notesight([...args, '--json'], { env: { OLLAMA_HOST: fake.url } });
  assert.equal(run.code, 1, run.stderr);
  const [row] = rows(run);
  assert.deepEqual(
    [row?.['status'], (row?.['error'] as { code: string }).code],
    ['failed', 'wrong_language'],
  );
  assert.match(String(row?.['alt']), /^A square of/);
  const again = await notesight(args, { env: { OLLAMA_HOST: fake.url } });
  assert.match(again.stderr, /colors\.md: The model did not answer in Russian\./);
  assert.equal(fake.chats.length, 4);
  assert.deepEqual(
    Object.keys(filesOf(vault)).filter((path) => path.endsWith('.md')),
    Object.keys(before).filter((path) => path.endsWith('.md')),
  );
  assert.equal(readFileSync(join(vault, 'colors.md'), 'utf8').includes('square'), false);
});

test('never writes a placeholder, which the next run would replace again', async (t) => {
  const fake = await serve(t, {
    models: [{ ...gemma3, answer: () => ({ ...describeByBytes({ images: [] }), alt: '0.png' }) }],
  });
  const vault = await vaultOf(t, 1);
  const before = readFileSync(join(vault, 'colors.md'), 'utf8');
  const run = await notesight(['caption', vault, '--write'], { env: { OLLAMA_HOST: fake.url } });
  assert.equal(run.code, 1);
  assert.match(run.stderr, /Updated 0 images\. 0 unchanged, 1 failed\./);
  assert.equal(readFileSync(join(vault, 'colors.md'), 'utf8'), before);
});

test('describes images with the prompt of a file, apart from cached answers', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t, 1);
  const env = { OLLAMA_HOST: fake.url };
  writeFileSync(join(vault, 'prompt.txt'), 'Name the color in {{heading}}.\n');
  await notesight(['caption', vault], { env });
  const own = await notesight(['caption', vault, '--prompt', join(vault, 'prompt.txt')], { env });
  assert.equal(own.code, 0, own.stderr);
  assert.equal(fake.chats.length, 2);
  assert.match(
    fake.chats[1]?.messages.at(-1)?.content ?? '',
    /For the alt text, the owner of the notes asks:\nName the color in <heading>Colors<\/heading>\./,
  );
});

test('says what is wrong with a prompt', async (t) => {
  const vault = await vaultOf(t, 1);
  writeFileSync(join(vault, 'prompt.txt'), 'About {{title}}');
  const bad = await notesight(['caption', vault, '--prompt', join(vault, 'prompt.txt')]);
  assert.equal(bad.code, 2, bad.stderr);
  assert.match(bad.stderr, /prompt\.txt: \{\{title\}\} isn't available in this prompt/);
  const none = await notesight(['caption', vault, '--prompt', 'table']);
  assert.equal(none.code, 2);
  assert.match(none.stderr, /neither a readable text file nor a built-in prompt: accessible/);
});
