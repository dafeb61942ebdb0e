/** @returns a generator of numbers from 0 to 1, the same for the same seed (mulberry32) */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function lattice(x, y) {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Smooth value noise from 0 to 1. */
export function noise(x, y) {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const u = fx * fx * (3 - 2 * fx);
  const v = fy * fy * (3 - 2 * fy);
  const top = lattice(x0, y0) * (1 - u) + lattice(x0 + 1, y0) * u;
  const bottom = lattice(x0, y0 + 1) * (1 - u) + lattice(x0 + 1, y0 + 1) * u;
  return top * (1 - v) + bottom * v;
}

/** Fractal noise from 0 to 1: `octaves` layers, each twice as fine and half as strong. */
export function fractal(x, y, octaves) {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noise(x + 17.3 * octave, y - 9.1 * octave);
    total += weight;
    x *= 2;
    y *= 2;
    weight /= 2;
  }
  return sum / total;
}

export const mix = (a, b, t) => a + (b - a) * t;
export const clamp = (v, low, high) => Math.min(high, Math.max(low, v));
export const smooth = (low, high, v) => {
  const t = clamp((v - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
};

/** From light to a byte: a film-like shoulder, then the sRGB curve, then a little grain. */
export function develop(light, grain) {
  const film = clamp((light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14), 0, 1);
  const srgb = film <= 0.0031308 ? 12.92 * film : 1.055 * film ** (1 / 2.4) - 0.055;
  return clamp(Math.round(255 * (srgb + grain)), 0, 255);
}
