import { ConfigurationTarget, ProgressLocation, window, workspace } from 'vscode';
import type { ServerModel } from '../../core/model/server-model.ts';
import type { ModelSources } from '../../core/servers/server-pool.ts';
import { createModelDownload, type Download } from '../../editor/model-download.ts';
import { surveyServers, testServers } from '../../editor/survey-servers.ts';
import { readSettings } from './adapters/settings.ts';
import type { Services } from './services.ts';

/** Server commands: test, choose a model, download a model, set a token. */
export interface ServerCommands {
  readonly test: () => Promise<void>;
  readonly chooseModel: () => Promise<void>;
  readonly pullModel: () => Promise<void>;
  readonly setToken: () => Promise<void>;
  readonly setWebKey: () => Promise<void>;
}

/** Time limit for a server to list its models, in milliseconds. */
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

  function about({ supportsImages, guessed, cloud, sizeBytes }: ServerModel): string {
    const size = sizeBytes > 0 ? [`${(sizeBytes / 1e9).toFixed(1)} GB`] : [];
    const imageSupport = supportsImages ? said.supportsImages : guessed ? said.unknown : said.textOnly;
    return [imageSupport, ...(cloud ? [said.cloud] : size)].join(' · ');
  }

  const download = createModelDownload(sources);

  /** One download at a time; a running one is already visible. */
  async function downloadModel(model: string): Promise<void> {
    const { current } = download;
    if (current?.state === 'running') {
      void window.showInformationMessage(words.download.starting(current.model));
      return;
    }
    const options = {
      location: ProgressLocation.Notification,
      title: said.pulling(model),
      cancellable: true,
    };
    const end = await window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(download.stop);
      return new Promise<Download>((resolve) => {
        let reported = 0;
        const unwatch = download.watch((shown) => {
          if (shown.state !== 'running') {
            unwatch();
            resolve(shown);
          } else if (shown.totalBytes > 0) {
            const { completedBytes, totalBytes } = shown;
            const percent = Math.floor((100 * completedBytes) / totalBytes);
            const message = words.download.amount(completedBytes, totalBytes);
            progress.report({ message, increment: percent - reported });
            reported = percent;
          }
        });
        download.start(model);
      });
    });
    if (end.state === 'done') void window.showInformationMessage(said.pulled(model));
    if (end.state !== 'failed') return;
    const { message, advice } = explain(end.error);
    const retry = await window.showErrorMessage(`${message} ${advice}`, words.download.retry);
    if (retry !== undefined) await downloadModel(model);
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
        { label: said.automatic, description: '', name: '' },
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
      await downloadModel(name.trim());
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

/** @returns '' for none, or null if the user cancelled */
async function askSecret(prompt: string): Promise<string | null> {
  return (await window.showInputBox({ prompt, password: true }))?.trim() ?? null;
}
