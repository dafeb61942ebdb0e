import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** Debian has it in sid only. It is unpacked beside the system and started with its own C library. */
const SUITE = 'sid';
const PACKAGE = 'llama.cpp-tools';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const TRIPLET = 'x86_64-linux-gnu';
/** Milliseconds for one step of the download. */
const LIMIT = 180_000;

/**
 * llama.cpp's server: the one on the PATH, else from Debian's packages (19 MB, once).
 * @param {string} folder where it is unpacked
 * @returns {{ command: string, args: string[], env: Record<string, string> } | { leftOut: string }}
 */
export function getLlamaServer(folder) {
  const paths = (process.env.PATH ?? '').split(delimiter).map((path) => join(path, 'llama-server'));
  const installed = paths.find((path) => existsSync(path));
  if (installed !== undefined) return { command: installed, args: [], env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return {
      leftOut: 'there is no llama-server on the PATH, and it is unpacked from Debian on Linux x64 only',
    };
  const root = join(folder, 'root');
  if (!existsSync(root)) {
    const failed = unpack(folder, root);
    if (failed !== null) return { leftOut: failed };
  }
  const libraries = join(root, 'usr/lib', TRIPLET);
  return {
    command: join(libraries, 'ld-linux-x86-64.so.2'),
    args: ['--library-path', `${libraries}:${libraries}/llama`, join(root, 'usr/bin/llama-server')],
    env: { GGML_BACKEND_PATH: join(libraries, 'ggml/backends0/libggml-cpu-x64.so') },
  };
}

/**
 * Has apt fetch the packages by folders of its own, so that the system stays as it is.
 * @param {string} folder
 * @param {string} root
 * @returns {string | null} why it can't be had
 */
function unpack(folder, root) {
  if (spawnSync('apt-get', ['--version']).status !== 0) return 'there is neither llama-server nor apt-get';
  const mirror = execFileSync('apt-get', ['indextargets', '--format', '$(SITE)', 'Component: main'], {
    encoding: 'utf8',
  })
    .split('\n')
    .find((site) => /\/debian\/?$/.test(site));
  if (mirror === undefined) return "there is no llama-server, and no mirror of Debian among apt's sources";

  const apt = join(folder, 'apt');
  for (const part of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(apt, part), { recursive: true });
  writeFileSync(join(apt, 'status'), '');
  const signed = existsSync(KEYRING) ? `[signed-by=${KEYRING}] ` : '';
  writeFileSync(join(apt, 'sources.list'), `deb ${signed}${mirror} ${SUITE} main\n`);
  const settings = {
    'Dir::State': apt,
    'Dir::State::lists': join(apt, 'lists'),
    'Dir::State::status': join(apt, 'status'),
    'Dir::Cache': join(apt, 'cache'),
    'Dir::Etc::sourcelist': join(apt, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Acquire::Languages': 'none',
    'APT::Install-Recommends': 'false',
    // As another user than root it could not read these folders.
    'APT::Sandbox::User': 'root',
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} ${JSON.stringify(value)};`);
  writeFileSync(join(apt, 'apt.conf'), `${lines.join('\n')}\n`);
  for (const args of [['update'], ['--download-only', '--yes', 'install', PACKAGE]]) {
    const { status, stderr } = spawnSync('apt-get', ['-qq', ...args], {
      env: { ...process.env, APT_CONFIG: join(apt, 'apt.conf') },
      encoding: 'utf8',
      timeout: LIMIT,
    });
    if (status !== 0)
      return `apt-get ${args[0]} failed for ${SUITE}: ${String(stderr).trim().split('\n').at(-1)}`;
  }
  const archives = join(apt, 'cache/archives');
  const unpacked = `${root}.new`;
  rmSync(unpacked, { recursive: true, force: true });
  for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
    execFileSync('dpkg-deb', ['-x', join(archives, name), unpacked], { timeout: LIMIT });
  }
  // Only what is whole has the name that is looked for.
  renameSync(unpacked, root);
  rmSync(apt, { recursive: true });
  return null;
}
