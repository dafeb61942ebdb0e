import { type ServerApi } from '../model/server-model.ts';
import { detectApi } from './detect-api.ts';
import type { ModelServer } from './model-server.ts';

/** Caches the detected API of each server. */
export interface KnownApis {
  /** Detects the API unless it is cached. @throws NotesightError every code of a server */
  of(server: ModelServer, signal: AbortSignal): Promise<ServerApi>;
  /** Call this when a server failed: another program may use its address next time. */
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
