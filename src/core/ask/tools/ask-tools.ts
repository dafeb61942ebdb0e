import type { Tool } from '../../model/chat-model.ts';
import type { DetectedObject, PixelSize } from '../../ports.ts';
import type { ImageRecognizers } from '../../recognition/image-recognizers.ts';
import { type ImagePart, partOfPixels } from './image-part.ts';
import { regionOf, sizeOf, type ToolImages } from './tool-images.ts';
import { type Edges, partOf, TOOL_SCHEMAS } from './tool-schemas.ts';
import type { FoundNoteImage, Look, Toolbox, WebPage } from './toolbox.ts';

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
export function createAskTools(toolbox: Toolbox, images: ToolImages): AskTool[] {
  const { recognizers, look, searchNotes, searchWeb } = toolbox;
  return [
    ...(recognizers === null
      ? []
      : [readTextTool(recognizers, images), findObjectsTool(recognizers, images)]),
    ...(look === null ? [] : [lookTool(look, images)]),
    ...(searchNotes === null ? [] : [searchNotesTool(searchNotes, images)]),
    ...(searchWeb === null ? [] : [webSearchTool(searchWeb)]),
  ];
}

function readTextTool(recognizers: ImageRecognizers, images: ToolImages): AskTool {
  return tool(
    {
      name: 'read_text',
      description:
        'Reads the text in an image, or in a part of it, letter by letter (OCR). It may contain errors.',
      properties: { image: IMAGE, ...PART },
      required: ['image'],
    },
    (args) =>
      onImage(images, args, '', async (file, part, signal) => {
        const region = await regionOf(images, file, part, signal);
        const text = await recognizers.readText(file, region, signal);
        return text === '' ? 'No text was found there.' : text;
      }),
  );
}

function findObjectsTool(recognizers: ImageRecognizers, images: ToolImages): AskTool {
  return tool(
    {
      name: 'find_objects',
      description: 'Finds and counts objects and faces in an image, and tells where each is.',
      properties: { image: IMAGE },
      required: ['image'],
    },
    (args) =>
      onImage(images, args, '', async (file, _part, signal) => {
        const found = await recognizers.findObjects(file, signal);
        return found.length === 0
          ? 'Nothing was found.'
          : objectsAsText(found, await sizeOf(images, file, signal));
      }),
  );
}

function lookTool(look: Look, images: ToolImages): AskTool {
  return tool(
    {
      name: 'look',
      description:
        'Looks closely at an image, or at a part of it in full resolution, and answers a question about it.',
      properties: {
        image: IMAGE,
        ...PART,
        question: { type: 'string', description: 'What to find out there.' },
      },
      required: ['image', 'question'],
    },
    (args) =>
      onImage(images, args, args.question ?? '', async (file, part, signal) =>
        look(file, await regionOf(images, file, part, signal), args.question ?? '', signal),
      ),
  );
}

function searchNotesTool(search: NonNullable<Toolbox['searchNotes']>, { files }: ToolImages): AskTool {
  return tool(
    {
      name: 'search_notes',
      description: "Finds images in all of the user's notes by what they show or say.",
      properties: { query: QUERY },
      required: ['query'],
    },
    ({ query }) =>
      searching(query, async (signal) => foundAsText(await search(query, MAX_FOUND, signal), files)),
  );
}

function webSearchTool(search: NonNullable<Toolbox['searchWeb']>): AskTool {
  return tool(
    {
      name: 'web_search',
      description: 'Searches the web. Never put private words of the notes into the query.',
      properties: { query: QUERY },
      required: ['query'],
    },
    ({ query }) => searching(query, async (signal) => pagesAsText(await search(query, signal))),
  );
}

/** Prepares a call for one image. Only images of the conversation have a number, so no other file can be read. */
function onImage(
  { files }: ToolImages,
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

function searching(words: string, run: PreparedCall['run']): PreparedCall {
  return { target: { image: null, part: null, words }, run };
}

/** The description of a tool for a model. */
interface ToolDescription<Name extends ToolName> {
  readonly name: Name;
  readonly description: string;
  /** JSON schemas of the arguments. */
  readonly properties: object;
  readonly required: readonly string[];
}

type ToolArguments<Name extends ToolName> = ReturnType<(typeof TOOL_SCHEMAS)[Name]['parse']>;

function tool<Name extends ToolName>(
  { name, description, properties, required }: ToolDescription<Name>,
  prepare: (args: ToolArguments<Name>) => PreparedCall | string,
): AskTool {
  return {
    offer: { name, description, parameters: { type: 'object', properties, required } },
    prepare(args) {
      const { success, data, error } = TOOL_SCHEMAS[name].safeParse(args);
      if (success) return prepare(data as ToolArguments<Name>);
      const [issue] = error.issues;
      const where = issue?.path.join('.') ?? '';
      return `Wrong arguments${where === '' ? '' : ` at ${where}`}: ${issue?.message ?? 'not as described'}.`;
    },
  };
}

function objectsAsText(objects: readonly DetectedObject[], size: PixelSize): string {
  const lines = objects.slice(0, MAX_OBJECTS).map(({ label, score, box }) => {
    const { left, top, right, bottom } = partOfPixels(box, size);
    return `${label} (${Math.round(score * 100)} % sure): left ${left}, top ${top}, right ${right}, bottom ${bottom}`;
  });
  const rest = objects.length - lines.length;
  return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}

function foundAsText(found: readonly FoundNoteImage[], files: ReadonlyMap<number, string>): string {
  if (found.length === 0) return 'No image of the notes fits.';
  const numbers = new Map([...files].map(([number, file]) => [file, number]));
  return found
    .slice(0, MAX_FOUND)
    .map(({ note, file, text }) => {
      const number = numbers.get(file);
      return `Note ${note}, image ${number === undefined ? file : `[${number}]`}: ${text.slice(0, 300)}`;
    })
    .join('\n');
}

function pagesAsText(pages: readonly WebPage[]): string {
  if (pages.length === 0) return 'Nothing was found.';
  return pages
    .slice(0, MAX_FOUND)
    .map(
      ({ title, url, content }) => `${title.slice(0, 200)} (${url.slice(0, 300)}): ${content.slice(0, 600)}`,
    )
    .join('\n');
}
