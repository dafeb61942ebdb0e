import { chatActions } from '../../../ui/chat/chat-actions.ts';
import { chatEn } from '../../../ui/chat/chat-en.ts';
import { createChatPanel } from '../../../ui/chat/chat-panel.ts';
import { chatRu } from '../../../ui/chat/chat-ru.ts';
import type { ChatState } from '../../../ui/chat/chat-state.ts';
import type { PanelHost } from '../../../ui/chat/panel-host.ts';
import { showPageMenu } from '../../../ui/menu/show-page-menu.ts';
import { createLazyRichText } from './lazy-rich-text.ts';
import type { SentFile, ToPage } from '../chat/chat-messages.ts';
import { vscode } from './vscode-api.ts';

/** URLs of dropped files, by their substitute URL in the state. */
const dropped = new Map<string, string>();
let state: ChatState | null = null;

async function addFiles(files: readonly File[]): Promise<void> {
  const sent = files.map(async (file): Promise<SentFile> => ({
    name: file.name,
    type: file.type,
    bytes: new Uint8Array(await file.arrayBuffer()),
  }));
  vscode.postMessage({ type: 'act', name: 'addFiles', args: [await Promise.all(sent)] });
}

const actions = chatActions((name, args) => {
  vscode.postMessage({ type: 'act', name, args });
});
const host: PanelHost = {
  showMenu: showPageMenu,
  imageEntries: () => [],
  rich: createLazyRichText(document.body.dataset['module'] ?? ''),
  layout: {
    load: () => vscode.getState(),
    save: (layout) => {
      vscode.setState(layout);
    },
  },
};
const panel = createChatPanel(document.body, document.documentElement.lang === 'ru' ? chatRu : chatEn, host, {
  ...actions,
  // File objects can't be posted as messages.
  addFiles: (files) => void addFiles(files),
});

function show(): void {
  if (state === null) return;
  const images = state.images.map((image) => ({
    ...image,
    source: dropped.get(image.source) ?? image.source,
  }));
  panel.show({ ...state, images });
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'state':
      state = data.state;
      break;
    case 'focus':
      panel.focus();
      return;
    case 'dropped': {
      const { bytes, type } = data.file;
      dropped.set(data.source, URL.createObjectURL(new Blob([bytes], { type })));
      break;
    }
  }
  show();
});
vscode.postMessage({ type: 'ready' });
