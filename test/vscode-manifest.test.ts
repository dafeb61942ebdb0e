import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ErrorCode, NotesightError } from '../src/core/errors.ts';
import { LANGUAGE_CODES, LANGUAGE_VARIANTS } from '../src/core/language/language-codes.ts';
import { DEFAULT_SETTINGS, type SettingKey, validateField } from '../src/core/settings/settings.ts';
import { extensionReadme } from '../scripts/extension-readme.mjs';
import { COMMANDS } from '../src/hosts/vscode/command-names.ts';
import { explainInVscode } from '../src/hosts/vscode/explain-in-vscode.ts';
import { vscodeEn } from '../src/hosts/vscode/messages/vscode-en.ts';
import { vscodeRu } from '../src/hosts/vscode/messages/vscode-ru.ts';
import { isNote } from '../src/node/walk-vault.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly scope: string;
  readonly order: number;
  readonly markdownDescription: string;
  readonly markdownEnumDescriptions?: readonly string[];
}

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: {
          readonly svg?: string;
          readonly image?: Readonly<Record<'light' | 'dark' | 'hc' | 'hcLight', string>>;
          readonly altText: string;
        };
      }[];
    }[];
  };
}

const manifestText = read('package.json');
const { contributes, capabilities } = JSON.parse(manifestText) as Manifest;
const settings = Object.assign(
  {},
  ...contributes.configuration.map(({ properties }) => properties),
) as Record<string, Setting>;
const english = JSON.parse(read('package.nls.json')) as Record<string, string>;
const russian = JSON.parse(read('package.nls.ru.json')) as Record<string, string>;

test('implements every command in the manifest and its menus', () => {
  const named = contributes.commands.map(({ command }) => command);
  assert.deepEqual(named.toSorted(), COMMANDS.map((name) => `notesight.${name}`).toSorted());
  for (const { command } of Object.values(contributes.menus).flat()) {
    if (command !== undefined) assert.ok(named.includes(command), command);
  }
});

test('shows the menus for every kind of note', () => {
  const all = [...manifestText.matchAll(/resourceExtname =~ \/(.*?)\/i/g)].map(
    ([, pattern = '']) => new RegExp(JSON.parse(`"${pattern}"`) as string, 'i'),
  );
  const patterns = all.filter((pattern) => !pattern.test('.png'));
  assert.ok(patterns.length > 5);
  const extensions =
    '.md .markdown .mdown .mkd .mkdn .mdwn .mdtxt .mdtext .mdx .qmd .Rmd .rst .txt .png .md5';
  for (const extension of extensions.split(' ')) {
    for (const pattern of patterns) assert.equal(pattern.test(extension), isNote(`a${extension}`), extension);
  }
});

test('has a text in both languages for every key of the manifest, and no unused ones', () => {
  const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
  assert.deepEqual(Object.keys(english).toSorted(), [...new Set(used)].toSorted());
  assert.deepEqual(Object.keys(russian), Object.keys(english));
  for (const [key, text] of Object.entries(russian)) {
    assert.match(text, /\p{Script=Cyrillic}/u, key);
    assert.match(english[key] ?? '', /\S/, key);
  }
});

/** The value of a setting that only VS Code has; the core takes its default instead. */
const ONLY_HERE = 'review: preview';

test('uses the same defaults and ranges as the core settings', () => {
  const shared = Object.keys(settings)
    .map((name) => name.slice('notesight.'.length))
    .filter((key): key is SettingKey => key in DEFAULT_SETTINGS);
  const missing = Object.keys(DEFAULT_SETTINGS).filter((key) => !shared.includes(key as SettingKey));
  assert.deepEqual(
    missing.toSorted(),
    ['altBadge', 'headers', 'tokenSecret', 'version', 'webSearchSecret'],
    'these are secrets, only in Obsidian, or no settings',
  );
  for (const key of shared) {
    const setting = settings[`notesight.${key}`];
    assert.ok(setting, key);
    assert.deepEqual(setting.default, DEFAULT_SETTINGS[key], key);
    for (const value of setting.enum ?? []) {
      if (`${key}: ${value}` === ONLY_HERE) continue;
      assert.equal(validateField(key, value), null, `${key}: ${value}`);
    }
  }
});

test('labels every value of a setting', () => {
  for (const [name, { enum: values, enumItemLabels, markdownEnumDescriptions }] of Object.entries(settings)) {
    assert.equal(enumItemLabels?.length, values?.length, name);
    if (markdownEnumDescriptions !== undefined)
      assert.equal(markdownEnumDescriptions.length, values?.length, name);
  }
});

test('orders the settings as they are grouped', () => {
  const orders = contributes.configuration.flatMap(({ properties }) =>
    Object.values(properties).map(({ order }) => order),
  );
  assert.deepEqual(
    orders,
    orders.map((_order, index) => index + 1),
  );
});

