import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clean, configure, newImage, openNote, serve, untilSo, untilText, write } from './world.ts';

const ours = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Notesight');

/** The problems of a note as `code text`, in order. */
function problems({ document }: vscode.TextEditor): string[] {
  return ours(document.uri)
    .toSorted((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ code, range }) => `${typeof code === 'object' ? code.value : ''} ${document.getText(range)}`);
}

const untilProblems = (editor: vscode.TextEditor, expected: readonly string[]) =>
  untilSo(
    'the problems',
    () => problems(editor),
    (found) => JSON.stringify(found) === JSON.stringify(expected),
  );

/** All code actions of Notesight at a text. */
async function actionsAt({ document }: vscode.TextEditor, text: string): Promise<vscode.CodeAction[]> {
  const at = document.positionAt(document.getText().indexOf(text));
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(at, at),
  );
  return actions.filter(({ title }) => /alt text|decorative|this image|path/.test(title));
}

async function fixesAt(editor: vscode.TextEditor, text: string): Promise<vscode.CodeAction[]> {
  const actions = await actionsAt(editor, text);
  return actions.filter(
    ({ title, kind }) =>
      /alt text|decorative/.test(title) && kind?.value === vscode.CodeActionKind.QuickFix.value,
  );
}

async function applyAction(editor: vscode.TextEditor, text: string, title: string): Promise<void> {
  const found = async () => (await actionsAt(editor, text)).find((action) => action.title === title);
  await untilSo(`the action ${title}`, found, Boolean);
  const action = await found();
  if (action?.edit) assert.ok(await vscode.workspace.applyEdit(action.edit));
  else if (action?.command) {
    const { command, arguments: args = [] } = action.command;
    await vscode.commands.executeCommand(command, ...(args as unknown[]));
  }
}

const SYNTAXES =
  '![[a.png]] ![](b.png) ![image][c]\n\n<img src="a.png">\n\n| x |\n|---|\n| ![[b.png]] |\n\n[c]: c.png\n';

describe('Problems', () => {
  afterEach(clean);

  it('report missing and placeholder alt text and missing files in every syntax', async () => {
    const editor = await openNote(
      `${SYNTAXES}\n![Words of a person](a.png) <img src="a.png" alt="">\n\n![x](gone.png) ![](https://example.org/a.png)\n\n\`![](a.png)\`\n`,
    );
    await untilProblems(editor, [
      'missing-alt-text ![[a.png]]',
      'missing-alt-text ![](b.png)',
      'useless-alt-text ![image][c]',
      'missing-alt-text <img src="a.png">',
      'missing-alt-text ![[b.png]]',
      'missing-file ![x](gone.png)',
      'missing-alt-text ![](https://example.org/a.png)',
    ]);
    const [first] = ours(editor.document.uri);
    assert.equal(first?.severity, vscode.DiagnosticSeverity.Information);
  });

  it('disappear when the cause is fixed', async () => {
    const editor = await openNote('![](a.png)\n\n![Words](later.png)\n');
    await untilProblems(editor, ['missing-alt-text ![](a.png)', 'missing-file ![Words](later.png)']);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 2), 'A square');
    });
    await untilProblems(editor, ['missing-file ![Words](later.png)']);
    write('later.png', new Uint8Array([1]));
    await untilProblems(editor, []);
  });

  it('ignore files of hidden folders and sites, and files that are not images', async () => {
    write('.github/x.png', new Uint8Array([1]));
    const editor = await openNote(
      '![A b](.github/x.png) ![A b](/s.png) ![A b](.github/none.png)\n\n' +
        '![](https://youtu.be/abc) ![](#Top) ![](Some%20note) ![[Some note]] ![](data.csv)\n',
    );
    await untilProblems(editor, ['missing-file ![A b](.github/none.png)']);
    // A new file in a hidden folder is detected, too.
    write('.github/none.png', new Uint8Array([1]));
    await untilProblems(editor, []);
  });

  it('work in notes that VS Code treats as plain text', async () => {
    const uri = write(`note-${Date.now()}.mdx`, '<img src={require("./a.png")} />\n\n![](b.png)\n');
    const editor = await vscode.window.showTextDocument(uri, { preview: false });
    await untilProblems(editor, [
      'missing-alt-text <img src={require("./a.png")} />',
      'missing-alt-text ![](b.png)',
    ]);
    assert.equal((await fixesAt(editor, '![](b.png)'))[0]?.title, 'Generate alt text');
  });

  it('follow the settings', async () => {
    const editor = await openNote('![](a.png) ![image](b.png)\n');
    await untilProblems(editor, ['missing-alt-text ![](a.png)', 'useless-alt-text ![image](b.png)']);
    await configure({ missing: 'empty' });
    await untilProblems(editor, ['missing-alt-text ![](a.png)']);
    await configure({ leaveOut: ['note-*'] });
    await untilProblems(editor, []);
    await configure({ leaveOut: [] });
    await untilProblems(editor, ['missing-alt-text ![](a.png)']);
    await configure({ severity: 'warning' });
    await untilSo(
      'a warning',
      () => ours(editor.document.uri),
      ([first]) => first?.severity === vscode.DiagnosticSeverity.Warning,
    );
    await configure({ diagnostics: false });
    await untilProblems(editor, []);
  });

  it('link to their description', async () => {
    const editor = await openNote('![](a.png)\n');
    await untilProblems(editor, ['missing-alt-text ![](a.png)']);
    const [first] = ours(editor.document.uri);
    assert.ok(typeof first?.code === 'object');
    assert.match(first.code.target.toString(), /docs\/vscode\.md#missing-alt-text$/);
  });

  it('are suppressed by a comment, which also keeps the image out of batches', async () => {
    const fake = await serve();
    const editor = await openNote('![](a.png)\n\n![x](gone.png)\n\n![](b.png)\n');
    await applyAction(editor, '![](a.png)', 'Ignore this image');
    await applyAction(editor, '![x](gone', 'Ignore this image');
    await untilProblems(editor, ['missing-alt-text ![](b.png)']);
    assert.match(editor.document.getText(), /^<!-- notesight-disable-next-line -->\n!\[\]\(a\.png\)\n/);
    await vscode.commands.executeCommand('notesight.captionFile');
    await untilText(editor, /Square 90/);
    assert.equal(fake.chats.length, 1);
  });

  it('are reported only for files that the user opened', async () => {
    const hidden = await vscode.workspace.openTextDocument(write('background.md', '![](a.png)\n'));
    const editor = await openNote('![](a.png)\n');
    await untilProblems(editor, ['missing-alt-text ![](a.png)']);
    assert.deepEqual(ours(hidden.uri), []);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await untilSo(
      'no problem',
      () => ours(editor.document.uri).length,
      (count) => count === 0,
    );
  });

  it('are reported for the whole workspace when the setting is on', async () => {
    const closed = write('sub/closed.md', '# Closed\r\n\r\ntext ![](../a.png)\n');
    const count = () => ours(closed).length;
    await configure({ checkWorkspace: true });
    await untilSo('the problem of the closed file', count, (found) => found === 1);
    assert.deepEqual(ours(closed)[0]?.range, new vscode.Range(2, 5, 2, 18));
    write('sub/closed.md', 'Nothing\n');
    await untilSo('no problem after a change on disk', count, (found) => found === 0);
    write('sub/closed.md', '![](../a.png)\n');
    await untilSo('the problem again', count, (found) => found === 1);
    await configure({ checkWorkspace: false });
    await untilSo('no problem when it is off', count, (found) => found === 0);
  });
});

