import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { gemma3 } from '../fakes/fake-models.ts';
import { type FakeOllama, startFakeOllama } from '../fakes/fake-ollama.ts';
import {
  type ImageFile,
  type ObsidianHarness,
  type ObsidianWindow,
  type OpenOptions,
  startObsidian,
} from './harness.ts';

const manifest = {
  id: 'demo',
  name: 'Demo',
  version: '1.0.0',
  minAppVersion: '1.13.0',
  author: 'Notesight',
  description: 'Tries what the model of Obsidian does.',
};

/** A plugin with this `onload` body; `o` is the `obsidian` module, and `logged` reads `log`. */
function plugin(onload: string): Pick<OpenOptions, 'mainJs' | 'manifest'> {
  const mainJs = `
    const o = require('obsidian');
    const log = (globalThis.log ??= []);
    module.exports.default = class extends o.Plugin {
      async onload() { const { app } = this; ${onload} }
    };`;
  return { mainJs, manifest };
}

let obsidian: ObsidianHarness;
let ollama: FakeOllama;
let red: ImageFile;

before(async () => {
  obsidian = await startObsidian();
  ollama = await startFakeOllama({ models: [gemma3] });
  const bytes = await sharp({ create: { width: 32, height: 16, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  red = { name: 'image.png', type: 'image/png', bytes };
});
after(async () => {
  await ollama.close();
  await obsidian.close();
});

/** Opens a window for the duration of a test, which fails if the page had errors. */
async function withWindow(
  options: OpenOptions,
  run: (window: ObsidianWindow) => Promise<void>,
): Promise<void> {
  const window = await obsidian.open(options);
  try {
    await run(window);
    assert.deepEqual(window.errors, []);
  } finally {
    await window.close();
  }
}

function logged(window: ObsidianWindow): Promise<unknown> {
  return window.page.evaluate('log');
}

const note = { files: { 'a.md': 'one\ntwo' }, note: 'a.md' };

test("prefixes a command with the plugin's id and offers it when its check passes", async () => {
  const commands = plugin(`
    this.addCommand({ id: 'plain', name: 'Plain', callback: () => log.push('plain') });
    this.addCommand({ id: 'second', name: 'Second line', editorCheckCallback: (checking, editor, info) => {
      if (editor.getCursor().line !== 1) return false;
      if (!checking) log.push(info.file.path);
      return true;
    } });`);
  await withWindow({ ...commands, ...note }, async (window) => {
    assert.deepEqual(await window.offeredCommands(), ['demo:plain']);
    assert.equal(await window.runCommand('demo:second'), false);
    await window.setCursor(5);
    assert.deepEqual(await window.offeredCommands(), ['demo:plain', 'demo:second']);
    assert.equal(await window.runCommand('demo:second'), true);
    assert.equal(await window.runCommand('demo:plain'), true);
    assert.deepEqual(await logged(window), ['a.md', 'plain']);
    await assert.rejects(window.runCommand('plain'), /no command 'plain'/);
  });
});

test('applies all changes of a transaction to the previous text as one undo step', async () => {
  const transaction = plugin(`
    this.addCommand({ id: 'go', name: 'Go', editorCallback: (editor) => editor.transaction({ changes: [
      { from: { line: 0, ch: 0 }, text: 'XX' },
      { from: { line: 0, ch: 1 }, to: { line: 0, ch: 2 }, text: 'YY' },
      { from: { line: 1, ch: 3 }, text: '!' },
    ] }) });`);
  await withWindow({ ...transaction, ...note }, async (window) => {
    await window.runCommand('demo:go');
    assert.equal(await window.editorText(), 'XXoYYe\ntwo!');
    await window.waitForNote('a.md', 'XXoYYe\ntwo!');
    await window.page.locator('.cm-content').focus();
    await window.page.keyboard.press('Control+z');
    assert.equal(await window.editorText(), 'one\ntwo');
  });
});

test('saves and embeds an image pasted by keyboard that no plugin handles', async () => {
  await withWindow({ ...plugin(''), ...note }, async (window) => {
    await window.setCursor(3);
    await window.pasteImages(red);
    await window.waitForNote('a.md', /^one!\[\[Pasted image \d{14}\.png\]\]\ntwo$/);
    const saved = (await window.files()).find((path) => path.startsWith('Pasted image'));
    const base64 = await window.diskBase64(saved ?? '');
    const { width, height } = await sharp(Buffer.from(base64 ?? '', 'base64')).metadata();
    assert.deepEqual([width, height], [32, 16]);
  });
});

test('pastes several images at once, and drops one at the mouse position', async () => {
  await withWindow({ ...plugin(''), ...note }, async (window) => {
    await window.setCursor(7);
    await window.pasteImages({ ...red, name: 'x.png' }, { ...red, name: 'x.png' });
    await window.waitForNote('a.md', 'two![[x.png]]\n![[x 1.png]]');
    await window.dropImages(0, { ...red, name: 'y.png' });
    await window.waitForNote('a.md', /^!\[\[y\.png\]\]one/);
  });
});

test('lets a plugin handle a paste by preventing the default, until it is disabled', async () => {
  const claiming = plugin(`
    this.registerEvent(app.workspace.on('editor-paste', (event, editor, info) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      log.push(event.clipboardData.files.length, info.file.path, editor.getValue());
    }));`);
  await withWindow({ ...claiming, ...note }, async (window) => {
    await window.pasteImages(red);
    await window.page.waitForFunction('log.length > 0');
    assert.deepEqual(await logged(window), [1, 'a.md', 'one\ntwo']);
    assert.deepEqual(await window.files(), ['a.md']);
    await window.disablePlugin();
    await window.pasteImages(red);
    await window.waitForNote('a.md', /Pasted image/);
    assert.equal(((await logged(window)) as unknown[]).length, 3);
  });
});

test('writes typing to the vault and external changes to the editor', async () => {
  const events = plugin(`app.vault.on('modify', (file) => log.push(file.path, file.stat.size));`);
  await withWindow({ ...events, ...note }, async (window) => {
    await window.setCursor(7);
    await window.typeText(' three');
    await window.waitForNote('a.md', 'one\ntwo three');
    assert.deepEqual(await logged(window), ['a.md', 13]);
    await window.writeOutside('a.md', 'ONE\ntwo three');
    assert.equal(await window.editorText(), 'ONE\ntwo three');
  });
});

test('merges external changes while the user is typing', async () => {
  await withWindow({ ...plugin(''), ...note }, async (window) => {
    await window.setCursor(7);
    // In a single call, so that nothing is saved in between.
    await window.page.evaluate(`
      app.workspace.activeEditor.editor.replaceSelection(' three');
      obsidianHost.writeOutside('a.md', 'zero\\none\\ntwo');`);
    assert.equal(await window.editorText(), 'zero\none\ntwo three');
    await window.waitForNote('a.md', 'zero\none\ntwo three');
  });
});

test('shows the same text in two panes of one note', async () => {
  await withWindow({ ...plugin(''), ...note }, async (window) => {
    await window.openNote('a.md', 'split');
    await window.setCursor(0);
    await window.typeText('0 ');
    assert.deepEqual(await window.page.locator('.cm-content').allInnerTexts(), ['0 one\ntwo', '0 one\ntwo']);
    await window.waitForNote('a.md', '0 one\ntwo');
    await window.closeNote('a.md');
    assert.equal(await window.page.locator('.cm-content').count(), 0);
  });
});

test('saves a note on closing', async () => {
  await withWindow({ ...plugin(''), ...note }, async (window) => {
    await window.setCursor(7);
    await window.page.evaluate(`
      app.workspace.activeEditor.editor.replaceSelection('!');
      obsidianHost.closeNote('a.md');`);
    await window.waitForNote('a.md', 'two!');
  });
});

test('processes a note in one step and updates the open editor', async () => {
  const processing = plugin(`
    this.addCommand({ id: 'go', name: 'Go', callback: () => Promise.all(['1', '2'].map((mark) =>
      app.vault.process(app.vault.getFileByPath('a.md'), (text) => text + mark))) });`);
  await withWindow({ ...processing, ...note }, async (window) => {
    await window.runCommand('demo:go');
    assert.equal(await window.diskText('a.md'), 'one\ntwo12');
    assert.equal(await window.editorText(), 'one\ntwo12');
  });
});

test('reports visible files as created before the layout is ready', async () => {
  const events = plugin(`
    log.push('files ' + app.vault.getFiles().length);
    app.vault.on('create', (file) => log.push('create ' + file.path));
    app.vault.on('rename', (file, oldPath) => log.push('rename ' + oldPath + ' ' + file.path));
    app.vault.on('delete', (file) => log.push('delete ' + file.path));
    app.workspace.onLayoutReady(() => log.push('ready'));`);
  const files = { 'x/a.md': '', '.obsidian/app.json': '{}' };
  await withWindow({ ...events, files }, async (window) => {
    await window.renameFile('x/a.md', 'x/b.md');
    await window.deleteFile('x/b.md');
    await window.writeOutside('new.md', '');
    assert.deepEqual(await logged(window), [
      'files 0',
      'create x',
      'create x/a.md',
      'ready',
      'rename x/a.md x/b.md',
      'delete x/b.md',
      'create new.md',
    ]);
  });
});

test('reads and writes hidden files as text and bytes in existing folders', async () => {
  const adapting = plugin(`
    const { adapter } = app.vault;
    const path = this.manifest.dir ?? '.obsidian/plugins/demo/log.jsonl';
    await adapter.write(path, 'ä\\n');
    await adapter.append(path, 'b\\n');
    log.push(await adapter.read(path), (await adapter.readBinary(path)).byteLength, (await adapter.stat(path)).size);
    log.push(await adapter.exists('.obsidian/none'), await adapter.stat('.obsidian/none'));
    for (const fail of [() => adapter.read('none'), () => adapter.write('none/a', ''), () => app.vault.create('no/a.md', '')]) {
      await fail().then(() => log.push('done'), (error) => log.push(error.code));
    }
    await adapter.mkdir('.obsidian/x/y');
    log.push((await adapter.list('.obsidian/x')).folders.join());`);
  await withWindow(adapting, async (window) => {
    assert.deepEqual(await logged(window), [
      'ä\nb\n',
      5,
      5,
      false,
      null,
      'ENOENT',
      'ENOENT',
      'ENOENT',
      '.obsidian/x/y',
    ]);
    assert.deepEqual(await window.files(), []);
  });
});

test('stores settings in data.json and reports external changes', async () => {
  const saving = plugin(`
    log.push(await this.loadData());
    await this.saveData({ n: 2 });
    this.onExternalSettingsChange = async () => log.push(await this.loadData());`);
  await withWindow({ ...saving, data: { n: 1 } }, async (window) => {
    const path = '.obsidian/plugins/demo/data.json';
    assert.deepEqual(JSON.parse((await window.diskText(path)) ?? ''), { n: 2 });
    await window.writeOutside(path, '{"n":3}');
    await window.page.waitForFunction('log.length === 2');
    assert.deepEqual(await logged(window), [{ n: 1 }, { n: 3 }]);
  });
  await withWindow(plugin('log.push(await this.loadData());'), async (window) => {
    assert.deepEqual(await logged(window), [null]);
  });
});

test('resolves and formats links like Obsidian', async () => {
  const linking = plugin(`
    app.workspace.onLayoutReady(async () => {
      const path = (link, source) => app.metadataCache.getFirstLinkpathDest(link, source)?.path ?? null;
      log.push(path('A.png', 'n/a.md'), path('A.png', 'z.md'), path('img/a.png', 'n/a.md'), path('./a.png', 'n/a.md'));
      log.push(path('../b.png', 'n/a.md'), path('/b.png', 'n/a.md'), path('no.png', 'n/a.md'));
      const file = (at) => app.vault.getFileByPath(at);
      const { fileManager, metadataCache } = app;
      log.push(fileManager.generateMarkdownLink(file('b.png'), 'n/a.md', '', 'alt'));
      log.push(fileManager.generateMarkdownLink(file('n/a.png'), 'n/a.md'));
      log.push(fileManager.generateMarkdownLink(file('n/a.md'), 'z.md'));
      log.push(metadataCache.fileToLinktext(file('n/a.md'), '', false));
      log.push(await fileManager.getAvailablePathForAttachment('b.png', 'n/a.md'));
    });`);
  const binaries = { 'b.png': red.bytes, 'n/a.png': red.bytes, 'x/img/a.png': red.bytes };
  await withWindow({ ...linking, files: { 'n/a.md': '' }, binaries }, async (window) => {
    await window.page.waitForFunction('log.length === 12');
    assert.deepEqual(await logged(window), [
      'n/a.png',
      'n/a.png',
      'x/img/a.png',
      'n/a.png',
      'b.png',
      'b.png',
      null,
      '![[b.png|alt]]',
      '![[n/a.png]]',
      '[[a]]',
      'a.md',
      'b 1.png',
    ]);
  });
});

test('counts the links of a note to each file in the cache', async () => {
  const asking = plugin(
    `this.addCommand({ id: 'go', name: 'Go', callback: () => log.push({ ...app.metadataCache.resolvedLinks }) });`,
  );
  const files = { 'n/a.md': '![[b.png]] ![x](../b.png) [[z]] ![[none.png]]', 'z.md': '' };
  await withWindow({ ...asking, files, binaries: { 'b.png': red.bytes } }, async (window) => {
    await window.runCommand('demo:go');
    assert.deepEqual(await logged(window), [{ 'n/a.md': { 'b.png': 2, 'z.md': 1 }, 'z.md': {} }]);
  });
});

test("follows the vault's settings for attachments and links", async () => {
  const files = {
    ...note.files,
    '.obsidian/app.json': '{"attachmentFolderPath":"./files","useMarkdownLinks":true}',
  };
  await withWindow({ ...plugin(''), files, note: 'a.md' }, async (window) => {
    await window.setCursor(7);
    await window.pasteImages({ ...red, name: 'a b.png' }, { ...red, name: 'c.png' });
    await window.waitForNote('a.md', 'two![](a%20b.png)\n![](c.png)');
    assert.deepEqual(await window.files(), ['a.md', 'files/a b.png', 'files/c.png']);
  });
});

test('updates links to a renamed file in all notes, keeping their texts', async () => {
  const text = 'See ![[red.png|a red box]] and ![red](red.png) and [[red.png]].';
  const files = { 'a.md': text, 'b.md': text };
  await withWindow(
    { ...plugin(''), files, binaries: { 'red.png': red.bytes }, note: 'a.md' },
    async (window) => {
      await window.renameFile('red.png', 'dark red.png');
      const followed = 'See ![[dark red.png|a red box]] and ![red](dark%20red.png) and [[dark red.png]].';
      assert.equal(await window.diskText('b.md'), followed);
      assert.equal(await window.editorText(), followed);
    },
  );
});

test("serves an image's bytes from its URL", async () => {
  const showing = plugin(`
    this.addCommand({ id: 'go', name: 'Go', callback: async () => {
      const image = new Image();
      image.src = app.vault.getResourcePath(app.vault.getFileByPath('red.png'));
      await image.decode();
      log.push(image.naturalWidth, image.naturalHeight);
    } });`);
  await withWindow({ ...showing, binaries: { 'red.png': red.bytes } }, async (window) => {
    await window.runCommand('demo:go');
    assert.deepEqual(await logged(window), [32, 16]);
  });
});

const view = `
  class View extends o.ItemView {
    getViewType() { return 'demo-view'; }
    getDisplayText() { return 'Demo view'; }
    async onOpen() { this.containerEl.children[1].createEl('p', { text: 'Here I am.' }); log.push('open'); }
    async onClose() { log.push('close'); }
  }
  this.registerView('demo-view', (leaf) => new View(leaf));
  const isView = (leaf) => leaf.view instanceof View;`;

test('creates a view once in its dock and closes it with the plugin', async () => {
  const showing = plugin(`${view}
    this.addCommand({ id: 'go', name: 'Go', callback: () => app.workspace.ensureSideLeaf('demo-view', 'right') });`);
  await withWindow({ ...showing, ...note }, async (window) => {
    await window.runCommand('demo:go');
    await window.runCommand('demo:go');
    assert.equal(await window.page.locator('.mod-right-split p').innerText(), 'Here I am.');
    await window.disablePlugin();
    assert.equal(await window.page.locator('.mod-right-split .workspace-leaf').count(), 0);
    assert.deepEqual(await logged(window), ['open', 'close']);
  });
});

test('defers a view of the last session until it is revealed', async () => {
  const revealing = plugin(`${view}
    this.addCommand({ id: 'go', name: 'Go', callback: async () => {
      const [leaf] = app.workspace.getLeavesOfType('demo-view');
      log.push(leaf.isDeferred, isView(leaf));
      await app.workspace.revealLeaf(leaf);
      log.push(leaf.isDeferred, isView(leaf));
    } });`);
  await withWindow({ ...revealing, sideViews: ['demo-view'] }, async (window) => {
    assert.deepEqual(await logged(window), []);
    await window.runCommand('demo:go');
    assert.deepEqual(await logged(window), [true, false, 'open', false, true]);
  });
});

test('clears the active editor, but not the active file, when a view becomes active', async () => {
  const asking = plugin(`${view}
    this.addCommand({ id: 'go', name: 'Go', callback: async () => {
      const state = () => [app.workspace.activeEditor?.file.path ?? null, app.workspace.getActiveViewOfType(o.MarkdownView) !== null, app.workspace.getActiveFile().path];
      log.push(state());
      await app.workspace.ensureSideLeaf('demo-view', 'right');
      log.push(state());
    } });
    this.addCommand({ id: 'edit', name: 'Edit', editorCallback: () => {} });`);
  await withWindow({ ...asking, ...note }, async (window) => {
    await window.runCommand('demo:go');
    assert.deepEqual(await logged(window), [['a.md', true, 'a.md'], 'open', [null, false, 'a.md']]);
    assert.equal(await window.runCommand('demo:edit'), false);
    await window.activateNote('a.md');
    assert.equal(await window.runCommand('demo:edit'), true);
  });
});

test('applies an editor extension immediately, with its note, until the plugin is disabled', async () => {
  const extending = plugin(`
    const { EditorView } = require('@codemirror/view');
    this.registerEditorExtension(EditorView.updateListener.of((update) => {
      if (update.docChanged) log.push(update.state.field(o.editorInfoField).file.path);
    }));`);
  await withWindow({ ...extending, ...note }, async (window) => {
    await window.typeText('x');
    await window.disablePlugin();
    await window.typeText('y');
    assert.equal(await window.editorText(), 'xyone\ntwo');
    assert.deepEqual(await logged(window), ['a.md']);
  });
});

test('allows requiring only Obsidian and CodeMirror', async () => {
  for (const name of ['fs', 'electron', '@codemirror/lang-markdown']) {
    const requiring = plugin(`log.push(require('@codemirror/state') !== undefined); require('${name}');`);
    await assert.rejects(obsidian.open(requiring), new RegExp(`Cannot find module '${name}'`));
  }
});

test('keeps a dialog focused until Escape closes the topmost one', async () => {
  const asking = plugin(`
    const ask = (title) => {
      const modal = new o.Modal(app).setTitle(title).setCloseCallback(() => log.push(title));
      modal.contentEl.createEl('input', { type: 'text' });
      modal.open();
    };
    this.addCommand({ id: 'go', name: 'Go', callback: () => { ask('first'); ask('second'); } });`);
  await withWindow({ ...asking, ...note }, async (window) => {
    await window.setCursor(0);
    await window.runCommand('demo:go');
    const titles = window.page.locator('.modal-container > .modal > .modal-title');
    assert.deepEqual(await titles.allInnerTexts(), ['first', 'second']);
    await window.page.keyboard.type('typed');
    assert.equal(await window.page.locator('.modal-content input').last().inputValue(), 'typed');
    await window.page.keyboard.press('Escape');
    assert.deepEqual(await logged(window), ['second']);
    await window.page.click('.modal-close-button');
    assert.deepEqual(await logged(window), ['second', 'first']);
    await window.page.keyboard.type('z');
    assert.equal(await window.editorText(), 'zone\ntwo');
  });
});

test('closes a confirmation with its button unless the handler prevents it', async () => {
  const asking = plugin(`
    this.addCommand({ id: 'go', name: 'Go', callback: () => new o.ConfirmationModal(app).setTitle('Sure?')
      .addButton((button) => button.setButtonText('Stay').onClick(() => true))
      .addButton((button) => button.setButtonText('Yes').setCta().onClick(() => { log.push('yes'); }))
      .addCancelButton().open() });`);
  await withWindow(asking, async (window) => {
    await window.runCommand('demo:go');
    await window.page.getByRole('button', { name: 'Stay' }).click();
    await window.page.getByRole('button', { name: 'Yes' }).click();
    await window.page.waitForSelector('.modal', { state: 'detached' });
    await window.runCommand('demo:go');
    await window.page.getByRole('button', { name: 'Cancel' }).click();
    await window.page.waitForSelector('.modal', { state: 'detached' });
    assert.deepEqual(await logged(window), ['yes']);
  });
});

test('shows and runs menu entries of plugins by section', async () => {
  const adding = plugin(`
    const add = (menu, title, section) => menu.addItem((item) => item.setTitle(title).setSection(section).onClick(() => log.push(title)));
    this.registerEvent(app.workspace.on('file-menu', (menu, file, source) => { add(menu, 'Delete', 'danger'); add(menu, file.path, 'action'); log.push(source); }));
    this.registerEvent(app.workspace.on('files-menu', (menu, files) => add(menu, files.length + ' files', 'action')));
    this.registerEvent(app.workspace.on('editor-menu', (menu, editor, info) => add(menu, 'In ' + info.file.path, '')));`);
  await withWindow(
    { ...adding, files: { 'a.md': '', 'b.md': '', 'c/d.md': '' }, note: 'a.md' },
    async (window) => {
      const items = window.page.locator('.menu-item');
      await window.page.locator('[data-path="b.md"]').click({ button: 'right' });
      assert.deepEqual(await items.allInnerTexts(), ['b.md', 'Delete']);
      await items.first().click();
      await window.showFileMenu(['a.md', 'b.md']);
      await items.first().click();
      await window.page.click('.cm-content', { button: 'right' });
      await items.first().click();
      await window.showFileMenu(['c']);
      await items.first().click();
      assert.equal(await items.count(), 0);
      const source = 'file-explorer-context-menu';
      assert.deepEqual(await logged(window), [source, 'b.md', '2 files', 'In a.md', source, 'c']);
    },
  );
});

test('moves the cursor on right-click unless it is inside the selection', async () => {
  const asking = plugin(`
    this.registerEvent(app.workspace.on('editor-menu', (menu, editor) => log.push(editor.getCursor().line, editor.getSelection())));`);
  await withWindow({ ...asking, ...note }, async (window) => {
    await window.setCursor(0);
    const line = window.page.locator('.cm-line', { hasText: 'two' });
    await line.click({ button: 'right', position: { x: 10, y: 8 } });
    await window.setSelection(0, 7);
    await line.click({ button: 'right', position: { x: 10, y: 8 } });
    assert.deepEqual(await logged(window), [1, '', 1, 'one\ntwo']);
  });
});

test('removes notices, status bar items and ribbon icons with the plugin', async () => {
  const showing = plugin(`
    const item = this.addStatusBarItem();
    item.setText('3 images');
    o.setTooltip(item, 'Three images');
    this.addRibbonIcon('image', 'Describe', () => new o.Notice('Described'));`);
  await withWindow(showing, async (window) => {
    assert.equal(await window.statusBarText(), '3 images');
    assert.equal(await window.page.getByLabel('Three images').count(), 1);
    await window.page.click('[aria-label="Describe"]');
    assert.deepEqual(await window.notices(), ['Described']);
    await window.page.click('.notice');
    assert.equal(await window.page.locator('.notice').count(), 0);
    await window.disablePlugin();
    assert.equal(await window.page.locator('[aria-label="Describe"], .status-bar-item').count(), 0);
  });
});

test('renders, validates and saves declared settings', async () => {
  const declaring = plugin(`
    this.settings = { on: false, name: 'x', count: 2, style: 'a', ...(await this.loadData()) };
    class Tab extends o.PluginSettingTab {
      constructor(app, plugin) { super(app, plugin); this.plugin = plugin; }
      getSettingDefinitions() {
        const settings = this.plugin.settings;
        return [
          { name: 'On', desc: 'A toggle', control: { type: 'toggle', key: 'on' } },
          { type: 'group', heading: 'More', visible: () => settings.on, items: [
            { name: 'Name', control: { type: 'text', key: 'name', validate: (value) => value === '' ? 'Say something.' : undefined } },
            { name: 'Count', control: { type: 'number', key: 'count', min: 0, max: 9 } },
            { name: 'Style', control: { type: 'dropdown', key: 'style', options: { a: 'Plain', b: 'Rich' } } },
            { name: 'Text', control: { type: 'textarea', key: 'text' } },
            { name: 'Size', control: { type: 'slider', key: 'size', min: 0, max: 10, step: 1, defaultValue: 5 }, },
            { name: 'State', render: (setting) => { setting.addButton((button) => button.setButtonText('Check').onClick(() => setting.setDesc('Fine'))); } },
          ] },
        ];
      }
    }
    this.addSettingTab(new Tab(app, this));`);
  await withWindow({ ...declaring, data: { name: 'y' } }, async (window) => {
    const { page } = window;
    await window.toggleSettings();
    const row = (name: string) =>
      page.locator('.setting-item', { has: page.getByText(name, { exact: true }) });
    assert.equal(await row('Name').isVisible(), false);
    await row('On').getByRole('switch').click();
    assert.equal(await row('Name').locator('input').inputValue(), 'y');
    await row('Name').locator('input').fill('');
    assert.match(await row('Name').innerText(), /Say something\./);
    await row('Name').locator('input').fill('z');
    await row('Count').locator('input').fill('7');
    await row('Count').locator('input').blur();
    await row('Style').locator('select').selectOption('Rich');
    await row('Text').locator('textarea').fill('t');
    await row('Size').locator('input').fill('6');
    await row('State').getByRole('button').click();
    assert.match(await row('State').innerText(), /Fine/);
    const expected = { on: true, name: 'z', count: 7, style: 'b', text: 't', size: 6 };
    await page.waitForFunction(
      `JSON.parse(obsidianHost.diskText('.obsidian/plugins/demo/data.json')).size === 6`,
    );
    assert.deepEqual(JSON.parse((await window.diskText('.obsidian/plugins/demo/data.json')) ?? ''), expected);
    await window.toggleSettings();
    assert.equal(await page.locator('.modal').count(), 0);
  });
});

test('selects a secret by name', async () => {
  const choosing = plugin(`
    app.secretStorage.setSecret('first', '1');
    app.secretStorage.setSecret('second', '2');
    new o.SecretComponent(app, this.addStatusBarItem()).setValue('first').onChange((name) => log.push(name));`);
  await withWindow(choosing, async (window) => {
    const select = window.page.locator('.status-bar-item').getByRole('combobox');
    assert.equal(await select.inputValue(), 'first');
    await select.selectOption('second');
    assert.deepEqual(await logged(window), ['second']);
  });
});

test('exposes plugins to each other while they are enabled', async () => {
  const reaching = plugin(
    `this.api = 'demo api'; globalThis.api = () => app.plugins.getPlugin('demo')?.api ?? null;`,
  );
  await withWindow(reaching, async (window) => {
    assert.equal(await window.page.evaluate('api()'), 'demo api');
    await window.disablePlugin();
    assert.equal(await window.page.evaluate('api()'), null);
  });
});

test('keeps secrets and local storage, and runs the CLI handler', async () => {
  const keeping = plugin(`
    app.secretStorage.setSecret('token', 's3');
    app.saveLocalStorage('url', 'http://x');
    log.push(app.secretStorage.getSecret('token'), app.secretStorage.listSecrets(), app.loadLocalStorage('url'), app.loadLocalStorage('none'));
    this.registerCliHandler('demo:describe', 'Describes', null, ({ path }) => 'described ' + path);`);
  await withWindow(keeping, async (window) => {
    assert.deepEqual(await logged(window), ['s3', ['token'], 'http://x', null]);
    assert.equal(await window.runCli('demo:describe', { path: 'a.md' }), 'described a.md');
    await window.disablePlugin();
    await assert.rejects(window.runCli('demo:describe', {}), /no CLI handler/);
  });
});

const asking = `
  globalThis.ask = async (url, how) => {
    if (how === 'fetch') return fetch(url + '/api/version').then((answer) => answer.status, (error) => error.message);
    return o.requestUrl(url + '/api/version').then((answer) => answer.json.version.length > 0, (error) => error.message);
  };`;

test("applies Ollama's origin rules, which requestUrl bypasses", async () => {
  const ask = (window: ObsidianWindow, how: string) =>
    window.page.evaluate(`ask(${JSON.stringify(ollama.url)}, '${how}')`);
  await withWindow(plugin(asking), async (window) => {
    assert.equal(await ask(window, 'fetch'), 200);
    assert.equal(await ask(window, 'requestUrl'), true);
  });
  const foreign = await obsidian.open({ ...plugin(asking), origin: 'foreign' });
  assert.equal(await ask(foreign, 'fetch'), 'Failed to fetch');
  assert.equal(await ask(foreign, 'requestUrl'), true);
  await foreign.close();
});

test('reports an unreachable host in requestUrl and contacts only this machine', async () => {
  await withWindow(plugin(asking), async (window) => {
    assert.equal(
      await window.page.evaluate(`ask('http://127.0.0.1:9', 'requestUrl')`),
      'net::ERR_CONNECTION_REFUSED',
    );
    assert.match(
      String(await window.page.evaluate(`ask('http://example.org', 'requestUrl')`)),
      /Only this machine/,
    );
  });
});

test('throws for APIs that are not modeled', async () => {
  await withWindow(plugin(''), async (window) => {
    await assert.rejects(window.page.evaluate('app.internalPlugins'), /"internalPlugins" is not mocked/);
    await assert.rejects(window.page.evaluate('app.workspace.getThing()'), /"getThing" is not mocked/);
  });
});

test('resolves the links and embeds of a note, except in HTML', async () => {
  const files = {
    'a.md': '![[x.png]] ![](x.png) [[b]] ![](100%.png) ![[none.png]]\n<img src="y.png">',
    'b.md': '',
  };
  const { bytes } = red;
  const binaries = { 'x.png': bytes, 'y.png': bytes, '100%.png': bytes };
  await withWindow({ ...plugin(''), files, binaries }, async (window) => {
    const links = await window.page.evaluate('app.metadataCache.resolvedLinks');
    assert.deepEqual(links, { 'a.md': { 'x.png': 2, 'b.md': 1, '100%.png': 1 }, 'b.md': {} });
  });
});

test('suggests for typed text and selects by keyboard or click', async () => {
  const fruits = plugin(`
    const names = ['Apple', 'Apricot', 'Banana'];
    class Prompt extends o.SuggestModal {
      async getSuggestions(query) {
        // The result of the shorter query arrives last.
        if (query === 'a') await new Promise((resolve) => setTimeout(resolve, 200));
        return names.filter((name) => name.toLowerCase().startsWith(query));
      }
      renderSuggestion(name, el) { el.setText(name); }
      onChooseSuggestion(name) { log.push([name, document.querySelector('.prompt') !== null]); }
    }
    this.addCommand({ id: 'pick', name: 'Pick', callback: () => new Prompt(app).open() });`);
  await withWindow({ ...fruits, note: null }, async (window) => {
    const { page } = window;
    const shown = () => page.locator('.suggestion-item').allInnerTexts();
    await window.runCommand('demo:pick');
    await page.locator('.suggestion-item').nth(2).waitFor();
    assert.equal(await page.locator('.is-selected').innerText(), 'Apple');
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.locator('.is-selected').innerText(), 'Banana');
    await page.keyboard.type('ap');
    await page.waitForTimeout(300);
    assert.deepEqual(await shown(), ['Apple', 'Apricot']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await page.evaluate('log'), [['Apricot', false]]);

    await window.runCommand('demo:pick');
    await page.keyboard.type('x');
    await page.locator('.suggestion-empty').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Backspace');
    await page.locator('.suggestion-item', { hasText: 'Banana' }).click();
    assert.deepEqual(await page.evaluate('log'), [
      ['Apricot', false],
      ['Banana', false],
    ]);
  });
});
