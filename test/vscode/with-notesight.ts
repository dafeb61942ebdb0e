import { after } from 'node:test';
import { gemma3 } from '../fakes/fake-models.ts';
import {
  startFakeOllama,
  type FakeModel,
  type FakeOllama,
  type FakeOllamaOptions,
} from '../fakes/fake-ollama.ts';
import { square } from '../obsidian/square.ts';
import { squares } from '../obsidian/serve-squares.ts';
import { builtExtension } from './built-extension.ts';
import { withWorkbench, type Scenario, type WithOptions } from './host/with-workbench.ts';

/** A note with two images that have no words: `a.png`, 80 pixels wide, and `b.png`, 90. */
export const NOTE = '# Note\n\n![[a.png]]\n\nWords between.\n\n![](b.png)\n';

export interface NotesightOptions extends Partial<WithOptions> {
  readonly server?: FakeOllamaOptions;
}

/** Describes squares by their width, and answers questions with what it was shown. */
const model: FakeModel = {
  ...gemma3,
  answer: (call) => {
    if (call.format !== undefined) return squares.answer?.(call);
    const widths = call.messages.at(-1)?.images.map((image) => image.readUInt32BE(16)) ?? [];
    return `Shown: ${widths.join(' and ')}. The first is [1], the second [2], none is [7].`;
  },
};

/**
 * Defines tests that share one window of VS Code with the extension in it, on a folder with `note.md` and two images, and
 * with a server of their own.
 */
export async function withNotesight(
  title: string,
  { server, ...options }: NotesightOptions,
  define: (scenario: Scenario, fake: FakeOllama) => void,
): Promise<void> {
  const fake = await startFakeOllama({ models: [model], ...server });
  after(() => fake.close());
  const [a, b] = await Promise.all([square(80), square(90)]);
  withWorkbench(
    title,
    {
      file: 'note.md',
      extensions: [builtExtension],
      activated: ['notesight.notesight'],
      ...options,
      files: { 'note.md': NOTE, 'a.png': a, 'b.png': b, ...options.files },
      machineSettings: { 'notesight.server': fake.url },
    },
    (scenario) => {
      define(scenario, fake);
    },
  );
}
