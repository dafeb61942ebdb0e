import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { vscodeHost, type HostName, type VscodeHost } from '../../../scripts/vscode-host.mjs';
import { until } from '../../e2e/until.ts';
import { freePort } from '../../obsidian/free-port.ts';
import { buildExtension } from './build-extension.ts';
import { defaultSettings } from './default-settings.ts';
import { descendants } from './descendants.ts';

export interface StartOptions {
  /** Default: the one in NOTESIGHT_VSCODE, or else `current`. */
  readonly host?: HostName;
  /** User settings, overriding the defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Machine settings, which VS Code reads from a separate file on the server. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Extensions: folders are used in place, .vsix files are installed like a user does. */
  readonly extensions?: readonly string[];
  /** Additional environment variables, also visible to extensions. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether windows may run tests instead of a user session; they then show no notifications. Default: no. */
  readonly forTests?: boolean;
  /** Whether workspaces require trust. Default: all are trusted. */
  readonly workspaceTrust?: boolean;
}

/** A running VS Code with only the given settings. */
export interface RunningVscode {
  readonly host: VscodeHost;
  /** The address for a browser. */
  readonly origin: string;
  /** Its own folder, removed when it stops. */
  readonly folder: string;
  /** The folder of the sockets of the helpers in its windows. */
  readonly sockets: string;
  /** The output written so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

const HELPER = fileURLToPath(new URL('helper', import.meta.url));

/** Milliseconds. */
const START_PATIENCE = 30_000;
const STOP_PATIENCE = 5_000;

/** Starts a VS Code that is reachable only from this machine. */
export async function startVscode(options: StartOptions = {}): Promise<RunningVscode> {
  const host = vscodeHost(options.host ?? hostFromEnvironment());
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'notesight-vscode-')));
  const { args, env, sockets } = prepare(folder, options);
  for (const path of options.extensions ?? [])
    if (path.endsWith('.vsix')) install(host, [...args, '--install-extension', path], env);

  const port = await freePort();
  const logFile = join(folder, 'server.log');
  const output = openSync(logFile, 'w');
  const server = spawn(host.node, [host.entry, ...args, ...serverArgs(host, port, options)], {
    env,
    stdio: ['ignore', output, output],
  });
  const log = () => readFileSync(logFile, 'utf8');
  const stop = async () => {
    await end(server);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const origin = `http://127.0.0.1:${port}`;
  try {
    await until('VS Code should answer', START_PATIENCE, () => answers(server, origin), Boolean);
  } catch (cause) {
    const said = log();
    await stop();
    throw new Error(`VS Code did not start:\n${said}`, { cause });
  }
  return { host, origin, folder, sockets, log, stop };
}

function hostFromEnvironment(): HostName {
  return process.env['NOTESIGHT_VSCODE'] === 'oldest' ? 'oldest' : 'current';
}

/** Creates the folders of a new user. */
function prepare(
  folder: string,
  { settings, machineSettings, extensions: given, env, workspaceTrust }: StartOptions,
) {
  const home = join(folder, 'home');
  const userData = join(folder, 'user-data');
  const extensions = join(folder, 'extensions');
  const temporary = join(folder, 'tmp');
  const helper = join(extensions, 'notesight-test.test-helper-1.0.0');
  const sockets = join(folder, 'sockets');
  for (const path of [home, join(userData, 'User'), join(userData, 'Machine'), helper, temporary, sockets])
    mkdirSync(path, { recursive: true });
  buildExtension(HELPER, helper);
  // Installed, because a development window differs: it shows no notifications.
  for (const path of given ?? [])
    if (!path.endsWith('.vsix')) symlinkSync(path, join(extensions, nameOf(path)));
  const merged = {
    ...defaultSettings,
    'security.workspace.trust.enabled': workspaceTrust ?? false,
    // No prompt at startup: a test grants trust itself.
    'security.workspace.trust.startupPrompt': 'never',
    ...settings,
  };
  writeFileSync(join(userData, 'User/settings.json'), JSON.stringify(merged, null, 2));
  writeFileSync(join(userData, 'Machine/settings.json'), JSON.stringify(machineSettings ?? {}, null, 2));
  return {
    args: ['--config', join(home, 'c.yaml'), '--user-data-dir', userData, '--extensions-dir', extensions],
    env: {
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      ...env,
      HOME: home,
      TMPDIR: temporary,
      NOTESIGHT_TEST_SOCKETS: sockets,
    },
    sockets,
  };
}

function nameOf(extension: string): string {
  const manifest = readFileSync(join(extension, 'package.json'), 'utf8');
  const { publisher, name, version } = JSON.parse(manifest) as Record<
    'publisher' | 'name' | 'version',
    string
  >;
  return `${publisher}.${name}-${version}`;
}

function serverArgs(host: VscodeHost, port: number, { workspaceTrust, forTests }: StartOptions): string[] {
  return [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    // Required by the current version to run tests; the oldest one always runs them and has no such option.
    ...(forTests === true && host.name === 'current' ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    '--ignore-last-opened',
  ];
}

function install(host: VscodeHost, args: string[], env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync(host.node, [host.entry, ...args], {
    env,
    encoding: 'utf8',
    timeout: START_PATIENCE,
  });
  if (status !== 0) throw new Error(`The extension could not be installed:\n${stdout}${stderr}`);
}

async function answers(server: ChildProcess, origin: string): Promise<boolean> {
  if (hasEnded(server)) throw new Error('It has ended.');
  try {
    return (await fetch(`${origin}/healthz`)).ok;
  } catch {
    return false; // It does not listen yet.
  }
}

/** Stops the server and its descendants: an extension host outlives it by seconds and keeps writing. */
async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || hasEnded(server)) return;
  const started = descendants(server.pid);
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await Promise.race([exited, sleep(STOP_PATIENCE)]);
  if (!hasEnded(server)) server.kill('SIGKILL');
  for (const pid of started) kill(pid);
  await exited;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
