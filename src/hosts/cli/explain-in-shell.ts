import type { ErrorCode, ErrorData, NotesightError } from '../../core/errors.ts';
import { explain, type Explanation, sentence } from '../../core/messages/explain.ts';

/** What to do about an error where there are commands and options instead of settings and buttons. */
const ADVICE: Readonly<Partial<Record<ErrorCode, string | ((data: ErrorData) => string)>>> = {
  server_down: 'Start it with `ollama serve`, or set --host or OLLAMA_HOST to where it runs',
  server_busy: 'Wait until it has done its other work, then run this again',
  server_timeout: 'Try a smaller model, or see whether the server still works',
  server_crashed:
    'The model may need more memory than there is: try a smaller one. The log of the server tells more: https://docs.ollama.com/troubleshooting',
  gateway_timeout:
    'Raise the read timeout of the proxy to 10 minutes (nginx: `proxy_read_timeout 600s`), or try a smaller model',
  unauthorized:
    'Cloud models need `ollama signin`; take a model that runs on this machine to need none. The key of a proxy goes into NOTESIGHT_API_KEY',
  origin_refused: 'Allow it in OLLAMA_ORIGINS on the server, or call the server by its IP address',
  model_missing: ({ model = 'NAME' }) =>
    `Get it with \`notesight pull ${model}\`, or see what is there with \`notesight models\``,
  model_cannot_see: ({ reason }) =>
    reason === 'blind'
      ? 'Use another one: `notesight models` lists those that support images. If this one does, check that its vision part (mmproj) is loaded'
      : 'Take one that can: `notesight models` lists them',
  model_cannot_point: 'Take one that can, such as qwen2.5vl or qwen3-vl',
  model_unloadable: 'Take a smaller or newer model, or bring the server up to date',
  model_refused: 'Run it again with another model',
  answer_unusable: 'Run it again with another model',
  wrong_language: 'Nothing was written. Run it again with another model',
  context_overflow: 'Make the image smaller, or take a model with a longer context',
  question_too_long: 'Make it shorter, or take a model with a longer context',
  no_vision_model: 'Get one, for example with `notesight pull gemma3:4b`',
  image_outside_vault: 'Move it into the vault, or name a larger folder with --vault',
  image_remote: 'Save it in the vault to have it described',
  section_edited: 'Nothing was written; --replace replaces it with what was changed in it',
  bad_usage: '`notesight --help` tells how to use it',
};

/** The same where the server is not Ollama. */
const OPENAI_ADVICE: typeof ADVICE = {
  server_down: 'Start it, or set --host or OLLAMA_HOST to where it runs',
  server_crashed: 'The model may need more memory than there is. The log of the server tells more',
  server_error: 'See whether this is the address of a server with models; its log tells more',
  unauthorized: 'Set NOTESIGHT_API_KEY to its key',
  model_missing: 'See what is there with `notesight models`',
  context_overflow: 'Make the image smaller, or start the server with a longer context',
  no_vision_model: 'Start the server with one that can; llama-server needs its --mmproj file too',
};

/** The words for an error in a shell. */
export function explainInShell(error: NotesightError): Explanation {
  const { message, advice } = explain(error, 'en');
  const { code, data } = error;
  const own = (data['api'] === 'openai' ? OPENAI_ADVICE[code] : undefined) ?? ADVICE[code];
  return {
    message: code === 'bad_usage' ? usage(data) : message,
    advice: own === undefined ? advice : sentence(typeof own === 'string' ? own : own(data)),
  };
}

function usage({ path, why }: ErrorData): string {
  if (why === undefined) return 'The command was used in a wrong way.';
  return sentence(path === undefined ? String(why) : `${path} ${why}`);
}
