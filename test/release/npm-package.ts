// Tests the packed npm package as installed by a user, without the registry. Run by scripts/release-check.mjs.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gemma3 } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { name, version, bin, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
  bin: Readonly<Record<string, string>>;
  dependencies: Readonly<Record<string, string>>;
};
const tarball = join(root, `dist/release/${name}-${version}.tgz`);
const onWindows = process.platform === 'win32';
const project = mkdtempSync(join(tmpdir(), 'notesight-package-'));
after(() => {
  rmSync(project, { recursive: true, force: true });
});

/** Installs the tarball with npm, or manually if npm has not cached its dependencies. */
function install(): void {
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const args = ['install', '--offline', '--no-audit', '--no-fund', tarball];
  if (spawnSync('npm', args, { cwd: project, shell: onWindows }).status === 0) return;
  const modules = join(project, 'node_modules');
  rmSync(modules, { recursive: true, force: true });
  const home = join(modules, name);
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  for (const dependency of Object.keys(dependencies)) {
    const link = join(modules, dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(root, 'node_modules', dependency)), link, 'junction');
  }
  const script = join(home, bin['notesight'] ?? '');
  chmodSync(script, 0o755);
  mkdirSync(join(modules, '.bin'));
  if (onWindows) writeFileSync(join(modules, '.bin/notesight.cmd'), `@node "${script}" %*\r\n`);
  else symlinkSync(script, join(modules, '.bin/notesight'));
}

async function npxNotesight(args: readonly string[], host: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npx', ['--no', '--offline', '--', 'notesight', ...args], {
    cwd: project,
    env: { ...process.env, OLLAMA_HOST: host, NOTESIGHT_DATA: join(project, 'data') },
    shell: onWindows,
  });
  return stdout;
}

test('captions a note with npx notesight from the packed package', async (t) => {
  install();
  const answer = () => ({
    alt: 'A chart of learning rates',
    description: 'Three curves fall at different speeds.',
    text: '',
    tags: [],
    decorative: false,
  });
  const fake = await startFakeOllama({ models: [{ ...gemma3, answer }] });
  t.after(() => fake.close());
  assert.equal((await npxNotesight(['--version'], fake.url)).trim(), version);

  mkdirSync(join(project, 'notes'));
  copyFileSync(join(root, 'samples/vault/attachments/learning-rates.png'), join(project, 'notes/chart.png'));
  writeFileSync(join(project, 'notes/note.md'), '# Learning\n\n![](chart.png)\n');
  await npxNotesight(['caption', 'notes', '--write'], fake.url);
  assert.equal(
    readFileSync(join(project, 'notes/note.md'), 'utf8'),
    '# Learning\n\n![A chart of learning rates](chart.png)\n',
  );
});
