import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test, type TestContext } from 'node:test';
import type { Locator } from 'playwright-core';
import { buildRecognizerPack, type BuiltPack } from '../../scripts/build-recognizer-pack.mjs';
import { en } from '../../src/hosts/obsidian/messages/en.ts';
import type { ChatCall } from '../fakes/chat-call.ts';
import { textOnly } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { buildPlugin } from './build-plugin.ts';
import { freePort } from './free-port.ts';
import type { OpenOptions } from './harness.ts';
import { startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { settingRow } from './setting-row.ts';

const FILE = '.obsidian/plugins/notesight/notesight-experts.pack';
const NOTE = '# Trip\n\n![](slide.png)\n\n![](photo.jpg)\n';
const words = en.settings.pack;
const MISSING = /^Not installed\. Download size: 16\.\d MB\.$/;
const THERE = /^Installed: 16\.\d MB, version [0-9a-f]{8}\.$/;
const NOT_THE_PACK = /^The offline recognition files are damaged or belong to another version/;

let plugin: PluginHarness;
let pack: BuiltPack;
let binaries: Record<string, Uint8Array>;
let nobody: string;

before(async () => {
  const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url));
  const [slide, photo] = await Promise.all([
    read('samples/vault/attachments/Слайд 1. Модальности.png'),
    read('test/fixtures/photos/astronaut.jpg'),
  ]);
  binaries = { 'slide.png': slide, 'photo.jpg': photo };
  nobody = `http://127.0.0.1:${await freePort()}`;
  plugin = await startPlugin();
  pack = await buildRecognizerPack();
});
after(() => plugin.close());

interface PackWindow extends PluginWindow {
  readonly row: Locator;
  /** The text of the row. */
  readonly said: Locator;
  readonly button: (name: string) => Locator;
  readonly choose: (bytes: Uint8Array) => Promise<void>;
  /** In bytes; null if there is no file. */
  readonly stored: () => Promise<number | null>;
}

/** A vault with a slide and a photo, and the settings open; by default, nothing listens at the server's address. */
async function openSettings(t: TestContext, options: OpenOptions = {}, server = nobody): Promise<PackWindow> {
  const window = await plugin.open(t, server, { files: { 'note.md': NOTE }, binaries, ...options });
  await window.toggleSettings();
  const row = settingRow(window.page, words.name);
  return {
    ...window,
    row,
    said: row.getByRole('status'),
    button: (name) => row.getByRole('button', { name, exact: true }),
    choose: (bytes) =>
      row
        .locator('input[type=file]')
        .setInputFiles({ name: 'a.pack', mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }),
    stored: () =>
      window.page.evaluate(`app.vault.adapter.stat('${FILE}').then((stat) => stat?.size ?? null)`),
  };
}

/** The same vault with the pack installed from a file. */
async function openWithPack(t: TestContext, ...how: [OpenOptions?, string?]): Promise<PackWindow> {
  const window = await openSettings(t, ...how);
  await window.choose(pack.bytes);
  await window.said.getByText(THERE).waitFor();
  return window;
}

test('describes a slide and a photo without a server when the pack is installed from a file', async (t) => {
  const { toggleSettings, runCommand, untilText, notices, stored, said, button, page } =
    await openSettings(t);
  await said.getByText(MISSING).waitFor();
  assert.equal(await button(words.get).isVisible(), false, 'there is no address yet');
  assert.equal(await button(words.remove).isVisible(), false);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(words.fromFile).click()]);
  await chooser.setFiles({ name: 'a.pack', mimeType: 'application/octet-stream', buffer: pack.bytes });
  await said.getByText(THERE).waitFor();
  assert.equal(await stored(), pack.bytes.length);
  await toggleSettings();
  await runCommand('notesight:caption-note');
  const text = await untilText(/!\[.+\]\(slide\.png\)[^]*!\[.+\]\(photo\.jpg\)/);
  assert.match(text, /!\[Slide: Что такое модальность\? [^\]]+\]\(slide\.png\)/);
  assert.match(text, /!\[Photo: a person\]\(photo\.jpg\)/);
  const told = (await notices()).filter((notice) => notice.startsWith('Using offline recognition'));
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /Can't reach the server/);
});

