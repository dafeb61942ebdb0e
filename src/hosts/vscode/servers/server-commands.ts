import { ConfigurationTarget, window, workspace } from 'vscode';
import type { ServerModel } from '../../../core/model/server-model.ts';
import type { ModelSources } from '../../../core/servers/server-pool.ts';
import { surveyServers, testServers } from '../../../editor/survey-servers.ts';
import { readSettings } from '../adapters/settings.ts';
import type { CommandHandlers } from '../command-names.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { Services } from '../services.ts';
import { createDownloadModel } from './download-model.ts';
import { OPEN_SERVER, showActions } from './error-actions.ts';

/** Time limit for a server to list its models, in milliseconds. */
const TIME_LIMIT = 15_000;
const SUGGESTED_MODEL = 'gemma3:4b';

/** Server commands: test, choose a model, download a model, set a token. */
export function createServerCommands(
  services: Services,
): Pick<CommandHandlers, 'testServer' | 'chooseModel' | 'pullModel' | 'setToken' | 'setWebKey'> {
  const { words, servers, explain, showError } = services;
  const { server: texts } = words;
  const sources = (): Promise<ModelSources> => servers.open(readSettings());
  const downloadModel = createDownloadModel(services, sources);

  const reportingErrors = (run: () => Promise<void>) => async () => {
    try {
      await run();
    } catch (error) {
      showError(error);
    }
  };

  return {
    testServer: reportingErrors(async () => {
      const signal = AbortSignal.timeout(TIME_LIMIT);
      const ports = { words, explain, chosen: readSettings().model };
      const { text, isWell } = await testServers(await sources(), ports, signal);
      if (isWell) void window.showInformationMessage(text);
      else showActions(text, [OPEN_SERVER], words);
    }),
    chooseModel: reportingErrors(async () => {
      const { models } = await surveyServers(await sources(), AbortSignal.timeout(TIME_LIMIT));
      const current = readSettings().model;
      const items = [
        { label: texts.automatic, description: '', name: '' },
        ...models.map((model) => ({
          label: model.name,
          description: modelDetails(model, texts),
          name: model.name,
        })),
      ].map((item) => ({ ...item, picked: item.name === current }));
      const chosen = await window.showQuickPick(items, { title: texts.modelTitle });
      if (chosen === undefined) return;
      await workspace
        .getConfiguration('notesight')
        .update('model', chosen.name === '' ? undefined : chosen.name, ConfigurationTarget.Global);
    }),
    pullModel: reportingErrors(async () => {
      const name = await window.showInputBox({ prompt: texts.pullPrompt, value: SUGGESTED_MODEL });
      if (name === undefined || name.trim() === '') return;
      await downloadModel(name.trim());
    }),
    setToken: reportingErrors(async () => {
      const token = await askSecret(texts.tokenPrompt);
      if (token === null) return;
      await servers.setToken(token);
      void window.showInformationMessage(token === '' ? texts.tokenRemoved : texts.tokenSet);
    }),
    setWebKey: reportingErrors(async () => {
      const key = await askSecret(texts.webKeyPrompt);
      if (key === null) return;
      await servers.setWebKey(key);
      void window.showInformationMessage(key === '' ? texts.webKeyRemoved : texts.webKeySet);
    }),
  };
}

/** Whether a model supports images, and its size or that it runs in the cloud. */
function modelDetails(
  { supportsImages, guessed, cloud, sizeBytes }: ServerModel,
  texts: VscodeWords['server'],
): string {
  const size = sizeBytes > 0 ? [`${(sizeBytes / 1e9).toFixed(1)} GB`] : [];
  const otherwise = guessed ? texts.imageSupportUnknown : texts.textOnly;
  return [supportsImages ? texts.supportsImages : otherwise, ...(cloud ? [texts.cloud] : size)].join(' · ');
}

/** @returns '' for none, or null if the user cancelled */
async function askSecret(prompt: string): Promise<string | null> {
  return (await window.showInputBox({ prompt, password: true }))?.trim() ?? null;
}
