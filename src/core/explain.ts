import type { ErrorCode, ErrorData, NotesightError } from './errors.ts';

/** What a person reads about an error: what is wrong, and what to do about it. Both are whole sentences. */
export interface Explanation {
  readonly message: string;
  readonly advice: string;
}

/** The words for an error; the one place that has them. */
export function explain(error: NotesightError): Explanation {
  const { message, advice } = WORDS[error.code](new Facts(error.data));
  return { message: sentence(message), advice: sentence(advice) };
}

/** Error data as words: each falls back to a general one, since not everybody who throws knows everything. */
class Facts {
  readonly #data: ErrorData;

  constructor(data: ErrorData) {
    this.#data = data;
  }

  get host(): string {
    return this.#text('host', (host) => `at ${host}`, 'at its address');
  }
  get model(): string {
    return this.#text('model', (model) => `The model ${model}`, 'The model');
  }
  get modelName(): string {
    return this.#text('model', (model) => model, 'NAME');
  }
  get image(): string {
    return this.#text('path', (path) => `The image ${path}`, 'The image');
  }
  get note(): string {
    return this.#text('path', (path) => `The note ${path}`, 'The note');
  }
  get file(): string {
    return this.#text('path', (path) => `The file ${path}`, 'A file of Notesight');
  }
  /** In brackets: a reason that a program gave. */
  get why(): string {
    return this.#text('why', (why) => ` (${why})`, '');
  }
  /** What the server itself said. */
  get detail(): string {
    return this.#text('detail', (detail) => `: ${detail}`, '');
  }
  get status(): string {
    return this.#text('status', (status) => `answered ${status}`, 'answered with an error');
  }
  get kind(): string {
    return this.#text('kind', (kind) => `of the kind ${kind}`, 'of a kind');
  }
  get seconds(): string {
    return this.#text('seconds', (seconds) => `within ${seconds} seconds`, 'in time');
  }
  get tokens(): string {
    const { nPromptTokens: asked, nCtx: context } = this.#data;
    return asked === undefined || context === undefined ? '' : ` (${asked} tokens of ${context})`;
  }
  get size(): string {
    const { width, height, bytes } = this.#data;
    if (width !== undefined && height !== undefined) return ` (${width} × ${height} pixels)`;
    return typeof bytes === 'number' ? ` (${Math.ceil(bytes / 1e6)} MB)` : '';
  }
  get usage(): string {
    const { path, why } = this.#data;
    if (why === undefined) return 'The command was used in a wrong way';
    return path === undefined ? String(why) : `${path} ${why}`;
  }

  #text(key: string, words: (value: string) => string, otherwise: string): string {
    const value = this.#data[key];
    return value === undefined || value === '' ? otherwise : words(String(value));
  }
}

const SERVER_LOG = 'The log of the server tells more: https://docs.ollama.com/troubleshooting';

