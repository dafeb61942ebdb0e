/** The text of the lightbox, in one language. */
export interface LightboxWords {
  readonly previous: string;
  readonly next: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly close: string;
}

export const lightboxEn: LightboxWords = {
  previous: 'Previous image',
  next: 'Next image',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit',
  close: 'Close',
};

export const lightboxRu: LightboxWords = {
  previous: 'Предыдущее изображение',
  next: 'Следующее изображение',
  zoomIn: 'Увеличить',
  zoomOut: 'Уменьшить',
  fit: 'По размеру окна',
  close: 'Закрыть',
};
