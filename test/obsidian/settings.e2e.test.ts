import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { en } from '../../src/hosts/obsidian/messages/en.ts';
import { qwen25vl, textOnly } from '../fakes/fake-models.ts';
import type { FakeOllama } from '../fakes/fake-ollama.ts';
import { freePort } from './free-port.ts';
import { CAPTIONED, NOTE, startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { settingRow } from './setting-row.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const { fields, servers: serverWords, pull: pullWords, pack: packWords, skipped: skippedWords } = en.settings;

/** The options that the model would receive with a chat. */
function optionsOf(fake: FakeOllama): Record<string, unknown> {
  const body = fake.seen.findLast(({ call }) => call !== null)?.body ?? '{}';
  return JSON.parse(body) as Record<string, unknown>;
}

test('shows a row for every setting and saves its value', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, data } = await plugin.open(t, fake.url);
  await toggleSettings();
  const names = await page.locator('.setting-item-name').allInnerTexts();
  assert.deepEqual(names, [
    serverWords.name,
    fields.engine.name,
    fields.model.name,
    pullWords.name,
    packWords.name,
    ...(
      [
        'language',
        'style',
        'altPrompt',
        'promptAddition',
        'textHint',
        'fineDetail',
        'secondModel',
        'missing',
        'paste',
        'review',
        'leaveOut',
        'folderRules',
      ] as const
    ).map((key) => fields[key].name),
    skippedWords.name,
    fields.remoteImages.name,
    fields.altBadge.name,
    fields.prompts.name,
    ...(['tools', 'webSearch', 'webSearchSecret'] as const).map((key) => fields[key].name),
    ...(['concurrency', 'contextLength', 'keepAlive', 'tokenSecret', 'headers'] as const).map(
      (key) => fields[key].name,
    ),
  ]);
  const control = (key: keyof typeof fields, tag: string) => settingRow(page, fields[key].name).locator(tag);
  await page.evaluate(`app.secretStorage.setSecret('proxy-token', 't')`);
  await toggleSettings();
  await toggleSettings();
  await control('model', 'select').selectOption('gemma3:4b');
  await control('engine', 'select').selectOption('server');
  await control('language', 'select').selectOption({ label: 'German' });
  await control('style', 'select').selectOption('below');
  await control('promptAddition', 'textarea').fill('Name the plants.');
  await settingRow(page, fields.textHint.name).getByRole('switch').click();
  await control('fineDetail', 'select').selectOption('on');
  await control('secondModel', 'input').fill('qwen2.5vl:7b');
  await control('missing', 'select').selectOption('useless');
  await control('paste', 'select').selectOption('ask');
  await control('review', 'select').selectOption('always');
  await control('leaveOut', 'textarea').fill('Private/\n*.excalidraw.md');
  await settingRow(page, fields.remoteImages.name).getByRole('switch').click();
  await settingRow(page, fields.altBadge.name).getByRole('switch').click();
  await settingRow(page, fields.tools.name).getByRole('switch').click();
  await settingRow(page, fields.webSearch.name).getByRole('switch').click();
  await control('webSearchSecret', 'select').selectOption('proxy-token');
  await control('concurrency', 'input').fill('3');
  await control('contextLength', 'input').fill('16384');
  await control('contextLength', 'input').blur();
  await control('keepAlive', 'input').fill('300');
  await control('tokenSecret', 'select').selectOption('proxy-token');
  const wanted = {
    model: 'gemma3:4b',
    engine: 'server',
    language: 'de',
    style: 'below',
    promptAddition: 'Name the plants.',
    textHint: false,
    fineDetail: 'on',
    secondModel: 'qwen2.5vl:7b',
    missing: 'useless',
    paste: 'ask',
    review: 'always',
    leaveOut: ['Private/', '*.excalidraw.md'],
    remoteImages: true,
    altBadge: false,
    tools: false,
    webSearch: true,
    webSearchSecret: 'proxy-token',
    concurrency: 3,
    contextLength: 16384,
    keepAlive: 300,
    tokenSecret: 'proxy-token',
  };
  await page.waitForFunction(() =>
    obsidianHost.diskText('.obsidian/plugins/notesight/data.json')?.includes('"tokenSecret": "proxy-token"'),
  );
  const saved = await data();
  for (const [key, value] of Object.entries(wanted)) assert.deepEqual(saved[key], value, key);
});

