import type { Extension } from '@codemirror/state';
import type { CliHandler, Command } from 'obsidian';
import type { App } from 'obsidian-test-mocks/obsidian';
import type { MarkdownView } from './markdown-view.ts';

/** What the app holds and the tests look at: there is one app on the page. */
export const host = {
  app: null as App | null,
  view: null as MarkdownView | null,
  /** `data.json` of the plugin. */
  data: null as unknown,
  language: 'en',
  commands: new Map<string, Command>(),
  cliHandlers: new Map<string, CliHandler>(),
  editorExtensions: [] as Extension[],
  /** Every notice as it was first shown. */
  notices: [] as string[],
};
