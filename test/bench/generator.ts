/** Numbers from 0 to 1, the same in each run. https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
