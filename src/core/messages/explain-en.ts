import type { ErrorCode, ErrorData } from '../errors.ts';
import { nameOfLanguage } from '../language/name-of-language.ts';
import { pluralEn } from '../text/plural.ts';
import type { ExplainTable, ExplainWords } from './explain-table.ts';
import { fact } from './fact.ts';

/** The English words for an error. */
export const explainEn: ExplainTable = (code, data) => WORDS[code](new Facts(data));

/** Error data as words: each falls back to a general one, since not everybody who throws knows everything. */
class Facts {
  readonly #data: ErrorData;

  constructor(data: ErrorData) {
    this.#data = data;
  }

  /** Which server, at the beginning of a sentence. */
  get server(): string {
    return this.isOllama ? 'Ollama' : 'The server';
  }
  get isOllama(): boolean {
    return this.#data['api'] === undefined;
  }
  get host(): string {
    return fact(this.#data, 'host', (host) => `at ${host}`, 'at its address');
  }
  get model(): string {
    return fact(this.#data, 'model', (model) => `The model ${model}`, 'The model');
  }
  get image(): string {
    return fact(this.#data, 'path', (path) => `The image ${path}`, 'The image');
  }
  /** As a file: it may be no image. */
  get imageFile(): string {
    return fact(this.#data, 'path', (path) => `The file ${path}`, 'The file');
  }
  /** What is wrong with an image file, if its bytes tell. */
  get fault(): string {
    return fact(this.#data, 'fault', (fault) => fault, '');
  }
  get note(): string {
    return fact(this.#data, 'path', (path) => `The note ${path}`, 'The note');
  }
  get file(): string {
    return fact(this.#data, 'path', (path) => `The file ${path}`, 'A file of Notesight');
  }
  /** What is wrong with an answer; '' for nothing that we have more to say of. */
  get reason(): string {
    return String(this.#data['reason'] ?? '');
  }
  get language(): string {
    return fact(this.#data, 'language', (code) => nameOfLanguage('en', code), 'the language you chose');
  }
  get target(): string {
    return fact(this.#data, 'path', (path) => `: can't write ${path}`, '');
  }
  /** In brackets: a reason that a program gave. */
  get why(): string {
    return fact(this.#data, 'why', (why) => ` (${why})`, '');
  }
  /** What the server itself said. */
  get detail(): string {
    return fact(this.#data, 'detail', (detail) => `: ${detail}`, '');
  }
  get status(): string {
    return fact(this.#data, 'status', (status) => `answered ${status}`, 'answered with an error');
  }
  /** In brackets. */
  get http(): string {
    return fact(this.#data, 'status', (status) => ` (HTTP ${status})`, '');
  }
  /** When to try again after a limit. */
  get later(): string {
    const minutes = (seconds: string) =>
      `in ${pluralEn(Math.ceil(Number(seconds) / 60), 'minute', 'minutes')}`;
    return fact(this.#data, 'waitSeconds', minutes, 'later');
  }
  get kind(): string {
    return fact(this.#data, 'kind', (kind) => `of the kind ${kind}`, 'of a kind');
  }
  get seconds(): string {
    return fact(this.#data, 'seconds', (seconds) => `within ${seconds} seconds`, 'in time');
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
  get setting(): string {
    return fact(this.#data, 'why', (why) => why, "Something in the settings can't be used");
  }
}

/** Where to look for more. */
function serverLog({ isOllama }: Facts): string {
  return `The log of the server tells more${isOllama ? ': https://docs.ollama.com/troubleshooting' : ''}`;
}

const UNUSABLE: Readonly<Record<string, string>> = {
  blind: 'The model did not receive or cannot see the image',
  refused: 'The model refused to answer',
  reasoning: 'The model spent its whole answer on reasoning, twice',
};

const WORDS: Readonly<Record<ErrorCode, (facts: Facts) => ExplainWords>> = {
  cancelled: () => ({
    message: 'Stopped',
    advice: 'What was done stays; run it again to go on',
  }),
  server_down: ({ server, isOllama, host }) => ({
    message: `${server} does not answer ${host}`,
    advice: `Start ${isOllama ? 'Ollama' : 'it'}, then open Notesight's settings → Server → Test`,
  }),
  server_busy: ({ server, isOllama, host, detail }) => ({
    message: `${server} ${host} is busy and took no more requests${isOllama ? '' : detail}`,
    advice: 'Wait until it has done its other work, then try again',
  }),
  server_timeout: ({ server, host, seconds }) => ({
    message: `${server} ${host} did not answer ${seconds}`,
    advice: 'Choose a smaller model in the settings, or test the server there',
  }),
  server_crashed: (facts) => ({
    message: `${facts.server} ${facts.host} broke off in the middle${facts.detail}`,
    advice: `The model may need more memory than there is: choose a smaller one in the settings. ${serverLog(facts)}`,
  }),
  server_refused: ({ server, host, detail }) => ({
    message: `${server} ${host} refused the request${detail}`,
    advice: 'Look at the settings of the server',
  }),
  server_error: (facts) => ({
    message: `The server ${facts.host} ${facts.status}${facts.detail}`,
    advice: `See whether this is the address of ${facts.isOllama ? 'an Ollama' : 'a server with models'} of today. ${serverLog(facts)}`,
  }),
  gateway_down: ({ host, http, detail }) => ({
    message: `The proxy ${host} can't reach the server behind it${http}${detail}`,
    advice: 'Start that server, and check its address in the configuration of the proxy',
  }),
  gateway_timeout: ({ host, http, detail }) => ({
    message: `The proxy ${host} gave up waiting for the server behind it${http}${detail}`,
    advice:
      'Raise the read timeout of the proxy to 10 minutes (nginx: `proxy_read_timeout 600s`), or choose a smaller model in the settings',
  }),
  request_too_large: ({ host, http, detail }) => ({
    message: `The server ${host}, or a proxy in front of it, refuses requests of this size${http}${detail}`,
    advice: 'Raise its limit on the size of requests to 20 MB (nginx: `client_max_body_size 20m`)',
  }),
  limit_reached: ({ host, later, detail }) => ({
    message: `The rate or usage limit of the server ${host} is reached${detail}`,
    advice: `Try again ${later}, or check the limits of your account`,
  }),
  unauthorized: ({ isOllama, host }) => ({
    message: isOllama ? `The server ${host} asks for an account` : `The server ${host} asks for a key`,
    advice: isOllama
      ? 'Behind a proxy, choose its token in the settings. Cloud models need `ollama signin`; a model on this machine needs none'
      : 'Choose its key as the token in the settings',
  }),
  origin_refused: ({ server, host }) => ({
    message: `${server} ${host} does not let this program in`,
    advice: "Allow it in OLLAMA_ORIGINS on the server, or put the server's IP address into the settings",
  }),
  model_missing: ({ isOllama, model }) => ({
    message: `${model} is not on the server`,
    advice: isOllama
      ? 'Get it with the pull button in the settings, or choose another model there'
      : 'Choose another model in the settings, or start the server with this one',
  }),
  model_cannot_see: ({ model, reason }) =>
    reason === 'blind'
      ? {
          message: 'The model did not receive or cannot see the images',
          advice:
            'Choose another model in the settings. If this one supports images, check that its vision part (mmproj) is loaded',
        }
      : {
          message: `${model} reads text only and can't see images`,
          advice: 'Choose another model in the settings: those that can see are marked there',
        },
  model_cannot_point: ({ model }) => ({
    message: `${model} can't tell where things are in an image`,
    advice: 'Choose another model in the settings, such as qwen3-vl or qwen2.5vl',
  }),
  model_unloadable: ({ model, detail }) => ({
    message: `${model} can't be loaded by the server${detail}`,
    advice: 'Choose a smaller or newer model in the settings, or bring the server up to date',
  }),
  model_looped: ({ model }) => ({
    message: `${model} repeated itself and gave no answer`,
    advice: 'Try a larger model for this image',
  }),
  model_refused: ({ model, detail }) => ({
    message: `${model} refused to answer${detail}`,
    advice: 'Choose another model in the settings',
  }),
  answer_unusable: ({ model, reason }) => ({
    message: UNUSABLE[reason] ?? `${model} gave no answer that can be used`,
    advice: 'Try again, or choose another model in the settings',
  }),
  wrong_language: ({ language }) => ({
    message: `The model did not answer in ${language}`,
    advice:
      'Nothing was written. To see the text and accept it, generate it again with a review, or choose another model in the settings',
  }),
  context_overflow: ({ isOllama, tokens }) => ({
    message: `The image is too large for the context of the model${tokens}`,
    advice: isOllama
      ? 'Make the image smaller, or set a longer context in the settings'
      : 'Make the image smaller, or start the server with a longer context',
  }),
  question_too_long: () => ({
    message: 'The question is too long for the context of the model',
    advice: 'Make it shorter, or set a longer context in the settings',
  }),
  no_vision_model: ({ isOllama, host }) => ({
    message: `No model ${host} can see images`,
    advice: isOllama
      ? 'Get one with the pull button in the settings'
      : 'Start the server with one that can; llama-server needs its --mmproj file too',
  }),
  pull_failed: ({ isOllama, host, model, detail }) =>
    isOllama
      ? {
          message: `${model} could not be downloaded${detail}`,
          advice: 'See whether its name is right and the server has a connection; what came already is kept',
        }
      : {
          message: `The server ${host} can't be told to download a model: only Ollama can`,
          advice: 'Start the server with the model that you want',
        },
  pack_missing: () => ({
    message: 'The expert pack is not there',
    advice: 'Get it in the settings, or choose there that a server looks',
  }),
  pack_unusable: () => ({
    message: 'The expert pack is damaged, or it is not the one of this version of Notesight',
    advice: 'Nothing of it is used: get the right one in the settings',
  }),
  pack_failed: ({ detail }) => ({
    message: `The expert pack was not got or not kept${detail}`,
    advice: 'See whether there is a connection and room on the disk',
  }),
  image_missing: ({ image }) => ({
    message: `${image} is not there`,
    advice: 'Put the file back, or correct the link in the note',
  }),
  image_outside_vault: ({ image }) => ({
    message: `${image} lies outside the vault`,
    advice: 'Move it into the vault',
  }),
  image_remote: ({ image }) => ({
    message: `${image} is on the web and is not fetched`,
    advice: 'Save it in the vault to have it described, or allow images on the web in the settings',
  }),
  image_in_icloud: ({ image }) => ({
    message: `${image} is in iCloud and not on this device`,
    advice: 'Download it first: open it in Finder or Files, then try again',
  }),
  image_in_git_lfs: ({ image }) => ({
    message: `${image} is only a Git LFS pointer: the image itself was not downloaded`,
    advice: 'Run `git lfs pull` in its repository',
  }),
  image_is_web_page: ({ image }) => ({
    message: `${image} is a web page, not an image`,
    advice: 'Download the image itself and replace the file',
  }),
  image_unreadable: ({ image, imageFile, fault, why }) => {
    switch (fault) {
      case 'empty':
        return { message: `${imageFile} is empty`, advice: 'Restore it or download it again' };
      case 'zeros':
        return {
          message: `${imageFile} contains only zero bytes`,
          advice: 'Its contents are lost: restore it or download it again',
        };
      case 'text':
        return {
          message: `${imageFile} is text, not an image`,
          advice: 'Replace it with the image, or fix the link in the note',
        };
      case 'cut':
        return {
          message: `${image} is incomplete: most of it is missing`,
          advice: 'Download it again or restore it',
        };
      default:
        return {
          message: `${image} can't be read${why}`,
          advice: 'The file may be broken: open it in a viewer, or save it anew',
        };
    }
  },
  image_unsupported: ({ image, kind, why }) => ({
    message: `${image} is ${kind} that is not supported${why}`,
    advice: 'Save it as PNG or JPEG',
  }),
  image_too_large: ({ image, size }) => ({
    message: `${image} is too large${size}`,
    advice: 'Save a smaller version of it',
  }),
  image_blank: ({ image }) => ({
    message: `${image} is blank: all of its pixels are transparent`,
    advice: 'If a viewer shows something, save the image as PNG or JPEG',
  }),
  region_outside: () => ({
    message: 'That part lies outside the image',
    advice: 'Choose a part inside it',
  }),
  nothing_recognised: ({ image }) => ({
    message: `No text and no object was recognised in ${image}`,
    advice: 'Use a server with a model that can see to have it described',
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
  section_edited: ({ note }) => ({
    message: `${note} has a summary that somebody changed by hand`,
    advice: 'Nothing was written; replace it only if what was changed may go',
  }),
  memory_unreadable: ({ file, why }) => ({
    message: `${file}, which holds earlier answers, can't be read${why}`,
    advice: 'See whether you may read it; where it is broken, remove it, and images are described anew',
  }),
  memory_unwritable: ({ file, why }) => ({
    message: `${file} can't be written${why}`,
    advice: 'Check whether you have permission to write there',
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
