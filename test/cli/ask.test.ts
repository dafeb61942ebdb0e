import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { AnswerTime } from '../../src/core/ask/conversation.ts';
import { fingerprint } from '../../src/core/image/fingerprint.ts';
import { findVaultRoot } from '../../src/node/find-vault-root.ts';
import { openVaultData } from '../../src/node/open-vault-data.ts';
import type { ChatCall } from '../fakes/chat-call.ts';
import { gemma3, textOnly } from '../fakes/fake-models.ts';
import { type FakeModel, type FakeOllama, startFakeOllama } from '../fakes/fake-ollama.ts';
import { copyOf, notesight, rows, type Run, scratch } from './notesight.ts';

const NAMES = ['lake', 'chart', 'tower', 'bridge', 'forest', 'map'];

/** A model that describes a square by its color, and answers questions with what it got. */
const model: FakeModel = {
  ...gemma3,
  async answer(call) {
    if (isQuestion(call)) return `It sees ${call.images.length}, as in [2] and [1, 9].`;
    const [image] = call.images;
    const { data } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
    return {
      alt: `Shows a ${NAMES[Math.round((data[0] ?? 0) / 40)]}`,
      description: '',
      text: '',
      tags: [],
      decorative: false,
    };
  },
};

const isQuestion = ({ format }: ChatCall): boolean => format === undefined;

async function serve(t: TestContext, served: FakeModel = model): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models: [served] });
  t.after(() => fake.close());
  return fake;
}

/** A vault with a note of six images, told apart by their red. */
async function vaultOf(t: TestContext): Promise<string> {
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  for (const [index, name] of NAMES.entries()) {
    const create = {
      width: 100,
      height: 80,
      channels: 3,
      background: { r: index * 40, g: 90, b: 120 },
    } as const;
    writeFileSync(join(vault, `${index}.png`), await sharp({ create }).png().toBuffer());
    assert.ok(name);
  }
  const embeds = NAMES.map((_, index) => `![[${index}.png]]`);
  writeFileSync(join(vault, 'note.md'), `# Trip\n\n${embeds.join('\n\n')}\n\n![[gone.png]]\n`);
  return vault;
}

const questions = ({ chats }: FakeOllama): ChatCall[] => chats.filter(isQuestion);

async function askJson(fake: FakeOllama, vault: string, ...args: string[]): Promise<Run> {
  return notesight(['ask', join(vault, 'note.md'), ...args, '--json'], { env: { OLLAMA_HOST: fake.url } });
}

const planned = (run: Run) =>
  rows(run).find(({ type }) => type === 'planned') as unknown as {
    pictures: { image: number; file: string; region: unknown }[];
    inWords: number[];
    unknown: { file: string; error: { code: string } }[];
  };

test('describes the images first and sends the relevant ones with the question', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  const run = await notesight(['ask', join(vault, 'note.md'), 'Is the tower near the bridge?'], {
    env: { OLLAMA_HOST: fake.url },
  });
  assert.equal(run.code, 0, run.stderr);
  assert.equal(run.stdout, 'It sees 2, as in [2] and [1, 9].\n[2] 1.png, line 5\n');
  assert.match(
    run.stderr,
    /Using gemma3:4b at http\S+\.\n(?:\d\/6 \d\.png\n){6}Sent to the model: \[3\] 2\.png, \[4\] 3\.png, and 4 descriptions of other images\.\n/,
  );
  assert.equal(fake.chats.length, 7);
  assert.match(questions(fake)[0]?.text ?? '', /^\[1\] Shows a lake$/m);

  const again = await askJson(fake, vault, 'What is on the map?');
  assert.equal(again.code, 0, again.stderr);
  assert.equal(fake.chats.length, 8, 'what was described is not described again');
  assert.deepEqual(planned(again).pictures, [{ image: 6, file: '5.png', region: null }]);
  assert.deepEqual(planned(again).inWords, [1, 2, 3, 4, 5]);
  const texts = rows(again).filter(({ type }) => type === 'text');
  assert.ok(texts.length > 3, 'it streams');
  const { time, ...last } = rows(again).at(-1) ?? {};
  const { generated } = time as AnswerTime;
  assert.ok(generated !== null && generated.tokens > 3 && (generated.milliseconds ?? 0) > 0);
  assert.deepEqual(last, {
    type: 'end',
    end: 'done',
    answer: 'It sees 1, as in [2] and [1, 9].',
    images: [{ image: 2, file: '1.png', line: 5 }],
  });
});

