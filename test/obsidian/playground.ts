// Opens the built plugin in the Obsidian model with the samples, for manual testing: node scripts/playground.mjs
// [--port N]
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readBuiltPlugin } from './built-plugin.ts';
import { startEmbeddedOllama } from './embedded-ollama.ts';
import type { BootOptions } from './host-api.ts';
import { servePage } from './page-server.ts';
import { readVault } from './read-vault.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8765' } } });

const OLLAMA = 'http://127.0.0.1:11434';
const isThere = await fetch(`${OLLAMA}/api/version`, { signal: AbortSignal.timeout(1000) }).then(
  ({ ok }) => ok,
  () => false,
);
const ollama = isThere ? OLLAMA : (await startEmbeddedOllama()).url;

const plugin = await readBuiltPlugin();
const { files, binaries } = await readVault(fileURLToPath(new URL('../../samples/vault', import.meta.url)));
const boot: BootOptions = {
  files,
  binaries: Object.fromEntries(
    Object.entries(binaries).map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')]),
  ),
  note: 'Start here.md',
  data: null,
  localStorage: { 'notesight-server': ollama },
  language: 'en',
  sideViews: [],
  isPhone: false,
  ...plugin,
};
const html = await readFile(new URL('./host/index.html', import.meta.url), 'utf8');
const start = "<script>fetch('/boot.json').then((answer) => answer.json()).then(obsidianHost.boot);</script>";
const server = await servePage(Number(values.port), {
  '/': ['text/html', html.replace('</body>', `${start}</body>`)],
  '/boot.json': ['application/json', JSON.stringify(boot)],
});
console.log(`Notesight in a model of Obsidian, with the samples: http://127.0.0.1:${server.port}/
${isThere ? `Using Ollama at ${ollama}.` : "Can't reach Ollama: using offline recognition (text and objects only)."}
Nothing is written to samples/vault: reload the page to start over. Ctrl+C stops it.`);
