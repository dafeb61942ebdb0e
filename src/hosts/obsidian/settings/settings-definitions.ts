import type {
  SettingDefinitionControl,
  SettingDefinitionGroup,
  SettingDefinitionItem,
  SettingDefinitionRender,
} from 'obsidian';
import {
  CONCURRENCY,
  CONTEXT_LENGTHS,
  type SettingKey,
  validateField,
} from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';
import { fromControl } from './control-values.ts';

/** Renders a row with live content. Returns its cleanup function. */
export type RenderRow = SettingDefinitionRender['render'];

/** The rows with live content. */
export interface LiveRows {
  /** The servers and their states. */
  readonly servers: RenderRow;
  /** The selection of a model from the server. */
  readonly model: RenderRow;
  /** Downloading a model. */
  readonly pull: RenderRow;
  readonly language: RenderRow;
  readonly style: RenderRow;
  /** The secret with the API key for web search. */
  readonly webSearchSecret: RenderRow;
  /** The recognizer pack: its state, and installing and removing it. */
  readonly pack: RenderRow;
  /** The secret with the token. */
  readonly tokenSecret: RenderRow;
  readonly headers: RenderRow;
  /** The selection of the prompt that describes images. */
  readonly altPrompt: RenderRow;
  /** What differs in folders. */
  readonly folderRules: RenderRow;
  /** The user's own prompts and the built-in ones. */
  readonly prompts: RenderRow;
  /** The images that the user left out one by one. */
  readonly skipped: RenderRow;
}

/** The contents of the settings tab, in order. Sends no requests, because the settings search calls it too. */
export function settingDefinitions(words: Words, rows: LiveRows): SettingDefinitionItem<SettingKey>[] {
  const { groups, fields, options, problems, servers, pull, pack, skipped } = words.settings;

  function setting(
    key: keyof typeof fields,
    control: DistributiveOmit<SettingDefinitionControl<SettingKey>['control'], 'key' | 'validate'>,
  ): SettingDefinitionControl<SettingKey> {
    const validate = (value: unknown): string | undefined => {
      const problem = validateField(key, fromControl(key, value));
      return problem === null ? undefined : problems[problem];
    };
    return { ...fields[key], control: { ...control, key, validate } };
  }

  function group(
    heading: string,
    ...items: NonNullable<SettingDefinitionGroup<SettingKey>['items']>
  ): SettingDefinitionGroup<SettingKey> {
    return { type: 'group', heading, items };
  }

  return [
    group(groups.server, { name: servers.name, desc: servers.desc, render: rows.servers }),
    group(
      groups.model,
      setting('engine', { type: 'dropdown', options: options.engine }),
      { ...fields.model, render: rows.model },
      { name: pull.name, desc: pull.desc, render: rows.pull },
    ),
    group(groups.pack, { name: pack.name, desc: pack.desc, render: rows.pack }),
    group(
      groups.captions,
      { ...fields.language, render: rows.language },
      { ...fields.style, render: rows.style },
      { ...fields.altPrompt, render: rows.altPrompt },
      setting('promptAddition', { type: 'textarea', rows: 3 }),
      setting('textHint', { type: 'toggle' }),
      setting('fineDetail', { type: 'dropdown', options: options.fineDetail }),
      setting('secondModel', { type: 'text', placeholder: 'qwen2.5vl:7b' }),
    ),
    group(
      groups.work,
      setting('missing', { type: 'dropdown', options: options.missing }),
      setting('paste', { type: 'dropdown', options: options.paste }),
      setting('review', { type: 'dropdown', options: options.review }),
      setting('leaveOut', { type: 'textarea', rows: 4, placeholder: 'Templates/\n*.excalidraw.md' }),
      { ...fields.folderRules, render: rows.folderRules },
      { name: skipped.name, desc: skipped.desc, render: rows.skipped },
      setting('remoteImages', { type: 'toggle' }),
      setting('altBadge', { type: 'toggle' }),
    ),
    group(
      groups.questions,
      { ...fields.prompts, render: rows.prompts },
      setting('tools', { type: 'toggle' }),
      setting('webSearch', { type: 'toggle' }),
      {
        ...fields.webSearchSecret,
        render: rows.webSearchSecret,
      },
    ),
    group(
      groups.advanced,
      setting('concurrency', { type: 'slider', ...CONCURRENCY, step: 1 }),
      setting('contextLength', { type: 'number', ...CONTEXT_LENGTHS, step: 1 }),
      setting('keepAlive', { type: 'text', placeholder: '10m' }),
      { ...fields.tokenSecret, render: rows.tokenSecret },
      { ...fields.headers, render: rows.headers },
    ),
  ];
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
