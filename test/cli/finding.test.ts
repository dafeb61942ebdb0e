import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { gemma3 } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { writeFiles } from '../write-files.ts';
import { notesight, rows, scratch } from './notesight.ts';

test('checks files of hidden folders, of sites and of a note with its own root', async (t) => {
  const root = scratch(t);
  writeFiles(root, {
    'README.md': '![A kite](.github/l.png) ![A kite](/.attachments/i.png) ![A kite](node_modules/p/x.png)\n',
    '.github/l.png': '',
    '.attachments/i.png': '',
    'node_modules/p/x.png': '',
    'content/a.md': '![A kite](/img/h.png) ![A kite](/hero.png)\n',
    'static/img/h.png': '',
    '.vuepress/public/hero.png': '',
    'sub/post/t.md': '---\ntypora-root-url: ..\n---\n\n![A kite](/pics/x.png)\n',
    'sub/pics/x.png': '',
    'docs/b.mdx': '<img alt="A kite" src={require("./none.png")} />\n\n![A kite](@site/static/img/h.png)\n',
  });
  const run = await notesight(['check', root]);
  assert.deepEqual([run.stdout, run.stderr, run.code], ['', 'Checked 8 images. No problems found.\n', 0]);

  // Obsidian ignores hidden folders.
  mkdirSync(join(root, '.obsidian'));
  const inObsidian = await notesight(['check', join(root, 'README.md'), '--json']);
  assert.equal(inObsidian.code, 1);
  assert.deepEqual(
    rows(inObsidian).map(({ problem }) => problem),
    ['missing-file', 'missing-file', 'missing-file'],
  );
});

test('ignores embeds of notes and pages, and reports a missing image', async (t) => {
  const root = scratch(t);
  writeFiles(root, {
    'Some note.md': '',
    'a.md':
      '![](Some%20note#Heading) ![](Not%20yet) ![](https://youtu.be/abc) ![](#Top) ![[Note]] ![](data.csv)\n' +
      '![[missing.png]]\n',
  });
  const run = await notesight(['check', root]);
  assert.equal(
    run.stdout,
    'a.md:2:1  image file not found: missing.png\na.md:2:1  missing alt text: missing.png\n',
  );
  assert.equal(run.stderr, 'Checked 1 image. Found 2 problems.\n');
});

test('reports a folder without notes, otherwise the skipped documents', async (t) => {
  const root = scratch(t);
  writeFiles(root, { 'docs/a.rst': '', 'docs/b.txt': '', 'notes/a.md': '', 'notes/b.ipynb': '' });
  const none = await notesight(['check', join(root, 'docs')]);
  assert.match(none.stderr, /^No Markdown notes in .*docs\. Other files: \.rst \(1\), \.txt \(1\)\.\n/);
  assert.equal(none.code, 0);
  const some = await notesight(['check', join(root, 'notes')]);
  assert.match(some.stderr, /^Skipped 1 file that is not Markdown: \.ipynb \(1\)\.\n/);
});

test('captions images in data URIs once, undoes them and never prints them in full', async (t) => {
  const fake = await startFakeOllama({
    models: [
      {
        ...gemma3,
        answer: ({ images }) => ({
          alt: `A square of ${images[0]?.length ?? 0} bytes`,
          description: '',
          text: '',
          tags: [],
          decorative: false,
        }),
      },
    ],
  });
  t.after(() => fake.close());
  const root = scratch(t);
  const noise = Buffer.from(Array.from({ length: 200 * 200 * 3 }, (_, at) => (at * 2654435761) >>> 24));
  const png = await sharp(noise, { raw: { width: 200, height: 200, channels: 3 } })
    .png()
    .toBuffer();
  const uri = `data:image/png;base64,${png.toString('base64')}`;
  const svg = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="60" height="60" fill="#f00"/></svg>')}`;
  const before =
    `![][image1]\n\n![](${uri})\n\n<img src="${svg}">\n\n![A broken one](data:image/png;base64,%%%)\n\n` +
    `![](data:image/png;base64,a)\n\n[image1]: <${uri}>\n`;
  const note = join(root, 'gdoc.md');
  writeFileSync(note, before);
  const env = { OLLAMA_HOST: fake.url, NOTESIGHT_DATA: join(root, '.data') };

  for (const command of ['check', 'images']) {
    for (const args of [[], ['--json']]) {
      const run = await notesight([command, note, ...args], { env });
      assert.ok(run.stdout.length < 3000, `${command} ${args.join('')}: ${run.stdout.length}`);
      assert.match(run.stdout, /data:image\/png, \d+ kB/);
    }
  }

  const planned = await notesight(['caption', note], { env });
  assert.match(planned.stderr, /^Found 5 images in 1 note, 4 to describe\.$/m);
  assert.match(planned.stderr, /^3 planned \(--write to save\), 1 unchanged, 1 failed\.$/m);
  assert.match(planned.stderr, /data: URI is broken/);
  assert.match(planned.stdout, /^\+!\[A square of \d+ bytes\]\[image1\]$/m);
  assert.match(planned.stdout, /^\+!\[A square of \d+ bytes\]\(data:image\/png, \d+ kB\)$/m);
  assert.ok(planned.stdout.length < 3000);
  // Files with identical bytes are one image.
  assert.equal(fake.chats.length, 2);

  const written = await notesight(['caption', note, '--write', '--json'], { env });
  assert.equal(fake.chats.length, 2);
  assert.ok(rows(written).every(({ file }) => JSON.stringify(file).length < 80));
  assert.equal(
    rows(written).filter(({ status, cached }) => status === 'written' && cached === true).length,
    3,
  );
  const after = readFileSync(note, 'utf8');
  assert.equal(after.replace(/A square of \d+ bytes/g, '').replace(' alt=""', ''), before);
  const kept = readdirSync(join(root, '.data'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('captions.jsonl'))
    .map((name) => readFileSync(join(root, '.data', name), 'utf8'));
  assert.equal(kept.length, 1);
  assert.ok(kept[0] !== undefined && kept[0].length < 5000);

  const undone = await notesight(['undo', '--vault', root], { env });
  assert.equal(undone.code, 0, undone.stderr);
  assert.equal(readFileSync(note, 'utf8'), before);
});
