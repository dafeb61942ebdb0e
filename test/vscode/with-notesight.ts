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

/** A note with two images without alt text: `a.png`, 80 pixels wide, and `b.png`, 90. */
export const NOTE = '# Note\n\n![[a.png]]\n\nWords between.\n\n![](b.png)\n';

export interface NotesightOptions extends Partial<WithOptions> {
  readonly server?: FakeOllamaOptions;
}

/** Describes squares by their width, and answers questions with the images it received. */
const model: FakeModel = {
  ...gemma3,
  answer: (call) => {
    if (call.format !== undefined) return squares.answer?.(call);
    const widths = call.messages.at(-1)?.images.map((image) => image.readUInt32BE(16)) ?? [];
    return `Shown: ${widths.join(' and ')}. The first is [1], the second [2], none is [7].`;
  },
};

/**
 * Defines tests that share one VS Code window with the extension, on a folder with `note.md` and two images, and a
 * separate server.
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
