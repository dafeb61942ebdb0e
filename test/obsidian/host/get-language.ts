/** The language configured in the app, stored where the app stores it. */
export function getLanguage(): string {
  return window.localStorage.getItem('language') ?? 'en';
}