const WORDS: Readonly<Record<ErrorCode, (facts: Facts) => Explanation>> = {
  cancelled: () => ({
    message: 'Stopped',
    advice: 'What was done stays; run it again to go on',
  }),
  server_down: ({ host }) => ({
    message: `Ollama does not answer ${host}`,
    advice: 'Start it with `ollama serve`, or set --host or OLLAMA_HOST to where it runs',
  }),
  server_busy: ({ host }) => ({
    message: `Ollama ${host} is busy and took no more requests`,
    advice: 'Wait until it has done its other work, then run this again',
  }),
  server_timeout: ({ host, seconds }) => ({
    message: `Ollama ${host} did not answer ${seconds}`,
    advice: 'Try a smaller model, or see whether the server still works',
  }),
  server_crashed: ({ host, detail }) => ({
    message: `Ollama ${host} broke off in the middle${detail}`,
    advice: `The model may need more memory than there is: try a smaller one. ${SERVER_LOG}`,
  }),
  server_refused: ({ host, detail }) => ({
    message: `Ollama ${host} refused the request${detail}`,
    advice: 'Look at the settings of the server',
  }),
  server_error: ({ host, status, detail }) => ({
    message: `The server ${host} ${status}${detail}`,
    advice: `See whether this is the address of an Ollama of today. ${SERVER_LOG}`,
  }),
  unauthorized: ({ host }) => ({
    message: `The server ${host} asks for an account`,
    advice: 'Cloud models need `ollama signin`; take a model that runs on this machine to need none',
  }),
  origin_refused: ({ host }) => ({
    message: `Ollama ${host} does not let this program in`,
    advice: 'Allow it in OLLAMA_ORIGINS on the server, or call the server by its IP address',
  }),
  model_missing: ({ model, modelName }) => ({
    message: `${model} is not on the server`,
    advice: `Get it with \`notesight pull ${modelName}\`, or see what is there with \`notesight models\``,
  }),
  model_cannot_see: ({ model }) => ({
    message: `${model} reads text only and can't see images`,
    advice: 'Take one that can: `notesight models` lists them',
  }),
  model_unloadable: ({ model, detail }) => ({
    message: `${model} can't be loaded by the server${detail}`,
    advice: 'Take a smaller or newer model, or bring the server up to date',
  }),
  model_looped: ({ model }) => ({
    message: `${model} repeated itself and gave no answer`,
    advice: 'Try a larger model for this image',
  }),
  answer_unusable: ({ model }) => ({
    message: `${model} gave no answer that can be used`,
    advice: 'Run it again with another model',
  }),
  context_overflow: ({ tokens }) => ({
    message: `The image is too large for the context of the model${tokens}`,
    advice: 'Make the image smaller, or take a model with a longer context',
  }),
  no_vision_model: ({ host }) => ({
    message: `No model ${host} can see images`,
    advice: 'Get one, for example with `notesight pull gemma3:4b`',
  }),
  pull_failed: ({ model, detail }) => ({
    message: `${model} could not be downloaded${detail}`,
    advice: 'See whether its name is right and the server has a connection; what came already is kept',
  }),
  image_missing: ({ image }) => ({
    message: `${image} is not there`,
    advice: 'Put the file back, or correct the link in the note',
  }),
  image_outside_vault: ({ image }) => ({
    message: `${image} lies outside the vault`,
    advice: 'Move it into the vault, or name a larger folder with --vault',
  }),
  image_remote: ({ image }) => ({
    message: `${image} is on the web and is not fetched`,
    advice: 'Save it in the vault to have it described',
  }),
  image_unreadable: ({ image, why }) => ({
    message: `${image} can't be read${why}`,
    advice: 'The file may be broken: open it in a viewer, or save it anew',
  }),
  image_unsupported: ({ image, kind }) => ({
    message: `${image} is ${kind} that is not supported`,
    advice: 'Save it as PNG or JPEG',
  }),
  image_too_large: ({ image, size }) => ({
    message: `${image} is too large${size}`,
    advice: 'Save a smaller version of it',
  }),
  no_text_in_image: ({ image }) => ({
    message: `${image} has no text to read`,
    advice: 'Use Ollama with a model that can see to have it described',
  }),
  note_missing: ({ note }) => ({
    message: `${note} is not there`,
    advice: 'See whether it was moved or renamed',
  }),
  note_unreadable: ({ note, why }) => ({
    message: `${note} can't be read${why}`,
    advice: 'See whether you may read it, and whether it is UTF-8 text inside the vault',
  }),
  note_unwritable: ({ note, why }) => ({
    message: `${note} can't be written${why}`,
    advice: 'See whether you may write it, and whether another program keeps changing it',
  }),
  embed_gone: ({ note }) => ({
    message: `${note} changed, and the image no longer stands in it`,
    advice: 'Nothing was written; run it again if the image is to be described',
  }),
  memory_unreadable: ({ file, why }) => ({
    message: `${file}, which holds earlier answers, can't be read${why}`,
    advice: 'See whether you may read it; where it is broken, remove it, and images are described anew',
  }),
  memory_unwritable: ({ file, why }) => ({
    message: `${file}, which holds earlier answers, can't be written${why}`,
    advice: 'See whether the disk is full and whether you may write there',
  }),
  bad_usage: ({ usage }) => ({
    message: usage,
    advice: '`notesight --help` tells how to use it',
  }),
};

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
