import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import type { ObsidianCli } from './obsidian-cli.ts';
import { until } from './until.ts';

/** A folder in the vault; its contents are deleted on each run. */
const FOLDER = 'notesight-e2e';
const PLUGIN_FOLDER = '.obsidian/plugins/notesight';
const NOTE = '# Note\n\n![[e2e-a.png]]\n\nWords between.\n\n![](e2e-b.png)\n';
const CAPTIONED =
  '# Note\n\n![[e2e-a.png|Square 80 wide]]\n\nWords between.\n\n![Square 90 wide](e2e-b.png)\n';

export interface CaseOptions {
  readonly cli: ObsidianCli;
  /** The vault's folder, with the plugin in it. */
  readonly vault: string;
  /** URL of a fake Ollama with a vision model. */
  readonly server: string;
  /** Time limit for one step in Obsidian, in milliseconds. */
  readonly patience: number;
}

/**
 * Runs the main cases in Obsidian and checks the files on disk.
 * @param report called with the result of each case; null if it passed
 * @returns the number of failures
 */
export async function runCases(
  options: CaseOptions,
  report: (name: string, problem: string | null) => void,
): Promise<number> {
  const { cli, vault, server, patience } = options;

  const noteFile = (name: string): string => join(vault, FOLDER, name);
  const read = (name: string): string => readFileSync(noteFile(name), 'utf8');

  const untilText = (name: string, text: string): Promise<void> =>
    until(
      `${name} should hold ${JSON.stringify(text)}`,
      patience,
      () => read(name),
      (there) => there === text,
    );
  const untilTrue = (what: string, code: string): Promise<void> =>
    until(
      what,
      patience,
      () => cli.evaluate(code),
      (answer) => answer === 'true',
    );

  /** Obsidian notices files of other programs with a delay. */
  async function open(name: string, text: string): Promise<void> {
    writeFileSync(noteFile(name), text);
    const path = `${FOLDER}/${name}`;
    await untilTrue(
      `${path} should be in the vault`,
      `app.vault.getFileByPath(${JSON.stringify(path)}) !== null`,
    );
    await cli.run('open', `path=${path}`);
    await untilTrue(
      `${path} should be open`,
      `app.workspace.activeEditor?.editor?.getValue() === ${JSON.stringify(text)}`,
    );
  }
  const command = (id: string): Promise<string> => cli.run('command', `id=notesight:${id}`);

  const store = (key: string, value: unknown): Promise<string> =>
    cli.evaluate(`app.saveLocalStorage(${JSON.stringify(key)}, ${JSON.stringify(value)})`);

  async function settings(changes: Readonly<Record<string, string>>): Promise<void> {
    writeFileSync(join(vault, PLUGIN_FOLDER, 'data.json'), JSON.stringify({ paste: 'off', ...changes }));
    await cli.run('plugin:reload', 'id=notesight');
    await untilTrue('the plugin should be loaded', 'app.plugins.plugins.notesight !== undefined');
  }

  const cases: Readonly<Record<string, () => Promise<void>>> = {
    async 'the images of a note get their words'() {
      await settings({ review: 'never' });
      await open('note.md', NOTE);
      await command('caption-note');
      await untilText('note.md', CAPTIONED);
    },
    async 'the last batch is taken back'() {
      await command('undo-batch');
      await untilText('note.md', NOTE);
    },
    async 'only the image under the cursor gets words'() {
      await open('cursor.md', NOTE);
      await cli.evaluate('app.workspace.activeEditor.editor.setCursor(6, 0)');
      await command('caption-at-cursor');
      await untilText('cursor.md', NOTE.replace('![]', '![Square 90 wide]'));
    },
    async 'an image that is inserted while the note is open gets words'() {
      await open('insert.md', '');
      await cli.evaluate("app.workspace.activeEditor.editor.replaceSelection('![[e2e-a.png]]')");
      await command('caption-at-cursor');
      await untilText('insert.md', '![[e2e-a.png|Square 80 wide]]');
    },
    async 'the command line of Obsidian captions a note'() {
      await open('cli.md', NOTE);
      const answer = await cli.run('notesight:caption', `path=${FOLDER}/cli.md`);
      const rows = JSON.parse(answer) as { status: string }[];
      assert.deepEqual(
        rows.map(({ status }) => status),
        ['written', 'written'],
      );
      await untilText('cli.md', CAPTIONED);
    },
    async 'a review writes nothing before it is accepted'() {
      await settings({ review: 'always' });
      await open('review.md', NOTE);
      await command('caption-note');
      await untilTrue(
        'two images should be shown',
        "document.querySelectorAll('.notesight-review textarea').length === 2",
      );
      assert.equal(read('review.md'), NOTE);
      await cli.evaluate("document.querySelector('.notesight-review .notesight-main-button').click()");
      await untilText('review.md', CAPTIONED);
      await cli.evaluate("document.querySelector('.notesight-review-modal .modal-close-button').click()");
    },
    async 'where the server is down a notice says so and the note stays'() {
      await settings({ review: 'never' });
      await open('down.md', NOTE.replace('e2e-a.png', 'e2e-c.png'));
      const gone = await startFakeOllama();
      await gone.close();
      await store('notesight-server', gone.url);
      await command('caption-note');
      await untilTrue(
        'a notice should name Ollama',
        "[...document.querySelectorAll('.notice')].some((notice) => notice.textContent.includes('Ollama'))",
      );
      assert.equal(read('down.md'), NOTE.replace('e2e-a.png', 'e2e-c.png'));
    },
  };

  rmSync(join(vault, FOLDER), { recursive: true, force: true });
  mkdirSync(join(vault, FOLDER));
  // Answers of an earlier run would be reused from the log.
  for (const log of ['captions.jsonl', 'journal.jsonl'])
    rmSync(join(vault, PLUGIN_FOLDER, log), { force: true });
  for (const [name, size] of [
    ['a', 80],
    ['b', 90],
    ['c', 100],
  ] as const) {
    await sharp({ create: { width: size, height: size, channels: 3, background: '#c00' } })
      .png()
      .toFile(noteFile(`e2e-${name}.png`));
  }
  await store('notesight-server', server);
  await store('notesight-welcomed', true);

  let failed = 0;
  for (const [name, run] of Object.entries(cases)) {
    const problem = await run().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (problem !== null) failed++;
    report(name, problem);
  }
  return failed;
}
