import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseYaml } from 'obsidian-test-mocks/obsidian';
import { writeSummary } from '../../src/core/summarize/write-summary.ts';
import { findVaultRoot } from '../../src/node/find-vault-root.ts';
import { createNoteFiles } from '../../src/node/note-files.ts';
import { openVaultData } from '../../src/node/open-vault-data.ts';
import type { ChatCall } from '../fakes/chat-call.ts';
import { gemma3, textOnly } from '../fakes/fake-models.ts';
import { type FakeModel, type FakeOllama, startFakeOllama } from '../fakes/fake-ollama.ts';
import { copyOf, filesOf, notesight, rows, type Run, SAMPLES } from './notesight.ts';

const NOTE = 'Lecture notes (en).md';

/** The purpose of a request, judged by its text. */
function kindOf({ format, text }: ChatCall): 'describe' | 'facts' | 'part' | 'merge' | 'whole' {
  if (text.includes('Give the line and the tags.')) return 'facts';
  if (format !== undefined) return 'describe';
  if (text.includes('This is one part')) return 'part';
  return text.includes('summaries of the parts') ? 'merge' : 'whole';
}

const SUMMARY =
  '### Learning rates\n\n- The **middle** one is best [2]\n- None is [99] <script>alert(1)</script> ![x](https://evil.test/a.png)';

const model: FakeModel = {
  ...gemma3,
  answer(call) {
    switch (kindOf(call)) {
      case 'describe':
        return { alt: 'A slide', description: 'With words.', text: 'Rate', tags: [], decorative: false };
      case 'facts':
        return { line: 'How a network learns.', tags: ['Learning', 'gradient descent', '7'] };
      case 'part':
        return '- A part [1]';
      case 'merge':
      case 'whole':
        return SUMMARY;
    }
  },
};

interface Setting {
  readonly fake: FakeOllama;
  readonly vault: string;
  readonly run: (...args: string[]) => Promise<Run>;
  readonly text: (note?: string) => string;
}

async function setting(t: TestContext, served: FakeModel = model): Promise<Setting> {
  const fake = await startFakeOllama({ models: [served] });
  t.after(() => fake.close());
  const vault = copyOf(t, SAMPLES);
  mkdirSync(join(vault, '.obsidian'), { recursive: true });
  return {
    fake,
    vault,
    run: (...args) =>
      notesight(['summarize', join(vault, NOTE), ...args, '--vault', vault], {
        env: { OLLAMA_HOST: fake.url },
      }),
    text: (note = NOTE) => readFileSync(join(vault, note), 'utf8'),
  };
}

test('summarizes a note with its images in order and only prints the result', async (t) => {
  const { fake, vault, run } = await setting(t);
  const before = filesOf(vault);
  const shown = await run();
  assert.equal(shown.code, 0, shown.stderr);
  assert.ok(shown.stdout.startsWith('### Learning rates\n\n- The **middle** one is best [2]'), shown.stdout);
  assert.match(shown.stderr, /How a network learns\.\n#learning #gradient-descent\n/);
  assert.deepEqual(filesOf(vault), before);
  const whole = fake.chats.filter((call) => kindOf(call) === 'whole');
  assert.equal(whole.length, 1);
  const text = whole[0]?.text ?? '';
  assert.ok(text.indexOf('[image 1: A slide With words. Text in it: Rate]') < text.indexOf('[image 2:'));
  assert.match(text, /Write in English\.$/);
  assert.equal(whole[0]?.images.length, 0);
});

test('writes a section that the next run replaces and undo removes byte for byte', async (t) => {
  const { fake, vault, run, text } = await setting(t);
  const before = text();
  const first = await run('--write', '--json');
  assert.equal(first.code, 0, first.stderr);
  const result = rows(first).at(-1);
  assert.deepEqual(
    [result?.['type'], result?.['written'], result?.['tags']],
    ['result', true, ['learning', 'gradient-descent']],
  );
  const written = text();
  assert.match(
    written,
    /<!-- notesight:summary \w+ -->\n\n## Summary\n\n### Learning rates\n\n- The \*\*middle\*\* one is best \[image 2\]\([^\n]*\)\n- None is \\\[99\\?(?:\]|&#93;)/,
  );
  assert.doesNotMatch(written.replace(before, ''), /<script|evil\.test\/a\.png\)/);
  assert.equal(written.replace(/<!-- notesight[^]*\/notesight:summary -->\n\n/, ''), before);
  const described = fake.chats.filter((call) => kindOf(call) === 'describe').length;

  const second = await run('--write');
  assert.equal(second.code, 0, second.stderr);
  assert.equal(text(), written, 'replaced by the same');
  assert.equal(fake.chats.filter((call) => kindOf(call) === 'describe').length, described);
  assert.doesNotMatch(
    fake.chats.at(-2)?.text ?? '',
    /The \*\*middle\*\* one/,
    'the old summary is not summarised',
  );

  const listed = await notesight(['undo', '--list', '--vault', vault]);
  assert.match(listed.stdout, /^\S+ {2}1 summary in 1 note {2}\S+\n$/);
  const undone = await notesight(['undo', '--vault', vault]);
  assert.equal(undone.stdout, `${NOTE}: 1 summary reverted\n`);
  assert.equal(text(), before);
});

