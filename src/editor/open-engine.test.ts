import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Engines, openEngine } from '../core/engine/open-engine.ts';
import { type ErrorCode, NotesightError } from '../core/errors.ts';
import type { VisionModel } from '../core/model/vision-model.ts';

const model = (name: string): VisionModel => ({
  ...{ engine: 'ollama', name, version: 1, tasks: null },
  inputSize: (size) => size,
  describe: () => Promise.reject(new Error('not to be asked')),
});
const gives = (name: string) => () => Promise.resolve(model(name));
const none = () => Promise.resolve(null);
const fails = (code: ErrorCode) => () => Promise.reject(new NotesightError(code, code));

/** Who looks, or the code of the error, and of what it was told why. */
async function opened(
  settings: Parameters<typeof openEngine>[0],
  engines: Partial<Engines>,
): Promise<[string, string?]> {
  const told: string[] = [];
  const all = { server: gives('server'), told: gives('told'), embedded: gives('embedded'), ...engines };
  try {
    const { name } = await openEngine(settings, all, (standIn, { code }) => {
      told.push(`${standIn.name}: ${code}`);
    });
    return [name, ...told] as [string, string?];
  } catch (error) {
    assert.ok(error instanceof NotesightError);
    return [error.code];
  }
}

const AUTO = { engine: 'auto', model: '' } as const;
const NAMED = { engine: 'auto', model: 'llama3.2:3b' } as const;
const SERVER = { engine: 'server', model: '' } as const;
const EMBEDDED = { engine: 'embedded', model: '' } as const;

test('a model that sees looks; what stands in for it does so only where it may, and why is told', async () => {
  const blind = { server: fails('no_vision_model') };
  const down = { server: fails('server_down') };
  for (const [settings, engines, expected] of [
    [AUTO, {}, ['server']],
    [AUTO, blind, ['told', 'told: no_vision_model']],
    [SERVER, blind, ['told', 'told: no_vision_model']],
    [NAMED, { server: fails('model_cannot_see') }, ['told', 'told: model_cannot_see']],
    [AUTO, { ...blind, told: none }, ['embedded', 'embedded: no_vision_model']],
    [AUTO, { ...blind, told: fails('server_busy') }, ['embedded', 'embedded: no_vision_model']],
    [AUTO, { ...blind, told: fails('cancelled') }, ['cancelled']],
    [SERVER, { ...blind, told: none }, ['no_vision_model']],
    [AUTO, down, ['embedded', 'embedded: server_down']],
    [AUTO, { ...down, embedded: none }, ['server_down']],
    [NAMED, down, ['server_down']],
    [SERVER, down, ['server_down']],
    [AUTO, { server: fails('unauthorized') }, ['unauthorized']],
    [EMBEDDED, {}, ['embedded']],
    [EMBEDDED, { embedded: none }, ['pack_missing']],
  ] as const) {
    assert.deepEqual(await opened(settings, engines), expected, JSON.stringify([settings, expected]));
  }
});
