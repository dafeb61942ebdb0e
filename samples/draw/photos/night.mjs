// A city square at night in the rain, out of focus: discs of light over a wet street that mirrors them.
import { clamp, develop, fractal, mix, noise, random, smooth } from './noise.mjs';

const horizon = 0.56;
const hues = [
  [1, 0.4, 0.06],
  [1, 0.52, 0.16],
  [1, 0.72, 0.38],
  [0.95, 0.06, 0.03],
  [0.06, 0.75, 0.25],
  [0.12, 0.34, 1],
];

/** @returns raw RGB */
export function night(width, height) {
  const next = random(2226);
  const aspect = width / height;
  const light = new Float32Array(width * height * 3);
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const y = j / height;
      const x = (i / width) * aspect;
      const sky = smooth(horizon, 0, y);
      // blurred façades with a few lit floors, lower towards the middle where the street leads away
      const roof = 0.12 + 0.36 * smooth(0.85, 0.05, Math.abs(x / aspect - 0.46) * 2.1) + 0.14 * (noise(x * 4.2, 7) - 0.5) * smooth(0.05, 0.3, Math.abs(x / aspect - 0.46));
      const house = smooth(roof - 0.03, roof + 0.03, y) * smooth(horizon + 0.02, horizon - 0.02, y);
      const floors = smooth(0.45, 0.9, noise(x * 19, Math.floor(y * 26) * 1.7)) * 0.09 * (0.5 + 0.5 * Math.sin(y * 163));
      const wet = y > horizon ? 0.5 + 0.5 * fractal(x * 3, y * 26, 4) : 0;
      const at = (j * width + i) * 3;
      light[at] = 0.012 + 0.008 * sky + house * (0.022 + floors) + wet * 0.03 * smooth(1.1, horizon, y);
      light[at + 1] = 0.016 + 0.014 * sky + house * (0.012 + floors * 0.55) + wet * 0.022 * smooth(1.1, horizon, y);
      light[at + 2] = 0.034 + 0.035 * sky + house * (floors * 0.25 - 0.006) + wet * 0.026 * smooth(1.1, horizon, y);
    }
  }
  const add = (cx, cy, radius, hue, power, shape) => {
    const left = Math.max(0, Math.floor((cx - radius * 1.2) * height));
    const right = Math.min(width - 1, Math.ceil((cx + radius * 1.2) * height));
    for (let j = Math.max(0, Math.floor((cy - radius * 6) * height)); j < Math.min(height, (cy + radius * 6) * height); j++) {
      for (let i = left; i <= right; i++) {
        const v = shape((i / height - cx) / radius, (j / height - cy) / radius, j) * power;
        if (v <= 0) continue;
        for (let c = 0; c < 3; c++) light[(j * width + i) * 3 + c] += hue[c] * v;
      }
    }
  };
  // the blades of the shutter make the discs slightly eight-sided; their rim is brighter than their middle
  const disc = (x, y) => {
    const angle = Math.atan2(y, x);
    const step = Math.PI / 4;
    const r = Math.hypot(x, y) * mix(1, Math.cos(((angle + 9 * step) % step) - step / 2) / Math.cos(step / 2), 0.6);
    return smooth(1.02, 0.94, r) * (0.72 + 0.35 * r ** 4);
  };
  const streak = (x, y, j) => Math.exp(-x * x * 2.6) * Math.exp(-Math.abs(y) * 0.42) * (0.2 + 1.1 * fractal(x * 0.9 + j * 0.011 + 40, (j / height) * 95, 3) ** 2) * 0.5;
  const lamp = (x, y, radius, hue, power) => {
    add(x, y, radius, hue, power, disc);
    const mirrored = horizon + (horizon - y) * 0.9 + 0.05;
    add(x, mirrored, radius * 1.1, hue, power * 0.9, (u, v, j) => (j / height > horizon + 0.005 ? streak(u, v, j) : 0));
  };
  // rows of street lamps that run towards the vanishing point, then shop lights, cars and a tram's windows
  for (const side of [-1, 1]) {
    for (let k = 0; k < 7; k++) {
      const near = 0.78 ** k;
      lamp(aspect * 0.46 + side * near * 0.72, horizon - near * 0.42, 0.016 + 0.042 * near, hues[k % 2], 0.75);
    }
  }
  for (let k = 0; k < 62; k++) {
    const x = next() * aspect;
    const offside = Math.abs(x / aspect - 0.46) * 2;
    const hue = hues[Math.floor(next() ** 1.4 * 6)];
    lamp(x, horizon - 0.02 - next() * 0.17 * (0.4 + offside), 0.012 + 0.03 * next() * (0.4 + offside), hue, 0.12 + 0.5 * next() ** 2);
  }
  for (let k = 0; k < 9; k++) lamp(aspect * 0.2 + k * 0.034, horizon - 0.035, 0.02, hues[2], 0.32);
  for (const [x, hue] of [[0.5, 2], [0.53, 2], [0.6, 3], [0.63, 3], [0.43, 3]]) lamp(aspect * x, horizon + 0.025, 0.024, hues[hue], 0.9);
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < light.length; at += 3) {
    const grain = (next() + next() - 1) * 0.014;
    for (let c = 0; c < 3; c++) pixels[at + c] = develop(clamp(light[at + c], 0, 4) * 1.05, grain);
  }
  return pixels;
}
