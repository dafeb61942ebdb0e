import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { Script } from 'node:vm';
import { temporaryFolder } from '../temporary-folder.ts';
import { pluginScript } from './plugin-script.ts';

test('loads and starts with only Obsidian, CodeMirror and web APIs, as on a phone', async (t) => {
  const folder = temporaryFolder(t);
  execFileSync(process.execPath, ['esbuild.config.mjs', '--obsidian', folder]);
  const mainJs = readFileSync(join(folder, 'main.js'), 'utf8');
  const plugin = pluginScript(new Script(mainJs));
  plugin.evaluate();
  await plugin.create().onload();
  // Includes modules required later, in every form that esbuild emits.
  const required = [...mainJs.matchAll(/(?<![\w$.])(?:require|import)\(\s*["'`]([^"'`]+)/g)].map(
    ([, id]) => id,
  );
  assert.ok(required.includes('obsidian'));
  assert.deepEqual(
    required.filter((id) => !/^(?:obsidian|@codemirror\/(?:commands|language|state|view))$/.test(id ?? '')),
    [],
  );
});

test('fails to load a plugin that requires a Node module', () => {
  for (const id of [...builtinModules, ...builtinModules.map((name) => `node:${name}`), 'electron']) {
    const { evaluate } = pluginScript(new Script(`require(${JSON.stringify(id)})`));
    assert.throws(evaluate, /it is not there on a phone/, id);
  }
  for (const global of ['process', 'Buffer', 'global', 'setImmediate', '__dirname']) {
    assert.throws(pluginScript(new Script(`${global}.x`)).evaluate, { name: 'ReferenceError' }, global);
  }
});