test('sends no requests when offline recognition is selected', async (t) => {
  const { page, toggleSettings, runCommand, untilText } = await openWithPack(t, {
    data: { review: 'never', engine: 'embedded' },
  });
  await toggleSettings();
  const asked: string[] = [];
  page.context().on('request', (request) => {
    if (!/^(?:blob|data):/.test(request.url())) asked.push(request.url());
  });
  await runCommand('notesight:caption-note');
  await untilText(/!\[.+\]\(slide\.png\)[^]*!\[.+\]\(photo\.jpg\)/);
  assert.deepEqual(asked, []);
  // Would detect a request from a worker.
  const seen = page.context().waitForEvent('request', (request) => request.url().endsWith('/seen'));
  const script = `fetch('${nobody}/seen').catch(() => 0)`;
  await page.evaluate(`void new Worker(URL.createObjectURL(new Blob([${JSON.stringify(script)}])))`);
  await seen;
  assert.deepEqual(asked, [`${nobody}/seen`]);
});

test('captions from detections and reports it when the model is text-only', async (t) => {
  const answer = { alt: 'What modality means', description: '', text: '', tags: [], decorative: false };
  const fake = await startFakeOllama({ models: [{ ...textOnly, answer: () => answer }] });
  t.after(() => fake.close());
  const { toggleSettings, runCommand, untilText, notices } = await openWithPack(
    t,
    {
      files: { 'note.md': '![](slide.png)\n' },
    },
    fake.url,
  );
  await toggleSettings();
  await runCommand('notesight:caption-note');
  await untilText(/!\[What modality means\]\(slide\.png\)/);
  const [chat] = fake.chats;
  assert.equal(fake.chats.length, 1);
  assert.deepEqual(chat?.images, []);
  assert.match(chat.text, /<found>[^]*Что такое модальность/);
  const told = (await notices()).filter((notice) => notice.includes(`Until then, ${textOnly.name} writes`));
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /^Ollama at .* has no vision model\. Download one in the settings/);
});

test('answers and summarizes from detections when the model is text-only', async (t) => {
  const said = (call: ChatCall) =>
    call.format === undefined ? 'It is on modality [1].' : { line: 'On modality.', tags: [] };
  const fake = await startFakeOllama({
    models: [{ ...textOnly, capabilities: ['completion'], answer: said }],
  });
  t.after(() => fake.close());
  const window = await openWithPack(t, { files: { 'note.md': '# Talk\n\n![](slide.png)\n' } }, fake.url);
  const { page, toggleSettings, runCommand } = window;
  await toggleSettings();
  await runCommand('notesight:ask-note');
  const question = page.getByRole('textbox', { name: 'Question' });
  await question.fill('What is it about?');
  await question.press('Enter');
  await page.locator('.notesight-turn[aria-busy=false]').waitFor();
  assert.equal(await page.locator('.notesight-answer').innerText(), 'It is on modality [1].');
  await page.getByText('This is a text-only model').waitFor();
  await runCommand('notesight:summarize-note');
  await page.locator('.modal').getByText('On modality.').waitFor();
  const asked = fake.chats.filter(({ text }) => /What is it about|Summarise the note/.test(text));
  assert.equal(asked.length, 2);
  for (const { images, text } of asked) {
    assert.deepEqual(images, []);
    assert.match(text, /Что такое модальность/);
  }
});

test('rejects a file that is not the pack and keeps none of it', async (t) => {
  const { said, choose, stored, button } = await openSettings(t);
  await said.getByText(MISSING).waitFor();
  for (const bytes of [changed(pack.bytes), pack.bytes.subarray(0, 1000), new Uint8Array()]) {
    await choose(bytes);
    await said.getByText(NOT_THE_PACK).waitFor();
    assert.equal(await stored(), null);
    assert.equal(await button(words.remove).isVisible(), false);
    await choose(pack.bytes);
    await said.getByText(THERE).waitFor();
    await button(words.remove).click();
    await said.getByText(MISSING).waitFor();
    assert.equal(await stored(), null);
  }
});

