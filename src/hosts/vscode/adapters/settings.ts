import { type Uri, workspace } from 'vscode';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../../../core/settings/settings.ts';

/** What only this host has settings for. */
export interface OwnSettings {
  /** One or several, as a person wrote them; '' for where Ollama answers by itself. */
  readonly server: string;
  readonly diagnostics: boolean;
  readonly codeLens: boolean;
}

export interface VscodeSettings extends Settings, OwnSettings {}

/**
 * The settings as they hold for a file. VS Code shows a wrong value in the settings, but hands it over all the same: it
 * counts as not set.
 */
export function readSettings(scope?: Uri): VscodeSettings {
  const configuration = workspace.getConfiguration('notesight', scope ?? null);
  const stored = Object.keys(DEFAULT_SETTINGS).map((key) => [key, configuration.get<unknown>(key)]);
  const server = configuration.get<unknown>('server');
  return {
    ...parseSettings(Object.fromEntries(stored)),
    server: typeof server === 'string' ? server : '',
    diagnostics: configuration.get<unknown>('diagnostics') !== false,
    codeLens: configuration.get<unknown>('codeLens') === true,
  };
}
