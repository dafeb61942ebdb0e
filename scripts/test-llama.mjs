// Runs the contract suite against real servers: llama.cpp's, which is got from Debian's packages where it is missing,
// and the Ollama of OLLAMA_HOST, where one answers. The model is made on the spot.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { getLlamaServer } from './llama/get-llama-server.mjs';
import { startLlamaServer } from './llama/start-llama-server.mjs';
import { createInOllama } from './llama/create-in-ollama.mjs';
import { writeTinyVisionModel } from './llama/tiny-vision-model.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const scratch = `${root}.scratch/llama`;
const { model, projector } = writeTinyVisionModel(scratch);

const llama = await testLlama();
const ollama = await testOllama();
process.exit(llama && ollama ? 0 : 1);

async function testLlama() {
  const program = getLlamaServer(scratch);
  if ('leftOut' in program) {
    console.log(`test:llama: Skipping llama-server: ${program.leftOut}.`);
    return true;
  }
  const options = ['-m', model, '-c', '16384', '-np', '2', '-t', '2'];
  const servers = [];
  try {
    servers.push(
      await startLlamaServer(program, [...options, '--mmproj', projector, '--alias', 'tiny-vision']),
    );
    servers.push(await startLlamaServer(program, [...options, '--alias', 'tiny-text']));
    const [eyes, blind] = servers.map(({ url }) => url);
    return runTests('test/llama/llama-server.ts', { NOTESIGHT_TEST_EYES: eyes, NOTESIGHT_TEST_BLIND: blind });
  } finally {
    for (const { stop } of servers) await stop();
  }
}

async function testOllama() {
  const host = process.env.OLLAMA_HOST;
  if (host === undefined || host === '') {
    console.log('test:llama: Skipping Ollama: OLLAMA_HOST is not set.');
    return true;
  }
  const created = await createInOllama(host, { model, projector });
  if ('leftOut' in created) {
    console.log(`test:llama: Skipping Ollama: ${created.leftOut}.`);
    return true;
  }
  try {
    return runTests('test/llama/ollama.ts', { NOTESIGHT_TEST_OLLAMA: created.url });
  } finally {
    await created.remove();
  }
}

/**
 * @param {string} file
 * @param {Record<string, string | undefined>} env
 */
function runTests(file, env) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', '--test', file], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
    timeout: 600_000,
  });
  return status === 0;
}
