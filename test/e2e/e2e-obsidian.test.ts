import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test, type TestContext } from 'node:test';
import { temporaryFolder } from '../temporary-folder.ts';
import { writeFiles } from '../write-files.ts';
import { runCases } from './cases.ts';
import { createObsidianCli, parseEvaluated } from './obsidian-cli.ts';
import { writeStubObsidian } from './stub-obsidian.ts';
import { MARK } from './throw-away-vault.ts';

/** A marked vault and an `obsidian` for it. */
function stubbed(t: TestContext, kind: 'keen' | 'dull' = 'keen') {
  const folder = temporaryFolder(t);
  const vault = join(folder, 'throw away');
  writeFiles(vault, { '.obsidian/': '', [MARK]: '' });
  return { folder, vault, bin: writeStubObsidian(folder, vault, kind) };
}

function e2e(path: string, ...args: string[]) {
  const ran = spawnSync(process.execPath, ['scripts/e2e-obsidian.mjs', ...args], {
    env: { ...process.env, NOTESIGHT_E2E_VAULT: undefined, PATH: path },
    encoding: 'utf8',
  });
  return { status: ran.status, said: `${ran.stdout}${ran.stderr}` };
}

test('skips with one line, successfully, when Obsidian is not on the PATH', (t) => {
  const { status, said } = e2e(temporaryFolder(t), 'any vault');
  assert.equal(status, 0);
  assert.match(said, /^Skipped: there is no `obsidian` on the PATH\. .*\n$/);
});

test('requires a vault name', (t) => {
  const { status, said } = e2e(stubbed(t).bin);
  assert.equal(status, 2);
  assert.match(said, /Name the folder of a vault to throw away/);
});

test('does not touch an unmarked vault', (t) => {
  const { folder, bin } = stubbed(t);
  const vault = join(folder, 'dear notes');
  mkdirSync(join(vault, '.obsidian'), { recursive: true });
  const { status, said } = e2e(bin, vault);
  assert.equal(status, 2);
  assert.match(said, /dear notes is not marked as a vault to throw away/);
});

test('does not touch a vault that only shares its name with the one Obsidian has open', (t) => {
  const { folder, bin } = stubbed(t);
  const other = join(folder, 'elsewhere', 'throw away');
  writeFiles(other, { '.obsidian/': '', [MARK]: '' });
  const { status, said } = e2e(bin, other);
  assert.equal(status, 2);
  assert.match(said, /Obsidian knows throw away as .*, which is not .*elsewhere/);
});

test('passes every case when Obsidian works', (t) => {
  const { bin, vault } = stubbed(t);
  const { status, said } = e2e(bin, vault);
  assert.equal(said.match(/^ok /gm)?.length, 7, said);
  assert.equal(status, 0);
});

test('fails every case that expects an effect when Obsidian does nothing', async (t) => {
  const { bin, vault } = stubbed(t, 'dull');
  writeFiles(vault, { '.obsidian/plugins/notesight/': '' });
  const cli = createObsidianCli(join(bin, 'obsidian'), 'throw away');
  const went: (string | null)[] = [];
  const failed = await runCases({ cli, vault, server: '', patience: 1 }, (_name, problem) =>
    went.push(problem),
  );
  assert.equal(failed, 6);
  assert.match(went[0] ?? '', /^note\.md should hold .*Square 80 wide.*, but it is "# Note/s);
});

test('reads the result of eval after its arrow, over several lines and after startup messages', () => {
  assert.equal(parseEvaluated('=> true'), 'true');
  assert.equal(parseEvaluated('=>'), '');
  assert.equal(parseEvaluated('Loading updated app package\n=> one\ntwo'), 'one\ntwo');
});

test('throws an error with the output when eval returns no result', () => {
  assert.throws(() => parseEvaluated('Error: app is not defined'), /Error: app is not defined/);
  assert.throws(() => parseEvaluated(''), /nothing/);
});

test('throws when a command ends with an error', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'obsidian');
  writeFileSync(file, '#!/bin/sh\necho broken >&2\nexit 3\n', { mode: 0o755 });
  await assert.rejects(createObsidianCli(file, 'v').run('version'), /broken/);
});
