import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freePort } from './free-port.ts';
import { CAPTIONED, NOTE, startPlugin, type PluginHarness } from './open-plugin.ts';
import { serveSquares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

/** The code of another plugin, with the `api` and files by path. */
const asPlugin = (body: string) => `(async () => {
  const api = app.plugins.getPlugin('notesight').api;
  const file = (path) => app.vault.getFileByPath(path);
  ${body}
})()`;

test('describes an image for other plugins, or returns the cached description', async (t) => {
  const fake = await serveSquares(t);
  const { page, editorText } = await plugin.open(t, fake.url, {
    files: { 'note.md': NOTE, 'board.canvas': '{}' },
  });
  const answers = await page.evaluate(
    asPlugin(`return {
      can: ['a.png', 'note.md', 'board.canvas'].map((path) => api.canDescribe(file(path))),
      before: await api.cached(file('a.png')),
      described: (await api.describe(file('a.png'))).alt,
      after: (await api.cached(file('a.png'))).alt,
      again: (await api.describe(file('a.png'))).alt,
      other: await api.cached(file('b.png')),
    };`),
  );
  assert.deepEqual(answers, {
    can: [true, false, false],
    before: null,
    described: 'Square 80 wide',
    after: 'Square 80 wide',
    again: 'Square 80 wide',
    other: null,
  });
  assert.equal(fake.chats.length, 1);
  assert.equal(await editorText(), NOTE);
});

test('notifies other plugins of each described image until they unsubscribe', async (t) => {
  const fake = await serveSquares(t);
  const { page, runCommand, untilText, setCursor } = await plugin.open(t, fake.url);
  await page.evaluate(
    asPlugin(`
      globalThis.heard = [];
      globalThis.ref = api.on('described', (path, { alt }) => heard.push([path, alt]));`),
  );
  const heard = () => page.evaluate('heard');
  await page.evaluate(asPlugin(`await api.describe(file('a.png')); await api.describe(file('a.png'));`));
  assert.deepEqual(await heard(), [['a.png', 'Square 80 wide']]);
  await runCommand('notesight:caption-note');
  await untilText(/Square 90/);
  assert.deepEqual(await heard(), [
    ['a.png', 'Square 80 wide'],
    ['b.png', 'Square 90 wide'],
  ]);
  await page.evaluate(asPlugin('api.offref(ref);'));
  await runCommand('notesight:undo-batch');
  await setCursor(NOTE.indexOf('a.png'));
  await page.evaluate(`app.vault.modifyBinary(app.vault.getFileByPath('a.png'), new ArrayBuffer(0))`);
  await page.evaluate(
    asPlugin(
      `await app.vault.createBinary('c.png', await app.vault.readBinary(file('b.png'))); await api.describe(file('c.png'));`,
    ),
  );
  assert.equal(((await heard()) as unknown[]).length, 2);
});

test('rejects an invalid request with a code, and stops on a signal', async (t) => {
  const server = `http://127.0.0.1:${await freePort()}`;
  const { page, notices } = await plugin.open(t, server);
  const code = await page.evaluate(asPlugin(`return api.describe(file('a.png')).catch(({ code }) => code);`));
  assert.equal(code, 'server_down');
  const fake = await serveSquares(t);
  fake.next({ kind: 'hang' });
  await page.evaluate(`app.saveLocalStorage('notesight-server', '${fake.url}')`);
  const stopped = page.evaluate(
    asPlugin(`
      const controller = new AbortController();
      globalThis.stopIt = () => controller.abort();
      return api.describe(file('a.png'), controller.signal).then(() => 'described', () => 'stopped');`),
  );
  await page.waitForFunction('globalThis.stopIt !== undefined');
  await page.evaluate('stopIt()');
  assert.equal(await stopped, 'stopped');
  assert.deepEqual(await notices(), []);
});

test('captions, describes and undoes from the Obsidian command line with JSON output', async (t) => {
  const fake = await serveSquares(t);
  const { editorText, runCli } = await plugin.open(t, fake.url);
  const ask = async (command: string, params: Record<string, string> = {}) =>
    JSON.parse(await runCli(`notesight:${command}`, params)) as unknown;
  const rows = (await ask('caption', { path: 'note.md' })) as { status: string }[];
  assert.deepEqual(
    rows.map(({ status }) => status),
    ['written', 'written'],
  );
  assert.equal(await editorText(), CAPTIONED);
  assert.equal(((await ask('describe', { path: 'a.png' })) as { alt: string }).alt, 'Square 80 wide');
  for (const path of ['no.png', 'note.md']) {
    const wrong = (await ask('describe', { path })) as { error: { code: string } };
    assert.equal(wrong.error.code, path === 'no.png' ? 'note_missing' : 'image_unsupported', path);
  }
  assert.deepEqual(await ask('undo'), [
    { note: 'note.md', undone: 2, kept: 0, captions: 2, summaries: 0, removed: false, error: null },
  ]);
  assert.equal(await editorText(), NOTE);
});

test('captions a folder, the vault or all embeds of an image from the command line', async (t) => {
  const fake = await serveSquares(t);
  const files = { 'note.md': NOTE, 'Trips/one.md': '![[a.png]]\n' };
  const { runCli, diskText, editorText } = await plugin.open(t, fake.url, { files });
  const written = async (path: string) =>
    (JSON.parse(await runCli('notesight:caption', { path })) as { note: string; status: string }[])
      .filter(({ status }) => status === 'written')
      .map(({ note }) => note);
  assert.deepEqual(await written('Trips'), ['Trips/one.md']);
  assert.equal(await editorText(), NOTE);
  await runCli('notesight:undo', {});
  assert.equal(await diskText('Trips/one.md'), files['Trips/one.md']);
  assert.deepEqual(await written('a.png'), ['note.md', 'Trips/one.md']);
  assert.equal(await editorText(), NOTE.replace('[[a.png]]', '[[a.png|Square 80 wide]]'));
  assert.deepEqual(await written('/'), ['note.md']);
});
