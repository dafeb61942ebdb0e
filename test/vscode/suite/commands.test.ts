import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/hosts/vscode/command-names.ts';
import { held } from '../../held.ts';
import {
  clean,
  configure,
  folder,
  onDisk,
  openNote,
  serve,
  setCursor,
  untilSo,
  untilText,
  write,
} from './world.ts';

const NOTE = '# Note\n\n![[a.png]] ![](b.png)\n\n![alt](c.png "Title")\n';
const CAPTIONED =
  '# Note\n\n![[a.png|Square 80 wide]] ![Square 90 wide](b.png)\n\n![Square 100 wide](c.png "Title")\n';

const run = (name: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`notesight.${name}`, ...args);

describe('Commands', () => {
  afterEach(clean);

  it('are registered', async () => {
    await vscode.extensions.getExtension('notesight.notesight')?.activate();
    const there = new Set(await vscode.commands.getCommands(true));
    for (const name of COMMANDS) assert.ok(there.has(`notesight.${name}`), name);
  });

  it('caption only the image at the cursor', async () => {
    const fake = await serve();
    const editor = await openNote(NOTE);
    setCursor(editor, '](b.png');
    await run('captionImage');
    await untilText(editor, NOTE.replace('![](b.png)', '![Square 90 wide](b.png)'));
    assert.equal(fake.chats.length, 1);
    assert.ok(editor.document.isDirty, 'the editor is left to whoever saves it');
  });

  it('caption all images of a file as one batch with one undo', async () => {
    await serve();
    const editor = await openNote(NOTE);
    await run('captionFile');
    await untilText(editor, CAPTIONED);
    await run('undo');
    await untilText(editor, NOTE);
  });

  it('caption a data URI image, even in unsaved text', async () => {
    const fake = await serve();
    const uri = `data:image/png;base64,${readFileSync(join(folder(), 'b.png')).toString('base64')}`;
    const editor = await openNote(`![](${uri})\n`);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), '# Unsaved\n\n');
    });
    await run('captionFile');
    await untilText(editor, `# Unsaved\n\n![Square 90 wide](${uri})\n`);
    assert.equal(fake.chats.length, 1);
  });

  it('can be undone in one editor step', async () => {
    await serve();
    const editor = await openNote(NOTE);
    await run('captionFile');
    await untilText(editor, CAPTIONED);
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('undo');
    await untilText(editor, NOTE);
  });

  it('write and undo closed files byte for byte', async () => {
    await serve();
    const text = '\uFEFF# Note\r\n\r\n![[a.png]]\r\n\r\n![](b.png)\n';
    write('sub/one.md', text.replace('[[a.png]]', '[[a.png]]'));
    write('sub/deep/two.md', '![](../../c.png)');
    write('other.md', '![](c.png)');
    await run('captionFolder', vscode.Uri.file(`${folder()}/sub`));
    await untilSo(
      'two.md is written',
      () => onDisk('sub/deep/two.md'),
      (now) => now.includes('Square'),
    );
    assert.equal(
      onDisk('sub/one.md'),
      text.replace('[[a.png]]', '[[a.png|Square 80 wide]]').replace('![](', '![Square 90 wide]('),
    );
    assert.equal(onDisk('sub/deep/two.md'), '![Square 100 wide](../../c.png)');
    assert.equal(onDisk('other.md'), '![](c.png)', 'what was not asked for');
    await run('undo');
    await untilSo(
      'both are as they were',
      () => onDisk('sub/one.md'),
      (now) => now === text,
    );
    assert.equal(onDisk('sub/deep/two.md'), '![](../../c.png)');
  });

  it('caption all files and folders selected in the explorer', async () => {
    await serve();
    for (const name of ['one/n.md', 'two/n.md', 'three/n.md']) write(name, '![](../a.png)');
    const chosen = ['one', 'two/n.md'].map((name) => vscode.Uri.file(`${folder()}/${name}`));
    await run('captionFolder', chosen[0], chosen);
    await untilSo(
      'two/n.md is written',
      () => onDisk('two/n.md'),
      (now) => now.includes('Square'),
    );
    assert.equal(onDisk('one/n.md'), '![Square 80 wide](../a.png)');
    assert.equal(onDisk('three/n.md'), '![](../a.png)');
  });

  it('caption the workspace and send each image once', async () => {
    const fake = await serve();
    write('w1.md', '![](a.png)\n');
    write('w2.md', '![](a.png) ![](b.png)\n');
    await run('captionWorkspace');
    await untilSo(
      'w2.md is written',
      () => onDisk('w2.md'),
      (now) => now.includes('Square 90'),
    );
    assert.equal(onDisk('w1.md'), '![Square 80 wide](a.png)\n');
    await run('captionWorkspace');
    assert.ok(fake.chats.length <= 2, 'what is known is not asked again');
  });

  it('stop and leave the rest unchanged', async () => {
    const { hold, release } = held();
    const fake = await serve({ hold });
    const editor = await openNote(NOTE);
    const running = run('captionFile');
    await untilSo(
      'the model is asked',
      () => fake.seen.filter(({ path }) => path === '/api/chat').length,
      (n) => n > 0,
    );
    await run('stop');
    release();
    await running;
    assert.equal(editor.document.getText(), NOTE);
  });

  it('copy the description of an image', async () => {
    await serve();
    const editor = await openNote(NOTE);
    setCursor(editor, '[[a.png');
    await run('captionImage');
    await untilText(editor, /Square 80/);
    await run('copyDescription');
    await untilSo(
      'it is copied',
      () => vscode.env.clipboard.readText(),
      (text) => text === 'It was made by a test.',
    );
  });

  it("keep the user's alt text and ignore excluded files", async () => {
    const fake = await serve();
    await configure({ leaveOut: ['private/'] });
    const own = '![My own words](a.png)\n';
    const editor = await openNote(own);
    await run('captionFile');
    write('private/p.md', '![](../a.png)');
    await run('captionFolder', vscode.Uri.file(`${folder()}/private`));
    assert.equal(editor.document.getText(), own);
    assert.equal(onDisk('private/p.md'), '![](../a.png)');
    assert.equal(fake.chats.length, 0);
  });

  it('follow the settings for style and language', async () => {
    const fake = await serve();
    await configure({ style: 'below', language: 'de' });
    const editor = await openNote('![](a.png)\n');
    await run('captionFile');
    await untilText(editor, '![Square 80 wide](a.png)\n*Square 80 wide*\n');
    assert.match(fake.chats[0]?.text ?? '', /German/);
  });

  it('do nothing without a server, an image or a file', async () => {
    await configure({ server: 'http://127.0.0.1:9', engine: 'server', review: 'never' });
    const editor = await openNote(NOTE);
    // The message stays until dismissed, but the command doesn't wait for it.
    await run('captionFile');
    setCursor(editor, '# Note');
    await run('captionImage');
    assert.equal(editor.document.getText(), NOTE);
  });
});
