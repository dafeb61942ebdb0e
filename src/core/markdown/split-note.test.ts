import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBlocks } from '../note/read-blocks.ts';
import { splitNote } from './split-note.ts';

const within = (limit: number) => (part: string) => part.length <= limit;

test('splits before the highest heading that leaves no part too small', () => {
  const note = `# A\n\n${'a '.repeat(20)}\n\n## B\n\nbbb\n\n# C\n\n${'c '.repeat(20)}\n`;
  assert.deepEqual(splitNote(note, within(80)), [
    note.slice(0, note.indexOf('# C')),
    note.slice(note.indexOf('# C')),
  ]);
});

test('splits between paragraphs and sentences when there are no headings', () => {
  assert.deepEqual(splitNote('one two\n\nthree four\n\nfive', within(22)), [
    'one two\n\nthree four\n\n',
    'five',
  ]);
  assert.deepEqual(splitNote('One is one. Two is two. Three!', within(15)), [
    'One is one. ',
    'Two is two. ',
    'Three!',
  ]);
  assert.deepEqual(splitNote('aaaa bbbb cccc', within(6)), ['aaaa ', 'bbbb ', 'cccc']);
  assert.deepEqual(splitNote('🦊🦊🦊', within(3)), ['🦊', '🦊', '🦊']);
});

test('splits a long paragraph before an image, never inside it', () => {
  const image = '[image 1: one. Two. three]';
  const note = `aaa bbb ccc ${image} dddd`;
  const whole = [{ from: 12, to: 12 + image.length }];
  assert.deepEqual(splitNote(note, within(30), whole), ['aaa bbb ccc ', image, ' dddd']);
});

const blocks = fc.array(
  fc.oneof(
    fc.constantFrom('# A', '## B', '- item', '> quote', '```\ncode\n```', '| a | b |\n|---|---|\n| c | d |'),
    fc.string({ unit: fc.constantFrom('a', 'б', '学', '🦊', ' ', '. '), minLength: 1, maxLength: 60 }),
    fc.integer({ min: 1, max: 9 }).map((number) => `words [image ${number}: it shows words] and more`),
  ),
  { maxLength: 14 },
);

test('returns parts that fit and join to the note', () => {
  fc.assert(
    fc.property(
      blocks,
      fc.constantFrom('\n\n', '\r\n\r\n', '\r\r'),
      fc.integer({ min: 40, max: 200 }),
      (lines, gap, limit) => {
        const note = lines.join(gap);
        const whole = [...note.matchAll(/\[image[^\]]*\]/g)].map(({ index, 0: { length } }) => ({
          from: index,
          to: index + length,
        }));
        const parts = splitNote(note, within(limit), whole);
        assert.equal(parts.join(''), note);
        let at = 0;
        const cuts = parts.map((part) => (at += part.length));
        for (const part of parts) assert.ok(part.length <= limit && part !== '', `${part.length} > ${limit}`);
        for (const { from, to } of whole)
          assert.ok(!cuts.some((cut) => cut > from && cut < to), 'an image is cut');
        for (const { block } of readBlocks(note, 'all')) {
          if (block.kind === 'cell' || block.kind === 'html') continue;
          const end = block.from + block.text.trimEnd().length;
          if (end - block.lead.from > limit / 2) continue;
          assert.ok(!cuts.some((cut) => cut > block.lead.from && cut < end), `${block.text} is cut`);
        }
      },
    ),
    { numRuns: 500 },
  );
});
