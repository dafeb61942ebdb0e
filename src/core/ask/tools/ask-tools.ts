import type { Tool } from '../../model/chat-model.ts';
import type { DetectedObject, ImageCodec, ImageStore, PixelSize } from '../../ports.ts';
import { type ImagePart, partInPixels, partOfPixels } from './image-part.ts';
import { type Edges, partOf, TOOL_SCHEMAS } from './tool-schemas.ts';
import type { FoundNoteImage, Toolbox, WebPage } from './toolbox.ts';

export type ToolName = keyof typeof TOOL_SCHEMAS;

/** The subject of a call, as far as its arguments specify it. */
export interface CallTarget {
  /** The number of an image, or null. */
  readonly image: number | null;
  /** The region of that image; null for the whole image. */
  readonly part: ImagePart | null;
  /** The search query or the question; '' for none. */
  readonly words: string;
}

/** A call with valid arguments. */
export interface PreparedCall {
  readonly target: CallTarget;
  /**
   * Resolves to the result, as text for the model.
   * @throws NotesightError
   */
  readonly run: (signal: AbortSignal) => Promise<string>;
}

export interface AskTool {
  readonly offer: Tool & { readonly name: ToolName };
  /** @returns the call, or what is wrong with the arguments, as text for the model */
  prepare(args: unknown): PreparedCall | string;
}

/** The images that tools may read, and how. */
export interface ToolImages {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  /** The numbers of the images in the question, with their files. */
  readonly files: ReadonlyMap<number, string>;
}

/** The maximum number of results of a search, and of detections in an image. */
const MAX_FOUND = 8;
const MAX_OBJECTS = 30;
/** The maximum number of valid image numbers to list for a model that used an invalid one. */
const MAX_NAMED = 40;

const IMAGE = { type: 'integer', description: 'Number of the image: 2 for [2].' };
const PART = {
  left: { type: 'number', description: 'Left edge of the part, in percent of the width, 0 to 100.' },
  top: { type: 'number', description: 'Top edge, in percent of the height.' },
  right: { type: 'number', description: 'Right edge, in percent of the width.' },
  bottom: { type: 'number', description: 'Bottom edge, in percent of the height.' },
};
const QUERY = { type: 'string', description: 'A few words.' };

