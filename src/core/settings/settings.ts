import * as z from 'zod/mini';
import { languageCode } from '../language/language-code.ts';
import { PROMPT_PURPOSES } from '../prompts/prompt.ts';
import { cleanFolder } from './folder-path.ts';

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
  'bad_prompt',
  'bad_folder',
] as const;

/** Why the value of a field is invalid. */
export type SettingProblem = (typeof PROBLEMS)[number];

/** Tokens. Vision models always need at least `min`; `max` exceeds the memory of any computer. */
export const CONTEXT_LENGTHS = { min: 2048, max: 1_048_576 } as const;
/** Number of parallel requests. */
export const CONCURRENCY = { min: 1, max: 8 } as const;
/** UTF-16 units. */
export const MAX_PROMPT_ADDITION = 1000;

const YEAR = 365 * 24 * 60 * 60;

/**
 * Headers that browsers set themselves and silently drop, and headers that would change how the body is read.
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

/**
 * The format that Obsidian's `SecretStorage` accepts:
 * https://docs.obsidian.md/Reference/TypeScript+API/SecretStorage/setSecret
 */
const secretName = z
  .string(problem('bad_secret'))
  .check(z.regex(/^[a-z0-9-]*$/, problem('bad_secret')), z.maxLength(100, problem('bad_secret')));

