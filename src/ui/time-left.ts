import { pluralEn, pluralRu } from '../core/text/plural.ts';

/** @param seconds an estimate */
export function timeLeftEn(seconds: number): string {
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 55) return `about ${Math.round(seconds / 10) * 10} seconds left`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `about ${pluralEn(minutes, 'minute', 'minutes')} left`;
  return `about ${pluralEn(Math.round(minutes / 60), 'hour', 'hours')} left`;
}

/** The same in Russian. */
export function timeLeftRu(seconds: number): string {
  if (seconds < 10) return 'осталось несколько секунд';
  if (seconds < 55) return `осталось около ${Math.round(seconds / 10) * 10} секунд`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  // «Около» takes the genitive: singular for one minute, the plural form for two and five alike.
  if (minutes < 60) return `осталось около ${pluralRu(minutes, 'минуты', 'минут', 'минут')}`;
  return `осталось около ${pluralRu(Math.round(minutes / 60), 'часа', 'часов', 'часов')}`;
}
