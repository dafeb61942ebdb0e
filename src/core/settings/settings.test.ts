import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGE_CODES } from '../language/language-codes.ts';
import {
  DEFAULT_SETTINGS,
  parseSettings,
  type SettingKey,
  type SettingProblem,
  SETTINGS_VERSION,
  validateField,
} from './settings.ts';

const keys = Object.keys(DEFAULT_SETTINGS).filter((key) => key !== 'version') as SettingKey[];

const duration = fc
  .tuple(fc.integer({ min: 0, max: 999 }), fc.constantFrom('ms', 's', 'm', 'h'))
  .map((parts) => parts.join(''));
const header = fc.record(
  { name: fc.constantFrom('X-Key', 'Authorization'), secret: fc.constantFrom('my-secret', 'key-2') },
  { noNullPrototype: true },
);

/** A valid value of each field. */
const valid: Record<SettingKey, fc.Arbitrary<unknown>> = {
  engine: fc.constantFrom('auto', 'server', 'embedded'),
  model: fc.constantFrom('', 'gemma3:4b', 'hf.co/a/b:Q4_K_M'),
  language: fc.constantFrom('auto', ...LANGUAGE_CODES),
  style: fc.constantFrom('alt', 'below', 'callout'),
  missing: fc.constantFrom('empty', 'useless'),
  paste: fc.constantFrom('off', 'on', 'ask'),
  review: fc.constantFrom('always', 'batches', 'never'),
  textHint: fc.boolean(),
  fineDetail: fc.constantFrom('off', 'offer', 'ask', 'on'),
  secondModel: fc.constantFrom('', 'qwen2.5vl:7b'),
  leaveOut: fc.array(fc.constantFrom('Private/', '*.excalidraw.md', '!a b/с.md')),
  altBadge: fc.boolean(),
  folderRules: fc.array(
    fc.record(
      {
        folder: fc.constantFrom('Lectures', 'Lectures/Physics', 'Дневник'),
        language: fc.constantFrom('auto', 'de'),
        style: fc.constantFrom('alt', 'below', 'callout'),
        altPrompt: fc.constantFrom('', 'Formulas'),
        exclude: fc.boolean(),
      },
      { requiredKeys: ['folder'], noNullPrototype: true },
    ),
  ),
  remoteImages: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 8 }),
  contextLength: fc.integer({ min: 2048, max: 1_048_576 }),
  keepAlive: fc.oneof(fc.integer({ min: -1, max: 31_536_000 }), duration, fc.constant('1h30m')),
  promptAddition: fc.string({ maxLength: 1000 }),
  prompts: fc.array(
    fc.record(
      { name: fc.string(), purpose: fc.constantFrom('alt', 'description', 'question'), text: fc.string() },
      { noNullPrototype: true },
    ),
  ),
  altPrompt: fc.constantFrom('', 'accessible', 'Recipe'),
  hiddenPrompts: fc.array(fc.constantFrom('table', 'formula')),
  tools: fc.boolean(),
  webSearch: fc.boolean(),
  webSearchSecret: fc.constantFrom('', 'ollama-key'),
  tokenSecret: fc.constantFrom('', 'ollama-token'),
  headers: fc.array(header),
};

/** For each field a valid value, any JSON, or nothing. */
const stored = fc.record(Object.fromEntries(keys.map((key) => [key, fc.oneof(valid[key], fc.jsonValue())])), {
  requiredKeys: [],
});

test('returns valid settings for any JSON', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), stored), (data) => {
      const settings = parseSettings(data);
      assert.deepEqual(Object.keys(settings).sort(), Object.keys(DEFAULT_SETTINGS).sort());
      for (const key of keys) assert.equal(validateField(key, settings[key]), null, key);
      assert.deepEqual(parseSettings(JSON.parse(JSON.stringify(settings))), settings);
    }),
  );
});

test('keeps a valid field regardless of other fields', () => {
  fc.assert(
    fc.property(
      stored,
      fc.constantFrom(...keys).chain((key) => fc.tuple(fc.constant(key), valid[key])),
      (data, [key, value]) => {
        assert.deepEqual(parseSettings({ ...data, [key]: value })[key], value);
        assert.equal(validateField(key, value), null);
      },
    ),
  );
});

test('resets only the invalid field', () => {
  assert.deepEqual(parseSettings({ concurrency: 9, model: 'llava', paste: 'maybe', style: 'below' }), {
    ...DEFAULT_SETTINGS,
    model: 'llava',
    style: 'below',
  });
});

test('reads the old engine name `ollama` as `server`', () => {
  assert.deepEqual(parseSettings({ engine: 'ollama', style: 'below' }), {
    ...DEFAULT_SETTINGS,
    engine: 'server',
    style: 'below',
  });
});

