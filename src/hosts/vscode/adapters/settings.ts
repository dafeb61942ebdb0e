import { type Uri, workspace } from 'vscode';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../../../core/settings/settings.ts';

/** Settings that only this host has. */
export interface OwnSettings {
  /** One or several addresses as entered by the user; '' for the default address of Ollama. */
  readonly server: string;
  readonly diagnostics: boolean;
  readonly severity: Severity;
  /** Whether problems of all notes are shown, not only of open ones. */
  readonly checkWorkspace: boolean;
  readonly codeLens: boolean;
  /** Whether reviews are in VS Code's Refactor Preview, of more than one image as with `batches`. */
  readonly inPreview: boolean;
}

const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;

/** The severity of problems. */
export type Severity = (typeof SEVERITIES)[number];

export interface VscodeSettings extends Settings, OwnSettings {}

/** The effective settings for a file. VS Code marks an invalid value but still returns it; it counts as not set. */
export function readSettings(scope?: Uri): VscodeSettings {
  const configuration = workspace.getConfiguration('notesight', scope ?? null);
  const stored = Object.keys(DEFAULT_SETTINGS).map((key) => [key, configuration.get<unknown>(key)]);
  const server = configuration.get<unknown>('server');
  return {
    ...parseSettings(Object.fromEntries(stored)),
    server: typeof server === 'string' ? server : '',
    diagnostics: configuration.get<unknown>('diagnostics') !== false,
    severity: SEVERITIES.find((each) => each === configuration.get<unknown>('severity')) ?? 'information',
    checkWorkspace: configuration.get<unknown>('checkWorkspace') === true,
    codeLens: configuration.get<unknown>('codeLens') === true,
    inPreview: configuration.get<unknown>('review') === 'preview',
  };
}
