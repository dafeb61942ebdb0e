// Installs the dependencies where they are not those of the lock file, so that `npm start` and `npm test` work
// on a fresh clone with nothing but Node.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import process from 'node:process';

const root = new URL('../', import.meta.url);
const { engines } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const [needMajor, needMinor] = engines.node.match(/\d+/g).map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < needMajor || (major === needMajor && minor < needMinor)) {
  console.error(
    `Notesight needs Node ${engines.node}; this is ${process.version}. Install a newer version from nodejs.org.`,
  );
  process.exit(1);
}

const time = (name) => statSync(new URL(name, root), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (time('node_modules/.package-lock.json') < time('package-lock.json')) {
  console.error('Installing dependencies (first run only)…');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('Could not install the dependencies. Run `npm ci` to see why.');
    process.exit(1);
  }
}
