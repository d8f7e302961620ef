// The compiled decision core: one batch of games in its memory, solved in place.

import { MODES, table } from "./fourier.js";
import { LEVELS } from "./ladder.js";

const FIT_TOLERANCE = 1e-6;
const TOLERANCE = 1e-7;
const MAX_STEPS = 3000;
const EXCHANGE = 8;

/** Doubles that each array of a game takes, in the order in which the kernel reads them. */
function extents(draws, roles, acts) {
  const levels = draws * roles * LEVELS;
  return {
    own: draws * roles * acts,
    level: acts,
    side: roles,
    strength: levels,
    dread: levels,
    heat: levels,
    joining: levels,
    gain: draws * roles,
    entrapment: draws,
    complementarity: draws,
    exchange: draws * EXCHANGE,
    table: 0,
    setting: 2,
    start: levels,
    prob: levels,
    residual: draws,
    steps: draws,
    fitError: draws,
    share: draws * roles * acts,
    worth: levels,
    scratch: 0,
  };
}

const BY_DRAW = ["own", "strength", "dread", "heat", "joining", "gain", "entrapment", "complementarity",
  "exchange", "start", "prob", "residual", "steps", "fitError", "share", "worth"];

/**
 * Return a batch of games in the memory of a fresh instance of the kernel.
 *
 * Its arrays are views that the caller fills; `solve(count)` solves the first `count` draws from
 * `start` into `prob` and returns how many did not settle.
 */
export async function batch(module, { draws, roles, link }) {
  const instance = await WebAssembly.instantiate(module, {});
  const { memory, __heap_base: base, sl_solve: run, sl_scratch: scratch } = instance.exports;
  const sizes = extents(draws, roles, LEVELS);
  const tables = new Map();
  const most = table(MODES.at(-1));
  sizes.table = most.length;
  tables.set(MODES.at(-1), most);

  let top = (base.value + 15) & ~15;
  const claim = (bytes) => {
    const start = top;
    top = (top + bytes + 15) & ~15;
    const lacking = top - memory.buffer.byteLength;
    if (lacking > 0) memory.grow(Math.ceil(lacking / 65536));
    return start;
  };
  const size = claim(4 * 8);
  const pointers = claim(4 * Object.keys(sizes).length);
  const tell = (count, modes) =>
    new Int32Array(memory.buffer, size, 8).set([count, roles, LEVELS, LEVELS, modes, link, 1, MAX_STEPS]);
  tell(draws, MODES.at(-1));
  sizes.scratch = scratch(size);
  const places = Object.fromEntries(Object.entries(sizes).map(([name, length]) => [name, claim(8 * length)]));
  const view = Object.fromEntries(
    Object.entries(sizes).map(([name, length]) => [name, new Float64Array(memory.buffer, places[name], length)]),
  );
  view.level.set(Array.from({ length: LEVELS }, (_, l) => l));

  /** Solve `count` draws from draw `first` on with a number of modes, those that it fits. */
  function attempt(first, count, modes, enough) {
    if (!tables.has(modes)) tables.set(modes, table(modes));
    view.table.set(tables.get(modes));
    view.setting.set([enough, TOLERANCE]);
    tell(count, modes);
    const offset = (name) => (BY_DRAW.includes(name) ? (first * 8 * sizes[name]) / draws : 0);
    new Uint32Array(memory.buffer, pointers, Object.keys(sizes).length).set(
      Object.keys(sizes).map((name) => places[name] + offset(name)),
    );
    run(size, pointers);
  }

  function solve(count) {
    view.residual.fill(Infinity, 0, count);
    attempt(0, count, MODES[0], FIT_TOLERANCE);
    for (let d = 0; d < count; d++) {
      for (let m = 1; m < MODES.length && !(view.fitError[d] < FIT_TOLERANCE); m++) {
        const last = m === MODES.length - 1;
        attempt(d, 1, MODES[m], last ? Infinity : FIT_TOLERANCE);
        if (last) break;
      }
    }
    return view.residual.subarray(0, count).reduce((sum, gap) => sum + (gap < TOLERANCE ? 0 : 1), 0);
  }

  return { ...view, solve };
}
