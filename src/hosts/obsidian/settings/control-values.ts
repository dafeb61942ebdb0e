import type { SettingKey, Settings } from '../../../core/settings/settings.ts';

/** A setting as the value of its control in the settings tab: a list becomes lines of text, a time becomes text. */
export function toControl(settings: Settings, key: SettingKey): unknown {
  if (key === 'leaveOut') return settings.leaveOut.join('\n');
  if (key === 'keepAlive') return String(settings.keepAlive);
  return settings[key];
}

/** The value of a setting from its control, before validation. */
export function fromControl(key: SettingKey, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (key === 'leaveOut') return value.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (key === 'keepAlive') return /^\s*-?\d+\s*$/.test(value) ? Number(value) : value.trim();
  return value;
}
