import assert from 'node:assert/strict';
import { test } from 'node:test';
import { history, undo } from '@codemirror/commands';
import type { Transaction, TransactionSpec } from '@codemirror/state';
import { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Vault } from 'obsidian';
import { writeCaptions } from '../../src/core/caption/write-captions.ts';
import { isCancelled, NotesightError } from '../../src/core/errors.ts';
import type { Journal } from '../../src/core/storage/journal.ts';
import { findImages } from '../../src/core/note/find-images.ts';
import { createObsidianNotes } from '../../src/hosts/obsidian/adapters/obsidian-notes.ts';

const RUNS = 1000;
const STEPS = 12;
const IMAGES = 5;
const NOTE = 'note.md';

/** mulberry32: the same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The plugin's view of an open editor; the history is CodeMirror's own. */
class TestEditor {
  state: EditorState;

  constructor(doc: string) {
    this.state = EditorState.create({ doc, extensions: [history()] });
  }

  readonly dispatch = (change: Transaction | TransactionSpec): void => {
    this.state = 'startState' in change ? change.state : this.state.update(change).state;
  };

  get text(): string {
    return this.state.doc.toString();
  }
}

/** A simulated typist; everything typed is identified by a number. */
function createTypist(editor: TestEditor, next: (below: number) => number) {
  const typed = new Set<string>();
  let pasted = 0;
  const forget = (removed: string) => {
    for (const mark of typed) if (removed.includes(mark)) typed.delete(mark);
  };
  const line = () => editor.state.doc.line(1 + next(editor.state.doc.lines));
  const steps: (() => void)[] = [
    () => {
      const mark = `«${typed.size}.${next(1e6)}»`;
      const inMark = [...editor.text.matchAll(/«[^»]*»/g)];
      const at = next(editor.text.length + 1);
      const inside = inMark.find(({ index, 0: { length } }) => index < at && at < index + length);
      editor.dispatch({ changes: { from: inside?.index ?? at, insert: mark }, userEvent: 'input.type' });
      typed.add(mark);
    },
    () => {
      const { from, to, text } = line();
      forget(text);
      editor.dispatch({ changes: { from, to } });
    },
    () => {
      const { from, to, text } = line();
      const end = Math.min(to + 1, editor.state.doc.length);
      editor.dispatch({
        changes: [
          { from, to: end },
          { from: editor.state.doc.length, insert: `\n${text}` },
        ],
      });
    },
    () => {
      const { to } = line();
      const name = next(2) === 0 ? `${next(IMAGES)}.png` : `pasted ${pasted++}.png`;
      editor.dispatch({
        changes: { from: to, insert: next(2) === 0 ? `\n![[${name}]]` : ` ![](<${name}>)` },
      });
    },
  ];
  return { typed, step: () => steps[next(steps.length)]?.() };
}

test(`captions the right image or none, and loses no typing, in ${RUNS} seeded runs`, async (t) => {
  let landed = 0;
  for (let seed = 1; seed <= RUNS; seed++) {
    const next = numbers(seed);
    const lines = Array.from({ length: IMAGES }, (_, index) => {
      const embed = index % 2 === 0 ? `![[${index}.png]]` : `![](${index}.png)`;
      return `${next(2) === 0 ? 'Some words.' : '# Title'}
${embed}
`;
    });
    const editor = new TestEditor(lines.join('\n'));
    const typist = createTypist(editor, next);
    const vault = { getFileByPath: () => ({ path: NOTE }) } as unknown as Vault;
    const editors = { extension: [], of: () => editor as unknown as EditorView };
    const notes = createObsidianNotes(vault, editors, () => Promise.resolve());
    let before = '';
    const journal = {
      // Typing continues while the journal is being written.
      record: async () => {
        if (next(3) === 0) typist.step();
        await Promise.resolve();
        before = editor.text;
      },
    } as unknown as Journal;

    const markdown = await notes.read(NOTE);
    const read = { note: NOTE, markdown, embeds: findImages(markdown) };
    const waiting = [...read.embeds];
    for (let step = 0; step < STEPS || waiting.length > 0; step++) {
      if (step < STEPS) typist.step();
      if (next(2) === 0 && step < STEPS) continue;
      const [embed] = waiting.splice(next(waiting.length || 1), 1);
      if (embed === undefined) continue;
      const alt = `Words for ${embed.target}`;
      const description = { alt, description: '', text: '', tags: [], decorative: false };
      before = editor.text;
      try {
        await writeCaptions(read, [{ embed, description }], 'alt', { notes, journal, batch: 'batch' });
      } catch (error) {
        if (!(error instanceof NotesightError) || isCancelled(error)) throw error;
        assert.equal(error.code, 'note_unwritable');
      }
      const after = editor.text;
      if (after === before) continue;
      landed++;
      const written = findImages(after).filter(
        (image) =>
          image.alt === alt && !findImages(before).some((old) => old.alt === alt && old.from === image.from),
      );
      assert.ok(
        written.some(({ target }) => target === embed.target),
        `seed ${seed}: ${alt}\n${after}`,
      );
      assert.ok(
        written.every(({ target }) => target === embed.target),
        `seed ${seed}: on another image\n${after}`,
      );
      // A separate undo step without any typing in it.
      const undone = new TestEditor('');
      undone.state = editor.state;
      assert.ok(undo({ state: undone.state, dispatch: undone.dispatch }));
      assert.equal(undone.text, before, `seed ${seed}`);
    }
    for (const mark of typist.typed) {
      assert.equal(editor.text.split(mark).length, 2, `seed ${seed}: ${mark}\n${editor.text}`);
    }
  }
  t.diagnostic(`${landed} captions landed`);
  assert.ok(landed > RUNS, `${landed}`);
});
