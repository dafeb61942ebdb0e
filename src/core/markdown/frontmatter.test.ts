import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frontmatterEnd, takesYamlProperties, yamlProperty } from './frontmatter.ts';

test('ends frontmatter after its closing line', () => {
  for (const note of ['---\na: 1\n---', '+++\na = 1\n+++', ';;;\n{}\n;;;', '{\n"a": 1\n}', '+++\n+++']) {
    assert.equal(frontmatterEnd(`${note}\ntext`), note.length, note);
  }
});

test('accepts properties when the frontmatter is YAML or missing', () => {
  for (const note of ['text', '---\na: 1\n---\ntext', '\uFEFF---\na: 1\n---\n', '+++\nnever closed']) {
    assert.equal(takesYamlProperties(note), true, note);
  }
  for (const note of ['+++\na = 1\n+++\n', '\uFEFF+++\n+++\n', '{\n"a": 1\n}\n']) {
    assert.equal(takesYamlProperties(note), false, note);
  }
});

test('reads a property without quotes and comment', () => {
  const note = (line: string) => `---\nother: 1\n${line}\n---\nurl: no\n`;
  assert.equal(yamlProperty(note('url: ..'), 'url'), '..');
  assert.equal(yamlProperty(note('url: "../a b" '), 'url'), '../a b');
  assert.equal(yamlProperty(note('url: ../a # up'), 'url'), '../a');
  assert.equal(yamlProperty(note('x: 1'), 'url'), null);
  assert.equal(yamlProperty('url: no', 'url'), null);
});
