import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { square } from '../obsidian/square.ts';
import { loadedWidths } from './host/loaded-widths.ts';
import { withNotesight } from './with-notesight.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
const vsix = `${root}dist/notesight-${version}-linux-x64.vsix`;
if (!existsSync(vsix))
  throw new Error('There is no package: `npm run package:vscode -- --target linux-x64`.');

const PACK = `${root}dist/packs/notesight-recognizers-vscode.pack`;
const SLIDE = readFileSync(`${root}samples/vault/attachments/learning-rates.png`);
/** A blue drawing that references a file, which is red. */
const drawing = (file: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#0000ff"/><image href="${file}" width="64" height="64"/></svg>`;

await withNotesight(
  'The installed package',
  {
    extensions: [vsix],
    settings: { 'notesight.review': 'never' },
    files: {
      'read.md': '# Read\n\n![](slide.png)\n',
      'slide.png': SLIDE,
      'draw.md': '# Draw\n\n![](drawing.svg)\n',
      'a.png': await square(64),
    },
  },
  (scenario, fake) => {
    scenario('captions images', async ({ palette, waitForText }) => {
      await palette('Notesight: Generate alt text for the images in this file');
      await waitForText(/!\[\[a\.png\|Square 64 wide\]\][^]*!\[Square 90 wide\]\(b\.png\)/);
    });

    scenario('shows the side bar with its images', async ({ palette, webview }) => {
      await palette('Notesight: Ask about the images in this file');
      const panel = await webview();
      await panel.getByText('2 of 2 images selected').waitFor();
      assert.deepEqual(await loadedWidths(panel.locator('.notesight-image-picture')), [64, 90]);
    });

    scenario('renders a drawing without the files it references', async (workbench) => {
      const { workspace, openFile, palette, waitForText } = workbench;
      writeFileSync(join(workspace, 'drawing.svg'), drawing(join(workspace, 'a.png')));
      await openFile('draw.md');
      await palette('Notesight: Generate alt text for the images in this file');
      await waitForText(/!\[Square \d+ wide\]\(drawing\.svg\)/);
      const sent = fake.chats.at(-1)?.images[0];
      assert.ok(sent);
      const { channels } = await sharp(sent).stats();
      assert.deepEqual(
        channels.slice(0, 3).map(({ mean }) => Math.round(mean)),
        [0, 0, 255],
      );
    });

    scenario('reports a missing server once, with a button for text recognition', async (workbench) => {
      const { openFile, palette, inHost, waitForNotification, notifications, closeNotification } = workbench;
      const useServer = (address: string) =>
        inHost(async (vscode, url) => {
          const settings = vscode.workspace.getConfiguration('notesight');
          await settings.update('server', url, vscode.ConfigurationTarget.Global);
        }, address);
      await useServer('http://127.0.0.1:9');
      await openFile('read.md');
      await palette('Notesight: Generate alt text for the images in this file');
      const toast = await waitForNotification(/Can't reach the server/);
      await toast.getByText('Install text recognition', { exact: true }).waitFor();
      const about = (await notifications()).filter((text) => /recogni|reach/i.test(text));
      assert.equal(about.length, 1, about.join('\n'));
      await closeNotification(toast);
      await useServer(fake.url);
    });

    scenario(
      'reads the text in an image without a server after its recognizers are installed',
      async ({ page, openFile, palette, waitForText, inHost }) => {
        await inHost(async (vscode) => {
          const settings = vscode.workspace.getConfiguration('notesight');
          await settings.update('engine', 'embedded', vscode.ConfigurationTarget.Workspace);
        });
        await openFile('read.md');
        await palette('Notesight: Generate alt text for the images in this file');
        await page.getByText('Offline recognition is not installed.').first().waitFor();
        await palette('Notesight: Install text and object recognition');
        const question = page.getByText(/^Text and object recognition runs on this machine.* 17 MB\.$/);
        await question.first().waitFor();
        await inHost(async (vscode, file: string) => {
          await vscode.commands.executeCommand('notesight.installRecognizers', vscode.Uri.file(file));
        }, PACK);
        await page.getByText('Text and object recognition is installed.').first().waitFor();
        await palette('Notesight: Generate alt text for the images in this file');
        await waitForText(/!\[Slide: Choosing the learning rate/);
      },
    );
  },
);
