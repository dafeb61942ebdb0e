/** The expert that finds objects and faces, as it is in the pack. */
import { scaleRegion } from '../../../core/image/scale-region.ts';
import type { FittedImage, FoundThing } from '../../../core/ports.ts';
import { openThingFinder } from '../../../recognizers/detect-objects.ts';
import { thingSize } from '../../../recognizers/object-input-size.ts';
import { imagePixels } from './image-pixels.ts';
import { rgb } from './rgb.ts';
import { PACK_ADDRESS, serveExpert } from './serve-recognizer.ts';

serveExpert<FoundThing>(async () => {
  const find = await openThingFinder({ wasmPath: PACK_ADDRESS, modelBasePath: PACK_ADDRESS });
  return async (image: FittedImage) => {
    const size = thingSize(image);
    const found = await find({ ...size, pixels: rgb((await imagePixels(image, size)).data) });
    return found.map((thing) => ({ ...thing, box: scaleRegion(thing.box, size, image) }));
  };
});
