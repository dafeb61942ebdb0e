import type { Words } from './messages/en.ts';
import { imagesLeft, isBusy, type WorkState } from './work-state.ts';

/** The badge has room for two digits. */
const MOST = 99;

/**
 * Shows on an icon of the ribbon how many images are left or queued, or a dot while the number is unknown.
 * @param label the name of the icon
 * @returns updates the badge
 */
export function createRibbonBadge(
  icon: HTMLElement,
  label: string,
  { work, status }: Words,
): (state: WorkState) => void {
  icon.addClass('notesight-ribbon');
  const badge = icon.createSpan({ cls: 'notesight-badge', attr: { 'aria-hidden': 'true' } });
  return (state) => {
    const left = imagesLeft(state);
    const isQueued = state.progress === null && state.paused === null;
    const text = left === null ? '' : isQueued ? status.waiting(left) : work.left(left);
    badge.toggle(isBusy(state));
    badge.setText(left === null ? '' : left > MOST ? `${MOST}+` : String(left));
    icon.ariaLabel = text === '' ? label : `${label} (${text})`;
  };
}
