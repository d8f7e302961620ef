// The ladder of support: seven rungs, six instruments, sixty-four bundles numbered by their bits.

export const RUNGS = ["nothing", "words", "diplomatic", "money", "weapons", "advisers", "forces"];
export const INSTRUMENTS = RUNGS.slice(1);
export const CARRIED = ["weapons", "advisers", "forces"];
export const BUNDLES = 64;

/** Bundles that differ in words and diplomatic cover alone are alike to everybody else: a level. */
export const TALK = 2;
export const LEVELS = BUNDLES >> TALK;

/** Whether a bundle holds an instrument. */
export const holds = (bundle, instrument) => (bundle >> instrument) & 1;

/** The rung of a bundle: its highest instrument. */
export const rungOf = (bundle) => 32 - Math.clz32(bundle);

/** Per bundle, the sum of a scale over its instruments. */
export function totals(scale) {
  return eachBundle((bundle) => INSTRUMENTS.reduce((sum, _, i) => sum + holds(bundle, i) * scale[i], 0));
}

/** Per bundle, the largest value of a scale over its instruments; nothing has zero. */
export function tops(scale) {
  return eachBundle((bundle) => Math.max(...INSTRUMENTS.map((_, i) => holds(bundle, i) * scale[i])));
}

/** Per bundle, any number. */
export function eachBundle(number) {
  return Float64Array.from({ length: BUNDLES }, (_, bundle) => number(bundle));
}