test('detects a truncated or modified pack at startup and lets the user remove it', async (t) => {
  for (const bytes of [pack.bytes.subarray(0, pack.bytes.length / 2), changed(pack.bytes)]) {
    const window = await openSettings(t, { binaries: { ...binaries, [FILE]: bytes } });
    const { said, button, stored, toggleSettings } = window;
    await said.getByText(NOT_THE_PACK).waitFor();
    await toggleSettings();
    await window.runCommand('notesight:caption-note');
    await window.untilNotice(NOT_THE_PACK);
    assert.equal(await window.editorText(), NOTE);
    await toggleSettings();
    await said.getByText(NOT_THE_PACK).waitFor();
    await button(words.remove).click();
    await said.getByText(MISSING).waitFor();
    assert.equal(await stored(), null);
  }
});

test('reports the unreachable server when there is no pack', async (t) => {
  const { button, said, toggleSettings, runCommand, untilNotice } = await openWithPack(t);
  await button(words.remove).click();
  await said.getByText(MISSING).waitFor();
  await toggleSettings();
  await runCommand('notesight:caption-note');
  await untilNotice(/^Can't reach the server/);
});

test('reports a missing pack when offline recognition is selected', async (t) => {
  const { toggleSettings, runCommand, untilNotice } = await openSettings(t, {
    data: { review: 'never', engine: 'embedded' },
  });
  await toggleSettings();
  await runCommand('notesight:caption-note');
  await untilNotice(/^Offline recognition is not installed/);
});

test('ends a hanging recognizer after its time limit and starts a new one', async (t) => {
  const { page, toggleSettings, runCommand, untilText, untilNotice } = await openWithPack(t, {
    files: { 'note.md': '![](slide.png)\n' },
  });
  await toggleSettings();
  // The first worker fits the images; the second one is the recognizer.
  await page.evaluate(`{
    const Real = Worker;
    const hanging = URL.createObjectURL(new Blob(['for (;;);'], { type: 'text/javascript' }));
    globalThis.startedWorkers = 0;
    globalThis.endedWorkers = 0;
    globalThis.Worker = class extends Real {
      constructor(url) {
        super(++startedWorkers === 2 ? hanging : url);
      }
      terminate() {
        endedWorkers++;
        super.terminate();
      }
    };
  }`);
  await page.clock.install();
  void runCommand('notesight:caption-note');
  await page.waitForFunction('startedWorkers === 2');
  await page.clock.fastForward(61_000);
  await untilNotice(/^Can't read the image slide\.png/);
  await page.waitForFunction('endedWorkers > 0');
  await runCommand('notesight:caption-note');
  await untilText(/!\[.+\]\(slide\.png\)/);
});

test('downloads the pack and discards a wrong one', async (t) => {
  let answer: 'pack' | 'wrong' | 'missing' | 'never' = 'missing';
  const server = createServer((_, response) => {
    if (answer === 'never') return;
    response.writeHead(answer === 'missing' ? 404 : 200);
    response.end(answer === 'pack' ? pack.bytes : answer === 'wrong' ? changed(pack.bytes) : 'nothing here');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/experts.pack`;
  const { said, button, stored } = await openSettings(t, buildPlugin(address));
  await said.getByText(MISSING).waitFor();
  await button(words.get).click();
  await said.getByText(/^Could not download or save offline recognition: HTTP 404\./).waitFor();
  answer = 'wrong';
  await button(words.get).click();
  await said.getByText(NOT_THE_PACK).waitFor();
  assert.equal(await stored(), null);
  answer = 'never';
  await button(words.get).click();
  await said.getByText(/^Downloading 16\.\d MB… Obsidian does not report progress\.$/).waitFor();
  assert.equal(await button(words.fromFile).isDisabled(), true);
  await button(words.stop).click();
  await said.getByText(MISSING).waitFor();
  answer = 'pack';
  await button(words.get).click();
  await said.getByText(THERE).waitFor();
  assert.equal(await stored(), pack.bytes.length);
});

test('neither offers nor uses the pack on a phone', async (t) => {
  const { said, row, toggleSettings, runCommand, untilNotice } = await openSettings(t, {
    isPhone: true,
    binaries: { ...binaries, [FILE]: pack.bytes },
  });
  await said.getByText(words.notOnMobile).waitFor();
  assert.equal(await row.getByRole('button').count(), 0);
  await toggleSettings();
  await runCommand('notesight:caption-note');
  await untilNotice(/^Can't reach the server/);
});

/** The same bytes with one bit flipped. */
function changed(bytes: Uint8Array): Uint8Array {
  const other = Uint8Array.from(bytes);
  other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
  return other;
}
