/** Where the app keeps the language that it was set to. */
export function getLanguage(): string {
  return window.localStorage.getItem('language') ?? 'en';
}
