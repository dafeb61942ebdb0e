import * as z from 'zod/mini';
import { languageCode } from '../language/language-code.ts';

/** The version of the settings that this code writes. */
export const SETTINGS_VERSION = 1;

const PROBLEMS = [
  'bad_value',
  'bad_model',
  'bad_language',
  'bad_pattern',
  'bad_concurrency',
  'bad_context',
  'bad_keep_alive',
  'too_long',
  'bad_secret',
  'bad_header_name',
  'reserved_header',
] as const;

/** What is wrong with the value of a field. */
export type SettingProblem = (typeof PROBLEMS)[number];

/** Tokens. Vision models are never loaded with less than the first; the second is beyond what fits any machine. */
export const CONTEXT_LENGTHS = { min: 2048, max: 1_048_576 } as const;
/** How many images the model is shown at once. */
export const CONCURRENCY = { min: 1, max: 8 } as const;
/** UTF-16 units. */
export const MAX_PROMPT_ADDITION = 1000;

const YEAR = 365 * 24 * 60 * 60;

/**
 * What a browser sets itself and silently drops from a request, and what would change how the body is read.
 * Source: https://fetch.spec.whatwg.org/#forbidden-request-header
 */
const RESERVED_HEADER =
  /^(?:accept-(?:charset|encoding)|access-control-.*|connection|content-.*|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(?:proxy|sec)-.*)$/i;

const modelName = z
  .string(problem('bad_model'))
  .check(z.regex(/^\S*$/, problem('bad_model')), z.maxLength(300, problem('bad_model')));

const pattern = z
  .string(problem('bad_pattern'))
  .check(z.regex(/^(?=.*\S).{1,500}$/u, problem('bad_pattern')));

/** As `SecretStorage` of Obsidian takes them: https://docs.obsidian.md/Reference/TypeScript+API/SecretStorage/setSecret */
const secretName = z
  .string(problem('bad_secret'))
  .check(z.regex(/^[a-z0-9-]*$/, problem('bad_secret')), z.maxLength(100, problem('bad_secret')));

