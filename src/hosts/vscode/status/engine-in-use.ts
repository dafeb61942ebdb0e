import type { Uri } from 'vscode';
import { readSettings } from '../adapters/settings.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { Services } from '../services.ts';

/** Names of the model and the server, for the user. */
export interface EngineNames {
  readonly model: string;
  readonly server: string;
}

/** The model and server used last, or, before the first use, those in the settings. */
export function engineInUse(
  scope: Uri | undefined,
  services: Services | null,
  words: VscodeWords,
): EngineNames {
  const { automatic } = words.server;
  const { noServer, defaultServer, recognition } = words.status;
  const { model, server, engine } = readSettings(scope);
  const used = services?.engineUsed() ?? null;
  if (used !== null) {
    const { hosts } = used;
    return { model: used.model, server: hosts.length === 0 ? noServer : hosts.join(', ') };
  }
  if (engine === 'embedded') return { model: recognition, server: noServer };
  return { model: model === '' ? automatic : model, server: server === '' ? defaultServer : server };
}