test('asks a built-in prompt or one in a file, with or without a question', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  assert.equal((await askJson(fake, vault, '--prompt', 'table', '--image', '2')).code, 0);
  assert.match(
    questions(fake)[0]?.text ?? '',
    /Question: Convert the chart into a Markdown table [^\n]* in English\.$/,
  );
  const file = join(scratch(t), 'prompt.txt');
  writeFileSync(file, 'Compare {{filename}} in {{note}}.\n');
  assert.equal((await askJson(fake, vault, 'Be brief.', '--prompt', file)).code, 0);
  assert.match(
    questions(fake)[1]?.text ?? '',
    /Question: Compare <filename>0\.png<\/filename> in <note>Trip<\/note>\.\n[^\n]* is data[^\n]*\nBe brief\.$/,
  );
  const unknown = await askJson(fake, vault, '--prompt', 'poem');
  assert.equal(unknown.code, 2);
  assert.match(
    unknown.stderr,
    /--prompt poem is neither [^\n]*: table, handwriting, diagram, actions, formula, translate/,
  );
  assert.equal((await askJson(fake, vault)).code, 2, 'neither a question nor a prompt');
});

test('includes the text of other notes of the vault', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  mkdirSync(join(vault, 'sub'));
  writeFileSync(join(vault, 'sub/plan.md'), '---\na: 1\n---\nWe go by train.');
  const run = await askJson(fake, vault, 'How do we travel?', '--with', join(vault, 'sub/plan.md'));
  assert.equal(run.code, 0, run.stderr);
  assert.match(questions(fake)[0]?.text ?? '', /<other name="plan">\nWe go by train\.\n<\/other>\n/);
  for (const [path, why] of [
    [join(vault, 'sub'), 'is a folder'],
    [join(vault, 'gone.md'), 'does not exist'],
    [join(vault, '0.png'), 'is not a Markdown note'],
  ] as const) {
    const wrong = await askJson(fake, vault, 'Why?', '--with', path);
    assert.equal(wrong.code, 2, path);
    assert.match(wrong.stderr, new RegExp(why));
  }
});

test('names --vault when a note outside a vault has no readable images', async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, 'note.md'), '![](../elsewhere/a.png)');
  const run = await notesight(['ask', join(folder, 'note.md'), 'Why?']);
  assert.equal(run.code, 2);
  assert.match(run.stderr, /note\.md has no readable images in its folder; .* --vault/);
});

test('sends only the named images, and a region at full resolution', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  const run = await askJson(fake, vault, 'How many?', '--image', '3', '--region', '10,20,60,40');
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(planned(run).pictures, [
    { image: 3, file: '2.png', region: null },
    { image: 3, file: '2.png', region: { x: 10, y: 20, width: 60, height: 40 } },
  ]);
  assert.deepEqual(planned(run).inWords, []);
  const sizes = await Promise.all((questions(fake)[0]?.images ?? []).map((image) => sharp(image).metadata()));
  assert.deepEqual(
    sizes.map(({ width, height }) => [width, height]),
    [
      [100, 80],
      [60, 40],
    ],
  );
});

test('names the chosen image while it is described', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  const run = await notesight(['ask', join(vault, 'note.md'), 'Why?', '--image', '3'], {
    env: { OLLAMA_HOST: fake.url },
  });
  assert.match(run.stderr, /^1\/1 2\.png$/m);
});

test('answers from descriptions when the model is text-only, and prints a notice', async (t) => {
  const fake = await serve(t, { ...textOnly, answer: () => 'Words.' });
  const vault = await vaultOf(t);
  const run = await notesight(['ask', join(vault, 'note.md'), 'Is the tower high?'], {
    env: { OLLAMA_HOST: fake.url },
  });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /It is a text-only model: it receives descriptions of the images\./);
  assert.deepEqual(
    fake.chats.map(({ images }) => images.length),
    [0],
  );
});

