import { type ServerApi } from '../model/server-model.ts';
import { detectApi } from './detect-api.ts';
import type { ModelServer } from './model-server.ts';

/** What the servers at some addresses speak, as far as they were asked. */
export interface KnownApis {
  /** Asks a server that was not asked before. @throws NotesightError every code of a server */
  of(server: ModelServer, signal: AbortSignal): Promise<ServerApi>;
  /** To be called where a server failed: another one may answer there the next time. */
  forget(host: string): void;
}

export function createKnownApis(): KnownApis {
  const known = new Map<string, ServerApi>();
  return {
    async of(server, signal) {
      const api = known.get(server.host) ?? (await detectApi(server, signal));
      known.set(server.host, api);
      return api;
    },
    forget(host) {
      known.delete(host);
    },
  };
}
