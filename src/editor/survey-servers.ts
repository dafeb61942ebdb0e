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

/** The models on the servers that respond. */
export interface Survey {
  /** Each name once. */
  readonly models: readonly ServerModel[];
  /** The name of the model used if the user chose none; null if none is known to support images. */
  readonly best: string | null;
  /** Whether one of the servers can download models. */
  readonly canPull: boolean;
}

/** @throws NotesightError the error of the first server, if none responds */
export async function surveyServers(sources: ModelSources, signal: AbortSignal): Promise<Survey> {
  const attempts = await ask(sources, signal);
  const answered = attempts.flatMap(({ value }) => value ?? []);
  const failure = attempts[0]?.error ?? null;
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
  words: EditorWords,
  explain: (error: NotesightError) => Explanation,
  signal: AbortSignal,
): Promise<Tested> {
  let isWell = false;
  const said = (await ask(sources, signal)).map((attempt) => {
    const error = attempt.error ?? noVisionModelError(attempt);
    isWell ||= error === null;
    return error === null ? works(attempt, words) : errorText(explain, error);
  });
  return { text: [...said, ...leavesNetwork(words, sources.hosts, false)].join(' '), isWell };
}

function ask(sources: ModelSources, signal: AbortSignal): Promise<Attempt<Surveyed>[]> {
  return sources.all(async ({ api, list }) => ({ api, models: await list(signal) }), signal);
}

/** The error of a server that reports that none of its models supports images. */
function noVisionModelError({ host, value }: Attempt<Surveyed>): NotesightError | null {
  if (value === null || value.models.some(({ supportsImages, guessed }) => supportsImages || guessed))
    return null;
  return new NotesightError('no_vision_model', 'none can see', { data: subjectAt(value.api, host) });
}

function works({ host, value }: Attempt<Surveyed>, { servers }: EditorWords): string {
  const { api, models } = value ?? { api: 'ollama', models: [] };
  const supportsImages = models.filter((model) => model.supportsImages).length;
  const answers = api === 'ollama' ? servers.ollamaAnswers(host) : servers.openAiAnswers(host);
  return `${answers} ${supportsImages === 0 ? servers.unknown : servers.supportsImages(supportsImages)}`;
}
