import { type ExtensionContext, type LogOutputChannel, type WebviewView, window } from 'vscode';
import { workspaceFolders } from './adapters/open-vaults.ts';
import { createServers } from './adapters/servers.ts';
import { uriFrom } from './adapters/uri-from.ts';
import type { Vaults } from './adapters/vaults.ts';
import { createCaptionCommands } from './caption/caption-commands.ts';
import { createCaptionRuns } from './caption/caption-runs.ts';
import { type Captions, createCaptions } from './caption/captions.ts';
import type { DocumentImages } from './caption/document-images.ts';
import { pickUncaptioned } from './caption/uncaptioned-pick.ts';
import { undoLastBatch } from './caption/undo-last-batch.ts';
import { createChatCommands } from './chat/chat-commands.ts';
import { createChatView } from './chat/chat-view.ts';
import type { CommandHandlers, CommandName } from './command-names.ts';
import { createCommandTargets } from './command-targets.ts';
import type { VscodeWords } from './messages/vscode-en.ts';
import { openSample } from './open-sample.ts';
import { pickFoundImage } from './search/find-images-pick.ts';
import { createWorkspaceSearch } from './search/image-search.ts';
import { createServerCommands } from './servers/server-commands.ts';
import { createServices, type Services } from './services.ts';
import { pickFromMenu } from './status/menu.ts';
import type { StatusItem } from './status/status-item.ts';
import { createSummarizer, type Summarizer } from './summarize/summarizer.ts';

/** Everything that is loaded when a command first runs. */
export interface Work {
  readonly services: Services;
  readonly captions: Captions;
  run(command: CommandName, args: readonly unknown[]): Promise<void>;
  showChat(view: WebviewView): Promise<void>;
  /** Fills a tab with a summary that VS Code restored. */
  readonly restoreSummary: Summarizer['restore'];
}

/** What exists since the activation. */
export interface ActiveParts {
  readonly vaults: Vaults;
  readonly images: DocumentImages;
  readonly words: VscodeWords;
  readonly log: LogOutputChannel;
  readonly status: StatusItem;
}

export function createWork(
  context: ExtensionContext,
  { vaults, images, words, log, status }: ActiveParts,
): Work {
  const services = createServices(context, createServers(context), words, log);
  const undo = () => undoLastBatch(services, vaults);
  const captions = createCaptions(services, vaults, createCaptionRuns(context, services, undo));
  const summarizer = createSummarizer(context, services, vaults);
  const search = createWorkspaceSearch(services, vaults);
  const chat = createChatView(context, services, vaults, search);
  status.follow(services);
  context.subscriptions.push(search, chat);

  const targets = createCommandTargets(words);
  const handlers: CommandHandlers = {
    ...createCaptionCommands(captions, targets, words),
    ...createChatCommands(chat, vaults, targets, words),
    ...createServerCommands(services),
    async summarize(uri) {
      const document = await targets.noteOf(uri);
      if (document !== null) await summarizer.summarize(document);
    },
    findImage() {
      pickFoundImage(search, vaults, words);
    },
    async showUncaptioned() {
      const folders = workspaceFolders();
      if (folders.length === 0) void window.showInformationMessage(words.notes.noFolder);
      else await pickUncaptioned(folders, services, vaults, captions);
    },
    installRecognizers: (file) => services.installer.install(uriFrom(file) ?? undefined),
    removeRecognizers: () => services.installer.remove(),
    undo,
    stop() {
      services.stop();
    },
    showLog() {
      log.show();
    },
    openSample: () => openSample(context, words.notes.sample),
    menu: () => pickFromMenu(services, vaults, images),
  };

  return {
    services,
    captions,
    async run(command, args) {
      await handlers[command](...args);
    },
    showChat: (view) => chat.show(view),
    restoreSummary: summarizer.restore,
  };
}
