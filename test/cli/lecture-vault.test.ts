import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FINE_DETAIL, lostDetail, measuredSize } from '../../src/core/image/lost-detail.ts';
import { createSharpCodec } from '../../src/node/sharp-codec.ts';
import { gemma3 } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { copyOf, filesOf, notesight, rows } from './notesight.ts';

/** A real note with 28 slides; not part of the project, because it may not be redistributed. */
const LECTURE = fileURLToPath(new URL('../../../shared/lecture-vault', import.meta.url));
const SLIDES = 28;
const skip = existsSync(LECTURE) ? false : 'the lecture notes are not beside the project';

const withoutAltTexts = (markdown: string) => markdown.replace(/!\[(?:[^\]\\]|\\.)*\]\(/g, '![](');

for (const engine of ['ollama', 'embedded']) {
  test(
    `writes alt text for every slide of a lecture and changes nothing else with engine ${engine}`,
    { skip },
    async (t) => {
      const fake = await startFakeOllama({
        models: [
          { ...gemma3, answer: ({ images }) => ({ alt: `Слайд ${images[0]?.length ?? 0}`, tags: [] }) },
        ],
      });
      t.after(() => fake.close());
      const env = { OLLAMA_HOST: fake.url };
      const vault = copyOf(t, LECTURE);
      const before = filesOf(vault);
      const caption = () =>
        notesight(
          ['caption', join(vault, 'notes'), '--vault', vault, '--write', '--json', '--engine', engine],
          { env },
        );

      const first = await caption();
      assert.equal(first.code, 0, first.stderr);
      assert.deepEqual(
        rows(first).map(({ status }) => status),
        Array<string>(SLIDES).fill('written'),
      );
      const alts = rows(first).map(({ alt }) => String(alt));
      assert.ok(
        alts.every((alt) => (engine === 'ollama' ? /^Слайд \d+$/ : /^(?:Slide|Слайд): ./).test(alt)),
        alts.join('\n'),
      );
      assert.equal(new Set(alts).size > SLIDES / 2, true, 'the slides differ');
      const after = filesOf(vault);
      const changed = [...after].filter(([name, bytes]) => bytes !== before.get(name)).map(([name]) => name);
      assert.equal(changed.length, 1);
      for (const name of changed) assert.equal(withoutAltTexts(after.get(name) ?? ''), before.get(name));

      const asked = fake.chats.length;
      assert.equal(asked, engine === 'ollama' ? SLIDES : 0);
      const second = await caption();
      assert.ok(
        rows(second).every(({ status }) => status === 'kept'),
        second.stdout,
      );
      assert.equal(fake.chats.length, asked);
      assert.deepEqual(filesOf(vault), after);

      await notesight(['undo', '--vault', vault]);
      assert.deepEqual(filesOf(vault), before);
    },
  );
}

test(
  'detects lost fine detail at 896 pixels only on the slide with thin crossing lines',
  { skip },
  async () => {
    const codec = createSharpCodec();
    const folder = join(LECTURE, 'files');
    const over: string[] = [];
    for (const name of readdirSync(folder)) {
      const bytes = new Uint8Array(readFileSync(join(folder, name)));
      const gray = await codec.gray(bytes, measuredSize, new AbortController().signal);
      if (lostDetail(gray, { width: 896, height: 504 }) >= FINE_DETAIL) over.push(name.slice(-12));
    }
    // This is slide 25.
    assert.deepEqual(over, ['20241029.png']);
  },
);