const headerName = z.string(problem('bad_header_name')).check(
  z.regex(/^[\w!#$%&'*+\-.^`|~]{1,100}$/, problem('bad_header_name')),
  z.refine((name) => !RESERVED_HEADER.test(name), problem('reserved_header')),
);

/** Named secrets, not their values: settings are synced, secrets stay on the device. */
const header = z.object({
  name: headerName,
  secret: secretName.check(z.minLength(1, problem('bad_secret'))),
});

/**
 * The settings of the editor hosts. A field that can't be read falls back alone; in a list only the entries that
 * can't be read are dropped, so that one bad pattern doesn't let in all that the others leave out.
 */
const FIELDS = {
  version: field(z.int().check(z.minimum(SETTINGS_VERSION)), () => SETTINGS_VERSION),
  /** Whether the text in an image goes to a model that sees as a hint, where it can be read. */
  textHint: field(z.boolean(problem('bad_value')), () => true),
  /** Who looks: `auto` is a server where one has a model that can see, else the embedded engine. */
  engine: field(z.enum(['auto', 'server', 'embedded'], problem('bad_value')), (value) =>
    // What it was named while Ollama was the only kind of server.
    value === 'ollama' ? 'server' : 'auto',
  ),
  /** As its server spells it; '' is the best there is. */
  model: field(modelName, () => ''),
  /** A code as `languageCode` takes it, or `auto` for the language of each note. */
  language: field(
    z
      .string(problem('bad_language'))
      .check(z.refine((value) => value === 'auto' || languageCode(value) !== null, problem('bad_language'))),
    () => 'auto',
  ),
  /** What is written into the note. */
  style: field(z.enum(['alt', 'below', 'callout'], problem('bad_value')), () => 'alt' as const),
  /** Which images lack words: those without alt text, or also those with alt text that says nothing. */
  missing: field(z.enum(['empty', 'useless'], problem('bad_value')), () => 'useless' as const),
  /** Whether an image is captioned when it is pasted. */
  paste: field(z.enum(['off', 'on', 'ask'], problem('bad_value')), () => 'on' as const),
  /** When the words are shown before they are written. */
  review: field(z.enum(['always', 'batches', 'never'], problem('bad_value')), () => 'batches' as const),
  /**
   * Whether tiles of images with fine print are also analyzed, in work that may take its time: `offer` says at the end of a
   * batch how many images would gain by it, and asks before a single image; `ask` asks before a batch too.
   */
  fineDetail: field(z.enum(['off', 'offer', 'ask', 'on'], problem('bad_value')), () => 'offer' as const),
  /** The model that gives a second opinion in work that may take its time; '' for none. */
  secondModel: field(modelName, () => ''),
  /** Notes and images that are left alone, as `createExclude` reads it. */
  leaveOut: field(z.array(pattern, problem('bad_pattern')), (value) => readable(pattern, value)),
  /** Whether images on the web are fetched. */
  remoteImages: field(z.boolean(problem('bad_value')), () => false),
  /** How many images the model is shown at once. */
  concurrency: field(
    z
      .int(problem('bad_concurrency'))
      .check(
        z.minimum(CONCURRENCY.min, problem('bad_concurrency')),
        z.maximum(CONCURRENCY.max, problem('bad_concurrency')),
      ),
    () => 1,
  ),
  /** Tokens; a model gets no more than it was trained for. */
  contextLength: field(
    z
      .int(problem('bad_context'))
      .check(
        z.minimum(CONTEXT_LENGTHS.min, problem('bad_context')),
        z.maximum(CONTEXT_LENGTHS.max, problem('bad_context')),
      ),
    () => 8192,
  ),
  /** How long Ollama keeps the model in memory: seconds, -1 for ever, or a duration of Go such as `1h30m`. */
  keepAlive: field(
    z.union(
      [
        z.int().check(z.minimum(-1, problem('bad_keep_alive')), z.maximum(YEAR, problem('bad_keep_alive'))),
        z
          .string()
          .check(z.regex(/^-?(?:\d{1,6}(?:\.\d{1,6})?(?:ms|s|m|h)){1,4}$/, problem('bad_keep_alive'))),
      ],
      problem('bad_keep_alive'),
    ),
    () => '10m',
  ),
  /** What the user tells the model besides. */
  promptAddition: field(
    z.string(problem('bad_value')).check(z.maxLength(MAX_PROMPT_ADDITION, problem('too_long'))),
    () => '',
  ),
  /** Whether a model that can call tools is offered some when it answers questions. */
  tools: field(z.boolean(problem('bad_value')), () => true),
  /** Whether the web is one of them: what the model looks for leaves the machine. */
  webSearch: field(z.boolean(problem('bad_value')), () => false),
  /** The name of the secret with the key for that; '' for none. */
  webSearchSecret: field(secretName, () => ''),
  /** The name of the secret that is sent as a bearer token; '' for none. */
  tokenSecret: field(secretName, () => ''),
  /** What a server behind a proxy wants in addition. */
  headers: field(z.array(header, problem('bad_value')), (value) => readable(header, value)),
};

/** The settings of the editor hosts; what a newer version added is in them too, unseen. */
export type Settings = {
  readonly [Key in keyof typeof FIELDS]: (typeof FIELDS)[Key] extends Field<infer T> ? T : never;
};

/** A header for the server, with the name of the secret that holds its value. */
export type HeaderSetting = Settings['headers'][number];

/** The fields that a user sets. */
export type SettingKey = Exclude<keyof Settings, 'version'>;

/** What nobody set. */
export const DEFAULT_SETTINGS: Settings = parseSettings({});

/**
 * Settings from what was stored, whatever that is. Where a newer version stored it, its unknown fields and its
 * version stay, so that an older plugin on another device takes nothing from it when it saves. For that to hold,
 * a version that lets a field have values of a new kind must give the field a new name.
 */
export function parseSettings(data: unknown): Settings {
  const stored = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
  const values = new Map<string, unknown>(Object.entries(stored));
  const fields = Object.entries(FIELDS).map(([key, { read }]) => [key, read(values.get(key))]);
  const settings = Object.fromEntries(fields) as Settings;
  return settings.version > SETTINGS_VERSION ? { ...stored, ...settings } : settings;
}

/** What is wrong with a value for a field; null where nothing is. */
export function validateField(key: SettingKey, value: unknown): SettingProblem | null {
  const { success, error } = FIELDS[key].schema.safeParse(value);
  return success ? null : (PROBLEMS.find((code) => code === error.issues[0]?.message) ?? 'bad_value');
}

interface Field<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly read: (value: unknown) => T;
}

/** Zod's own `catch` would make the plugin for Obsidian 12 kB larger. */
function field<T>(schema: z.ZodMiniType<T>, fallback: (value: unknown) => NoInfer<T>): Field<T> {
  return {
    schema,
    read(value) {
      const { success, data } = schema.safeParse(value);
      return success ? data : fallback(value);
    },
  };
}

function problem(code: SettingProblem): { readonly error: SettingProblem } {
  return { error: code };
}

function readable<T>(item: z.ZodMiniType<T>, list: unknown): T[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    const { success, data } = item.safeParse(entry);
    return success ? [data] : [];
  });
}
