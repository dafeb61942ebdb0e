import type { ErrorCode, ErrorData, NotesightError } from '../../core/errors.ts';
import { explain, type Explanation, sentence } from '../../core/messages/explain.ts';

/** What to do about an error in a shell, with commands and options instead of settings and buttons. */
const ADVICE: Readonly<Partial<Record<ErrorCode, string | ((data: ErrorData) => string)>>> = {
  server_down: 'Start it with `ollama serve`, or set --host or OLLAMA_HOST',
  server_busy: 'Wait for other requests to finish, then run this again',
  server_timeout: 'Try a smaller model, or check that the server is working',
  server_crashed:
    'The model may need more memory than is available: try a smaller one. For details, see the server log: https://docs.ollama.com/troubleshooting',
  gateway_timeout:
    'Raise the read timeout of the proxy to 10 minutes (nginx: `proxy_read_timeout 600s`), or try a smaller model',
  unauthorized:
    "Cloud models require `ollama signin`; local models don't. If the server is behind a proxy, set NOTESIGHT_API_KEY to its token",
  origin_refused: "Allow it in OLLAMA_ORIGINS on the server, or use the server's IP address",
  model_missing: ({ model = 'NAME' }) =>
    `Download it with \`notesight pull ${model}\`, or list the available models with \`notesight models\``,
  model_cannot_see: ({ reason }) =>
    reason === 'blind'
      ? 'Use another model: `notesight models` lists those that support images. If this one does, check that its vision part (mmproj) is loaded'
      : 'Use a vision model: `notesight models` lists them',
  model_cannot_point: 'Use another model, such as qwen2.5vl or qwen3-vl',
  model_unloadable: 'Use a smaller or newer model, or update the server',
  model_refused: 'Try another model with --model',
  answer_unusable: 'Try another model with --model',
  wrong_language: 'Nothing was written. Try another model with --model',
  context_overflow: 'Use a smaller image, or a model with a larger context window',
  question_too_long: 'Shorten it, or use a model with a larger context window',
  no_vision_model: 'Download one, for example with `notesight pull gemma3:4b`',
  image_outside_vault: 'Move it into the vault, or choose a larger folder with --vault',
  image_remote: 'Save it in the vault to describe it',
  section_edited: 'Nothing was written. Use --replace to overwrite the edits',
  bad_usage: 'For help, run `notesight --help`',
};

/** The same for a server other than Ollama. */
const OPENAI_ADVICE: typeof ADVICE = {
  server_down: 'Start the server, or set --host or OLLAMA_HOST',
  server_crashed: 'The model may need more memory than is available. For details, see the server log',
  server_error:
    'Check that an OpenAI-compatible server runs at this address. For details, see the server log',
  unauthorized: 'Set NOTESIGHT_API_KEY',
  model_missing: 'List the available models with `notesight models`',
  context_overflow: 'Use a smaller image, or start the server with a larger context window',
  no_vision_model: 'Start the server with a vision model; llama-server also needs its --mmproj file',
};

/** The message for an error in a shell. */
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
  if (why === undefined) return 'Invalid arguments.';
  return sentence(path === undefined ? String(why) : `${path} ${why}`);
}
