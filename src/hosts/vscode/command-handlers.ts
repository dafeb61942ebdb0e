import type { Position, TextDocument, WebviewView } from 'vscode';
import { commands, env, type ExtensionContext, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { imageAt } from '../../core/note/image-at.ts';
import { createServers } from './adapters/server.ts';
import { positionFrom, uriFrom } from './adapters/uri-from.ts';
import { isNoteDocument, type OpenVault, type Vaults } from './adapters/vaults.ts';
import { createCaptionRuns } from './caption/caption-runs.ts';
import { type Captions, createCaptions } from './caption/captions.ts';
import { pickUncaptioned } from './caption/uncaptioned-pick.ts';
import { type ChatView, createChatView } from './chat/chat-view.ts';
import type { CommandName } from './command-names.ts';
import type { VscodeWords } from './messages/vscode-en.ts';
import { pickFoundImage } from './search/find-images-pick.ts';
import { createWorkspaceSearch } from './search/image-search.ts';
import { createServerCommands } from './server-commands.ts';
import { createServices, type Services } from './services.ts';
import { createStatusBar } from './status-bar.ts';
import { createSummarizer } from './summarize.ts';

/** Everything that is loaded when a command first runs. */
export interface Work {
  readonly services: Services;
  readonly captions: Captions;
  run(command: CommandName, args: readonly unknown[]): Promise<void>;
  showChat(view: WebviewView): Promise<void>;
}

export function createWork(
  context: ExtensionContext,
  vaults: Vaults,
  words: VscodeWords,
  log: LogOutputChannel,
): Work {
  const services = createServices(context, createServers(context), words, log);
  const runs = createCaptionRuns(services, () => void captions.undo());
  const captions = createCaptions(services, vaults, runs, openVaults);
  const server = createServerCommands(services);
  const summarizer = createSummarizer(services, vaults);
  const search = createWorkspaceSearch(services, vaults, openVaults);
  const chat: ChatView = createChatView(context, services, vaults, search);
  context.subscriptions.push(createStatusBar(services), summarizer, search, chat);

  const say = (message: string) => void window.showInformationMessage(message);
  const folders = () => (workspace.workspaceFolders ?? []).map(({ uri }) => uri);

  /** The vaults of the open folders and of the active note. */
  async function openVaults(): Promise<readonly OpenVault[]> {
    const places = folders().map((folder) => Uri.joinPath(folder, 'note.md'));
    const active = window.activeTextEditor?.document;
    if (active !== undefined && isNoteDocument(active)) places.push(active.uri);
    return [...new Set(await Promise.all(places.map((place) => vaults.of(place))))];
  }

  /**
   * The note of a command: the one passed to it, otherwise the active note; null, after asking the user to open one,
   * if there is none.
   */
  async function noteOf(named: unknown): Promise<TextDocument | null> {
    const uri = uriFrom(named);
    const document = uri === null ? window.activeTextEditor?.document : await workspace.openTextDocument(uri);
    if (document !== undefined && isNoteDocument(document)) return document;
    say(words.notes.openNote);
    return null;
  }

  async function imageOf(
    named: unknown,
    place: unknown,
  ): Promise<{ document: TextDocument; position: Position } | null> {
    const document = await noteOf(named);
    if (document === null) return null;
    const editor = window.visibleTextEditors.find((each) => each.document === document);
    const position = positionFrom(place) ?? editor?.selection.active;
    if (position !== undefined) return { document, position };
    say(words.notes.noImage);
    return null;
  }

  async function openChat(): Promise<void> {
    await commands.executeCommand('notesight.chat.focus');
    chat.focus();
  }

  const run: Readonly<Record<CommandName, (...args: readonly unknown[]) => Promise<void> | void>> = {
    async captionImage(uri, place) {
      const image = await imageOf(uri, place);
      if (image !== null) await captions.captionAt(image.document, image.position);
    },
    async captionFile(uri, several) {
      const chosen = chosenIn(several);
      const document = chosen.length > 0 ? null : await noteOf(uri);
      const files = document === null ? chosen : [document.uri];
      if (files.length > 0) await captions.captionAll(files);
    },
    async captionFolder(uri, several) {
      const folder = uriFrom(uri) ?? folderOf(window.activeTextEditor?.document);
      const chosen = chosenIn(several);
      if (folder === null) say(words.notes.openNote);
      else await captions.captionAll(chosen.length > 0 ? chosen : [folder]);
    },
    async captionWorkspace() {
      if (folders().length === 0) say(words.notes.noFolder);
      else await captions.captionAll(folders());
    },
    async describeAgain(uri, place) {
      const image = await imageOf(uri, place);
      if (image !== null) await captions.describeAgain(image.document, image.position);
    },
    async describeUnder(uri) {
      const document = await noteOf(uri);
      if (document !== null) await captions.describeUnder(document.uri);
    },
    async copyDescription(uri, place) {
      const image = await imageOf(uri, place);
      const text = image === null ? null : await captions.description(image.document, image.position);
      if (text === null) return;
      await env.clipboard.writeText(text);
      void window.setStatusBarMessage(words.notices.copied, 5000);
    },
    ask: openChat,
    async askImage(uri, place) {
      const image = await imageOf(uri, place);
      if (image === null) return;
      const { document, position } = image;
      const embed = imageAt(document.getText(), document.offsetAt(position));
      if (window.activeTextEditor?.document !== document) await window.showTextDocument(document);
      if (embed !== null) await chat.chooseOnly(document.uri, embed);
      await openChat();
    },
    async clearConversations() {
      const { clear, clearQuestion, cleared } = words.chatNotes;
      const answer = await window.showWarningMessage(clearQuestion, { modal: true }, clear);
      if (answer !== clear) return;
      await chat.clearAll();
      say(cleared);
    },
    async summarize(uri) {
      const document = await noteOf(uri);
      if (document !== null) await summarizer.summarize(document);
    },
    findImage() {
      pickFoundImage(search, vaults, words);
    },
    async showUncaptioned() {
      if (folders().length === 0) say(words.notes.noFolder);
      else await pickUncaptioned(folders(), services, vaults, captions);
    },
    undo: () => captions.undo(),
    stop() {
      services.stop();
    },
    resume: () => captions.resumeBatch(),
    testServer: server.test,
    chooseModel: server.chooseModel,
    pullModel: server.pullModel,
    setToken: server.setToken,
    setWebKey: server.setWebKey,
  };

  return {
    services,
    captions,
    async run(command, args) {
      await run[command](...args);
    },
    showChat: (view) => chat.show(view),
  };
}

function folderOf(document: TextDocument | undefined): Uri | null {
  return document === undefined || !isNoteDocument(document) ? null : Uri.joinPath(document.uri, '..');
}

/** All items selected in the explorer, which passes them after the clicked one. */
function chosenIn(several: unknown): Uri[] {
  return Array.isArray(several) ? several.flatMap((each: unknown) => uriFrom(each) ?? []) : [];
}
