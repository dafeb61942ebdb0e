import { ConfigurationTarget, ProgressLocation, window, workspace } from 'vscode';
import { NotesightError } from '../../core/errors.ts';
import type { ModelSources } from '../../core/model/model-sources.ts';
import type { ServerModel } from '../../core/model/server/server-model.ts';
import { pullModel } from '../editor/pull-model.ts';
import { surveyServers, testServers } from '../editor/survey-servers.ts';
import { readSettings } from './settings.ts';
import type { Services } from './services.ts';

/** What a user does with the server: test it, choose a model, get one, give it a token. */
export interface ServerCommands {
  readonly test: () => Promise<void>;
  readonly chooseModel: () => Promise<void>;
  readonly pullModel: () => Promise<void>;
  readonly setToken: () => Promise<void>;
  readonly setWebKey: () => Promise<void>;
}

/** Milliseconds that a server gets to answer what it has. */
const PATIENCE = 15_000;
const USUAL_MODEL = 'gemma3:4b';

export function createServerCommands({ words, servers, explain, tell }: Services): ServerCommands {
  const { server: said } = words;
  const telling = (run: () => Promise<void>) => async () => {
    try {
      await run();
    } catch (error) {
      tell(error);
    }
  };

  const sources = (): Promise<ModelSources> => servers.open(readSettings());

  function about({ canSee, guessed, cloud, sizeBytes }: ServerModel): string {
    const size = sizeBytes > 0 ? [`${(sizeBytes / 1e9).toFixed(1)} GB`] : [];
    const sight = canSee ? said.canSee : guessed ? said.untold : said.textOnly;
    return [sight, ...(cloud ? [said.cloud] : size)].join(' · ');
  }

  return {
    test: telling(async () => {
      const signal = AbortSignal.timeout(PATIENCE);
      const { text, isWell } = await testServers(await sources(), words, explain, signal);
      void (isWell ? window.showInformationMessage(text) : window.showErrorMessage(text));
    }),
    chooseModel: telling(async () => {
      const { models } = await surveyServers(await sources(), AbortSignal.timeout(PATIENCE));
      const items = [
        { label: said.byItself, description: '', name: '' },
        ...models.map((model) => ({
          label: model.name,
          description: about(model),
          name: model.name,
        })),
      ];
      const current = readSettings().model;
      const chosen = await window.showQuickPick(
        items.map((item) => ({ ...item, picked: item.name === current })),
        { title: said.modelTitle },
      );
      if (chosen === undefined) return;
      await workspace
        .getConfiguration('notesight')
        .update('model', chosen.name === '' ? undefined : chosen.name, ConfigurationTarget.Global);
    }),
    pullModel: telling(async () => {
      const name = await window.showInputBox({ prompt: said.pullPrompt, value: USUAL_MODEL });
      if (name === undefined || name.trim() === '') return;
      const options = {
        location: ProgressLocation.Notification,
        title: said.pulling(name.trim()),
        cancellable: true,
      };
      await window.withProgress(options, async (progress, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => {
          controller.abort(new NotesightError('cancelled', 'stopped'));
        });
        let reported = 0;
        for await (const { completedBytes, totalBytes } of pullModel(
          await sources(),
          name.trim(),
          controller.signal,
        )) {
          if (totalBytes === 0) continue;
          const percent = Math.floor((100 * completedBytes) / totalBytes);
          progress.report({ message: `${percent}%`, increment: percent - reported });
          reported = percent;
        }
      });
      void window.showInformationMessage(said.pulled(name.trim()));
    }),
    setToken: telling(async () => {
      const token = await askSecret(said.tokenPrompt);
      if (token === null) return;
      await servers.setToken(token);
      void window.showInformationMessage(token === '' ? said.tokenGone : said.tokenSet);
    }),
    setWebKey: telling(async () => {
      const key = await askSecret(said.webKeyPrompt);
      if (key === null) return;
      await servers.setWebKey(key);
      void window.showInformationMessage(key === '' ? said.webKeyGone : said.webKeySet);
    }),
  };
}

/** @returns '' for none, or null where the user gave up */
async function askSecret(prompt: string): Promise<string | null> {
  return (await window.showInputBox({ prompt, password: true }))?.trim() ?? null;
}