test("undoes properties written in the editor and keeps the user's changes", async (t) => {
  const { vault, text } = await setting(t);
  const before = text();
  const notes = createNoteFiles(vault);
  const { journal } = await openVaultData(await findVaultRoot(vault, vault));
  const properties = { tags: ['learning', 'rates'], line: 'How a network learns.', parseYaml };
  const how = { place: 'top', replace: true, properties } as const;
  await writeSummary(NOTE, SUMMARY, how, { notes, journal, batch: await journal.begin() });
  assert.notEqual(text(), before);
  writeFileSync(join(vault, NOTE), text().replace('  - rates\n', '  - rates\n  - mine\n'));
  const undone = await notesight(['undo', '--json', '--vault', vault]);
  assert.deepEqual(rows(undone), [
    { note: NOTE, undone: 4, kept: 0, captions: 0, summaries: 1, removed: false, error: null },
  ]);
  assert.equal(text(), before.replace('  - optimisation\n', '  - optimisation\n  - mine\n'));
});

test('does not replace a manually edited summary unless requested', async (t) => {
  const { fake, vault, run, text } = await setting(t);
  await run('--write', '--place', 'bottom');
  const edited = text().replace('middle', 'my own');
  writeFileSync(join(vault, NOTE), edited);
  const asked = fake.chats.length;
  const refused = await run('--write');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /--replace/);
  assert.equal(text(), edited);
  assert.equal(fake.chats.length, asked, 'nobody was asked for nothing');
  assert.equal((await run('--write', '--replace')).code, 0);
  assert.match(text(), /middle/);
});