const headerName = z.string(problem('bad_header_name')).check(
  z.regex(/^[\w!#$%&'*+\-.^`|~]{1,100}$/, problem('bad_header_name')),
  z.refine((name) => !RESERVED_HEADER.test(name), problem('reserved_header')),
);

/** Names of secrets instead of values, because settings are synced and secrets stay on the device. */
const header = z.object({
  name: headerName,
  secret: secretName.check(z.minLength(1, problem('bad_secret'))),
});

/** Only the structure: what is wrong with the text of a prompt is shown, and the prompt is kept. */
const prompt = z.object({
  name: z.string(problem('bad_prompt')),
  purpose: z.enum(PROMPT_PURPOSES, problem('bad_prompt')),
  text: z.string(problem('bad_prompt')),
});

const language = z
  .string(problem('bad_language'))
  .check(z.refine((value) => value === 'auto' || languageCode(value) !== null, problem('bad_language')));

const style = z.enum(['alt', 'below', 'callout'], problem('bad_value'));

const altPrompt = z.string(problem('bad_value')).check(z.maxLength(100, problem('bad_value')));

/** What can differ in a folder and its subfolders. A field that is not set is inherited. */
const ruleFields = {
  language: z.optional(language),
  style: z.optional(style),
  altPrompt: z.optional(altPrompt),
  exclude: z.optional(z.boolean(problem('bad_value'))),
};

const folderRule = z.object({
  folder: z
    .string(problem('bad_folder'))
    .check(z.refine((path) => path !== '' && cleanFolder(path) === path, problem('bad_folder'))),
  ...ruleFields,
});

/** What differs in a folder of the vault. */
export type FolderRule = Readonly<z.infer<typeof folderRule>>;

/**
 * The settings of the editor plugins. An invalid field is reset alone. In a list only invalid entries are
 * dropped, so that one invalid pattern does not cancel the other exclusions.
 */
const FIELDS = {
  version: field(z.int().check(z.minimum(SETTINGS_VERSION)), () => SETTINGS_VERSION),
  /** Whether the recognized text in an image is sent to the vision model as a hint. */
  textHint: field(z.boolean(problem('bad_value')), () => true),
  /** The engine: `auto` uses a server if it has a vision model, otherwise the embedded engine. */
  engine: field(z.enum(['auto', 'server', 'embedded'], problem('bad_value')), (value) =>
    // The old name, from when Ollama was the only kind of server.
    value === 'ollama' ? 'server' : 'auto',
  ),
  /** The name as the server spells it; '' for automatic. */
  model: field(modelName, () => ''),
  /** A code accepted by `languageCode`, or `auto` for the language of each note. */
  language: field(language, () => 'auto'),
  /** What is written into the note. */
  style: field(style, () => 'alt' as const),
  /** Which images need alt text: those without it, or also those with placeholder alt text. */
  missing: field(z.enum(['empty', 'useless'], problem('bad_value')), () => 'useless' as const),
  /** Whether alt text is generated when an image is pasted. */
  paste: field(z.enum(['off', 'on', 'ask'], problem('bad_value')), () => 'on' as const),
  /** When captions are reviewed before they are written. */
  review: field(z.enum(['always', 'batches', 'never'], problem('bad_value')), () => 'batches' as const),
  /**
   * Whether tasks that are not time-critical also analyze tiles of images with fine print: `offer` reports after a
   * batch how many images would benefit, and asks for a single image; `ask` also asks before a batch.
   */
  fineDetail: field(z.enum(['off', 'offer', 'ask', 'on'], problem('bad_value')), () => 'offer' as const),
  /** The second model for cross-checks; '' for none. */
  secondModel: field(modelName, () => ''),
  /** Notes and images to exclude, in the format of `createExclude`. */
  leaveOut: field(z.array(pattern, problem('bad_pattern')), (value) => readable(pattern, value)),
  /** Whether images in notes show a badge that opens their alt text. */
  altBadge: field(z.boolean(problem('bad_value')), () => true),
  /** What differs in folders, in any order. */
  folderRules: field(z.array(folderRule, problem('bad_folder')), readFolderRules),
  /** Whether remote images are downloaded. */
  remoteImages: field(z.boolean(problem('bad_value')), () => false),
  /** Number of parallel requests. */
  concurrency: field(
    z
      .int(problem('bad_concurrency'))
      .check(
        z.minimum(CONCURRENCY.min, problem('bad_concurrency')),
        z.maximum(CONCURRENCY.max, problem('bad_concurrency')),
      ),
    () => 1,
  ),
  /** Tokens, limited to the context length the model was trained for. */
  contextLength: field(
    z
      .int(problem('bad_context'))
      .check(
        z.minimum(CONTEXT_LENGTHS.min, problem('bad_context')),
        z.maximum(CONTEXT_LENGTHS.max, problem('bad_context')),
      ),
    () => 8192,
  ),
  /** How long Ollama keeps the model in memory: seconds, -1 for no limit, or a Go duration such as `1h30m`. */
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
  /** Additional instructions of the user. */
  promptAddition: field(
    z.string(problem('bad_value')).check(z.maxLength(MAX_PROMPT_ADDITION, problem('too_long'))),
    () => '',
  ),
  /** The user's own prompts. */
  prompts: field(z.array(prompt, problem('bad_prompt')), (value) => readable(prompt, value)),
  /** The prompt that describes images: a name, or the key of a built-in one; '' for the standard prompt. */
  altPrompt: field(altPrompt, () => ''),
  /** The built-in prompts that are not offered, by their keys. */
  hiddenPrompts: field(z.array(z.string(problem('bad_value')), problem('bad_value')), () => []),
  /** Whether tools are offered to a model that supports them when it answers questions. */
  tools: field(z.boolean(problem('bad_value')), () => true),
  /** Whether web search is one of the tools. Queries leave this computer. */
  webSearch: field(z.boolean(problem('bad_value')), () => false),
  /** The name of the secret with the key for web search; '' for none. */
  webSearchSecret: field(secretName, () => ''),
  /** The name of the secret that is sent as a bearer token; '' for none. */
  tokenSecret: field(secretName, () => ''),
  /** Additional headers that a server behind a proxy requires. */
  headers: field(z.array(header, problem('bad_value')), (value) => readable(header, value)),
};

/** The settings of the editor plugins. Also contains unknown fields of newer versions. */
export type Settings = {
  readonly [Key in keyof typeof FIELDS]: (typeof FIELDS)[Key] extends Field<infer T> ? T : never;
};

/** The fields that a user can set. */
export type SettingKey = Exclude<keyof Settings, 'version'>;

export const DEFAULT_SETTINGS: Settings = parseSettings({});

/**
 * Parses stored settings of any form. Keeps the unknown fields and the version of newer settings, so that an
 * older plugin on another device doesn't remove them when it saves. Therefore a version that allows new kinds
 * of values in a field must rename the field.
 */
export function parseSettings(data: unknown): Settings {
  const stored = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
  const values = new Map<string, unknown>(Object.entries(stored));
  const fields = Object.entries(FIELDS).map(([key, { read }]) => [key, read(values.get(key))]);
  const settings = Object.fromEntries(fields) as Settings;
  return settings.version > SETTINGS_VERSION ? { ...stored, ...settings } : settings;
}

/** Returns why a value is invalid for a field, or null if it is valid. */
export function validateField(key: SettingKey, value: unknown): SettingProblem | null {
  const { success, error } = FIELDS[key].schema.safeParse(value);
  return success ? null : (PROBLEMS.find((code) => code === error.issues[0]?.message) ?? 'bad_value');
}

interface Field<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly read: (value: unknown) => T;
}

/** Used instead of Zod's `catch`, which would make the Obsidian plugin 12 kB larger. */
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

/** Corrects the paths of folders. An invalid field of a rule is reset alone; a rule without a folder is dropped. */
function readFolderRules(list: unknown): FolderRule[] {
  return readable(z.looseObject({ folder: z.string() }), list).flatMap((entry): FolderRule[] => {
    const folder = cleanFolder(entry.folder);
    if (folder === '') return [];
    const fields = Object.entries(ruleFields)
      .map(([key, schema]) => [key, schema.safeParse(entry[key]).data] as const)
      .filter(([, value]) => value !== undefined);
    return [{ folder, ...Object.fromEntries(fields) }];
  });
}
