import { pluralEn } from '../../../core/text/plural.ts';
import { editorEn } from '../../../editor/messages/editor-en.ts';

const images = (count: number) => pluralEn(count, 'image', 'images');

/** The text of the extension at run time, in English. The text of its manifest is in package.nls.json. */
export const vscodeEn = {
  ...editorEn,

  chat: {
    ...editorEn.chat,
    noNote: 'Open a Markdown file to ask about its images.',
    noImages: 'This file has no images. Drop images here, or select Add.',
  },

  chatNotes: {
    ...editorEn.chatNotes,
    pickImage: 'Add an image from the workspace…',
  },

  problems: {
    missing: 'This image has no alt text.',
    placeholder: (alt: string) => `The alt text “${alt}” is only a placeholder.`,
    missingFile: (target: string) => `Image not found: ${target}. Restore the file or fix the link.`,
    checking: 'Checking images in the workspace',
  },

  fixes: {
    write: 'Generate alt text',
    writeAll: 'Generate alt text for all images in this file',
    rewrite: 'Regenerate alt text',
    refine: 'Refine alt text…',
    decorative: 'Mark as decorative',
    path: (path: string) => `Change the path to ${path}`,
    ignore: 'Ignore this image',
  },

  refine: {
    title: 'What should change in the alt text?',
    noText: 'This image has no alt text to refine.',
  },

  hover: {
    textInIt: 'Text in the image:',
    undescribed: 'No description yet.',
    ask: 'Ask about this image',
    byRecognizers: 'Recognized automatically, without a vision model.',
  },

  batch: {
    title: 'Generating alt text',
    stop: 'Stop generating alt text',
    resume: 'Resume generating alt text',
    review: (count: number) =>
      `Review ${images(count)} in the Refactor Preview panel: check the changes you want, then select Apply.`,
    discarded: 'Nothing was written. The results are cached for the next time.',
    editsKept: (count: number) =>
      `Your edits to ${images(count)} are not written yet. They appear in the next review.`,
    undo: 'Undo',
    one: 'Alt text written.',
    none: 'Nothing was written.',
    stopped: 'Stopped. Nothing was written.',
    wrongLanguage: 'not in the selected language',
  },

  find: {
    title: 'Find an image',
    placeholder: 'Search by content or text…',
    reading: 'Reading notes…',
    showPicture: 'Open image',
    insert: 'Insert',
    copy: 'Copy embed',
    copied: 'Copied the embed.',
  },

  uncaptioned: {
    title: 'Images that need alt text',
    all: (count: number) => `Generate alt text for ${images(count)}`,
    count: (count: number) => images(count),
    nothing: 'All images have alt text.',
  },

  summaries: {
    again: 'Summarize again',
    unfinished: 'This summary was not finished.',
    kept: (note: string) =>
      `The summary of ${note} is not written yet. It is shown again when you summarize the file.`,
    show: 'Show summary',
    discard: 'Discard',
  },

  server: {
    tokenPrompt:
      'Bearer token for the server. With several servers, only those with token after their address receive it. It is stored on this machine. Leave empty to remove it.',
    tokenSet: 'Token saved.',
    tokenRemoved: 'Token removed.',
    webKeyPrompt:
      'Your ollama.com API key for web search. It is stored on this machine. Leave empty to remove it.',
    webKeySet: 'Key saved. To use it, turn on web search in the settings.',
    webKeyRemoved: 'Key removed.',
    modelTitle: 'Choose a vision model',
    automatic: 'Automatic',
    supportsImages: 'supports images',
    textOnly: 'text-only',
    imageSupportUnknown: 'image support unknown',
    cloud: 'cloud: images leave this machine',
    pullPrompt:
      'Name of the model, such as gemma3:4b. The server downloads and stores it; most models take up a few gigabytes.',
    pulling: (model: string) => `Downloading ${model}`,
    pulled: (model: string) => `Downloaded ${model}.`,
  },

  recognizers: {
    offer: (megabytes: number) =>
      `Notesight can recognize text and objects in images on this machine. With that, slides get more accurate alt text, and a server is not required. Download size: ${megabytes} MB.`,
    question: (megabytes: number) =>
      `Text and object recognition runs on this machine and does not require a server. Download size: ${megabytes} MB.`,
    download: 'Download',
    fromFile: 'Install from file…',
    chooseFile: 'Choose the file with text and object recognition',
    /** The kind of file. */
    pack: 'Notesight recognition',
    downloading: 'Downloading text and object recognition',
    installed: 'Text and object recognition is installed.',
    removed: 'Text and object recognition was removed.',
  },

  status: {
    ...editorEn.status,
    model: (name: string) => `Model: ${name}`,
    server: (address: string) => `Server: ${address}`,
    needed: (count: number) => `Images without alt text in this file: ${count}`,
    noServer: 'none',
    defaultServer: '127.0.0.1:11434',
    recognition: 'text recognition (OCR)',
  },

  menu: {
    stop: 'Stop',
    caption: 'Generate alt text for this file',
    ask: 'Ask about the images',
    find: 'Find an image',
    uncaptioned: 'Show images that need alt text',
    engine: 'Model and server',
    test: 'Test',
    settings: 'Open settings',
    log: 'Show log',
  },

  recognition: {
    question: 'Use text recognition instead of a vision model?',
    detail:
      'Text recognition writes the text and objects found in an image. To get descriptions of images, set up Ollama with a vision model.',
    setUp: 'Set up Ollama',
    use: 'Use text recognition',
    cancel: 'Cancel',
  },

  errorActions: {
    setUpOllama: 'Set up Ollama',
    chooseModel: 'Choose model',
    downloadModel: 'Download model',
    setToken: 'Set server token',
    installRecognizers: 'Install text recognition',
    openSettings: 'Open settings',
    showLog: 'Show log',
  },

  notes: {
    openNote: 'Open a Markdown file first.',
    noImage: 'No image at the cursor.',
    noFolder: 'Open a folder first.',
    /** The heading of the sample file. */
    sample: 'Notesight sample',
    openForAsk: 'To ask about images, open a Markdown file or select one in the Explorer.',
    openFile: 'Open file…',
  },

  chatTitle: 'Ask about images',
};

/** The text that every language must provide. */
export type VscodeWords = typeof vscodeEn;