describe('Quick fixes', () => {
  afterEach(clean);

  it('write alt text for the chosen image in every syntax, also with several on a line', async () => {
    await serve();
    const cases: [text: string, after: string][] = [
      ['![[a.png]]', '![[a.png|Square 80 wide]]'],
      ['![](b.png)', '![Square 90 wide](b.png)'],
      ['![image][c]', '![Square 100 wide][c]'],
      ['<img src="a.png">', '<img alt="Square 80 wide" src="a.png">'],
      ['![[b.png]]', '![[b.png\\|Square 90 wide]]'],
    ];
    const editor = await openNote(SYNTAXES);
    let expected = SYNTAXES;
    for (const [text, after] of cases) {
      await untilSo(
        'the fix',
        () => fixesAt(editor, text),
        (found) => found[0]?.title === 'Generate alt text',
      );
      const [write] = await fixesAt(editor, text);
      assert.equal(write?.isPreferred, true);
      assert.ok(write.command);
      await vscode.commands.executeCommand(
        write.command.command,
        ...((write.command.arguments ?? []) as unknown[]),
      );
      expected = expected.replace(text, after);
      await untilText(editor, expected);
    }
    await untilProblems(editor, []);
  });

  it('write alt text for all images of the file', async () => {
    await serve();
    const editor = await openNote('![[a.png]]\n\n![](b.png)\n');
    await untilSo(
      'the fixes',
      () => fixesAt(editor, '![['),
      (found) => found.length === 3,
    );
    const all = (await fixesAt(editor, '![[')).at(-1);
    assert.equal(all?.title, 'Generate alt text for all images in this file');
    assert.ok(all.command);
    await vscode.commands.executeCommand(
      all.command.command,
      ...((all.command.arguments ?? []) as unknown[]),
    );
    await untilText(editor, '![[a.png|Square 80 wide]]\n\n![Square 90 wide](b.png)\n');
  });

  it('mark only the chosen image as decorative', async () => {
    const cases: [before: string, image: string, after: string][] = [
      ['x ![](a.png) ![](b.png)\n', '![](b.png)', 'x ![](a.png) <img src="b.png" alt="">\n'],
      ['![[b.png|300]]\n', '![[b.png', '<img src="b.png" alt="" width="300">\n'],
      ['x ![image][c] y\n\n[c]: c.png\n', '![image]', 'x <img src="c.png" alt=""> y\n\n[c]: c.png\n'],
      ['<img src="a.png">\n', '<img', '<img alt="" src="a.png">\n'],
    ];
    for (const [before, image, after] of cases) {
      const editor = await openNote(before);
      const decorative = async () =>
        (await fixesAt(editor, image)).find(({ title }) => title === 'Mark as decorative');
      await untilSo(`the fix for ${image}`, async () => (await decorative()) !== undefined, Boolean);
      const fix = await decorative();
      assert.ok(fix?.edit);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      await untilText(editor, after);
    }
  });
});

