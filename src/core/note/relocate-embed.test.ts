import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { needsAltText } from './needs-alt-text.ts';
import { findAgain } from './relocate-embed.ts';
import { writeAltText } from './write-alt-text.ts';

/** Returns the offset of the embed with this number in the changed note, or null. */
function again(then: string, number: number, now: string): number | null {
  const embeds = findImages(then);
  const embed = embeds[number];
  assert.ok(embed);
  return findAgain(embed, embeds, findImages(now))?.from ?? null;
}

const same = '![](x)';

test('finds an embed when text before it changed', () => {
  assert.equal(again(`a ${same}`, 0, `more words ${same}`), 11);
  assert.equal(again(`![](a)\n${same}`, 1, same), 0);
  assert.equal(again(`${same}\n![](b)`, 0, `![](new)\n${same}\n![](c)`), 9);
});

test('returns null when the embed is gone or has another target', () => {
  assert.equal(again(same, 0, 'words'), null);
  assert.equal(again(same, 0, '![](y)'), null);
  assert.equal(again(same, 0, '![[x.png]]'), null);
});

test('returns null when the embed has new alt text', () => {
  assert.equal(again(same, 0, '![My words](x)'), null);
  assert.equal(again('![old words](x)', 0, '![new words](x)'), null);
  assert.equal(again('![old words](x)', 0, 'a ![old words](x)'), 2);
  assert.equal(again(same, 0, '![image](x)'), null);
  assert.equal(again('![image](x)', 0, '![](x)'), 0);
});

test('prefers the embed with the same neighbors', () => {
  const then = `![](a)\n${same}\n![](b)\n${same}\n![](c)`;
  assert.equal(again(then, 1, then), 7);
  assert.equal(again(then, 3, then), 21);
  // New images at both ends change all positions.
  const now = `![](new)\n${then}\n![](end)`;
  assert.equal(again(then, 1, now), 16);
  assert.equal(again(then, 3, now), 30);
});

test('finds an embed when a copy with alt text precedes it', () => {
  assert.equal(again(same, 0, `![My words](x)\n${same}`), 15);
  assert.equal(again(`${same}\n${same}`, 0, `![My words](x)\n${same}`), null);
});

const line = fc.constantFrom(
  'words',
  '![](a.png)',
  '![](b.png)',
  '![[a.png]]',
  '![[b.png|300]]',
  '<img src="a.png">',
  '![a person wrote this](a.png)',
  '![[a.png|a person wrote this]]',
  '![](a.png) ![](b.png)',
  '- ![](a.png)',
  '`![](a.png)`',
  '![](renamed.png)',
);
const change = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('insert', 'delete', 'replace', 'move'),
  line,
});

test('finds only an embed of the same image without alt text after any edits', () => {
  let landed = 0;
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 8 }),
      fc.array(change, { maxLength: 6 }),
      fc.nat(),
      (lines, changes, pick) => {
        const then = findImages(lines.join('\n\n'));
        const waiting = then.filter((embed) => needsAltText(embed) !== null);
        const embed = waiting[pick % Math.max(1, waiting.length)];
        fc.pre(embed !== undefined);

        const edited = [...lines];
        for (const { at, kind, line: fresh } of changes) {
          const spot = at % (edited.length + 1);
          if (kind === 'insert') edited.splice(spot, 0, fresh);
          else if (kind === 'replace') edited.splice(spot, 1, fresh);
          else {
            const moved = edited.splice(spot, 1);
            if (kind === 'move') edited.push(...moved);
          }
        }
        const current = edited.join('\n\n');
        const now = findImages(current);
        const found = findAgain(embed, then, now);
        if (found === null) return;
        landed++;
        assert.ok(now.includes(found));
        assert.deepEqual([found.syntax, found.target], [embed.syntax, embed.target]);
        assert.notEqual(needsAltText(found), null);

        const edit = writeAltText(current, found, 'What it shows');
        assert.ok(edit);
        const written = applyEdits(current, [edit]);
        assert.equal(written.slice(0, found.from), current.slice(0, found.from));
        assert.ok(written.endsWith(current.slice(found.to)));
        assert.equal(findImages(written)[now.indexOf(found)]?.alt, 'What it shows');
      },
    ),
    { numRuns: 500 },
  );
  assert.ok(landed > 100);
});

test('finds an untouched embed when other text was added', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 6 }),
      fc.array(line, { maxLength: 6 }),
      fc.array(line, { maxLength: 3 }),
      (before, after, added) => {
        const then = [...before, '![](mine.png)', ...after].join('\n\n');
        const now = [...before, ...added, '![](mine.png)', ...added, ...after].join('\n\n');
        const number = findImages(then).findIndex(({ target }) => target === 'mine.png');
        assert.equal(again(then, number, now), now.indexOf('![](mine.png)'));
      },
    ),
    { numRuns: 300 },
  );
});
