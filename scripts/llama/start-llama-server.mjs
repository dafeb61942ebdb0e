import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from 'node:net';
import process from 'node:process';

/** Milliseconds; a model of 0.3 MB is there at once. */
const START_LIMIT = 30_000;

/**
 * Starts a server on loopback and waits until it has its model.
 * @param {{ command: string, args: string[], env: Record<string, string> }} program
 * @param {string[]} options
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startLlamaServer(program, options) {
  const port = await freePort();
  const child = spawn(
    program.command,
    [...program.args, '--host', '127.0.0.1', '--port', String(port), '--offline', ...options],
    { env: { ...process.env, ...program.env }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (log = `${log}${text}`.slice(-4000)));
  const exited = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    const patience = new AbortController();
    await Promise.race([exited, sleep(5000, undefined, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
    child.kill('SIGKILL');
    await exited;
  };
  const url = `http://127.0.0.1:${port}`;
  const end = Date.now() + START_LIMIT;
  while (child.exitCode === null && Date.now() < end) {
    const health = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1000) }).catch(() => null);
    if (health?.ok) return { url, stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`llama-server did not start:\n${log}`);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
