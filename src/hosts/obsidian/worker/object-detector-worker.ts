/** The recognizer for objects and faces, as contained in the pack. */
import { scaleRegion } from '../../../core/image/scale-region.ts';
import type { FittedImage, DetectedObject } from '../../../core/ports.ts';
import { openObjectDetector } from '../../../recognizers/detect-objects.ts';
import { objectInputSize } from '../../../recognizers/object-input-size.ts';
import { imagePixels } from './image-pixels.ts';
import { rgb } from './rgb.ts';
import { PACK_ADDRESS, serveRecognizer } from './serve-recognizer.ts';

serveRecognizer<DetectedObject>(async () => {
  const find = await openObjectDetector({ wasmPath: PACK_ADDRESS, modelBasePath: PACK_ADDRESS });
  return async (image: FittedImage) => {
    const size = objectInputSize(image);
    const found = await find({ ...size, pixels: rgb((await imagePixels(image, size)).data) });
    return found.map((detection) => ({ ...detection, box: scaleRegion(detection.box, size, image) }));
  };
});
