import type { RichText } from '../../../ui/chat/rich-text.ts';

type Loaded = typeof import('./rich-text.ts');

/** Loads formulas and colors for code on first use. @param url of the built `rich-text.ts` */
export function createLazyRichText(url: string): RichText {
  let loading: Promise<Loaded> | null = null;
  const load = () => (loading ??= import(url) as Promise<Loaded>);
  return {
    showMath(element, latex, isBlock) {
      void load().then(({ showMath }) => {
        showMath(element, latex, isBlock);
      });
    },
    highlight(code, language) {
      if (language !== '')
        void load().then(({ highlight }) => {
          highlight(code, language);
        });
    },
  };
}
