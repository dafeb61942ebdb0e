// Writes models as GGUF version 3: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';

const ALIGNMENT = 32;
const F32 = 0;
/** The types of values, by their numbers in the format. */
const TYPE = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 };

/** @param {number} size */
const aligned = (size) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;

export class GgufWriter {
  /** @type {Buffer[]} */
  #fields = [];
  #fieldCount = 0;
  /** @type {{ name: string, dims: number[], data: Float32Array }[]} */
  #tensors = [];

  /**
   * A field, such as `llama.block_count`.
   * @param {string} key
   * @param {'u32' | 'i32' | 'f32' | 'bool' | 'string'} type
   * @param {any} value
   */
  field(key, type, value) {
    this.#fields.push(string(key), u32(TYPE[type]), scalar(type, value));
    this.#fieldCount++;
    return this;
  }

  /**
   * A field with a list.
   * @param {string} key
   * @param {'i32' | 'f32' | 'string'} type
   * @param {any[]} values
   */
  list(key, type, values) {
    this.#fields.push(string(key), u32(TYPE.array), u32(TYPE[type]), u64(values.length));
    for (const value of values) this.#fields.push(scalar(type, value));
    this.#fieldCount++;
    return this;
  }

  /**
   * A tensor; zeros where no data is given.
   * @param {string} name
   * @param {number[]} dims the fastest first: a matrix from n inputs to m outputs is [n, m]
   * @param {Float32Array} [data]
   */
  tensor(name, dims, data = new Float32Array(dims.reduce((product, dim) => product * dim, 1))) {
    this.#tensors.push({ name, dims, data });
    return this;
  }

  /** @param {string} path */
  write(path) {
    const head = [
      Buffer.from('GGUF'),
      u32(3),
      u64(this.#tensors.length),
      u64(this.#fieldCount),
      ...this.#fields,
    ];
    let offset = 0;
    for (const { name, dims, data } of this.#tensors) {
      head.push(string(name), u32(dims.length), ...dims.map(u64), u32(F32), u64(offset));
      offset += aligned(data.byteLength);
    }
    const parts = [padded(Buffer.concat(head))];
    for (const { data } of this.#tensors) {
      parts.push(padded(Buffer.from(data.buffer, data.byteOffset, data.byteLength)));
    }
    writeFileSync(path, Buffer.concat(parts));
  }
}

/** @param {Buffer} bytes */
const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);

/** @param {number} value */
function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** @param {number} value */
function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** @param {string} text */
function string(text) {
  const bytes = Buffer.from(text);
  return Buffer.concat([u64(bytes.length), bytes]);
}

/**
 * @param {'u32' | 'i32' | 'f32' | 'bool' | 'string'} type
 * @param {any} value
 */
function scalar(type, value) {
  if (type === 'string') return string(value);
  if (type === 'bool') return Buffer.from([value ? 1 : 0]);
  const bytes = Buffer.alloc(4);
  if (type === 'f32') bytes.writeFloatLE(value);
  else bytes.writeInt32LE(value);
  return bytes;
}
