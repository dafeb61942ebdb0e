// Runs the main cases in a real Obsidian, through its command line: node scripts/e2e-obsidian.mjs FOLDER
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { gemma3 } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { runCases } from './cases.ts';
import { createObsidianCli, findObsidian } from './obsidian-cli.ts';
import { squareAnswer } from './square-answer.ts';
import { checkMark, checkPath, vaultName } from './throw-away-vault.ts';
import { until } from './until.ts';

/** Milliseconds. */
const PATIENCE = 20_000;

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});

/** @returns the exit code */
async function main(): Promise<number> {
  const obsidian = findObsidian(process.env['PATH'] ?? '');
  if (obsidian === null) {
    console.log(
      'Skipped: there is no `obsidian` on the PATH. Turn the command line on in Settings → General of Obsidian 1.12 or newer.',
    );
    return 0;
  }
  const named = process.argv[2] ?? process.env['NOTESIGHT_E2E_VAULT'];
  if (named === undefined) {
    throw new Error('Name the folder of a vault to throw away, as argument or in NOTESIGHT_E2E_VAULT.');
  }
  const vault = resolve(named);
  checkMark(vault);
  const cli = createObsidianCli(obsidian, vaultName(vault));
  await checkPath(cli, vault);

  execFileSync(process.execPath, [
    'esbuild.config.mjs',
    '--obsidian',
    join(vault, '.obsidian/plugins/notesight'),
  ]);
  await cli.run('plugins:restrict', 'off');
  // Obsidian checks for new plugins only at startup and here.
  await cli.evaluate('app.plugins.loadManifests(), true');
  await until(
    'Obsidian should find the plugin',
    PATIENCE,
    () => cli.evaluate('app.plugins.manifests.notesight !== undefined'),
    (answer) => answer === 'true',
  );
  await cli.run('plugin:enable', 'id=notesight', 'filter=community');

  const ollama = await startFakeOllama({ models: [{ ...gemma3, answer: squareAnswer }] });
  try {
    const failed = await runCases({ cli, vault, server: ollama.url, patience: PATIENCE }, (name, problem) => {
      console.log(problem === null ? `ok    ${name}` : `FAIL  ${name}\n      ${problem}`);
    });
    return failed === 0 ? 0 : 1;
  } finally {
    await ollama.close();
    await cli.run('plugin:disable', 'id=notesight', 'filter=community');
  }
}
