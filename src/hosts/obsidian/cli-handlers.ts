import { type CliData, type Plugin, TFile } from 'obsidian';
import { NotesightError } from '../../core/errors.ts';
import { errorText } from '../../editor/notices.ts';
import type { NotesightApi } from './api.ts';
import { captionTargets } from './caption/caption-targets.ts';
import type { Services } from './services.ts';

/** Registers the main commands as `obsidian notesight:…` on the command line. Output is JSON, for scripts. */
export function registerCliHandlers(
  plugin: Plugin,
  ports: Pick<Services, 'captioner' | 'explain' | 'skipped'> & { readonly api: NotesightApi },
): void {
  const { app } = plugin;
  const { vault } = app;
  const { captioner, api, skipped } = ports;
  const path = { value: '<path>', description: 'Note, folder, or image in the vault', required: true };

  const answering = (work: (params: CliData) => Promise<object>) => async (params: CliData) => {
    try {
      return JSON.stringify(await work(params));
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      return JSON.stringify({ error: { code: error.code, message: errorText(ports.explain, error) } });
    }
  };
  const fileAt = (named = '') => {
    const file = named === '/' ? vault.getRoot() : vault.getAbstractFileByPath(named);
    if (file !== null) return file;
    throw new NotesightError('note_missing', `${named} is not in the vault`, { data: { path: named } });
  };

  plugin.registerCliHandler(
    'notesight:caption',
    'Generate alt text for images that need it',
    { path },
    answering(async (params) => {
      const { settings } = captioner.ports;
      const targets = captionTargets([fileAt(params['path'])], app, settings(), await skipped());
      const job = { ...targets, write: true, useLog: true };
      const { results, pause } = await captioner.run(job, () => undefined);
      const errorJson = (error: NotesightError) => ({
        code: error.code,
        message: ports.explain(error).message,
      });
      return [
        ...results.map(({ note, file: image, status, alt, cached, error }) => ({
          ...{ note, file: image, status, alt, cached, error: error === null ? null : errorJson(error) },
        })),
        ...(pause === null ? [] : [{ status: 'stopped', left: pause.left, error: errorJson(pause.error) }]),
      ];
    }),
  );
  plugin.registerCliHandler(
    'notesight:describe',
    'Describe an image without changing any notes',
    { path },
    answering((params) => {
      const file = fileAt(params['path']);
      if (file instanceof TFile && api.canDescribe(file)) return api.describe(file);
      throw new NotesightError('image_unsupported', `${file.path} is no image`, {
        data: { path: file.path },
      });
    }),
  );
  plugin.registerCliHandler(
    'notesight:undo',
    'Undo the last batch, except where the text has changed since',
    null,
    answering(async () =>
      ((await captioner.undo()) ?? []).map(({ error, ...counts }) => ({
        ...counts,
        error: error === null ? null : { code: error.code, message: ports.explain(error).message },
      })),
    ),
  );
}