test('offers all languages of the core, by their names', () => {
  const { enum: codes = [], enumItemLabels = [] } = settings['notesight.language'] ?? {};
  const known = ['auto', ...LANGUAGE_CODES, ...LANGUAGE_VARIANTS];
  assert.deepEqual(codes.toSorted(), known.toSorted(), 'run node scripts/list-languages.mjs');
  assert.equal(new Set(enumItemLabels).size, known.length);
  assert.equal(enumItemLabels[codes.indexOf('de')], 'German (Deutsch) · de');
});

test('keeps the settings that send images elsewhere out of the workspace', () => {
  assert.equal(settings['notesight.server']?.scope, 'machine');
  assert.equal(settings['notesight.webSearch']?.scope, 'application');
  for (const name of ['webSearch', 'model', 'engine', 'remoteImages', 'promptAddition', 'paste']) {
    assert.ok(capabilities.untrustedWorkspaces.restrictedConfigurations.includes(`notesight.${name}`), name);
  }
});

test('documents every kind of problem under the heading that it links to', () => {
  const docs = read('docs/vscode.md');
  for (const problem of ['missing-alt-text', 'useless-alt-text', 'missing-file'])
    assert.match(docs, new RegExp(`^#+ ${problem}$`, 'm'));
});

test('runs only existing commands in the walkthrough', () => {
  for (const { description } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
    for (const table of [english, russian]) {
      const text = table[description.slice(1, -1)] ?? '';
      for (const [, command] of text.matchAll(/\(command:([^)]+)\)/g)) {
        assert.ok(
          contributes.commands.some((each) => each.command === command),
          command,
        );
      }
    }
  }
});

test('has a picture with alt text in each step of the walkthrough, and text in the format of VS Code', () => {
  const pictures = new Set<string>();
  for (const { media, description } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
    const { svg, image, altText } = media;
    const files = image === undefined ? [svg ?? ''] : Object.values(image);
    for (const file of files) {
      assert.ok(existsSync(new URL(`../${file}`, import.meta.url)), file);
    }
    assert.equal(new Set(files).size, image === undefined ? 1 : 2, 'both themes');
    pictures.add(files.join());
    for (const table of [english, russian]) {
      assert.ok((table[altText.slice(1, -1)] ?? '').length > 20, altText);
      // Not Markdown: https://code.visualstudio.com/api/references/contribution-points#contributes.walkthroughs
      assert.doesNotMatch(table[description.slice(1, -1)] ?? '', /(?<![*`])[*`](?![*`])/, description);
    }
  }
  assert.equal(pictures.size, 4, 'one picture a step');
});

test('uses the titles of commands and the names of settings in advice', () => {
  const codes: ErrorCode[] = [
    'server_down',
    'unauthorized',
    'origin_refused',
    'model_missing',
    'no_vision_model',
  ];
  codes.push(
    'model_cannot_see',
    'model_cannot_point',
    'image_remote',
    'context_overflow',
    'question_too_long',
  );
  for (const [language, table] of [['en', english] as const, ['ru', russian] as const]) {
    const titles = new Set(Object.values(table));
    for (const code of codes) {
      const { advice } = explainInVscode(new NotesightError(code, code), language);
      for (const [, title] of advice.matchAll(/["«]Notesight: ([^"»]+)["»]/g))
        assert.ok(titles.has(title ?? ''), advice);
      for (const [name] of advice.matchAll(/notesight\.\w+/g)) assert.ok(name in settings, advice);
    }
  }
});

test('links to the web only and shows existing images in the README of the extension', () => {
  const readme = extensionReadme();
  const targets = [...readme.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)];
  assert.ok(targets.length > 3);
  for (const [, image, target = ''] of targets) {
    assert.match(target, /^https:\/\//);
    const [, path] = /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/[^/]+\/(.+)$/.exec(target) ?? [];
    if (image === '!') assert.ok(path !== undefined && existsSync(join(root, path)), target);
  }
  assert.doesNotMatch(readme, /<!--|<picture/);
});

test('speaks of the workspace, never of a vault', () => {
  for (const language of ['en', 'ru'] as const) {
    for (const [, code] of read('src/core/errors.ts').matchAll(/^ {2}\| '(\w+)'/gm)) {
      const { message, advice } = explainInVscode(new NotesightError(code as ErrorCode, ''), language);
      assert.doesNotMatch(`${message} ${advice}`, /vault|хранилищ/i);
    }
  }
  // The text of functions is in their source.
  const texts = [vscodeEn, vscodeRu, english, russian].map((words) =>
    JSON.stringify(Object.values(words), (_key, value: unknown) =>
      typeof value === 'function' ? String(value) : value,
    ),
  );
  for (const text of texts) assert.doesNotMatch(text.replaceAll('addFromVault', ''), /vault|хранилищ/i);
});
