import { NotesightError } from '../core/errors.ts';
import type { Explanation } from '../core/messages/explain.ts';
import { chooseModel } from '../core/model/families/choose-model.ts';
import type { ServerApi, ServerModel } from '../core/model/server-model.ts';
import { subjectAt } from '../core/servers/http/subject-at.ts';
import type { Attempt, ModelSources } from '../core/servers/server-pool.ts';
import type { EditorWords } from './messages/editor-en.ts';
import { errorText, leavesNetwork } from './notices.ts';

interface Surveyed {
  readonly api: ServerApi;
  readonly models: readonly ServerModel[];
}

/** What a server answered, or its error. */
export type ServerAnswer = Attempt<Surveyed>;

/** The models on the servers that respond. */
export interface Survey {
  /** Each name once. */
  readonly models: readonly ServerModel[];
  /** The name of the model used if the user chose none; null if none is known to support images. */
  readonly best: string | null;
  /** Whether one of the servers can download models. */
  readonly canPull: boolean;
}

/** @throws NotesightError `cancelled` and what is the fault of no server */
export function askServers(sources: ModelSources, signal: AbortSignal): Promise<ServerAnswer[]> {
  return sources.all(async ({ api, list }) => ({ api, models: await list(signal) }), signal);
}

/** @throws NotesightError the error of the first server, if none responds */
export async function surveyServers(sources: ModelSources, signal: AbortSignal): Promise<Survey> {
  return surveyOf(await askServers(sources, signal));
}

/** @throws NotesightError the error of the first server, if none responded */
export function surveyOf(answers: readonly ServerAnswer[]): Survey {
  const answered = answers.flatMap(({ value }) => value ?? []);
  const failure = answers[0]?.error ?? null;
  if (answered.length === 0 && failure !== null) throw failure;
  const names = new Map<string, ServerModel>();
  for (const { models } of answered)
    for (const model of models) if (!names.has(model.name)) names.set(model.name, model);
  return {
    models: [...names.values()],
    best: answered.map(({ models }) => chooseModel(models)?.model.name).find(Boolean) ?? null,
    canPull: answered.some(({ api }) => api === 'ollama'),
  };
}

export interface TestPorts {
  readonly words: EditorWords;
  readonly explain: (error: NotesightError) => Explanation;
  /** The model that the user chose; '' for automatic. */
  readonly chosen: string;
}

/** The result of a server test. */
export interface Tested {
  /** For each server: the problem and what to do, or that it is ready. */
  readonly text: string;
  /** Whether at least one server is usable. */
  readonly isWell: boolean;
}

/** @throws NotesightError `cancelled` and what is the fault of no server */
export async function testServers(
  sources: ModelSources,
  ports: TestPorts,
  signal: AbortSignal,
): Promise<Tested> {
  const tested = (await askServers(sources, signal)).map((answer) => testAnswer(answer, ports));
  return {
    text: [...tested.map(({ text }) => text), ...leavesNetwork(ports.words, sources.hosts, false)].join(' '),
    isWell: tested.some(({ isWell }) => isWell),
  };
}

/** A server is not usable if none of its models supports images, or the chosen one does not. */
export function testAnswer({ host, value, error }: ServerAnswer, ports: TestPorts): Tested {
  const { words, explain, chosen } = ports;
  if (value === null) return { text: errorText(explain, error), isWell: false };
  const { api, models } = value;
  if (!models.some(mayServe)) {
    const none = new NotesightError('no_vision_model', 'none can see', { data: subjectAt(api, host) });
    return { text: errorText(explain, none), isWell: false };
  }
  const { servers } = words;
  const connected = connectedTo({ host, api }, words);
  const isTextOnly = models.some((model) => model.name === chosen && !mayServe(model));
  if (isTextOnly) {
    const textOnly = new NotesightError('model_cannot_see', `${chosen} is text-only.`, {
      data: subjectAt(api, host, chosen),
    });
    return { text: `${connected} ${errorText(explain, textOnly)}`, isWell: false };
  }
  const count = models.filter(({ supportsImages }) => supportsImages).length;
  return {
    text: `${connected} ${count === 0 ? servers.unknown : servers.supportsImages(count)}`,
    isWell: true,
  };
}

/** @param server a server that responded */
export function connectedTo(
  { host, api }: { readonly host: string; readonly api: ServerApi },
  { servers }: EditorWords,
): string {
  return api === 'ollama' ? servers.ollamaAnswers(host) : servers.openAiAnswers(host);
}

/** Whether a model supports images, as far as the server reports it. */
function mayServe({ supportsImages, guessed }: ServerModel): boolean {
  return supportsImages || guessed;
}