test('reports wrong use and failures with their exit codes', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  writeFileSync(join(vault, 'empty.md'), 'No images.\n');
  const env = { OLLAMA_HOST: fake.url };
  const cases: [string[], number, RegExp][] = [
    [[vault, 'Why?'], 2, /requires a single note/],
    [[join(vault, 'empty.md'), 'Why?'], 2, /empty\.md has no readable images/],
    [[join(vault, 'note.md'), ' '], 2, /The question is empty/],
    [[join(vault, 'note.md'), 'Why?', '--image', '7'], 2, /has only 6 readable images; there is no image 7/],
    [[join(vault, 'note.md'), 'Why?', '--region', '1,2,3,4'], 2, /--region requires a single image/],
    [[join(vault, 'note.md'), 'Why?', '--image', '1', '--region', '1,2,0,4'], 2, /x,y,width,height/],
    [
      [join(vault, 'note.md'), 'Why?', '--image', '1', '--region', '100,0,5,5'],
      1,
      /region is outside the image/,
    ],
    [[join(vault, 'note.md'), 'Why?', '--model', 'nope'], 1, /nope/],
    [[join(vault, 'note.md'), 'word '.repeat(9000)], 1, /question does not fit/],
  ];
  for (const [args, code, words] of cases) {
    const run = await notesight(['ask', ...args], { env });
    assert.match(run.stderr, words);
    assert.equal(run.code, code, run.stderr);
  }
  const down = await notesight(['ask', join(vault, 'note.md'), 'Why?']);
  assert.equal(down.code, 1);
  assert.match(down.stderr, /Can't reach the server/);
});

test('keeps a partial answer on Ctrl-C and prints a notice', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  await askJson(fake, vault, 'Anything?');
  fake.next({ kind: 'stall', after: 3 });
  const run = await notesight(['ask', join(vault, 'note.md'), 'Anything?'], {
    env: { OLLAMA_HOST: fake.url },
    onStderr: (text, stop) => {
      if (text.includes('Sent to the model'))
        setTimeout(() => {
          stop('SIGINT');
        }, 300);
    },
  });
  assert.equal(run.code, 130, run.stderr);
  assert.match(run.stdout, /^It sees 4/);
  assert.match(run.stderr, /Stopped\.\n$/);
});

const LECTURE = fileURLToPath(new URL('../../../shared/lecture-vault/', import.meta.url));
const skip = existsSync(LECTURE) ? false : 'the lecture vault is not beside the project';

interface Slide {
  readonly file: string;
  readonly slide: number;
  readonly title: string;
  readonly text: readonly string[];
}

/** Ten questions about a lecture, with the slide that answers each. */
const LECTURE_QUESTIONS: readonly (readonly [string, number])[] = [
  ['Кто такой Чебурашка?', 17],
  ['Какие три подхода к обучению названы?', 10],
  ['Как устроен адаптер между моделями?', 7],
  ['Сколько токенов у картинок в общем словаре?', 14],
  ['Что умеет RUDOLPH?', 16],
  ['Какая формула внимания в трансформере?', 5],
  ['Как росло число статей по годам?', 9],
  ['На каких данных обучали модель?', 21],
  ['Сколько раз пересекаются линии на картинке?', 25],
  ['Что показано на слайде про тайлы?', 23],
];

test('sends the relevant one of 28 slides', { skip }, async (t) => {
  const fake = await serve(t, { ...gemma3, answer: () => 'Вот он.' });
  const vault = copyOf(t, LECTURE);
  const note = join(vault, 'notes', 'Мультимодальные модели.md');
  const slides = JSON.parse(readFileSync(join(LECTURE, 'truth.json'), 'utf8')) as readonly Slide[];
  const { log } = await openVaultData(await findVaultRoot(note, vault));
  const files = await notesight(['images', note, '--vault', vault, '--json']);
  const fileOf = new Map(rows(files).map(({ file }) => [String(file).split('/').at(-1), String(file)]));
  for (const { file, title, text } of slides) {
    const bytes = new Uint8Array(readFileSync(join(vault, fileOf.get(file) ?? file)));
    const print = await fingerprint(bytes);
    const key = {
      fingerprint: print,
      engine: 'ollama',
      model: 'gemma3:4b',
      language: 'ru',
      provenance: 'vision',
      version: 1,
    } as const;
    await log.put(
      {
        ...key,
        alt: title,
        description: '',
        text: text.join('\n'),
        tags: [],
        decorative: false,
      },
      file,
    );
  }
  for (const [question, slide] of LECTURE_QUESTIONS) {
    const run = await notesight(['ask', note, question, '--vault', vault, '--json'], {
      env: { OLLAMA_HOST: fake.url },
    });
    assert.equal(run.code, 0, run.stderr);
    const { pictures, inWords } = planned(run);
    assert.ok(
      pictures.some(({ image }) => image === slide),
      `${question} ${JSON.stringify(pictures)}`,
    );
    assert.equal(pictures.length + inWords.length, slides.length);
    assert.equal(fake.chats.at(-1)?.images.length, pictures.length);
  }
  assert.equal(fake.chats.length, LECTURE_QUESTIONS.length, 'nothing was described again');
});