test('shows saved values and applies synced changes immediately', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, writeOutside, runCommand, untilText } = await plugin.open(t, fake.url, {
    data: { review: 'always', keepAlive: -1, engine: 'ollama' },
  });
  await toggleSettings();
  const review = settingRow(page, fields.review.name).locator('select');
  assert.equal(await review.inputValue(), 'always');
  assert.equal(await settingRow(page, fields.keepAlive.name).locator('input').inputValue(), '-1');
  const engine = settingRow(page, fields.engine.name).locator('select');
  assert.equal(await engine.inputValue(), 'server', 'under its new name');
  await toggleSettings();
  await writeOutside('.obsidian/plugins/notesight/data.json', JSON.stringify({ review: 'never' }));
  await page.waitForFunction(`app.plugins.getPlugin('notesight').settings.review === 'never'`);
  await runCommand('notesight:caption-note');
  await untilText(/Square 90/);
  await toggleSettings();
  assert.equal(await review.inputValue(), 'never');
});

test('shows an invalid value under its row without saving it', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, data } = await plugin.open(t, fake.url);
  await toggleSettings();
  await settingRow(page, fields.keepAlive.name).locator('input').fill('soon');
  await page.getByText(en.settings.problems.bad_keep_alive).waitFor();
  assert.equal('keepAlive' in (await data()), false);
});

test("keeps the server's address on the device", async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, data, runCommand, untilText } = await plugin.open(t, '');
  await toggleSettings();
  await settingRow(page, serverWords.name).locator('input').fill(fake.url);
  await settingRow(page, serverWords.name).locator('input').blur();
  await settingRow(page, fields.review.name).locator('select').selectOption('never');
  assert.equal(await page.evaluate(`app.loadLocalStorage('notesight-server')`), fake.url);
  await page.waitForFunction(() =>
    obsidianHost.diskText('.obsidian/plugins/notesight/data.json')?.includes('"never"'),
  );
  assert.doesNotMatch(JSON.stringify(await data()), /127\.0\.0\.1|http/);
  await toggleSettings();
  await runCommand('notesight:caption-note');
  await untilText(/Square 90/);
});

test('lists models with their capabilities and uses the selected one', async (t) => {
  const fake = await serveSquares(t, {
    models: [{ ...squares, name: 'zeta:4b' }, { ...squares, name: 'alpha:7b' }, textOnly],
    loaded: ['zeta:4b'],
  });
  const { page, toggleSettings, runCommand, untilText } = await plugin.open(t, fake.url, {
    data: { review: 'never', model: 'gone:1b' },
  });
  await toggleSettings();
  const select = settingRow(page, fields.model.name).locator('select');
  await select.locator('option[value="zeta:4b"]').waitFor({ state: 'attached' });
  const options = Object.fromEntries(
    await select
      .locator('option')
      .evaluateAll((all) => all.map((option) => [(option as HTMLOptionElement).value, option.textContent])),
  ) as Record<string, string>;
  assert.match(options['zeta:4b'] ?? '', /^zeta:4b — 👁 Supports images, Loaded, 3\.3 GB$/);
  assert.match(options['alpha:7b'] ?? '', /^alpha:7b — 👁 Supports images, 3\.3 GB$/);
  assert.match(options['llama3.2:3b'] ?? '', /^llama3\.2:3b — Text-only, 2\.0 GB$/);
  assert.equal(options['gone:1b'], 'gone:1b (Not on the server)');
  assert.equal(await select.inputValue(), 'gone:1b');
  await select.selectOption('alpha:7b');
  await toggleSettings();
  await runCommand('notesight:caption-note');
  await untilText(/Square 90/);
  assert.deepEqual([...new Set(fake.chats.map(({ model }) => model))], ['alpha:7b']);
});

