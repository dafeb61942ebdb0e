/** A drawing to try a model on: a sailboat on the sea at sunset. */
export const SAMPLE_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320" viewBox="0 0 48 32">' +
  '<path fill="#fbd7a1" d="M0 0h48v32H0z"/><circle cx="36" cy="15" r="5" fill="#e8663d"/>' +
  '<path fill="#2f6f9f" d="M0 20h48v12H0z"/><path fill="#fff" d="M19 4v15h-9zm1 3l8 12h-8z"/>' +
  '<path fill="#7a3b1e" d="M8 20h23l-4 5H12z"/></svg>';
