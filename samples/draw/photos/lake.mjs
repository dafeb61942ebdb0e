// A jetty on a lake at sunset, in portrait format, traced ray by ray: sky, hills, water that mirrors them, planks.
import { clamp, develop, fractal, mix, noise, random, smooth } from './noise.mjs';

const sun = normalize([0.2, 0.105, 1]);
const eye = [0.55, 2.15, -1.2];
const deck = { height: 0.5, left: -1.05, right: 1.05, end: 15 };
const posts = [-1.12, 1.12].flatMap((x) => [2.5, 6.6, 10.7, 14.8].map((z) => ({ x, z, radius: 0.11, top: 1.05 })));

function normalize([x, y, z]) {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

/** The light that comes from far away: sky with clouds, the sun, four rows of hills in the haze. */
function distance(x, y, z) {
  const azimuth = Math.atan2(x, z);
  const height = Math.asin(clamp(y, -1, 1));
  const toSun = Math.max(0, x * sun[0] + y * sun[1] + z * sun[2]);
  const up = clamp(height / 0.9, 0, 1) ** 0.55;
  let r = mix(0.78, 0.06, up);
  let g = mix(0.36, 0.14, up);
  let b = mix(0.22, 0.36, up);
  const glow = toSun ** 14 * 0.6 + toSun ** 180 * 1.3;
  r += glow * 1.1;
  g += glow * 0.5;
  b += glow * 0.12;
  // clouds on a flat ceiling, thin towards the zenith, lit from below by the sun
  if (height > 0.005) {
    const far = 1 / (y + 0.07);
    const cloud = fractal(x * far * 1.15 + 4.2, z * far * 0.55 + 1.7, 6);
    const density = smooth(0.45, 0.66, cloud) * smooth(0.01, 0.12, height) * 0.92;
    const rim = (1 - smooth(0.47, 0.62, cloud)) * (0.25 + 0.75 * toSun ** 4);
    r = mix(r, mix(0.2, 1.25, rim), density);
    g = mix(g, mix(0.15, 0.52, rim), density);
    b = mix(b, mix(0.22, 0.3, rim), density);
  }
  const disc = smooth(0.99976, 0.99986, toSun);
  r += disc * 34;
  g += disc * 24;
  b += disc * 12;
  for (let row = 0; row < 4; row++) {
    const trees = row === 3;
    const size = [0.088, 0.062, 0.04, 0.024][row];
    const ridge =
      size * (0.45 + 0.9 * fractal(azimuth * [3.1, 4.6, 6.5, 5][row] + 7 * row, row * 3.7, 5)) -
      (trees ? 0.002 : 0.012) +
      (trees ? 0.013 * noise(azimuth * 210, 3) * noise(azimuth * 63, 8) + 0.006 * noise(azimuth * 640, 5) : 0);
    const cover = smooth(0.0011, -0.0011, height - ridge);
    if (cover === 0) continue;
    const haze = [0.72, 0.5, 0.29, 0.1][row] + 0.16 * toSun ** 10 - 0.1 * clamp(height / size, 0, 1);
    r = mix(r, mix(0.02, 0.62, haze), cover);
    g = mix(g, mix(0.03, 0.31, haze), cover);
    b = mix(b, mix(0.038, 0.3, haze), cover);
  }
  return [r, g, b];
}

/** @returns the nearest hit of the jetty: its distance, colour of the wood, normal; or null */
function jetty(ox, oy, oz, dx, dy, dz) {
  let best = Infinity;
  let hit = null;
  const t = (deck.height - oy) / dy;
  if (t > 1e-3) {
    const x = ox + t * dx;
    const z = oz + t * dz;
    if (x > deck.left && x < deck.right && z > -4 && z < deck.end) {
      const plank = Math.floor(z / 0.19);
      const along = z / 0.19 - plank;
      const tone = 0.72 + 0.5 * noise(plank * 7.3, 2) + 0.3 * (fractal(x * 2.3 + plank * 31, along * 4 + plank * 5, 4) - 0.5);
      const grain = 0.86 + 0.28 * fractal(x * 3, z * 95, 2);
      const wide = 0.055 + 0.0012 * t * t; // gaps blur with distance
      const gap = smooth(0, wide, along) * smooth(0, wide, 1 - along);
      const nail = Math.hypot((Math.abs(x) - 0.86) * 1, (along - 0.5) * 0.19) < 0.013 ? 0.35 : 1;
      best = t;
      hit = { t, x, y: deck.height, z, normal: [0.05 * (noise(x * 5, z * 40) - 0.5), 1, 0], wood: tone * grain * nail * mix(0.12, 1, gap) };
    }
  }
  for (const side of [deck.left, deck.right]) {
    const s = (side - ox) / dx;
    if (s > 1e-3 && s < best) {
      const y = oy + s * dy;
      const z = oz + s * dz;
      if (y < deck.height && y > deck.height - 0.16 && z > -4 && z < deck.end) {
        best = s;
        hit = { t: s, x: side, y, z, normal: [Math.sign(side), 0, 0], wood: 0.55 + 0.3 * fractal(z * 1.5, y * 60, 3) };
      }
    }
  }
  for (const post of posts) {
    const px = ox - post.x;
    const pz = oz - post.z;
    const a = dx * dx + dz * dz;
    const half = px * dx + pz * dz;
    const root = half * half - a * (px * px + pz * pz - post.radius ** 2);
    const cap = (post.top - oy) / dy;
    if (cap > 1e-3 && cap < best && Math.hypot(px + cap * dx, pz + cap * dz) < post.radius) {
      best = cap;
      hit = { t: cap, x: ox + cap * dx, y: post.top, z: oz + cap * dz, normal: [0, 1, 0], wood: 1 };
    }
    if (root <= 0) continue;
    const s = (-half - Math.sqrt(root)) / a;
    const y = oy + s * dy;
    if (s > 1e-3 && s < best && y < post.top && y > -1) {
      const nx = (px + s * dx) / post.radius;
      const nz = (pz + s * dz) / post.radius;
      const wet = smooth(0.32, 0.2, y);
      best = s;
      hit = { t: s, x: ox + s * dx, y, z: oz + s * dz, normal: [nx, 0, nz], wood: mix(0.5 + 0.5 * fractal(Math.atan2(nx, nz) * 5 + post.x, y * 3, 4), 0.22, wet) };
    }
  }
  return hit;
}

function shadeWood({ x, y, z, normal, wood }) {
  const lit = Math.max(0, normal[0] * sun[0] + normal[1] * sun[1] + normal[2] * sun[2]);
  const shadow = jetty(x + 2e-3 * normal[0], y + 2e-3, z + 2e-3 * normal[2], ...sun) ? 0.15 : 1;
  const direct = lit * shadow * 4.6;
  const sky = 0.3 + 0.22 * normal[1];
  return [wood * (0.38 * direct * 1.15 + 0.2 * sky), wood * (0.29 * direct * 0.66 + 0.2 * sky), wood * (0.22 * direct * 0.34 + 0.25 * sky)];
}

function trace(dx, dy, dz) {
  const wood = jetty(...eye, dx, dy, dz);
  if (wood) return shadeWood(wood);
  if (dy >= -0.0004) return distance(dx, dy, dz);
  const t = -eye[1] / dy;
  const x = eye[0] + t * dx;
  const z = eye[2] + t * dz;
  // ripples: slopes from the difference of noise, flatter in the distance
  const calm = 1 / (1 + t * 0.012);
  const swell = 0.06 * calm;
  const wave = (u, v) => 0.7 * fractal(u * 0.55, v * 1.7, 3) + 0.3 * fractal(u * 3.1 + 5, v * 8.5, 2) * (0.35 + noise(u * 0.13, v * 0.05));
  const here = wave(x, z);
  const sx = ((wave(x + 0.05, z) - here) / 0.05) * swell;
  const sz = ((wave(x, z + 0.05) - here) / 0.05) * swell;
  const n = normalize([-sx, 1, -sz]);
  const facing = dx * n[0] + dy * n[1] + dz * n[2];
  let [rx, ry, rz] = [dx - 2 * facing * n[0], dy - 2 * facing * n[1], dz - 2 * facing * n[2]];
  if (ry < 0.002) ry = 0.002 + 0.1 * (0.002 - ry);
  const mirror = 0.03 + 0.97 * (1 - Math.min(1, Math.abs(facing))) ** 5;
  const seen = jetty(x, 0.001, z, rx, ry, rz);
  const [r, g, b] = seen ? shadeWood(seen) : distance(rx, ry, rz);
  const deep = 1 - mirror;
  return [Math.min(r, 9) * mirror + 0.008 * deep, Math.min(g, 9) * mirror + 0.026 * deep, Math.min(b, 9) * mirror + 0.036 * deep];
}

/** @returns raw RGB of the picture as it is to be seen, upright */
export function lake(width, height, samples) {
  const next = random(2041);
  const pixels = Buffer.alloc(width * height * 3);
  const [tilt, field] = [-0.12, 1.02];
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      let [r, g, b] = [0, 0, 0];
      for (let sample = 0; sample < samples; sample++) {
        const u = ((i + next()) / width - 0.5) * field * (width / height);
        const v = (0.5 - (j + next()) / height) * field;
        const ray = normalize([u - 0.02, v + tilt, 0.92]);
        const light = trace(...ray);
        r += Math.min(light[0], 12);
        g += Math.min(light[1], 12);
        b += Math.min(light[2], 12);
      }
      const edge = 1 - 0.42 * (((i / width - 0.5) ** 2 + (j / height - 0.5) ** 2) / 0.5);
      const scale = (0.84 * edge) / samples;
      const grain = (next() + next() - 1) * 0.012;
      const at = (j * width + i) * 3;
      pixels[at] = develop(r * scale, grain);
      pixels[at + 1] = develop(g * scale, grain);
      pixels[at + 2] = develop(b * scale, grain);
    }
  }
  return pixels;
}