test('reloads the list of models with its button', async (t) => {
  const port = await freePort();
  const { page, toggleSettings } = await plugin.open(t, `http://127.0.0.1:${port}`);
  await toggleSettings();
  const models = settingRow(page, fields.model.name);
  await models.getByText(/^Can't reach the server/).waitFor();
  await serveSquares(t, { port });
  await models.getByLabel(en.settings.models.refresh).click();
  await models.locator('option[value="gemma3:4b"]').waitFor({ state: 'attached' });
  assert.doesNotMatch(await models.innerText(), /Can't reach/);
});

test('downloads a model with progress and adds it to the list', async (t) => {
  const fake = await serveSquares(t, {
    models: [textOnly],
    library: [{ model: qwen25vl, layers: [4_000_000_000] }],
    tokenDelay: 150,
  });
  const { page, toggleSettings } = await plugin.open(t, fake.url);
  await toggleSettings();
  const pull = settingRow(page, pullWords.name);
  await pull.locator('input').fill('qwen2.5vl:7b');
  await pull.getByRole('button', { name: 'Download' }).click();
  await pull.getByText(/^Downloading qwen2\.5vl:7b: (25% \(1,000|60% \(2,400) of 4,000\sMB\)/).waitFor();
  await pull.getByText(en.download.done('qwen2.5vl:7b')).waitFor();
  await settingRow(page, fields.model.name)
    .locator('option[value="qwen2.5vl:7b"]', { hasText: 'Supports images' })
    .waitFor({ state: 'attached' });
});

test('stops a download with the same button, and shows it in a notice after closing', async (t) => {
  const fake = await serveSquares(t, {
    library: [{ model: qwen25vl, layers: [4_000_000_000, 1_000_000] }],
    tokenDelay: 1000,
  });
  const { page, toggleSettings } = await plugin.open(t, fake.url);
  const pulls = () => fake.seen.filter(({ path }) => path === '/api/pull');
  await toggleSettings();
  const pull = settingRow(page, pullWords.name);
  const start = async () => {
    await pull.locator('input').fill('qwen2.5vl:7b');
    await pull.getByRole('button', { name: 'Download' }).click();
    await pull.getByText(/: 0% \(/).waitFor();
  };
  await start();
  await pull.getByRole('button', { name: 'Stop' }).click();
  await pull.getByText(en.download.stopped).waitFor();
  assert.equal(await pulls()[0]?.ended, 'disconnected');
  await pull.getByRole('button', { name: 'Download' }).waitFor();
  await start();
  await toggleSettings();
  const notice = page.locator('.notice', { hasText: 'Downloading qwen2.5vl:7b: ' });
  await notice.waitFor();
  await toggleSettings();
  await notice.waitFor({ state: 'detached' });
  await settingRow(page, pullWords.name).getByRole('button', { name: 'Stop' }).click();
  assert.equal(await pulls()[1]?.ended, 'disconnected');
  assert.equal(pulls().length, 2);
});

test("shows why a model can't be downloaded", async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings } = await plugin.open(t, fake.url);
  await toggleSettings();
  const pull = settingRow(page, pullWords.name);
  await pull.locator('input').fill('nosuch:1b');
  await pull.getByRole('button', { name: 'Download' }).click();
  await pull.getByText(/no such host/).waitFor();
  await pull.getByRole('button', { name: 'Download' }).waitFor();
});

test('reports a working server, or the problem and what to do', async (t) => {
  const fake = await serveSquares(t, { models: [squares, textOnly] });
  const blind = await serveSquares(t, { models: [textOnly] });
  const { page, toggleSettings } = await plugin.open(t, fake.url);
  await toggleSettings();
  const server = settingRow(page, serverWords.name);
  const said = server.getByRole('status');
  const testAt = async (address: string) => {
    await server.locator('input').fill(address);
    await server.getByRole('button', { name: 'Test' }).click();
  };
  await testAt(fake.url);
  await said.getByText(/^Connected to Ollama at .*\. 1 model supports images\.$/).waitFor();
  await testAt(blind.url);
  await said.getByText(/^Ollama at .* has no vision model\. Download one in the settings/).waitFor();
  await testAt(`http://127.0.0.1:${await freePort()}`);
  await said.getByText(/^Can't reach the server at .*\. Start the server/).waitFor();
});

test("reaches a server that rejects the app's origin", async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings } = await plugin.open(t, fake.url, { origin: 'foreign' });
  await toggleSettings();
  const server = settingRow(page, serverWords.name);
  await server.getByRole('button', { name: 'Test' }).click();
  await server.getByText(/1 model supports images\.$/).waitFor();
});

test('reports a server that rejects every request', async (t) => {
  const fake = await serveSquares(t);
  // Ollama returns 403 for a host name that is neither local nor private, for any origin.
  const { page, toggleSettings } = await plugin.open(t, `http://obsidian.test:${fake.port}`);
  await toggleSettings();
  const server = settingRow(page, serverWords.name);
  await server.getByRole('button', { name: 'Test' }).click();
  await server.getByText(/OLLAMA_ORIGINS/).waitFor();
});

test('sends the token and secret headers to the server without saving them in the settings', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, runCommand, untilText, diskText, files } = await plugin.open(t, fake.url);
  await page.evaluate(`{
    app.secretStorage.setSecret('proxy-token', 'very secret token');
    app.secretStorage.setSecret('proxy-key', 'very secret key');
  }`);
  await toggleSettings();
  await settingRow(page, fields.tokenSecret.name).locator('select').selectOption('proxy-token');
  const headers = settingRow(page, fields.headers.name);
  await headers.getByRole('textbox', { name: 'Name' }).fill('X-Proxy-Key');
  await headers.getByRole('group', { name: 'Secret' }).getByRole('combobox').selectOption('proxy-key');
  await headers.getByRole('button', { name: 'Add header' }).click();
  await headers.getByText('X-Proxy-Key: proxy-key').waitFor();
  await toggleSettings();
  await runCommand('notesight:caption-note');
  await untilText(/Square 90/);
  const chat = fake.seen.find(({ call }) => call !== null);
  assert.equal(chat?.headers.authorization, 'Bearer very secret token');
  assert.equal(chat.headers['x-proxy-key'], 'very secret key');
  const stored = ['data.json', 'captions.jsonl', 'journal.jsonl'].map(
    (name) => `.obsidian/plugins/notesight/${name}`,
  );
  for (const path of [...stored, ...(await files()).filter((name) => name.endsWith('.md'))]) {
    const text = await diskText(path);
    assert.ok(text !== null, path);
    assert.doesNotMatch(text, /very secret/, path);
  }
  assert.match((await diskText(stored[0] ?? '')) ?? '', /"proxy-key"/);
});

