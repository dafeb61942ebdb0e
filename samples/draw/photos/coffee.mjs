// A cup of coffee on a wooden table by a window: path-traced, with a lens, so that the background is out of focus.
import { develop, fractal, mix, noise, random, smooth } from './noise.mjs';

const surfaces = { table: 0, cup: 1, coffee: 2, saucer: 3, spoon: 4, cake: 5 };
const window = { x: -6.5, low: 0.6, high: 6.2, near: -4.5, far: 4, power: 7.5 };

// Math.hypot is many times slower than the plain root.
const long = (x, y) => Math.sqrt(x * x + y * y);

const round = (radius, height, edge, r, y) => {
  const a = r - radius + edge;
  const b = Math.abs(y) - height + edge;
  return Math.min(Math.max(a, b), 0) + long(Math.max(a, 0), Math.max(b, 0)) - edge;
};

let nearest = 0; // the surface that `far` was last closest to

/** Signed distance to everything on the table, whose top is y = 0. */
function far(x, y, z) {
  let best = y;
  nearest = surfaces.table;
  const r = long(x, z);
  // saucer: a shallow bowl
  if (r < 2.4 && y < 0.7) {
    const lift = 0.1 + 0.2 * smooth(0.9, 1.95, r);
    const d = round(1.9, 0.045, 0.04, r, y - lift) * 0.8;
    if (d < best) {
      best = d;
      nearest = surfaces.saucer;
    }
    const sx = x * 0.86 + z * 0.51 - 0.2;
    const sz = -x * 0.51 + z * 0.86 + 1.28;
    const handle = long(Math.max(Math.abs(sx) - 1.15, 0), long(y - 0.36 - 0.02 * sx * sx, sz)) - 0.055;
    const bowl = (long(long((sx + 1.35) / 1.5, (y - 0.4) / 0.55), sz) - 0.2) * 0.5;
    const spoon = Math.min(handle, bowl) * 0.8;
    if (spoon < best) {
      best = spoon;
      nearest = surfaces.spoon;
    }
  }
  const outside = round(1.12, 0.72, 0.22, r * (1.02 - 0.1 * (y - 0.9)), y - 0.93);
  if (outside < 1.6) {
    const inside = round(1.01, 0.9, 0.2, r * (1.02 - 0.1 * (y - 0.9)), y - 1.18);
    const ring = long(long((x - 1.2) * 1.05, (y - 0.95) * 0.9) - 0.42, z) - 0.105;
    const handle = Math.max(ring, -outside - 0.02);
    let cup = Math.max(outside, -inside);
    const k = Math.max(0.12 - Math.abs(cup - handle), 0) / 0.12;
    cup = Math.max(Math.min(cup, handle) - k * k * 0.03, -inside) * 0.85;
    if (cup < best) {
      best = cup;
      nearest = surfaces.cup;
    }
    const coffee = round(1.05, 0.04, 0.01, r, y - 1.36);
    if (coffee < best) {
      best = coffee;
      nearest = surfaces.coffee;
    }
  }
  // a slice of cake on a plate, behind
  const cx = x + 2.1;
  const cz = z - 4.6;
  if (long(cx, cz) < 3 && y < 2.2) {
    const plate = round(1.7, 0.05, 0.04, long(cx, cz), y - 0.12);
    if (plate < best) {
      best = plate;
      nearest = surfaces.saucer;
    }
    const wedge = Math.max(Math.abs(y - 0.72) - 0.5, -cx * 0.94 - 0.34 * cz - 0.75, cx * 0.94 - 0.34 * cz - 0.75, cz - 1.05) * 0.8 - 0.04;
    if (wedge < best) {
      best = wedge;
      nearest = surfaces.cake;
    }
  }
  return best;
}

/** Whether a ray comes within `radius` of a centre. */
function passes(o, d, x, y, z, radius) {
  const [cx, cy, cz] = [x - o[0], y - o[1], z - o[2]];
  const along = Math.max(0, cx * d[0] + cy * d[1] + cz * d[2]);
  const [mx, my, mz] = [cx - along * d[0], cy - along * d[1], cz - along * d[2]];
  return mx * mx + my * my + mz * mz < radius * radius;
}

/** @returns how far a ray goes until it hits something; Infinity where it leaves the table */
function march(o, d) {
  if (!passes(o, d, 0, 0.9, 0, 2.25) && !passes(o, d, -2.1, 0.6, 4.6, 1.95)) return d[1] < 0 ? -o[1] / d[1] : Infinity;
  let t = 0.01;
  for (let step = 0; step < 110; step++) {
    const s = far(o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2]);
    if (s < 0.0012 + 0.0003 * t) return t;
    t += s;
    if (t > 40 || (d[1] > 0 && o[1] + t * d[1] > 3)) return Infinity;
  }
  return t;
}

function normalAt(p) {
  const e = 0.0015;
  const d = far(...p);
  return normalize([far(p[0] + e, p[1], p[2]) - d, far(p[0], p[1] + e, p[2]) - d, far(p[0], p[1], p[2] + e) - d]);
}

