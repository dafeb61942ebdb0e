const MODULES = 'node_modules';
const HUMAN = `${MODULES}/@vladmandic/human`;

/**
 * The weights, data, and WebAssembly of the recognizers, and the licenses of these: names in `dist/recognizers` and in
 * packs, with paths in the repository. Everything that Notesight runs on has SIMD (docs/decisions/0034), so there is no
 * WebAssembly without it. The language data is compressed, despite its name.
 */
export const RECOGNIZER_FILES = {
  'LICENSE-Apache-2.0.txt': `${MODULES}/tesseract.js-core/LICENSE`,
  'LICENSE-human.txt': `${HUMAN}/LICENSE`,
  'tesseract-core-simd-lstm.wasm': `${MODULES}/tesseract.js-core/tesseract-core-simd-lstm.wasm`,
  'deu.traineddata': 'assets/tessdata/deu.traineddata',
  'eng.traineddata': `${MODULES}/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz`,
  'rus.traineddata': 'assets/tessdata/rus.traineddata',
  'tfjs-backend-wasm-simd.wasm': `${MODULES}/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm`,
  ...Object.fromEntries(
    ['blazeface', 'facemesh', 'centernet'].flatMap((name) =>
      ['json', 'bin'].map((part) => [`${name}.${part}`, `${HUMAN}/models/${name}.${part}`]),
    ),
  ),
};
