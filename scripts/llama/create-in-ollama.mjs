import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const EYES = 'notesight-test-vision';
const BLIND = 'notesight-test-text';
/** Milliseconds. */
const LIMIT = 60_000;

/**
 * Gives an Ollama the model, with its projector and without, if it answers.
 * @param {string} host as OLLAMA_HOST has it
 * @param {{ model: string, projector: string }} files
 * @returns {Promise<{ url: string, remove: () => Promise<void> } | { leftOut: string }>}
 */
export async function createInOllama(host, { model, projector }) {
  const url = host.includes('://') ? host : `http://${host}`;
  const call = (/** @type {string} */ method, /** @type {string} */ path, /** @type {BodyInit} */ body) =>
    fetch(`${url}${path}`, { method, body, signal: AbortSignal.timeout(LIMIT) });
  const version = await fetch(`${url}/api/version`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
  if (!version?.ok) return { leftOut: `no Ollama answers at ${url}` };

  const digests = [];
  for (const path of [model, projector]) {
    const bytes = readFileSync(path);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    await well(await call('POST', `/api/blobs/${digest}`, bytes));
    digests.push(digest);
  }
  const [text, eyes] = digests;
  for (const [name, files] of Object.entries({
    [EYES]: { 'model.gguf': text, 'mmproj.gguf': eyes },
    [BLIND]: { 'model.gguf': text },
  })) {
    await well(await call('POST', '/api/create', JSON.stringify({ model: name, files, stream: false })));
  }
  return {
    url,
    remove: async () => {
      for (const name of [EYES, BLIND]) await call('DELETE', '/api/delete', JSON.stringify({ model: name }));
    },
  };
}

/** @param {Response} response */
async function well(response) {
  if (!response.ok) throw new Error(`Ollama answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}
