import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../../e2e/until.ts';
import {
  startFakeOllama,
  type FakeModel,
  type FakeOllama,
  type FakeOllamaOptions,
} from '../../fakes/fake-ollama.ts';
import { squares } from '../../obsidian/serve-squares.ts';

/** Milliseconds that VS Code gets to do a thing. */
const PATIENCE = 8_000;

/** The folder that is open. It holds `a.png`, `b.png` and `c.png`, squares of 80, 90 and 100 pixels, a slide, and `static/s.png`. */
export const folder = (): string => {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri.fsPath;
};

const set = new Set<string>();

/** Sets settings of the extension, for this test. */
export async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    set.add(name);
    await vscode.workspace
      .getConfiguration('notesight')
      .update(name, value, vscode.ConfigurationTarget.Global);
  }
}

/**
 * A server whose model tells squares by their width, for this test; the extension asks it, and nothing is reviewed. Each
 * time the model is another one, of which nothing is known.
 */
export async function serve({
  answer,
  ...options
}: FakeOllamaOptions & Pick<FakeModel, 'answer'> = {}): Promise<FakeOllama> {
  const model = { ...squares, name: `gemma3:${++models}b`, ...(answer && { answer }) };
  const fake = await startFakeOllama({ models: [model], ...options });
  servers.add(fake);
  await configure({ server: fake.url, review: 'never' });
  return fake;
}

let models = Date.now();
const servers = new Set<FakeOllama>();
const written = new Set<string>();

/** An image that nobody has been asked about, 100 pixels wide. */
export function newImage(): Uint8Array {
  // What stands behind the end of a PNG is passed over.
  return Buffer.concat([readFileSync(join(folder(), 'c.png')), Buffer.from(`${Date.now()}-${++count}`)]);
}

/** Writes a file of the folder, for this test. */
export function write(name: string, content: string | Uint8Array): vscode.Uri {
  const path = join(folder(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  written.add(path);
  return vscode.Uri.file(path);
}

export const onDisk = (name: string): string => readFileSync(join(folder(), name), 'utf8');

let count = 0;

/** Opens a new note with this text in an editor. VS Code remembers those of other tests, and so it has another name. */
export async function openNote(text: string): Promise<vscode.TextEditor> {
  const uri = write(`note-${Date.now()}-${++count}.md`, text);
  return vscode.window.showTextDocument(uri, { preview: false });
}

/** Puts the cursor before the first place where the editor has this text. */
export function setCursor(editor: vscode.TextEditor, text: string): vscode.Position {
  const at = editor.document.positionAt(editor.document.getText().indexOf(text));
  editor.selection = new vscode.Selection(at, at);
  return at;
}

/** Waits until a document holds a text. */
export async function untilText(
  { document }: { readonly document: vscode.TextDocument },
  expected: string | RegExp,
): Promise<void> {
  await until(
    `the note should hold ${String(expected)}`,
    PATIENCE,
    () => document.getText(),
    (text) => (typeof expected === 'string' ? text === expected : expected.test(text)),
  );
}

/** Waits until something holds. */
export function untilSo<T>(
  what: string,
  look: () => T | PromiseLike<T>,
  holds: (value: T) => boolean,
): Promise<void> {
  return until(what, PATIENCE, async () => look(), holds);
}

/** To be run after each test. */
export async function clean(): Promise<void> {
  await vscode.commands.executeCommand('notesight.stop');
  for (const document of vscode.workspace.textDocuments) {
    // VS Code itself writes to its settings while it starts.
    if (document.isDirty && document.uri.fsPath.startsWith(folder())) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const name of set) {
    await vscode.workspace
      .getConfiguration('notesight')
      .update(name, undefined, vscode.ConfigurationTarget.Global);
  }
  set.clear();
  for (const server of servers) await server.close();
  servers.clear();
  for (const path of written) rmSync(path, { force: true });
  written.clear();
}
