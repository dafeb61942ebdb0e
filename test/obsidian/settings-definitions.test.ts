import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';
import type { SettingDefinition, SettingDefinitionControl } from 'obsidian';

import {
  DEFAULT_SETTINGS,
  parseSettings,
  validateField,
  type SettingKey,
} from '../../src/core/settings/settings.ts';
import { fromControl, toControl } from '../../src/hosts/obsidian/settings/control-values.ts';
import { settingDefinitions, type LiveRows } from '../../src/hosts/obsidian/settings/settings-definitions.ts';
import { en } from '../../src/hosts/obsidian/messages/en.ts';
import { ru } from '../../src/hosts/obsidian/messages/ru.ts';

const keys = Object.keys(DEFAULT_SETTINGS).filter((key) => key !== 'version') as SettingKey[];
/** Shown in the row of the prompts. */
const IN_OTHER_ROWS: readonly SettingKey[] = ['hiddenPrompts'];
const rows: LiveRows = {
  servers: () => undefined,
  model: () => undefined,
  pull: () => undefined,
  language: () => undefined,
  style: () => undefined,
  folderRules: () => undefined,
  webSearchSecret: () => undefined,
  pack: () => undefined,
  tokenSecret: () => undefined,
  headers: () => undefined,
  altPrompt: () => undefined,
  prompts: () => undefined,
  skipped: () => undefined,
};

/** The rows in order, without their groups. */
function settings(words = en): SettingDefinition[] {
  return settingDefinitions(words, rows).flatMap((item) =>
    'type' in item ? ((item.items ?? []) as SettingDefinition[]) : [item],
  );
}

function controls(words = en): SettingDefinitionControl[] {
  return settings(words).filter((item): item is SettingDefinitionControl => item.control !== undefined);
}

test('has exactly one row per setting: a control with its key, or a live row', () => {
  const live = Object.entries(rows).filter(([, render]) => settings().some((item) => item.render === render));
  const shown = [...controls().map(({ control }) => control.key), ...live.map(([key]) => key)];
  assert.deepEqual(
    shown.sort(),
    [...keys.filter((key) => !IN_OTHER_ROWS.includes(key)), 'servers', 'pull', 'pack', 'skipped'].sort(),
  );
});

test('has texts of its own for each row in both languages', () => {
  for (const words of [en, ru]) {
    const names = settings(words).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const { name, desc } of settings(words)) assert.ok(name && desc);
  }
});

test('accepts the default and every choice in each control', () => {
  for (const { control } of controls()) {
    const validate = control.validate as (value: unknown) => string | undefined;
    assert.equal(validate(toControl(DEFAULT_SETTINGS, control.key as SettingKey)), undefined, control.key);
    if (control.type !== 'dropdown') continue;
    for (const choice of Object.keys(control.options)) assert.equal(validate(choice), undefined, choice);
  }
});

test('offers every value of a setting in its dropdown', () => {
  const offered = controls().flatMap(({ control }) =>
    control.type === 'dropdown' ? [[control.key, Object.keys(control.options)] as const] : [],
  );
  assert.deepEqual(Object.fromEntries(offered), {
    engine: ['auto', 'server', 'embedded'],
    missing: ['empty', 'useless'],
    paste: ['off', 'on', 'ask'],
    fineDetail: ['off', 'offer', 'ask', 'on'],
    review: ['always', 'batches', 'never'],
  });
});

test('rejects a value that the setting rejects, with a message', () => {
  const refused: [SettingKey, unknown, keyof typeof en.settings.problems][] = [
    ['keepAlive', 'soon', 'bad_keep_alive'],
    ['concurrency', 9, 'bad_concurrency'],
    ['contextLength', 100, 'bad_context'],
    ['leaveOut', 'x'.repeat(501), 'bad_pattern'],
    ['promptAddition', 'x'.repeat(1001), 'too_long'],
  ];
  for (const [key, value, problem] of refused) {
    for (const words of [en, ru]) {
      const control = controls(words).find((item) => item.control.key === key)?.control;
      const validate = control?.validate as (value: unknown) => string | undefined;
      assert.equal(validate(value), words.settings.problems[problem], key);
    }
  }
});

test('converts a setting to its control and back unchanged', () => {
  const stored = fc.record({
    leaveOut: fc.array(fc.constantFrom('Private/', '*.md', '!a b/c.md')),
    keepAlive: fc.oneof(fc.integer({ min: -1, max: 5000 }), fc.constantFrom('5m', '1h30m', '-1m')),
    promptAddition: fc.string({ maxLength: 50 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(stored, (data) => {
      const parsed = parseSettings(data);
      for (const key of keys) assert.deepEqual(fromControl(key, toControl(parsed, key)), parsed[key], key);
    }),
  );
});

test('tolerates imprecise input', () => {
  assert.deepEqual(fromControl('leaveOut', 'Private/\r\n\n  \nDiary/\n'), ['Private/', 'Diary/']);
  assert.equal(fromControl('keepAlive', ' 300 '), 300);
  assert.equal(fromControl('keepAlive', ' 5m '), '5m');
  assert.equal(validateField('keepAlive', fromControl('keepAlive', '300')), null);
  assert.equal(fromControl('promptAddition', ' a '), ' a ');
});
