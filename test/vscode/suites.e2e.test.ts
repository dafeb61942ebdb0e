import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { square } from '../obsidian/square.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { writeFiles } from '../write-files.ts';
import { builtExtension } from './built-extension.ts';
import { runInExtensionHost } from './host/run-in-extension-host.ts';

const folder = fileURLToPath(new URL('suite', import.meta.url));
const SLIDE = new URL('../../samples/vault/attachments/gradient-descent.png', import.meta.url);
const asked = process.env['NOTESIGHT_VSCODE_SUITES'] ?? '';
const files =
  asked === ''
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => resolve(folder, name))
    : asked.split('\n').map((file) => resolve(file));

test('runs the suites in the extension host of VS Code', async (context) => {
  const workspace = temporaryFolder(context);
  writeFiles(workspace, {
    'a.png': await square(80),
    'b.png': await square(90),
    'c.png': await square(100),
    'static/s.png': await square(110),
    'slide.png': readFileSync(SLIDE),
  });
  const results = await runInExtensionHost({
    workspace,
    extensions: [builtExtension],
    env: { NOTESIGHT_DATA: temporaryFolder(context) },
    files,
  });
  for (const { title, error } of results)
    await context.test(title, () => {
      if (error !== null) throw new Error(error);
    });
});
