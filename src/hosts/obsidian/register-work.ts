import { Notice, Platform, type Plugin } from 'obsidian';
import type { CaptionFeatures } from './caption/register-captions.ts';
import { ProgressNotice } from './progress-notice.ts';
import { createRibbonBadge } from './ribbon-badge.ts';
import type { Services } from './services.ts';
import type { WatchedDownload } from './settings/watched-download.ts';
import { createStatusBar } from './status-bar.ts';
import { withTimeLeft, type WorkState } from './work-state.ts';

/** What the controls of the work call and show. */
export interface WorkPorts extends Services, CaptionFeatures {
  readonly download: Pick<WatchedDownload, 'reveal'>;
  /** Stops all captioning, including a paused batch. */
  readonly stop: () => void;
}

/**
 * Adds the ribbon icon that captions a note, with a badge for the work that runs or waits, and shows this work in the
 * status bar; on phones and tablets, which have none, in a notice.
 * @returns shows the current state of the work
 */
export function registerWork(plugin: Plugin, ports: WorkPorts): () => void {
  const { captioner, words, queue, unfinished } = ports;
  const { show, reveal } = Platform.isMobile ? progressNotice(plugin, ports) : statusBar(plugin, ports);
  const label = words.commands.captionNote;
  const icon = plugin.addRibbonIcon('captions', label, () => {
    if (!reveal()) captionNote(plugin, ports);
  });
  const badge = createRibbonBadge(icon, label, words);
  return () => {
    const { progress, writing } = captioner;
    const state = { progress, writing, queued: queue.count, paused: unfinished.resumable };
    show(state);
    badge(state);
  };
}

/** Where the work is shown. */
interface WorkDisplay {
  readonly show: (state: WorkState) => void;
  /** Shows the progress again if the user dismissed it. @returns whether they had */
  readonly reveal: () => boolean;
}

function statusBar(plugin: Plugin, { words, stop, queue, batches }: WorkPorts): WorkDisplay {
  const { show, close } = createStatusBar(plugin.addStatusBarItem(), words, {
    stop,
    resume: () => void queue.resume(),
    resumeBatch: () => void batches.resume(),
    dismissBatch: batches.dismiss,
  });
  plugin.register(close);
  return { show, reveal: () => false };
}

function progressNotice(plugin: Plugin, { words, stop, download }: WorkPorts): WorkDisplay {
  const notice = new ProgressNotice(words.work.progress, { label: words.work.stop, run: stop });
  plugin.register(() => {
    notice.hide();
  });
  return {
    show({ writing }) {
      if (writing === null) {
        notice.hide();
        return;
      }
      const { done, total } = writing;
      const text = withTimeLeft(words.work.running(done, total), writing, words);
      notice.show(text, total === 0 ? null : done / total);
    },
    reveal: () => notice.reveal() || download.reveal(),
  };
}

function captionNote({ app }: Plugin, { captions, words }: WorkPorts): void {
  const note = app.workspace.getActiveFile();
  if (note?.extension === 'md') void captions.captionAll([note]);
  else new Notice(words.notices.noImages);
}
