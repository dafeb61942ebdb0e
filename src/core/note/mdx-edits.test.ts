import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planCaptions, type ReadNote } from '../caption/write-captions.ts';
import { applyEdits } from '../markdown/text-edit.ts';
import { summaryEdit } from '../summarize/write-summary.ts';
import { findImages } from './find-images.ts';
import { findSections, withoutSections } from './managed-section.ts';
import type { CaptionStyle } from './write-caption.ts';

const alt = 'A {brace}, a <b>tag</b> and \\{ both';
const description = { alt, description: 'It shows {x}.', text: '', tags: [], decorative: false };

function captioned(note: string, markdown: string, style: CaptionStyle): string {
  const embeds = findImages(markdown);
  const read: ReadNote = { note, markdown, embeds };
  const captions = embeds.map((embed) => ({ embed, description }));
  return planCaptions(read, markdown, captions, style).after;
}

test('escapes braces and tags in the alt text and the lines below when the note is MDX', () => {
  for (const style of ['alt', 'below', 'callout'] as const) {
    const after = captioned('docs/a.mdx', '![](a.png)\n', style);
    assert.doesNotMatch(after.replace(/\\[\\{<]/g, ''), /[{<]/, after);
    assert.equal(findImages(after)[0]?.alt, alt, 'it reads back as the same text');
    assert.equal(captioned('docs/a.mdx', after, style), after, 'written again, it stays');
  }
});

test('leaves braces as they are in other notes and in attributes of tags', () => {
  assert.match(captioned('a.md', '![](a.png)\n', 'alt'), /A \{brace}/);
  assert.match(captioned('a.mdx', '<img src="a.png">\n', 'alt'), /alt="A \{brace}/);
});

test('writes and finds the comments around a summary of an MDX note as MDX has them', () => {
  const note = '# Day\n\nText {props.a}\n';
  const summary = '## Summary\n\nA {brace} and `{code}`.';
  const after = applyEdits(note, [summaryEdit('a.mdx', note, summary, 'top')]);
  assert.match(after, /^\{\/\* notesight:summary \w+ \*\/}$/m);
  assert.match(after, /^A \\\{brace} and `\{code}`\.$/m);
  assert.doesNotMatch(after, /<!--/);
  const [section, ...others] = findSections(after);
  assert.equal(others.length, 0);
  assert.equal(section?.isEdited, false);
  assert.equal(withoutSections(after), note);
  const again = applyEdits(after, [summaryEdit('a.mdx', after, '## Summary\n\nOther.', 'top')]);
  assert.match(again, /\n## Summary\n\nOther\.\n/);
  assert.equal(findSections(again).length, 1, 'it is replaced');
});
