import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { recordEdits, undoEdits } from './undo-edit.ts';

const note = 'One ![](a.png)\nTwo ![](b.png)\nEnd\n';
const embeds = [
  { from: 4, to: 14 },
  { from: 19, to: 29 },
];
const edits = [
  { from: 6, to: 6, insert: 'a cat' },
  { from: 14, to: 14, insert: '\n*a cat*' },
  { from: 21, to: 21, insert: 'a dog' },
  { from: 29, to: 29, insert: '\n*a dog*' },
];
const written = applyEdits(note, edits);
const records = recordEdits(note, edits, embeds);

test('records the whole embed or the whole caption lines', () => {
  assert.deepEqual(records, [
    { before: '![](a.png)', after: '![a cat](a.png)', from: 4 },
    { before: '', after: '\n*a cat*', from: 19 },
    { before: '![](b.png)', after: '![a dog](b.png)', from: 32 },
    { before: '', after: '\n*a dog*', from: 47 },
  ]);
  for (const { after, from } of records) assert.equal(written.slice(from, from + after.length), after);
});

test('keeps a record small when the embed is huge', () => {
  const embed = `![](data:image/png;base64,${'A'.repeat(100_000)})`;
  const [record] = recordEdits(embed, [{ from: 2, to: 2, insert: 'x' }], [{ from: 0, to: embed.length }]);
  assert.ok(record && record.before.length < 1000);
  const result = undoEdits(applyEdits(embed, [{ from: 2, to: 2, insert: 'x' }]), [record]);
  assert.deepEqual(result, { text: embed, undone: 1, kept: 0 });
});

test('restores the note byte for byte', () => {
  assert.deepEqual(undoEdits(written, records), { text: note, undone: 4, kept: 0 });
});

test('keeps edited text and undoes the rest', () => {
  const edited = `New line\n${written.replace('![a cat]', '![my cat]').replace('End', 'The end')}`;
  assert.deepEqual(undoEdits(edited, records), {
    text: 'New line\nOne ![my cat](a.png)\nTwo ![](b.png)\nThe end\n',
    undone: 3,
    kept: 1,
  });
});

test('keeps a caption line that was edited', () => {
  const edited = written.replace('*a dog*', '*a dog* named Rex');
  const { text, undone, kept } = undoEdits(edited, records);
  assert.equal(text, 'One ![](a.png)\nTwo ![](b.png)\n*a dog* named Rex\nEnd\n');
  assert.deepEqual([undone, kept], [3, 1]);
});

test('undoes the nearest match for each record', () => {
  const copy = written.replace('End', '![a cat](a.png)');
  const { text } = undoEdits(copy, records);
  assert.equal(text, 'One ![](a.png)\nTwo ![](b.png)\n![a cat](a.png)\n');
});

test('prefers the match that moved as far as the one after it', () => {
  const copied = `![a cat](a.png)\nwords\n${written}`;
  assert.equal(undoEdits(copied, records).text, `![a cat](a.png)\nwords\n${note}`);
});

test('undoes consecutive records when later ones moved earlier ones', () => {
  const first = [{ from: 21, to: 21, insert: 'x' }];
  const between = applyEdits(note, first);
  const second = [{ from: 6, to: 6, insert: 'a long text' }];
  const end = applyEdits(between, second);
  const both = [...recordEdits(note, first, embeds), ...recordEdits(between, second, embeds)];
  assert.deepEqual(undoEdits(end, both), { text: note, undone: 2, kept: 0 });
});

test('restores the right text for equal records after an insertion', () => {
  const text = '![](a.png) ![image](a.png) ![img](a.png)';
  const spans = [
    { from: 0, to: 10 },
    { from: 11, to: 26 },
    { from: 27, to: 40 },
  ];
  const same = [
    { from: 2, to: 2, insert: 'cat' },
    { from: 13, to: 18, insert: 'cat' },
    { from: 29, to: 32, insert: 'cat' },
  ];
  const after = `Hi ${applyEdits(text, same)}`;
  assert.deepEqual(undoEdits(after, recordEdits(text, same, spans)), {
    text: `Hi ${text}`,
    undone: 3,
    kept: 0,
  });
});

/** A line of a note, with its embeds distinguished by number. */
const line = fc.oneof(
  fc.constantFrom('', 'Some words', '- item', '> quote', '![kept](x.png)'),
  fc.string({ maxLength: 12 }).filter((text) => !/[\r\n!*]/.test(text)),
);
const step = fc.record({
  at: fc.nat(),
  remove: fc.boolean(),
  insert: fc.constantFrom('person', 'two\nlines', ''),
});

test('keeps other edits and undoes everything else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(line, fc.boolean()), { minLength: 1, maxLength: 12 }),
      fc.array(step, { maxLength: 6 }),
      (rows, steps) => {
        // Pairs of old and new lines, so that an edit applies to both.
        const lines = rows.map(([text, image], number) =>
          image
            ? { before: `![](${number}.png)`, after: `![alt ${number}](${number}.png)\n*alt ${number}*` }
            : { before: text, after: text },
        );
        const text = lines.map(({ before }) => before).join('\n');
        const spans: { from: number; to: number }[] = [];
        const captions: { from: number; to: number; insert: string }[] = [];
        let at = 0;
        for (const [number, { before, after }] of lines.entries()) {
          const to = at + before.length;
          if (before !== after) {
            spans.push({ from: at, to });
            captions.push({ from: at + 2, to: at + 2, insert: `alt ${number}` });
            captions.push({ from: to, to, insert: `\n*alt ${number}*` });
          }
          at = to + 1;
        }
        assert.equal(applyEdits(text, captions), lines.map(({ after }) => after).join('\n'));
        const taken = recordEdits(text, captions, spans);

        for (const { at: where, remove, insert } of steps) {
          const spot = where % lines.length;
          const plain = lines[spot]?.before === lines[spot]?.after;
          if (lines.length > 0)
            lines.splice(spot, remove && plain ? 1 : 0, { before: insert, after: insert });
        }
        const current = lines.map(({ after }) => after).join('\n');
        const result = undoEdits(current, taken);
        assert.equal(result.text, lines.map(({ before }) => before).join('\n'));
        assert.deepEqual([result.undone, result.kept], [taken.length, 0]);
      },
    ),
    { numRuns: 500 },
  );
});
