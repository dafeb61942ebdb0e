import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ChatCall } from '../../fakes/chat-call.ts';
import { clean, configure, folder, onDisk, serve, untilSo, write } from './world.ts';

const said = ({ messages }: ChatCall) => messages.map(({ content }) => content).join('\n');

/** Answers in the language that is asked for. */
function answer(call: ChatCall) {
  const isGerman = said(call).includes('German');
  return {
    alt: isGerman ? 'Das ist ein Quadrat und grau' : 'This is a square and gray',
    description: isGerman ? 'Es wurde von einem Test gemacht.' : 'It was made by a test.',
    text: '',
    tags: [],
    decorative: false,
  };
}

const NOTE = '# Notes\n\nThese are the notes of a long day.\n\n![](../../a.png)\n';

describe('Folder rules', () => {
  afterEach(clean);

  it('set the language, output, and prompt of a folder', async () => {
    const fake = await serve({ answer });
    await configure({
      prompts: [{ name: 'Formulas', purpose: 'alt', text: 'Name every formula.' }],
      folderRules: [
        { folder: 'ruled/lectures/', language: 'de', altPrompt: 'Formulas' },
        { folder: 'ruled/docs', style: 'callout', language: 'Klingon' },
        { folder: 'ruled', altPrompt: '' },
      ],
    });
    for (const name of ['lectures', 'docs']) write(`ruled/${name}/n.md`, NOTE);
    await vscode.commands.executeCommand('notesight.captionFolder', vscode.Uri.file(`${folder()}/ruled`));
    for (const name of ['lectures', 'docs'])
      await untilSo(
        `the note in ${name} is written`,
        () => onDisk(`ruled/${name}/n.md`),
        (now) => /quadrat|square/i.test(now),
      );
    assert.match(onDisk('ruled/lectures/n.md'), /!\[Das ist ein Quadrat und grau\]\(\S+\)\n$/);
    assert.match(onDisk('ruled/docs/n.md'), /!\[This is a square and gray\][^]*> It was made by a test\./);
    const prompted = fake.chats.filter((call) => said(call).includes('Name every formula.'));
    assert.equal(prompted.length, 1);
  });

  it('exclude a folder from problems and batches, but not a folder that is included again', async () => {
    const fake = await serve({ answer });
    await configure({
      folderRules: [
        { folder: 'diary', exclude: true },
        { folder: 'diary/public', exclude: false },
      ],
    });
    const [hidden, shown] = ['diary/private', 'diary/public'].map((name) => write(`${name}/n.md`, NOTE));
    assert.ok(hidden && shown);
    const problemsOf = (uri: vscode.Uri) =>
      vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Notesight');
    for (const uri of [hidden, shown]) await vscode.window.showTextDocument(uri, { preview: false });
    await untilSo(
      'the problem in the included folder',
      () => problemsOf(shown).length,
      (count) => count === 1,
    );
    assert.deepEqual(problemsOf(hidden), []);
    await vscode.commands.executeCommand('notesight.captionFolder', vscode.Uri.file(`${folder()}/diary`));
    await untilSo(
      'the included note is written',
      () => vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === shown.fsPath)?.getText() ?? '',
      (now) => now.includes('square'),
    );
    assert.equal(fake.chats.length, 1);
    assert.equal(onDisk('diary/private/n.md'), NOTE);
  });
});
