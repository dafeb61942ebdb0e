import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clean, configure, newImage, openNote, serve, untilSo, untilText, write } from './world.ts';

const ours = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Notesight');

/** The problems of a note as `code text`, in order. */
function problems({ document }: vscode.TextEditor): string[] {
  return ours(document.uri)
    .toSorted((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ code, range }) => `${typeof code === 'string' ? code : ''} ${document.getText(range)}`);
}

const untilProblems = (editor: vscode.TextEditor, expected: readonly string[]) =>
  untilSo(
    'the problems',
    () => problems(editor),
    (found) => JSON.stringify(found) === JSON.stringify(expected),
  );

async function fixesAt({ document }: vscode.TextEditor, text: string): Promise<vscode.CodeAction[]> {
  const at = document.positionAt(document.getText().indexOf(text));
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(at, at),
    vscode.CodeActionKind.QuickFix.value,
  );
  return actions.filter(({ title }) => /alt text|decorative/.test(title));
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
    await configure({ diagnostics: false });
    await untilProblems(editor, []);
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
