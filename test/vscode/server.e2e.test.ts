import assert from 'node:assert/strict';
import { llava } from '../fakes/fake-models.ts';
import { openedReview } from './host/review-page.ts';
import { NOTE, withNotesight } from './with-notesight.ts';

await withNotesight(
  'A configured server',
  {
    settings: { 'notesight.review': 'always' },
    server: { library: [{ model: llava, layers: [2000, 1000] }] },
  },
  (scenario, fake) => {
    scenario('is tested', async ({ palette, waitForNotification, closeNotification }) => {
      await palette('Notesight: Test server');
      await closeNotification(
        await waitForNotification(
          /Connected to Ollama at http:\/\/127\.0\.0\.1:\d+\. 1 model supports images\./,
        ),
      );
    });

    scenario('receives the token, which is not stored in any settings file', async (workbench) => {
      const { palette, page, waitForNotification, closeNotification, inHost } = workbench;
      await palette('Notesight: Set server token');
      await page.locator('.quick-input-box input[type=password]').waitFor();
      await page.keyboard.type('s3cret');
      await page.keyboard.press('Enter');
      await closeNotification(await waitForNotification(/Token saved/));
      await palette('Notesight: Test server');
      await closeNotification(await waitForNotification(/Connected to Ollama/));
      assert.equal(fake.seen.at(-1)?.headers.authorization, 'Bearer s3cret');
      const settings = await inHost((vscode) =>
        JSON.stringify(vscode.workspace.getConfiguration('notesight')),
      );
      assert.doesNotMatch(settings, /s3cret/);
    });

    scenario('offers its models for selection', async ({ palette, page, inHost }) => {
      await palette('Notesight: Choose model');
      const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'gemma3:4b' });
      await row.waitFor();
      assert.match(await row.innerText(), /supports images/);
      await row.click();
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
      await page.waitForTimeout(500);
      const model = await inHost((vscode) => vscode.workspace.getConfiguration('notesight').get('model'));
      assert.equal(model, 'gemma3:4b');
    });

    scenario('downloads a model', async ({ palette, page, waitForNotification, closeNotification }) => {
      await palette('Notesight: Download model');
      await page.locator('.quick-input-box input').waitFor();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('llava:7b');
      await page.keyboard.press('Enter');
      await closeNotification(await waitForNotification(/Downloaded llava:7b/));
      assert.ok(fake.seen.some(({ path }) => path === '/api/pull'));
    });

    scenario('is queried again, without the cache, when alt text is regenerated', async (workbench) => {
      const { palette, setCursor, waitForText } = workbench;
      const caption = async (command: string) => {
        await setCursor(7, 3);
        await palette(command);
        const { ready, button } = await openedReview(workbench);
        await ready(1);
        await button('Accept all').click();
      };
      await caption('Notesight: Generate alt text for the image at the cursor');
      await waitForText(NOTE.replace('![]', '![Square 90 wide]'));
      fake.next({
        kind: 'answer',
        text: JSON.stringify({ alt: 'Other words', description: '', text: '', tags: [], decorative: false }),
      });
      await caption('Notesight: Regenerate alt text for the image at the cursor');
      await waitForText(NOTE.replace('![]', '![Other words]'));
    });

    scenario("is reported, with what to do, when it can't be reached", async (workbench) => {
      const { palette, inHost, setCursor } = workbench;
      await inHost(async (vscode) => {
        const settings = vscode.workspace.getConfiguration('notesight');
        await settings.update('engine', 'server', vscode.ConfigurationTarget.Global);
        await settings.update('server', 'http://127.0.0.1:9', vscode.ConfigurationTarget.Global);
      });
      await setCursor(3, 3);
      await palette('Notesight: Generate alt text for the image at the cursor');
      const { frame } = await openedReview(workbench);
      const banner = frame.getByRole('alert');
      await banner.getByText(/Can't reach the server/).waitFor();
      assert.match(await banner.innerText(), /Start the server, or set notesight\.server to its address\./);
      await banner.getByRole('button', { name: 'Open settings' }).waitFor();
    });
  },
);

await withNotesight(
  'Several folders',
  {
    workspaceFile: 'all.code-workspace',
    file: 'one/a.md',
    settings: { 'notesight.review': 'never' },
    files: {
      'all.code-workspace': JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }] }),
      'one/a.md': '![](/img/x.png) ![[a.png]]\n',
      'two/b.md': '![](/img/x.png)\n',
    },
  },
  (scenario) => {
    scenario('are separate vaults with their own root for absolute paths', async (workbench) => {
      const { palette, waitForDisk, waitForText, inHost, page } = workbench;
      // Each folder has a different image under the same path.
      await inHost(async (vscode) => {
        const [one, two] = vscode.workspace.workspaceFolders ?? [];
        for (const [folder, image] of [
          [one, 'a.png'],
          [two, 'b.png'],
        ] as const) {
          if (folder === undefined) throw new Error('There are two folders.');
          const from = vscode.Uri.joinPath(folder.uri, '..', image);
          await vscode.workspace.fs.copy(from, vscode.Uri.joinPath(folder.uri, 'img', 'x.png'));
        }
      });
      await page.waitForTimeout(1500);
      await palette('Notesight: Generate alt text for the images in the workspace');
      await waitForDisk('two/b.md', '![Square 90 wide](/img/x.png)\n');
      await waitForText('![Square 80 wide](/img/x.png) ![[a.png]]\n');
    });
  },
);