describe('Code actions', () => {
  afterEach(clean);
  const titlesAt = async (editor: vscode.TextEditor, text: string) =>
    (await actionsAt(editor, text)).map(({ title }) => title);

  it('work on every image when problems are turned off', async () => {
    await configure({ diagnostics: false });
    const editor = await openNote('![](a.png)\n\n![Own words](b.png)\n\nNo image\n');
    assert.deepEqual(await titlesAt(editor, '![](a'), [
      'Generate alt text',
      'Mark as decorative',
      'Ask about this image',
      'Generate alt text for all images in this file',
    ]);
    assert.deepEqual(await titlesAt(editor, '![Own'), [
      'Regenerate alt text',
      'Refine alt text…',
      'Mark as decorative',
      'Ask about this image',
      'Generate alt text for all images in this file',
    ]);
    assert.deepEqual(await titlesAt(editor, 'No image'), []);
  });

  it('change a broken path to a file with the same name', async () => {
    write('img/deep/moved pic.png', newImage());
    const editor = await openNote('![Words](old/moved%20pic.png)\n');
    await applyAction(editor, '![Words]', 'Change the path to img/deep/moved pic.png');
    await untilText(editor, '![Words](img/deep/moved%20pic.png)\n');
    await untilProblems(editor, []);
  });

  it('offer to describe a remote image only if remote images are downloaded', async () => {
    const editor = await openNote('![](https://example.org/a.png)\n');
    await untilProblems(editor, ['missing-alt-text ![](https://example.org/a.png)']);
    assert.deepEqual(await titlesAt(editor, '![]'), ['Mark as decorative', 'Ignore this image']);
    await configure({ remoteImages: true });
    assert.equal((await titlesAt(editor, '![]'))[0], 'Generate alt text');
  });
});

describe('A hover', () => {
  afterEach(clean);

  async function hoverOver({ document }: vscode.TextEditor, text: string): Promise<string> {
    const at = document.positionAt(document.getText().indexOf(text) + 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    return hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .filter((content) => content.includes('notesight.askImage'))
      .join('\n');
  }

  it('shows the image and its description', async () => {
    await serve();
    write('new.png', newImage());
    const editor = await openNote('![](new.png) words ![](gone.png)\n');
    await untilProblems(editor, ['missing-alt-text ![](new.png)', 'missing-file ![](gone.png)']);
    assert.match(await hoverOver(editor, '![](new.png)'), /new\.png\|height=\d+\)[^]*No description yet/);
    await vscode.commands.executeCommand('notesight.captionFile');
    await untilText(editor, /Square 100/);
    const shown = await hoverOver(editor, '![Square');
    assert.match(shown, /It was made by a test\./);
    assert.doesNotMatch(shown, /captionImage/, 'it has words');
    assert.equal(await hoverOver(editor, '](gone.png'), '');
  });

  it('shows text from a model literally', async () => {
    await serve({
      answer: () => ({
        alt: 'A trap',
        description: '![x](https://example.org/x.png) <img src=x> [y](command:workbench.action.quit)',
        text: '',
        tags: [],
        decorative: false,
      }),
    });
    const editor = await openNote('![](c.png)\n');
    await vscode.commands.executeCommand('notesight.captionFile');
    await untilText(editor, /A trap/);
    const shown = await hoverOver(editor, '![A trap');
    assert.doesNotMatch(shown, /(?<!\\)!\[x|<img|(?<!\\)\]\(command:workbench/);
  });
});

describe('Code lenses', () => {
  afterEach(clean);

  it('appear above images that need alt text when enabled', async () => {
    const editor = await openNote('# Note\n\n![](a.png)\n\n![Words](b.png)\n');
    const lenses = () =>
      vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        editor.document.uri,
        9,
      );
    assert.equal((await lenses()).length, 0);
    await configure({ codeLens: true });
    await untilSo('one lens', lenses, (found) => found.length === 1 && found[0]?.range.start.line === 2);
  });
});