function normalize([x, y, z]) {
  const length = Math.sqrt(x * x + y * y + z * z) || 1;
  return [x / length, y / length, z / length];
}

/** What a ray sees that leaves the table: the window on the left with its bars, a dim warm room elsewhere. */
function room([ox, oy, oz], [dx, dy, dz]) {
  if (dx < 0) {
    const t = (window.x - ox) / dx;
    const y = oy + t * dy;
    const z = oz + t * dz;
    if (y > window.low && y < window.high && z > window.near && z < window.far) {
      const bar = Math.abs(y - 3.6) < 0.09 || Math.abs(z + 0.2) < 0.1;
      return bar ? [0.5, 0.45, 0.4] : [window.power, window.power * 1.02, window.power * 1.05];
    }
  }
  const up = 0.5 + 0.5 * dy;
  const lamp = Math.max(0, dx * 0.55 + dy * 0.35 + dz * 0.76) ** 60 * 6;
  const wall = 0.32 + 0.12 * noise(dx * 6 + 9, dy * 4 + 3);
  return [mix(0.1, wall * 0.95, up) + lamp, mix(0.08, wall * 0.8, up) + lamp * 0.75, mix(0.07, wall * 0.66, up) + lamp * 0.42];
}

function material(kind, [x, y, z]) {
  if (kind === surfaces.table) {
    const board = Math.floor(x / 1.9 + 0.37);
    const within = x / 1.9 + 0.37 - board;
    const grain = fractal(x * 5 + board * 13, z * 0.45 + 3 * board + 0.4 * noise(x * 2, z * 0.3), 5);
    const rings = 0.5 + 0.5 * Math.sin((x * 2.1 + 2.4 * fractal(x * 0.6 + board * 5, z * 0.16, 3)) * 15);
    const seam = smooth(0, 0.012, within) * smooth(0, 0.012, 1 - within);
    const tone = (0.55 + 0.75 * grain + 0.14 * rings) * mix(0.3, 1, seam) * (0.86 + 0.2 * noise(board * 3.3, 1));
    return { colour: [0.36 * tone, 0.19 * tone, 0.092 * tone], gloss: 0.035, rough: 0.16 };
  }
  if (kind === surfaces.cup) {
    const band = smooth(0.02, 0, Math.abs(y - 1.5) - 0.022);
    return { colour: [mix(0.82, 0.07, band), mix(0.8, 0.19, band), mix(0.74, 0.3, band)], gloss: 0.045, rough: 0.02 };
  }
  if (kind === surfaces.saucer) return { colour: [0.82, 0.8, 0.75], gloss: 0.045, rough: 0.03 };
  if (kind === surfaces.spoon) return { colour: [0.75, 0.74, 0.72], gloss: 1, rough: 0.06 };
  if (kind === surfaces.cake) {
    const layer = y > 1.1 ? [0.82, 0.66, 0.42] : y < 0.4 ? [0.5, 0.3, 0.13] : [0.93, 0.82, 0.55];
    const crumb = 0.8 + 0.35 * noise(x * 25, y * 25 + z * 11);
    return { colour: layer.map((c) => c * crumb), gloss: 0.01, rough: 0.5 };
  }
  // coffee: crema with a rosette drawn in milk
  const angle = Math.atan2(z, x);
  const r = long(x, z);
  const leaf = Math.abs(Math.sin(5.2 * r - 2.1 * Math.abs(Math.sin(angle + 0.6)) * 1.9 + 0.6));
  const milk = smooth(0.55, 0.85, leaf + 0.25 * (fractal(x * 5, z * 5, 3) - 0.5)) * smooth(0.86, 0.6, r);
  const crema = 0.75 + 0.5 * fractal(x * 9, z * 9, 3);
  return { colour: [mix(0.3 * crema, 0.88, milk), mix(0.13 * crema, 0.76, milk), mix(0.045 * crema, 0.57, milk)], gloss: 0.03, rough: 0.03 };
}

