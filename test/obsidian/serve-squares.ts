import type { TestContext } from 'node:test';
import { gemma3 } from '../fakes/fake-models.ts';
import {
  startFakeOllama,
  type FakeModel,
  type FakeOllama,
  type FakeOllamaOptions,
} from '../fakes/fake-ollama.ts';

/** A model that identifies images by their width: `Square 80 wide`. */
export const squares: FakeModel = {
  ...gemma3,
  answer: ({ images }) => ({
    alt: `Square ${images[0]?.readUInt32BE(16) ?? 0} wide`,
    description: 'It was made by a test.',
    text: '',
    tags: [],
    decorative: false,
  }),
};

/** A server with this model, for the duration of a test. */
export async function serveSquares(t: TestContext, options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models: [squares], ...options });
  t.after(() => fake.close());
  return fake;
}
