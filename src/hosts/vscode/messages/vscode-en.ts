import { pluralEn } from '../../../core/text/plural.ts';
import { editorEn } from '../../../editor/messages/editor-en.ts';

const images = (count: number) => pluralEn(count, 'image', 'images');

/** What the extension says while it runs, in English. What its manifest says is in package.nls.json. */
export const vscodeEn = {
  ...editorEn,

  problems: {
    missing: 'This image has no alt text.',
    useless: (alt: string) => `The alt text “${alt}” says nothing about the image.`,
    noFile: (target: string) => `The image ${target} is not there.`,
  },

  fixes: {
    write: 'Write alt text',
    writeAll: 'Write alt text for all images in this file',
    decorative: 'Mark as decorative',
  },

  hover: {
    textInIt: 'Text in it:',
    undescribed: 'Not described yet.',
    ask: 'Ask about it',
    byReading: 'Recognised automatically; no model has looked.',
  },

  batch: {
    title: 'Captioning images',
    stop: 'Stop captioning',
    resume: 'Resume the paused batch',
    review: (count: number) =>
      `${images(count)} in the Refactor Preview panel: tick what you want written, then Apply.`,
    discarded: 'Nothing was written. The answers are kept: the next time they are there at once.',
    undo: 'Undo',
    wrongLanguage: 'not in the language you asked for',
  },

  find: {
    title: 'Find an image',
    placeholder: 'What it shows or says…',
    reading: 'Reading the notes…',
    showPicture: 'Show the picture',
    insert: 'Insert here',
    copy: 'Copy as embed',
    copied: 'Copied the embed.',
  },

  uncaptioned: {
    title: 'Not captioned yet',
    all: (count: number) => `Caption all ${images(count)}`,
    count: (count: number) => images(count),
    nothing: 'Every image has words.',
  },

  summaries: {
    where: 'Where does the summary go?',
    edited: 'The summary in the note was changed by hand. Replace it all the same?',
  },

  server: {
    tokenPrompt:
      'The token that is sent to the server as a bearer token; of several, to those with the word token behind their address. It stays on this machine; leave it empty for none.',
    tokenSet: 'The token is set.',
    tokenGone: 'There is no token now.',
    webKeyPrompt:
      'Your key for ollama.com, to let the model search the web. It stays on this machine; leave it empty for none.',
    webKeySet: 'The key is set. Also turn on the search on the web in the settings.',
    webKeyGone: 'There is no key now.',
    modelTitle: 'Who looks at your images?',
    byItself: 'The best there is',
    supportsImages: 'sees images',
    textOnly: 'text only',
    untold: 'not told whether it sees',
    cloud: 'in the cloud: images leave this machine',
    pullPrompt: 'The name of a model, such as gemma3:4b. The server downloads it; most have a few gigabytes.',
    pulling: (model: string) => `Getting ${model}`,
    pulled: (model: string) => `${model} is there.`,
  },

  notes: {
    openNote: 'Open a Markdown file first.',
    noImage: 'There is no image at the cursor.',
    noFolder: 'Open a folder first.',
  },

  chatTitle: 'Ask about images',
  pickImage: 'Add an image of the workspace…',
};

/** What a language has words for. */
export type VscodeWords = typeof vscodeEn;
