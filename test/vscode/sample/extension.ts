import * as vscode from 'vscode';

const MARKDOWN = { language: 'markdown' };

/** Does one thing of each kind that extension tests check. */
export function activate({ subscriptions }: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('Sample');
  output.appendLine('The sample is active.');
  const diagnostics = vscode.languages.createDiagnosticCollection('sample');
  const check = (document: vscode.TextDocument) => {
    if (document.languageId === 'markdown') diagnostics.set(document.uri, findTodos(document));
  };
  vscode.workspace.textDocuments.forEach(check);
  subscriptions.push(
    output,
    diagnostics,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      check(document);
    }),
    vscode.commands.registerCommand('sample.stamp', stamp),
    vscode.commands.registerCommand('sample.refactor', refactor),
    vscode.commands.registerCommand('sample.tell', async () => {
      await vscode.window.showInformationMessage(`SAMPLE is ${process.env['SAMPLE'] ?? 'not set'}`);
    }),
    vscode.commands.registerCommand('sample.panel', () => {
      const panel = vscode.window.createWebviewPanel('sample', 'Sample Panel', vscode.ViewColumn.Beside);
      panel.webview.html = '<p>In a panel</p>';
    }),
    vscode.languages.registerCodeActionsProvider(MARKDOWN, { provideCodeActions: fixes }),
    vscode.languages.registerHoverProvider(MARKDOWN, { provideHover: hover }),
    vscode.window.registerWebviewViewProvider('sample.view', { resolveWebviewView: showView }),
  );
}

function findTodos(document: vscode.TextDocument): vscode.Diagnostic[] {
  return [...document.getText().matchAll(/TODO/g)].map(({ index }) => {
    const range = new vscode.Range(document.positionAt(index), document.positionAt(index + 4));
    return new vscode.Diagnostic(range, 'Something is to do', vscode.DiagnosticSeverity.Warning);
  });
}

function fixes(
  document: vscode.TextDocument,
  _range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  return diagnostics.map((diagnostic) => {
    const action = new vscode.CodeAction('Call it done', vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, diagnostic.range, 'DONE');
    return action;
  });
}

function hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null {
  const range = document.getWordRangeAtPosition(position, /Hello/);
  return range === undefined ? null : new vscode.Hover('A word to greet', range);
}

async function stamp(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  await editor?.edit((edit) => {
    edit.insert(editor.document.lineAt(editor.document.lineCount - 1).range.end, 'STAMP\n');
  });
}

async function refactor(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  const [first, second] = [new vscode.Range(0, 0, 0, 0), new vscode.Range(1, 0, 1, 0)];
  const label = (name: string) => ({ label: name, needsConfirmation: true });
  edit.replace(document.uri, first, '> ', label('The first line'));
  edit.replace(document.uri, second, 'new line', label('The second line'));
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

function showView({ webview }: vscode.WebviewView): void {
  webview.options = { enableScripts: true };
  webview.html = `<button id="ask">Ask</button><p id="answer">Nothing yet</p><script>
    const api = acquireVsCodeApi();
    document.getElementById('ask').onclick = () => api.postMessage('ping');
    addEventListener('message', ({ data }) => (document.getElementById('answer').textContent = data));
  </script>`;
  webview.onDidReceiveMessage((message: unknown) => webview.postMessage(`${String(message)} pong`));
}
