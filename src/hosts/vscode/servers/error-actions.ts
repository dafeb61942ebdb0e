import { commands, env, window } from 'vscode';
import type { ErrorCode, NotesightError } from '../../../core/errors.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';

/** What a button of an error message runs. */
export interface ErrorAction {
  readonly label: keyof VscodeWords['errorActions'];
  readonly command: string;
  readonly args: readonly unknown[];
}

/** Opens the walkthrough, which begins with Ollama. */
export const SET_UP_OLLAMA: ErrorAction = {
  label: 'setUpOllama',
  command: 'workbench.action.openWalkthrough',
  args: ['notesight.notesight#start', false],
};
const CHOOSE_MODEL: ErrorAction = { label: 'chooseModel', command: 'notesight.chooseModel', args: [] };
const DOWNLOAD_MODEL: ErrorAction = { label: 'downloadModel', command: 'notesight.pullModel', args: [] };
const SET_TOKEN: ErrorAction = { label: 'setToken', command: 'notesight.setToken', args: [] };
const INSTALL_RECOGNIZERS: ErrorAction = {
  label: 'installRecognizers',
  command: 'notesight.installRecognizers',
  args: [],
};
const SHOW_LOG: ErrorAction = { label: 'showLog', command: 'notesight.showLog', args: [] };

const openSetting = (name: string): ErrorAction => ({
  label: 'openSettings',
  command: 'workbench.action.openSettings',
  args: [`@id:notesight.${name}`],
});

/** The address of the server is a setting of the machine. In a remote window, only its own tab shows those. */
export const OPEN_SERVER: ErrorAction =
  env.remoteName === undefined
    ? openSetting('server')
    : {
        label: 'openSettings',
        command: 'workbench.action.openRemoteSettings',
        args: [{ query: '@id:notesight.server' }],
      };

const ACTIONS: Readonly<Partial<Record<ErrorCode, readonly ErrorAction[]>>> = {
  server_down: [SET_UP_OLLAMA, OPEN_SERVER],
  server_timeout: [OPEN_SERVER],
  gateway_down: [OPEN_SERVER],
  gateway_timeout: [OPEN_SERVER],
  origin_refused: [OPEN_SERVER],
  unauthorized: [SET_TOKEN],
  model_missing: [DOWNLOAD_MODEL, CHOOSE_MODEL],
  no_vision_model: [DOWNLOAD_MODEL, CHOOSE_MODEL],
  model_cannot_point: [DOWNLOAD_MODEL, CHOOSE_MODEL],
  model_cannot_see: [CHOOSE_MODEL],
  pack_missing: [INSTALL_RECOGNIZERS],
  image_remote: [openSetting('remoteImages')],
  context_overflow: [openSetting('contextLength')],
  question_too_long: [openSetting('contextLength')],
};

/** The buttons for an error. There is always one, because VS Code cuts off long messages without buttons. */
export function errorActions({ code, data }: NotesightError): readonly ErrorAction[] {
  const actions = [...(ACTIONS[code] ?? [SHOW_LOG])];
  if (data['missing'] === 'recognizers') actions.push(INSTALL_RECOGNIZERS);
  return data['api'] === 'openai' ? actions.filter((action) => action !== SET_UP_OLLAMA) : actions;
}

/** Shows an error with buttons that run the actions. */
export function showActions(
  text: string,
  actions: readonly ErrorAction[],
  { errorActions: labels }: VscodeWords,
): void {
  void window.showErrorMessage(text, ...actions.map(({ label }) => labels[label])).then((clicked) => {
    const action = actions.find(({ label }) => labels[label] === clicked);
    if (action !== undefined) void commands.executeCommand(action.command, ...action.args);
  });
}
