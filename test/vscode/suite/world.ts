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

/** Time limit for one step in VS Code, in milliseconds. */
const PATIENCE = 8_000;

/**
 * The open folder. It contains `a.png`, `b.png` and `c.png`, squares of 80, 90 and 100 pixels, a slide, and
 * `static/s.png`.
 */
export const folder = (): string => {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri.fsPath;
};

const set = new Set<string>();

/** Configures the extension for this test. */
export async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    set.add(name);
    await vscode.workspace
      .getConfiguration('notesight')
      .update(name, value, vscode.ConfigurationTarget.Global);
  }
}

/**
 * A server for this test whose model identifies squares by their width. The extension uses it without reviews. The
 * model has a new name each time, so that nothing is cached for it.
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

/** Each file of tests has its own counter, and all are loaded within milliseconds. */
let models = Math.floor(Math.random() * 1e12);
const servers = new Set<FakeOllama>();
const written = new Set<string>();

/** A new image, 100 pixels wide, that was never sent to a model. */
export function newImage(): Uint8Array {
  // Bytes after the end of a PNG are ignored.
  return Buffer.concat([readFileSync(join(folder(), 'c.png')), Buffer.from(`${Date.now()}-${++count}`)]);
}

/** Writes a file in the folder for this test. */
export function write(name: string, content: string | Uint8Array): vscode.Uri {
  const path = join(folder(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  written.add(path);
  return vscode.Uri.file(path);
}

export const onDisk = (name: string): string => readFileSync(join(folder(), name), 'utf8');

let count = 0;

/**
 * Opens a new note with this text in an editor, under a unique name because VS Code remembers those of other tests.
 */
export async function openNote(text: string): Promise<vscode.TextEditor> {
  const uri = write(`note-${Date.now()}-${++count}.md`, text);
  return vscode.window.showTextDocument(uri, { preview: false });
}

/** Puts the cursor before the first occurrence of this text in the editor. */
export function setCursor(editor: vscode.TextEditor, text: string): vscode.Position {
  const at = editor.document.positionAt(editor.document.getText().indexOf(text));
  editor.selection = new vscode.Selection(at, at);
  return at;
}

/** Waits until a document contains a text. */
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

/** Waits until a condition holds. */
export function untilSo<T>(
  what: string,
  look: () => T | PromiseLike<T>,
  holds: (value: T) => boolean,
): Promise<void> {
  return until(what, PATIENCE, async () => look(), holds);
}

/** Run after each test. */
export async function clean(): Promise<void> {
  await vscode.commands.executeCommand('notesight.stop');
  for (const document of vscode.workspace.textDocuments) {
    // VS Code itself writes to its settings during startup.
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
