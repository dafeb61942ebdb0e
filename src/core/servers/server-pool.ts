import { isServerAbsent, isImageSupportMissing, mayWorkElsewhere } from '../error-kinds.ts';
import { NotesightError } from '../errors.ts';
import type { DetectLanguage } from '../ports.ts';
import type { VisionCapability } from '../storage/vision-capability.ts';
import type { KnownApis } from './known-apis.ts';
import type { ModelServer } from './model-server.ts';
import { type ModelOptions, modelSource, type ModelSource } from './server-models.ts';

export interface SourcePorts {
  readonly detectLanguage: DetectLanguage;
  /** Only needed for OpenAI-compatible servers, which may not report image support. */
  readonly visionCapability: () => Promise<VisionCapability>;
  readonly apis: KnownApis;
}

/** The result or error of one of several servers. */
export type Attempt<T> =
  | { readonly host: string; readonly value: T; readonly error: null }
  | { readonly host: string; readonly value: null; readonly error: NotesightError };

/** The models of one or more servers, in order of preference. */
export interface ModelSources {
  readonly hosts: readonly string[];
  /**
   * Returns the result of `open` for the first server that succeeds.
   * @param onFailure called for each server that failed before it
   * @throws NotesightError the error of the closest match if all servers fail
   */
  first<T>(
    open: (source: ModelSource) => Promise<T>,
    signal: AbortSignal,
    onFailure?: (host: string, error: NotesightError) => void,
  ): Promise<T>;
  /**
   * Returns the result of `open` for each server. @throws NotesightError `cancelled` and errors not caused by
   * a server
   */
  all<T>(open: (source: ModelSource) => Promise<T>, signal: AbortSignal): Promise<Attempt<T>[]>;
  /** Returns the servers after the given one, in order. */
  after(host: string): ModelSources;
}

/** Milliseconds to detect the API of a server if there are alternatives. */
const PATIENCE = 2_000;

/** @param servers in order of preference */
export function modelSources(
  servers: readonly ModelServer[],
  ports: SourcePorts,
  options: ModelOptions = {},
): ModelSources {
  const isOnly = servers.length === 1;
  const { apis, visionCapability, ...rest } = ports;

  async function attempt<T>(
    server: ModelServer,
    open: (source: ModelSource) => Promise<T>,
    signal: AbortSignal,
  ): Promise<Attempt<T>> {
    try {
      const asked = isOnly ? server : { ...server, limits: { ...server.limits, discovery: PATIENCE } };
      const api = await apis.of(asked, signal);
      const source = modelSource(api, server, { ...rest, visionCapability }, options);
      return { host: server.host, value: await open(source), error: null };
    } catch (error) {
      apis.forget(server.host);
      if (!(error instanceof NotesightError) || !mayWorkElsewhere(error)) throw error;
      return { host: server.host, value: null, error };
    }
  }

  function from(list: readonly ModelServer[]): ModelSources {
    return {
      hosts: list.map(({ host }) => host),
      async first(open, signal, onFailure = () => undefined) {
        let failure: NotesightError | null = null;
        for (const server of list) {
          const tried = await attempt(server, open, signal);
          if (tried.error === null) return tried.value;
          onFailure(tried.host, tried.error);
          if (failure === null || nearness(tried.error) > nearness(failure)) failure = tried.error;
        }
        throw failure ?? new NotesightError('bad_usage', 'There is no server.');
      },
      all: (open, signal) => Promise.all(list.map((server) => attempt(server, open, signal))),
      after: (host) => from(list.slice(list.findIndex((server) => server.host === host) + 1)),
    };
  }
  return from(servers);
}

/**
 * Ranks errors, closest match first: a server that rejected access, one without vision models, one that can't
 * be used at all.
 */
function nearness(error: NotesightError): number {
  if (isServerAbsent(error)) return 0;
  return isImageSupportMissing(error) ? 1 : 2;
}