test('drops only the invalid entries of a list', () => {
  const good = { name: 'X-Key', secret: 'a' };
  const settings = parseSettings({
    leaveOut: ['Private/', 7, ' ', 'Diary/'],
    headers: [good, { name: 'X Y', secret: 'a' }, null, { name: 'X-Key' }, { ...good, more: 1 }],
  });
  assert.deepEqual(settings.leaveOut, ['Private/', 'Diary/']);
  assert.deepEqual(settings.headers, [good, good]);
});

test('resets only the invalid field of a folder rule', () => {
  const { folderRules } = parseSettings({
    folderRules: [{ folder: 'Lectures', language: 'German', style: 'below', altPrompt: 7, exclude: 'yes' }],
  });
  assert.deepEqual(folderRules, [{ folder: 'Lectures', style: 'below' }]);
});

test('corrects the folders of rules and drops rules without a folder in the vault', () => {
  const folders = ['/Lectures/', '.\\Lectures\\Physics', 'a//b', 'Ё', '', '/', '.', '../Other', 'a/../..', 7];
  const { folderRules } = parseSettings({
    folderRules: [...folders.map((folder) => ({ folder })), null, 'a'],
  });
  assert.deepEqual(
    folderRules.map(({ folder }) => folder),
    ['Lectures', 'Lectures/Physics', 'a/b', 'Ё'],
  );
});

test('sends no data to other computers by default', () => {
  assert.deepEqual(parseSettings(null), {
    version: 1,
    engine: 'auto',
    model: '',
    language: 'auto',
    style: 'alt',
    missing: 'useless',
    paste: 'on',
    review: 'batches',
    leaveOut: [],
    altBadge: true,
    folderRules: [],
    concurrency: 1,
    contextLength: 8192,
    keepAlive: '10m',
    promptAddition: '',
    prompts: [],
    altPrompt: '',
    hiddenPrompts: [],
    textHint: true,
    fineDetail: 'offer',
    secondModel: '',
    remoteImages: false,
    tools: true,
    webSearch: false,
    webSearchSecret: '',
    tokenSecret: '',
    headers: [],
  });
});

test('keeps fields and version of newer settings but drops unknown ones otherwise', () => {
  const newer = { version: SETTINGS_VERSION + 1, model: 'llava', style: 'figure', galleries: { columns: 3 } };
  assert.deepEqual(parseSettings(newer), {
    ...DEFAULT_SETTINGS,
    version: SETTINGS_VERSION + 1,
    model: 'llava',
    galleries: { columns: 3 },
  });
  assert.equal('galleries' in parseSettings({ ...newer, version: SETTINGS_VERSION }), false);
});

test('reports an invalid value by a code', () => {
  const cases: [SettingKey, unknown, SettingProblem | null][] = [
    ['model', 'gemma3 4b', 'bad_model'],
    ['language', 'xx', 'bad_language'],
    ['language', 'zh-TW', null],
    ['language', 'sr-Latn', null],
    ['language', 'Russian', 'bad_language'],
    ['language', 'ru', null],
    ['style', 'figure', 'bad_value'],
    ['leaveOut', ['a\nb'], 'bad_pattern'],
    ['leaveOut', 'Private/', 'bad_pattern'],
    ['folderRules', [{ folder: 'a/b', language: 'de' }], null],
    ['folderRules', [{ folder: '' }], 'bad_folder'],
    ['folderRules', [{ folder: 'a/' }], 'bad_folder'],
    ['folderRules', [{ folder: 'a', language: 'German' }], 'bad_language'],
    ['concurrency', 0, 'bad_concurrency'],
    ['concurrency', 1.5, 'bad_concurrency'],
    ['contextLength', 2047, 'bad_context'],
    ['contextLength', NaN, 'bad_context'],
    ['keepAlive', 'ten minutes', 'bad_keep_alive'],
    ['keepAlive', '300', 'bad_keep_alive'],
    ['keepAlive', -2, 'bad_keep_alive'],
    ['keepAlive', '-1m', null],
    ['promptAddition', 'x'.repeat(1001), 'too_long'],
    ['tokenSecret', 'Bearer abc', 'bad_secret'],
    ['headers', [{ name: 'X: Y', secret: 'a' }], 'bad_header_name'],
    ['headers', [{ name: 'Host', secret: 'a' }], 'reserved_header'],
    ['headers', [{ name: 'Sec-Fetch-Mode', secret: 'a' }], 'reserved_header'],
    ['headers', [{ name: 'X-Key' }], 'bad_secret'],
    ['headers', [{ name: 'X-Key', secret: '' }], 'bad_secret'],
    ['headers', [{ name: 'X-Key', secret: 'No Secret' }], 'bad_secret'],
  ];
  for (const [key, value, problem] of cases) {
    assert.equal(validateField(key, value), problem, `${key} ${JSON.stringify(value)}`);
  }
});

test('lists the ISO 639-1 languages, each with a name', () => {
  assert.equal(LANGUAGE_CODES.length, 183);
  assert.deepEqual([...new Set(LANGUAGE_CODES)].sort(), LANGUAGE_CODES);
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  for (const code of LANGUAGE_CODES) assert.ok(names.of(code), code);
});
