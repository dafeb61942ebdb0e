import type { ErrorCode, ErrorData } from '../errors.ts';
import { localizedLanguageName } from '../language/localized-language-name.ts';
import { pluralEn } from '../text/plural.ts';
import type { ExplainTable, ExplainWords } from './explain-table.ts';
import { fact } from './fact.ts';

/** The English messages for errors. */
export const explainEn: ExplainTable = (code, data) => WORDS[code](new Facts(data));

/** Error data as text, with general fallbacks for missing values. */
class Facts {
  readonly #data: ErrorData;

  constructor(data: ErrorData) {
    this.#data = data;
  }

  get isOllama(): boolean {
    return this.#data['api'] === undefined;
  }
  /** The server with its address, inside a sentence. */
  get server(): string {
    return `${this.isOllama ? 'Ollama' : 'the server'}${this.host}`;
  }
  /** The same at the start of a sentence. */
  get theServer(): string {
    return `${this.isOllama ? 'Ollama' : 'The server'}${this.host}`;
  }
  /** With a leading space. */
  get host(): string {
    return fact(this.#data, 'host', (host) => ` at ${host}`, '');
  }
  /** Inside a sentence: `the model gemma3:4b`. */
  get model(): string {
    return fact(this.#data, 'model', (model) => `the model ${model}`, 'the model');
  }
  get theModel(): string {
    return fact(this.#data, 'model', (model) => `The model ${model}`, 'The model');
  }
  get image(): string {
    return fact(this.#data, 'path', (path) => `the image ${path}`, 'the image');
  }
  get theImage(): string {
    return fact(this.#data, 'path', (path) => `The image ${path}`, 'The image');
  }
  /** Called a file because it may not be an image. */
  get theFile(): string {
    return fact(this.#data, 'path', (path) => `The file ${path}`, 'The file');
  }
  /** The problem with an image file, if known from its bytes. */
  get fault(): string {
    return fact(this.#data, 'fault', (fault) => fault, '');
  }
  get note(): string {
    return fact(this.#data, 'path', (path) => `the note ${path}`, 'the note');
  }
  get theNote(): string {
    return fact(this.#data, 'path', (path) => `The note ${path}`, 'The note');
  }
  /** At the end of a message: `: a/b.png`. */
  get path(): string {
    return fact(this.#data, 'path', (path) => `: ${path}`, '');
  }
  get dataFile(): string {
    return fact(this.#data, 'path', (path) => `the file ${path}`, 'a Notesight data file');
  }
  /** The problem with an answer; '' if it has no message of its own. */
  get reason(): string {
    return String(this.#data['reason'] ?? '');
  }
  get language(): string {
    return fact(
      this.#data,
      'language',
      (code) => localizedLanguageName('en', code),
      'the language you chose',
    );
  }
  get target(): string {
    return fact(this.#data, 'path', (path) => `: can't write ${path}`, '');
  }
  /** In parentheses: a reason reported by a program. */
  get why(): string {
    return fact(this.#data, 'why', (why) => ` (${why})`, '');
  }
  /** The server's own message. */
  get detail(): string {
    return fact(this.#data, 'detail', (detail) => `: ${detail}`, '');
  }
  get status(): string {
    return fact(this.#data, 'status', (status) => `HTTP ${status}`, 'an error');
  }
  /** In parentheses. */
  get http(): string {
    return fact(this.#data, 'status', (status) => ` (HTTP ${status})`, '');
  }
  /** When to retry after a limit. */
  get later(): string {
    const minutes = (seconds: string) =>
      `in ${pluralEn(Math.ceil(Number(seconds) / 60), 'minute', 'minutes')}`;
    return fact(this.#data, 'waitSeconds', minutes, 'later');
  }
  get format(): string {
    return fact(this.#data, 'kind', (kind) => `the unsupported format ${kind}`, 'an unsupported format');
  }
  get seconds(): string {
    return fact(this.#data, 'seconds', (seconds) => `within ${seconds} seconds`, 'in time');
  }
  get tokens(): string {
    const { nPromptTokens: asked, nCtx: context } = this.#data;
    return asked === undefined || context === undefined ? '' : ` (${asked} tokens, limit ${context})`;
  }
  get size(): string {
    const { width, height, bytes } = this.#data;
    if (width !== undefined && height !== undefined) return ` (${width} × ${height} pixels)`;
    return typeof bytes === 'number' ? ` (${Math.ceil(bytes / 1e6)} MB)` : '';
  }
  get setting(): string {
    return fact(this.#data, 'why', (why) => why, 'A setting is invalid');
  }
}

/** Where to find more about a server failure. */
function serverLog({ isOllama }: Facts): string {
  return `For details, see the server log${isOllama ? ': https://docs.ollama.com/troubleshooting' : ''}`;
}

const UNUSABLE: Readonly<Record<string, string>> = {
  blind: "The model did not receive the image or doesn't support images",
  refused: 'The model refused to answer',
  reasoning: 'The model used its whole answer for reasoning, twice',
};

const WORDS: Readonly<Record<ErrorCode, (facts: Facts) => ExplainWords>> = {
  cancelled: () => ({
    message: 'Stopped',
    advice: 'Completed work is saved. Run it again to continue',
  }),
  server_down: ({ server, isOllama }) => ({
    message: `Can't reach ${server}`,
    advice: `Start ${isOllama ? 'Ollama' : 'the server'}, then go to Settings → Notesight → Server → Test`,
  }),
  server_busy: ({ theServer, isOllama, detail }) => ({
    message: `${theServer} is busy and rejected the request${isOllama ? '' : detail}`,
    advice: 'Wait for other requests to finish, then try again',
  }),
  server_timeout: ({ theServer, seconds }) => ({
    message: `${theServer} did not respond ${seconds}`,
    advice: 'Choose a smaller model or test the server in the settings',
  }),
  server_crashed: (facts) => ({
    message: `${facts.theServer} stopped in the middle of a response${facts.detail}`,
    advice: `The model may need more memory than is available: choose a smaller one in the settings. ${serverLog(facts)}`,
  }),
  server_refused: ({ theServer, detail }) => ({
    message: `${theServer} rejected the request${detail}`,
    advice: 'Check the configuration of the server',
  }),
  server_error: (facts) => ({
    message: `The server${facts.host} returned ${facts.status}${facts.detail}`,
    advice: `Check that ${facts.isOllama ? 'an up-to-date Ollama' : 'an OpenAI-compatible server'} runs at this address. ${serverLog(facts)}`,
  }),
  gateway_down: ({ host, http, detail }) => ({
    message: `The proxy${host} can't reach the server behind it${http}${detail}`,
    advice: 'Start that server, and check its address in the configuration of the proxy',
  }),
  gateway_timeout: ({ host, http, detail }) => ({
    message: `The proxy${host} timed out waiting for the server behind it${http}${detail}`,
    advice:
      'Raise the read timeout of the proxy to 10 minutes (nginx: `proxy_read_timeout 600s`), or choose a smaller model in the settings',
  }),
  request_too_large: ({ host, http, detail }) => ({
    message: `The request is too large for the server${host} or for a proxy in front of it${http}${detail}`,
    advice: 'Raise the request size limit to 20 MB (nginx: `client_max_body_size 20m`)',
  }),
  limit_reached: ({ host, later, detail }) => ({
    message: `You reached the rate or usage limit of the server${host}${detail}`,
    advice: `Try again ${later}, or check the limits of your account`,
  }),
  unauthorized: ({ isOllama, host }) => ({
    message: isOllama ? `The server${host} requires authentication` : `The server${host} requires an API key`,
    advice: isOllama
      ? "If the server is behind a proxy, select its token in the settings. Cloud models require `ollama signin`; local models don't"
      : 'Select its API key as the token in the settings',
  }),
  origin_refused: ({ theServer }) => ({
    message: `${theServer} rejects requests from this app`,
    advice: "Allow the app in OLLAMA_ORIGINS on the server, or enter the server's IP address in the settings",
  }),
  model_missing: ({ isOllama, theModel }) => ({
    message: `${theModel} is not on the server`,
    advice: isOllama
      ? 'Download it in the settings, or choose another model'
      : 'Choose another model in the settings, or start the server with this one',
  }),
  model_cannot_see: ({ theModel, reason }) =>
    reason === 'blind'
      ? {
          message: "The model did not receive the images or doesn't support images",
          advice:
            'Choose another model in the settings. If this one supports images, check that its vision part (mmproj) is loaded',
        }
      : {
          message: `${theModel} is text-only and doesn't support images`,
          advice: 'Choose a model marked “Supports images” in the settings',
        },
  model_cannot_point: ({ theModel }) => ({
    message: `${theModel} doesn't support object detection`,
    advice: 'Choose another model in the settings, such as qwen3-vl or qwen2.5vl',
  }),
  model_unloadable: ({ model, detail }) => ({
    message: `The server could not load ${model}${detail}`,
    advice: 'Choose a smaller or newer model in the settings, or update the server',
  }),
  model_looped: ({ model }) => ({
    message: `Stopped: ${model} was repeating itself`,
    advice: 'Try a larger model for this image',
  }),
  model_refused: ({ theModel, detail }) => ({
    message: `${theModel} refused to answer${detail}`,
    advice: 'Choose another model in the settings',
  }),
  answer_unusable: ({ theModel, reason }) => ({
    message: UNUSABLE[reason] ?? `${theModel} did not return a usable answer`,
    advice: 'Try again, or choose another model in the settings',
  }),
  wrong_language: ({ language }) => ({
    message: `The model did not answer in ${language}`,
    advice:
      'Nothing was written. To see the text and accept it, regenerate it with a review, or choose another model in the settings',
  }),
  context_overflow: ({ isOllama, tokens }) => ({
    message: `The image does not fit in the context window of the model${tokens}`,
    advice: isOllama
      ? 'Use a smaller image, or increase the context length in the settings'
      : 'Use a smaller image, or start the server with a larger context window',
  }),
  question_too_long: () => ({
    message: 'The question does not fit in the context window of the model',
    advice: 'Shorten it, or increase the context length in the settings',
  }),
  no_vision_model: ({ isOllama, theServer }) => ({
    message: `${theServer} has no vision model`,
    advice: isOllama
      ? 'Download one in the settings'
      : 'Start the server with a vision model; llama-server also needs its --mmproj file',
  }),
  pull_failed: ({ isOllama, host, model, detail }) =>
    isOllama
      ? {
          message: `Could not download ${model}${detail}`,
          advice:
            'Check the name of the model and the internet connection of the server. You can resume the download',
        }
      : {
          message: `The server${host} can't download models; only Ollama can`,
          advice: 'Start the server with the model you want to use',
        },
  pack_missing: () => ({
    message: 'Offline recognition is not installed',
    advice: 'Download it in the settings, or choose a server as the engine',
  }),
  pack_unusable: () => ({
    message: 'The offline recognition files are damaged or belong to another version of Notesight',
    advice: 'Download offline recognition again in the settings',
  }),
  pack_failed: ({ detail }) => ({
    message: `Could not download or save offline recognition${detail}`,
    advice: 'Check your internet connection and the free disk space',
  }),
  image_missing: ({ path }) => ({
    message: `Image not found${path}`,
    advice: 'Restore the file or fix the link',
  }),
  image_outside_vault: ({ theImage }) => ({
    message: `${theImage} is outside the vault`,
    advice: 'Move it into the vault',
  }),
  image_remote: ({ path }) => ({
    message: `Remote image not downloaded${path}`,
    advice: 'Save it in the vault, or allow remote images in the settings',
  }),
  image_in_icloud: ({ theImage }) => ({
    message: `${theImage} is in iCloud and not on this device`,
    advice: 'Open it in Finder or Files to download it, then try again',
  }),
  image_in_git_lfs: ({ theImage }) => ({
    message: `${theImage} is only a Git LFS pointer: the image itself was not downloaded`,
    advice: 'Run `git lfs pull` in its repository',
  }),
  image_is_web_page: ({ theImage }) => ({
    message: `${theImage} is a web page, not an image`,
    advice: 'Download the image itself and replace the file',
  }),
  image_unreadable: ({ image, theImage, theFile, fault, why }) => {
    switch (fault) {
      case 'empty':
        return { message: `${theFile} is empty`, advice: 'Restore it or download it again' };
      case 'zeros':
        return {
          message: `${theFile} contains only zero bytes`,
          advice: 'Its contents are lost: restore it or download it again',
        };
      case 'text':
        return {
          message: `${theFile} is text, not an image`,
          advice: 'Replace it with the image, or fix the link in the note',
        };
      case 'cut':
        return {
          message: `${theImage} is incomplete: most of it is missing`,
          advice: 'Download it again or restore it',
        };
      default:
        return {
          message: `Can't read ${image}${why}`,
          advice: 'The file may be damaged: open it in an image viewer and save it again',
        };
    }
  },
  image_unsupported: ({ theImage, format, why }) => ({
    message: `${theImage} has ${format}${why}`,
    advice: 'Save it as PNG or JPEG',
  }),
  image_too_large: ({ theImage, size }) => ({
    message: `${theImage} is too large${size}`,
    advice: 'Save a smaller version of it',
  }),
  image_blank: ({ theImage }) => ({
    message: `${theImage} is blank: all of its pixels are transparent`,
    advice: 'If an image viewer shows something, save the image as PNG or JPEG',
  }),
  region_outside: () => ({
    message: 'The region is outside the image',
    advice: 'Select a region inside the image',
  }),
  nothing_recognised: ({ image }) => ({
    message: `No text or objects were recognized in ${image}`,
    advice: 'To describe it, use a server with a vision model',
  }),
  note_missing: ({ path }) => ({
    message: `Note not found${path}`,
    advice: 'Check whether it was moved or renamed',
  }),
  note_unreadable: ({ note, why }) => ({
    message: `Can't read ${note}${why}`,
    advice: 'Check that you have permission to read it and that it is a UTF-8 text file in the vault',
  }),
  note_unwritable: ({ note, why }) => ({
    message: `Can't write to ${note}${why}`,
    advice: 'Check that you have permission to write to it and that no other program keeps changing it',
  }),
  embed_gone: ({ theNote }) => ({
    message: `${theNote} changed and no longer contains the image`,
    advice: 'Nothing was written. To describe the image anyway, run it again',
  }),
  section_edited: ({ note }) => ({
    message: `The summary in ${note} was edited by hand`,
    advice: 'Nothing was written. Replace the summary only if you no longer need the edits',
  }),
  memory_unreadable: ({ dataFile, why }) => ({
    message: `Can't read ${dataFile} with earlier answers${why}`,
    advice:
      'Check that you have permission to read it. If it is damaged, delete it; images are then described again',
  }),
  memory_unwritable: ({ dataFile, why }) => ({
    message: `Can't write to ${dataFile}${why}`,
    advice: 'Check that you have permission to write there',
  }),
  disk_full: ({ target }) => ({
    message: `The disk is full${target}`,
    advice: 'Free up space, then run it again',
  }),
  bad_usage: ({ setting }) => ({
    message: setting,
    advice: 'Correct it in the settings',
  }),
};