test('offers languages by name: those of the note and the interface, then common ones', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, data } = await plugin.open(t, fake.url, {
    language: 'de',
    data: { language: 'de-AT' },
  });
  await toggleSettings();
  const select = settingRow(page, fields.language.name).getByRole('combobox');
  assert.equal(await select.inputValue(), 'de-AT', 'keeps a language that is not in the list');
  const names = await select.locator('option').allInnerTexts();
  assert.deepEqual(names.slice(0, 4), ['Language of the note', 'German', 'Austrian German', 'Arabic']);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.doesNotMatch(name, /^[a-z]{2,3}$/);
  assert.deepEqual(
    await select
      .locator('optgroup')
      .evaluateAll((groups) => groups.map((group) => (group as HTMLOptGroupElement).label)),
    ['Common languages', 'Other languages'],
  );
  await select.focus();
  await page.keyboard.type('Welsh');
  await page.waitForFunction(() =>
    obsidianHost.diskText('.obsidian/plugins/notesight/data.json')?.includes('"language": "cy"'),
  );
  assert.equal((await data())['language'], 'cy');
});

test('requires a valid name and a secret for a header, and can remove it', async (t) => {
  const fake = await serveSquares(t);
  const { page, toggleSettings, data } = await plugin.open(t, fake.url);
  await page.evaluate(`app.secretStorage.setSecret('proxy-key', 'very secret key')`);
  await toggleSettings();
  const headers = settingRow(page, fields.headers.name);
  const add = async (name: string, secret: string) => {
    await headers.getByRole('textbox', { name: 'Name' }).fill(name);
    await headers.getByRole('group', { name: 'Secret' }).getByRole('combobox').selectOption(secret);
    await headers.getByRole('button', { name: 'Add header' }).click();
  };
  await add('Host', 'proxy-key');
  await headers.getByText(en.settings.problems.reserved_header).waitFor();
  await add('X-Key', '');
  await headers.getByText(en.settings.problems.bad_secret).waitFor();
  assert.equal('headers' in (await data()), false);
  await add('X-Key', 'proxy-key');
  await headers.getByText('X-Key: proxy-key').waitFor();
  assert.doesNotMatch(await headers.innerText(), new RegExp(en.settings.problems.bad_secret));
  assert.deepEqual((await data())['headers'], [{ name: 'X-Key', secret: 'proxy-key' }]);
  await headers.getByRole('button', { name: 'Remove header: X-Key' }).click();
  await page.waitForFunction(() =>
    obsidianHost.diskText('.obsidian/plugins/notesight/data.json')?.includes('"headers": []'),
  );
  assert.equal(await headers.getByText('X-Key').count(), 0);
  assert.equal(await page.evaluate('document.activeElement.placeholder'), en.settings.headers.name);
});

