import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes an executable `obsidian` that answers like the documented command line, for a vault with one open note. It
 * writes captions like the plugin would, without reading the images; `dull` ignores every command.
 * @returns its folder, for the PATH
 */
export function writeStubObsidian(folder: string, vault: string, kind: 'keen' | 'dull'): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const file = join(bin, 'obsidian');
  const state = join(folder, 'state.json');
  writeFileSync(state, JSON.stringify({ note: null, cursor: 0, review: false, server: '', notice: '' }));
  writeFileSync(
    file,
    `#!${process.execPath}\nconst VAULT = ${JSON.stringify(vault)}, STATE = ${JSON.stringify(state)}, KEEN = ${String(kind === 'keen')};\n${STUB}`,
  );
  chmodSync(file, 0o755);
  return bin;
}

const STUB = String.raw`
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const [first, command, ...rest] = process.argv.slice(2);
if (first !== 'vault=' + path.basename(VAULT)) {
  console.log('Vault not found.');
  process.exit(1);
}
const params = Object.fromEntries(rest.map((arg) => [arg.split('=', 1)[0], arg.slice(arg.indexOf('=') + 1)]));
const state = JSON.parse(fs.readFileSync(STATE, 'utf8'));
const file = () => path.join(VAULT, state.note);
const read = () => fs.readFileSync(file(), 'utf8');
const data = () => JSON.parse(fs.readFileSync(path.join(VAULT, '.obsidian/plugins/notesight/data.json'), 'utf8'));
const squares = (text) => text
  .replaceAll('![[e2e-a.png]]', '![[e2e-a.png|Square 80 wide]]')
  .replaceAll('![](e2e-b.png)', '![Square 90 wide](e2e-b.png)');

async function caption(edit) {
  const up = await fetch(state.server + '/api/version').then(() => true, () => false);
  if (!up) state.notice = 'Ollama does not answer.';
  else {
    state.before = read();
    fs.writeFileSync(file(), edit(state.before));
  }
}
const onLine = (text) => text.split('\n').map((line, at) => (at === state.cursor ? squares(line) : line)).join('\n');

const editor = {
  getValue: read,
  setCursor: (line) => { state.cursor = line; },
  replaceSelection: (text) => { fs.writeFileSync(file(), text + read()); },
};
const app = {
  saveLocalStorage: (key, value) => { if (key === 'notesight-server') state.server = value; },
  vault: { getFileByPath: (name) => (fs.existsSync(path.join(VAULT, name)) ? {} : null) },
  workspace: { activeEditor: { editor } },
  plugins: { plugins: { notesight: {} }, manifests: { notesight: {} }, loadManifests: () => Promise.resolve() },
};
const accept = { click: () => { fs.writeFileSync(file(), squares(read())); } };
const close = { click: () => { state.review = false; } };
const document = {
  querySelector: (selector) => (selector.endsWith('main-button') ? accept : close),
  querySelectorAll: (selector) =>
    selector === '.notice' ? [{ textContent: state.notice }] : state.review ? [{}, {}] : [],
};

const commands = {
  vault: () => VAULT,
  eval: () => '=> ' + String(vm.runInNewContext(params.code, { app, document })),
  open: () => { state.note = params.path; state.cursor = 0; },
  'plugins:restrict': () => {},
  'plugin:enable': () => {},
  'plugin:disable': () => {},
  'plugin:reload': () => {},
  command: async () => {
    if (!KEEN) return;
    if (params.id === 'notesight:undo-batch') fs.writeFileSync(file(), state.before);
    else if (params.id === 'notesight:caption-at-cursor') await caption(onLine);
    else if (data().review === 'always') state.review = true;
    else await caption(squares);
  },
  'notesight:caption': async () => {
    if (!KEEN) return '[]';
    state.note = params.path;
    await caption(squares);
    return JSON.stringify([{ status: 'written' }, { status: 'written' }]);
  },
};
Promise.resolve(commands[command]()).then((answer) => {
  fs.writeFileSync(STATE, JSON.stringify(state));
  if (answer !== undefined) console.log(answer);
});
`;
