import type { AskPorts } from '../../core/ask/ask-request.ts';
import { createLook } from '../../core/ask/tools/look-at.ts';
import type { FoundNoteImage, Toolbox } from '../../core/ask/tools/toolbox.ts';
import { foundNoteImage } from '../../core/ask/tools/found-note-image.ts';
import type { Description, ImageContext } from '../../core/model/image-description.ts';
import type { Fetch } from '../../core/ports.ts';
import type { ImageRecognizers } from '../../core/recognition/image-recognizers.ts';
import type { FoundImage } from '../../core/search/image-index.ts';
import { rankImages } from '../../core/search/rank-images.ts';
import { createOllamaWebSearch, WEB_SEARCH_HOST } from '../../core/servers/ollama/ollama-web-search.ts';
import type { Analyze } from './chat-analysis.ts';
import { type AnsweringPorts, type EditorAnswering, openEditorAnswering } from '../answering.ts';

/** The tools a host provides to models that support tool calls. */
export interface ToolPorts {
  /** null if the host has no recognizers. */
  readonly openRecognizers: () => Promise<ImageRecognizers | null>;
  /** Searches for images in the notes of the vault. */
  readonly findImages: (query: string, limit: number, signal: AbortSignal) => Promise<readonly FoundImage[]>;
  /** The user's API key for web search; '' if there is none. */
  readonly webKey: () => string | Promise<string>;
  readonly fetch: Fetch;
}

/** What is opened to answer a question about a note. */
export interface OpenedAsk {
  readonly ports: AskPorts;
  /** The name of the model that answers. */
  readonly model: string;
  /** A warning for the user; '' if there is none. */
  readonly notice: string;
  /** Describes the images that the answer did not wait for; null if it waits for all. */
  readonly analyze: Analyze | null;
}

/**
 * Opens the models and tools that answer a question about a note. A model that supports images answers at once, from
 * the images it gets and the descriptions that exist; a text-only model depends on the descriptions.
 * @param contextOf returns the context of an image in the note
 * @throws NotesightError every code of a server or model, `memory_unreadable`
 */
export async function openAskPorts(
  ports: AnsweringPorts,
  tools: ToolPorts,
  contextOf: (file: string) => ImageContext,
  signal: AbortSignal,
): Promise<OpenedAsk> {
  const { images, codec, notes, words } = ports;
  const answering = await openEditorAnswering(ports, signal);
  const { model, known, describe } = answering;
  const analyze: Analyze<Description> = (file, stop) => describe(file, contextOf(file), stop);
  const toolbox = await openToolbox(ports, tools, answering);
  const leaves = (toolbox?.searchWeb ?? null) !== null && model.canCallTools;
  return {
    model: model.name,
    ports: {
      images,
      codec,
      notes,
      model,
      rank: rankImages,
      describe: model.supportsImages ? known : analyze,
      toolbox,
    },
    notice: [answering.notice, leaves ? words.chatNotes.searchesWeb(WEB_SEARCH_HOST) : '']
      .filter((part) => part !== '')
      .join(' '),
    analyze: model.supportsImages ? analyze : null,
  };
}

async function openToolbox(
  { images, codec, settings }: AnsweringPorts,
  { openRecognizers, findImages, webKey, fetch }: ToolPorts,
  { closeUp }: EditorAnswering,
): Promise<Toolbox | null> {
  const { tools, webSearch } = settings();
  if (!tools) return null;
  const key = webSearch ? await webKey() : '';
  return {
    recognizers: await openRecognizers(),
    look: closeUp && createLook({ images, codec, model: closeUp }),
    searchNotes: async (query, limit, signal): Promise<FoundNoteImage[]> =>
      (await findImages(query, limit, signal)).map(foundNoteImage),
    searchWeb: key === '' ? null : createOllamaWebSearch(fetch, key),
  };
}