test('writes to a separate note, linked from the source', async (t) => {
  const { vault, run, text } = await setting(t);
  const to = join(vault, 'Inbox', 'Summary of the lecture.md');
  const done = await run('--to', to);
  assert.equal(done.code, 0, done.stderr);
  assert.match(readFileSync(to, 'utf8'), /^# .*\n[^]*## Summary[^]*\[image 2\]\(<?\.\.\/attachments\//);
  assert.match(text(), /\[Summary\]\(<?Inbox\/Summary(?:%20| )of/);
  assert.equal((await run('--to', join(vault, NOTE))).code, 2);
  assert.equal((await run('--to', join(vault, '..', 'out.md'))).code, 2);
});

test('removes the note created for a summary, and its link, on undo', async (t) => {
  const { vault, run, text } = await setting(t);
  const before = filesOf(vault);
  const to = join(vault, 'Inbox', 'Summary of the lecture.md');
  await run('--to', to);
  const undone = await notesight(['undo', '--vault', vault]);
  assert.equal(
    undone.stdout,
    `Inbox/Summary of the lecture.md: 1 summary reverted, note deleted\n${NOTE}: 1 edit reverted\n`,
  );
  const files = (all: ReturnType<typeof filesOf>) =>
    Object.entries(all).filter(([path]) => !path.startsWith('.obsidian/plugins/'));
  assert.deepEqual(files(filesOf(vault)), files(before));

  await run('--to', to);
  writeFileSync(to, `${readFileSync(to, 'utf8')}Mine.\n`);
  const kept = await notesight(['undo', '--vault', vault]);
  assert.match(kept.stdout, /^Inbox\/Summary of the lecture\.md: 1 edit skipped \(changed since\)\n/);
  assert.match(readFileSync(to, 'utf8'), /## Summary[^]*Mine\.\n$/);
  assert.doesNotMatch(text(), /notesight:summary/);
});

test('summarizes a long note in parts and merges them', async (t) => {
  const { fake, vault, run, text } = await setting(t);
  const long = Array.from(
    { length: 60 },
    (_, part) => `## Part ${part}\n\n${'Words about learning. '.repeat(60)}`,
  );
  writeFileSync(join(vault, NOTE), `${text()}\n${long.join('\n\n')}\n`);
  const done = await run('--write');
  assert.equal(done.code, 0, done.stderr);
  const kinds = fake.chats.map(kindOf);
  assert.ok(kinds.filter((kind) => kind === 'part').length >= 3, kinds.join(' '));
  assert.equal(kinds.filter((kind) => kind === 'merge').length, 1);
  for (const part of [0, 31, 59]) {
    assert.equal(
      fake.chats.filter((call) => kindOf(call) === 'part' && call.text.includes(`## Part ${part}\n`)).length,
      1,
    );
  }
});

test('summarizes with a text-only model in the requested language', async (t) => {
  const { fake, run } = await setting(t, { ...textOnly, answer: () => 'Kurz.' });
  const done = await run('--language', 'de');
  assert.equal(done.code, 0, done.stderr);
  assert.match(fake.chats[0]?.text ?? '', /Write in German/);
  assert.equal(
    fake.chats.every(({ images }) => images.length === 0),
    true,
  );
});

test('writes nothing when stopped', async (t) => {
  const { fake, vault, text } = await setting(t);
  const before = text();
  fake.next({ kind: 'hang' });
  const run = await notesight(['summarize', join(vault, NOTE), '--write', '--vault', vault], {
    env: { OLLAMA_HOST: fake.url },
    onStderr: (said, stop) => {
      if (said.includes('Using '))
        setTimeout(() => {
          stop('SIGINT');
        }, 200);
    },
  });
  assert.equal(run.code, 130, run.stderr);
  assert.equal(text(), before);
});

const LECTURE = fileURLToPath(new URL('../../../shared/lecture-vault/', import.meta.url));
const skip = existsSync(LECTURE) ? false : 'the lecture notes are not beside the project';

test('summarizes a lecture with 28 slides in Russian, with links to the slides', { skip }, async (t) => {
  const fake = await startFakeOllama({
    models: [
      {
        ...gemma3,
        answer: (call: ChatCall) =>
          kindOf(call) === 'describe'
            ? { alt: 'Слайд', description: '', text: 'Текст', tags: [], decorative: false }
            : kindOf(call) === 'facts'
              ? { line: 'О лекции.', tags: [] }
              : '### Итог\n\n- Токены [14]',
      },
    ],
  });
  t.after(() => fake.close());
  const vault = copyOf(t, LECTURE);
  const note = join(vault, 'notes', 'Мультимодальные модели.md');
  const run = await notesight(['summarize', note, '--write', '--vault', vault], {
    env: { OLLAMA_HOST: fake.url },
  });
  assert.equal(run.code, 0, run.stderr);
  assert.equal(fake.chats.filter((call) => kindOf(call) === 'describe').length, 28);
  const written = readFileSync(note, 'utf8');
  assert.match(
    written,
    /<!-- notesight:summary \w+ -->\n\n## \p{Lu}[\p{L} ]+\n\n### Итог\n\n- Токены \[изображение 14\]\(/u,
  );
});

test('keeps reasoning and introductory text out of the note', async (t) => {
  for (const before of [
    '<think>Let me read.</think>\n\n',
    'Let me read the note.\n</think>\n\n',
    'Sure! Here is the summary:\n\n',
  ]) {
    const { run, text } = await setting(t, {
      ...gemma3,
      answer: (call) => {
        const kind = kindOf(call);
        if (kind === 'whole' || kind === 'merge') return `${before}### Rates\n\n- The middle one<|im_end|>`;
        return model.answer?.(call);
      },
    });
    const written = await run('--write');
    assert.equal(written.code, 0, written.stderr);
    assert.doesNotMatch(written.stdout, /Let me read/);
    assert.match(text(), /\n## Summary\n\n### Rates\n\n- The middle one\n\n/);
    assert.doesNotMatch(text(), /Let me read|Sure!|im_end|think>/);
  }
});