/** The tools that a host supports, in a constant order, so that servers can reuse their prompt cache. */
export function createAskTools(toolbox: Toolbox, { images, codec, files }: ToolImages): AskTool[] {
  const { recognizers, look, searchNotes, searchWeb } = toolbox;

  async function sizeOf(file: string, signal: AbortSignal): Promise<PixelSize> {
    let size = { width: 1, height: 1 };
    const bytes = await images.read(file, signal);
    const measure = (source: PixelSize) => {
      size = source;
      return { width: 1, height: 1 };
    };
    await codec.fit(bytes, measure, signal);
    return size;
  }

  const inPixels = async (part: ImagePart | null, file: string, signal: AbortSignal) =>
    part === null ? null : partInPixels(part, await sizeOf(file, signal));

  /** Creates a tool for one image. Only images of the conversation have a number, so no other file can be read. */
  function onImage(
    { image, ...edges }: Edges & { readonly image: number },
    words: string,
    run: (file: string, part: ImagePart | null, signal: AbortSignal) => Promise<string>,
  ): PreparedCall | string {
    const file = files.get(image);
    if (file === undefined) {
      const named = [...files.keys()].slice(0, MAX_NAMED).join(', ');
      return `There is no image ${image} here. ${named === '' ? 'There are none.' : `There are: ${named}.`}`;
    }
    const part = partOf(edges);
    if (typeof part === 'string') return `Wrong part: ${part}.`;
    return { target: { image, part, words }, run: (signal) => run(file, part, signal) };
  }

  const searching = (words: string, run: PreparedCall['run']): PreparedCall => ({
    target: { image: null, part: null, words },
    run,
  });

  const tools: (AskTool | null)[] = [
    recognizers &&
      tool(
        'read_text',
        'Reads the text in an image, or in a part of it, letter by letter (OCR). It may contain errors.',
        { image: IMAGE, ...PART },
        ['image'],
        (args) =>
          onImage(args, '', async (file, part, signal) => {
            const text = await recognizers.readText(file, await inPixels(part, file, signal), signal);
            return text === '' ? 'No text was found there.' : text;
          }),
      ),
    recognizers &&
      tool(
        'find_objects',
        'Finds and counts objects and faces in an image, and tells where each is.',
        { image: IMAGE },
        ['image'],
        (args) =>
          onImage(args, '', async (file, _part, signal) => {
            const found = await recognizers.findObjects(file, signal);
            return found.length === 0
              ? 'Nothing was found.'
              : objectsInWords(found, await sizeOf(file, signal));
          }),
      ),
    look &&
      tool(
        'look',
        'Looks closely at an image, or at a part of it in full resolution, and answers a question about it.',
        {
          image: IMAGE,
          ...PART,
          question: { type: 'string', description: 'What to find out there.' },
        },
        ['image', 'question'],
        (args) =>
          onImage(args, args.question ?? '', async (file, part, signal) =>
            look(file, await inPixels(part, file, signal), args.question ?? '', signal),
          ),
      ),
    searchNotes &&
      tool(
        'search_notes',
        "Finds images in all of the user's notes by what they show or say.",
        { query: QUERY },
        ['query'],
        ({ query }) =>
          searching(query, async (signal) =>
            foundInWords(await searchNotes(query, MAX_FOUND, signal), files),
          ),
      ),
    searchWeb &&
      tool(
        'web_search',
        'Searches the web. Never put private words of the notes into the query.',
        { query: QUERY },
        ['query'],
        ({ query }) => searching(query, async (signal) => pagesInWords(await searchWeb(query, signal))),
      ),
  ];
  return tools.filter((each) => each !== null);
}

type Schemas = typeof TOOL_SCHEMAS;

function tool<Name extends ToolName>(
  name: Name,
  description: string,
  properties: object,
  required: readonly string[],
  prepare: (args: ReturnType<Schemas[Name]['parse']>) => PreparedCall | string,
): AskTool {
  return {
    offer: { name, description, parameters: { type: 'object', properties, required } },
    prepare(args) {
      const { success, data, error } = TOOL_SCHEMAS[name].safeParse(args);
      if (success) return prepare(data as ReturnType<Schemas[Name]['parse']>);
      const [issue] = error.issues;
      const where = issue?.path.join('.') ?? '';
      return `Wrong arguments${where === '' ? '' : ` at ${where}`}: ${issue?.message ?? 'not as described'}.`;
    },
  };
}

function objectsInWords(objects: readonly DetectedObject[], size: PixelSize): string {
  const lines = objects.slice(0, MAX_OBJECTS).map(({ label, score, box }) => {
    const { left, top, right, bottom } = partOfPixels(box, size);
    return `${label} (${Math.round(score * 100)} % sure): left ${left}, top ${top}, right ${right}, bottom ${bottom}`;
  });
  const rest = objects.length - lines.length;
  return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}

function foundInWords(found: readonly FoundNoteImage[], files: ReadonlyMap<number, string>): string {
  if (found.length === 0) return 'No image of the notes fits.';
  const numbers = new Map([...files].map(([number, file]) => [file, number]));
  return found
    .slice(0, MAX_FOUND)
    .map(({ note, file, words }) => {
      const number = numbers.get(file);
      return `Note ${note}, image ${number === undefined ? file : `[${number}]`}: ${words.slice(0, 300)}`;
    })
    .join('\n');
}

function pagesInWords(pages: readonly WebPage[]): string {
  if (pages.length === 0) return 'Nothing was found.';
  return pages
    .slice(0, MAX_FOUND)
    .map(
      ({ title, url, content }) => `${title.slice(0, 200)} (${url.slice(0, 300)}): ${content.slice(0, 600)}`,
    )
    .join('\n');
}