test('ignores excluded notes and images', async (t) => {
  const fake = await serveSquares(t);
  const files = { 'note.md': NOTE, 'Private/one.md': NOTE, 'Private/open.md': NOTE };
  const { runCommand, untilNotice, diskText, editorText } = await plugin.open(t, fake.url, {
    files,
    data: { review: 'never', leaveOut: ['Private/*', '!Private/open.md', 'b.png'] },
  });
  await runCommand('notesight:caption-vault');
  await untilNotice(/^Updated 2 images/);
  const expected = NOTE.replace('[[a.png]]', '[[a.png|Square 80 wide]]');
  assert.equal(await editorText(), expected);
  assert.equal(await diskText('Private/open.md'), expected);
  assert.equal(await diskText('Private/one.md'), NOTE);
});

test('replaces placeholder alt text only when the settings say so', async (t) => {
  const fake = await serveSquares(t);
  const useless = '![a.png](a.png)\n';
  const { page, runCommand, untilNotice, toggleSettings, untilText } = await plugin.open(t, fake.url, {
    files: { 'note.md': useless },
    data: { review: 'never', missing: 'empty' },
  });
  await runCommand('notesight:caption-note');
  await untilNotice(/^Nothing to do/);
  await toggleSettings();
  await settingRow(page, fields.missing.name).locator('select').selectOption('useless');
  await toggleSettings();
  await runCommand('notesight:caption-note');
  assert.equal(await untilText(/Square/), '![Square 80 wide](a.png)\n');
});

test('writes and undoes a caption or a folded callout below the image', async (t) => {
  const fake = await serveSquares(t);
  for (const [style, expected] of [
    ['below', '![[a.png|Square 80 wide]]\n*Square 80 wide*\n'],
    ['callout', '![[a.png|Square 80 wide]]\n> [!image]- Square 80 wide\n> It was made by a test.\n'],
  ] as const) {
    const { page, runCommand, untilText, setCursor, editorText } = await plugin.open(t, fake.url, {
      files: { 'note.md': '![[a.png]]\n' },
      data: { review: 'never', style },
    });
    await runCommand('notesight:caption-note');
    assert.equal(await untilText(/Square/), expected);
    await setCursor(0);
    await page.keyboard.press('Control+z');
    assert.equal(await editorText(), '![[a.png]]\n');
  }
});

test('sends the language, context, keep-alive and instructions in the settings to the model', async (t) => {
  const fake = await serveSquares(t);
  const { runCommand, untilText } = await plugin.open(t, fake.url, {
    data: {
      review: 'never',
      language: 'en-GB',
      contextLength: 16384,
      keepAlive: '7m',
      promptAddition: 'Name the plants you see.',
    },
  });
  await runCommand('notesight:caption-note');
  assert.equal(await untilText(/Square 90/), CAPTIONED);
  const { options, keep_alive: keepAlive } = optionsOf(fake);
  assert.equal((options as { num_ctx: number }).num_ctx, 16384);
  assert.equal(keepAlive, '7m');
  const said = fake.chats[0]?.text ?? '';
  assert.match(said, /Name the plants you see\./);
  assert.match(said, /British English/);
});