function path(o, d, next, stratum) {
  const light = [0, 0, 0];
  let weight = [1, 1, 1];
  let limit = Infinity; // how bright the room may look: noise comes from the window that few rays find
  for (let bounce = 0; bounce < 4; bounce++) {
    const t = march(o, d);
    if (t === Infinity) {
      const seen = room(o, d);
      for (let c = 0; c < 3; c++) light[c] += weight[c] * Math.min(seen[c], limit);
      break;
    }
    const p = [o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2]];
    far(...p);
    const kind = nearest;
    const n = normalAt(p);
    const { colour, gloss, rough } = material(kind, p);
    const facing = Math.max(0, -(d[0] * n[0] + d[1] * n[1] + d[2] * n[2]));
    const fresnel = gloss + (1 - gloss) * (1 - facing) ** 5 * (rough > 0.3 ? 0.1 : 1);
    o = [p[0] + n[0] * 0.006, p[1] + n[1] * 0.006, p[2] + n[2] * 0.006];
    const chance = Math.min(0.95, Math.max(fresnel, 0.08));
    if (next() < chance) {
      const k = fresnel / chance;
      weight = gloss === 1 ? weight.map((w, c) => w * colour[c] * k) : weight.map((w) => w * k);
      const dot = 2 * (d[0] * n[0] + d[1] * n[1] + d[2] * n[2]);
      d = normalize([d[0] - dot * n[0] + rough * (next() - 0.5) * 2, d[1] - dot * n[1] + rough * (next() - 0.5) * 2, d[2] - dot * n[2] + rough * (next() - 0.5) * 2]);
      if (d[0] * n[0] + d[1] * n[1] + d[2] * n[2] <= 0) break;
      limit = Math.min(limit, bounce === 0 && rough < 0.1 ? Infinity : 2);
      continue;
    }
    weight = weight.map((w, c) => (w * colour[c] * (1 - fresnel)) / (1 - chance));
    // aim at the window
    const wy = mix(window.low, window.high, ((stratum % 4) + next()) / 4);
    const wz = mix(window.near, window.far, ((Math.floor(stratum / 4) % 4) + next()) / 4);
    const to = [window.x - o[0], wy - o[1], wz - o[2]];
    const gap = Math.sqrt(to[0] * to[0] + to[1] * to[1] + to[2] * to[2]);
    const dir = [to[0] / gap, to[1] / gap, to[2] / gap];
    const cos = dir[0] * n[0] + dir[1] * n[1] + dir[2] * n[2];
    if (cos > 0 && dir[0] < 0 && march(o, dir) === Infinity) {
      const area = (window.high - window.low) * (window.far - window.near);
      const sent = (window.power * cos * -dir[0] * area) / (gap * gap * Math.PI);
      light[0] += weight[0] * sent;
      light[1] += weight[1] * sent * 1.02;
      light[2] += weight[2] * sent * 1.05;
    }
    const a = 2 * Math.PI * next();
    const z = 2 * next() - 1;
    const s = Math.sqrt(1 - z * z);
    d = normalize([n[0] + s * Math.cos(a), n[1] + s * Math.sin(a), n[2] + z]);
    limit = 0.8; // the window itself was counted where it was aimed at
  }
  return light;
}

/** Evens out the noise of few rays but keeps edges: a bilateral filter on the logarithm of the light. */
function calm(light, width, height) {
  const reach = 4;
  const logs = light.map((v) => Math.log2(v + 0.02));
  const out = new Float32Array(light.length);
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const at = (j * width + i) * 3;
      let [r, g, b, total] = [0, 0, 0, 0];
      for (let y = Math.max(0, j - reach); y <= Math.min(height - 1, j + reach); y++) {
        for (let x = Math.max(0, i - reach); x <= Math.min(width - 1, i + reach); x++) {
          const k = (y * width + x) * 3;
          const unlike = (logs[k] - logs[at]) ** 2 + (logs[k + 1] - logs[at + 1]) ** 2 + (logs[k + 2] - logs[at + 2]) ** 2;
          const weight = Math.exp(-unlike / 0.16 - ((x - i) ** 2 + (y - j) ** 2) / 9);
          r += weight * light[k];
          g += weight * light[k + 1];
          b += weight * light[k + 2];
          total += weight;
        }
      }
      out[at] = r / total;
      out[at + 1] = g / total;
      out[at + 2] = b / total;
    }
  }
  return out;
}

/** @returns raw RGB */
export function coffee(width, height, samples) {
  const next = random(1542);
  const light = new Float32Array(width * height * 3);
  const eye = [1.35, 4.3, -6.2];
  const target = [-0.15, 0.85, 0.25];
  const forward = normalize(target.map((v, c) => v - eye[c]));
  const right = normalize([forward[2], 0, -forward[0]]);
  const up = [forward[1] * right[2] - forward[2] * right[1], forward[2] * right[0] - forward[0] * right[2], forward[0] * right[1] - forward[1] * right[0]];
  const focus = Math.sqrt(target.reduce((sum, v, c) => sum + (v - eye[c]) ** 2, 0)) - 0.55;
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      for (let sample = 0; sample < samples; sample++) {
        const u = ((i + next()) / width - 0.5) * 0.84;
        const v = (0.5 - (j + next()) / height) * 0.84 * (height / width);
        const a = 2 * Math.PI * next();
        const lens = 0.17 * Math.sqrt(((sample % 8) + next()) / 8);
        const [lx, ly] = [lens * Math.cos(a), lens * Math.sin(a)];
        const o = eye.map((e, c) => e + right[c] * lx + up[c] * ly);
        const d = normalize(eye.map((e, c) => e + (forward[c] + right[c] * u + up[c] * v) * focus - o[c]));
        const seen = path(o, d, next, sample);
        for (let c = 0; c < 3; c++) light[(j * width + i) * 3 + c] += Math.min(seen[c], 3.5) / samples;
      }
    }
  }
  const even = calm(light, width, height);
  const pixels = Buffer.alloc(even.length);
  for (let at = 0; at < even.length; at += 3) {
    const grain = (next() + next() - 1) * 0.01;
    for (let c = at; c < at + 3; c++) pixels[c] = develop(even[c] * 0.78, grain);
  }
  return pixels;
}
