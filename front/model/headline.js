// From structural choices to what is answered: history's offsets, then the user's own chances.
// The definitions are sidelines/assess/headline.py and sidelines/assess/overrides.py.

import { BUNDLES, RUNGS, rungOf } from "./ladder.js";

const STEPS = RUNGS.length - 1;

function moved(chance, offset) {
  const odds = Math.exp(offset);
  return (chance * odds) / (1 - chance + chance * odds);
}

/** Rungs that history speaks of: those with which a step of its record begins. */
function told(forecast) {
  return forecast.map((value, r) => value !== null && (r === 0 || value !== forecast[r - 1]));
}

/** Chances that never rise from rung to rung; those that history speaks of hold. */
function inOrder(reaching, speaks) {
  let most = 1;
  const held = reaching.map((chance, r) => {
    if (!speaks[r]) return 0;
    most = Math.min(most, chance);
    return most;
  });
  let least = 0;
  const atLeast = [...held];
  for (let r = STEPS - 1; r >= 0; r--) atLeast[r] = least = Math.max(least, held[r]);
  let ceiling = 1;
  return reaching.map((chance, r) => {
    const kept = speaks[r] ? held[r] : Math.max(chance, atLeast[r]);
    ceiling = Math.min(ceiling, kept);
    return ceiling;
  });
}

/** Move the chances of one role's bundles in one draw by the offsets of its headline, in place. */
export function adjust(prob, { offset, forecast }) {
  if (!offset.some(Boolean)) return;
  const before = new Float64Array(RUNGS.length);
  for (let b = 0; b < BUNDLES; b++) before[rungOf(b)] += prob[b];
  const reaching = new Array(STEPS).fill(0);
  for (let r = STEPS - 1, sum = 0; r >= 0; r--) reaching[r] = moved((sum += before[r + 1]), offset[r]);
  const ordered = [1, ...inOrder(reaching, told(forecast)), 0];
  const share = before.map((chance, r) => (chance > 0 ? (ordered[r] - ordered[r + 1]) / chance : 0));
  let sum = 0;
  for (let b = 0; b < BUNDLES; b++) sum += prob[b] *= share[rungOf(b)];
  for (let b = 0; b < BUNDLES; b++) prob[b] /= sum;
}

/** Put the user's own chances in place, the last one exactly, by Jeffrey's rule. */
export function override(prob, overrides) {
  for (const { rung, at_least: upwards, probability } of overrides) {
    const wanted = RUNGS.indexOf(rung);
    const inside = (b) => (upwards && wanted > 0 ? rungOf(b) >= wanted : rungOf(b) === wanted);
    for (const [part, mass] of [[inside, probability], [(b) => !inside(b), 1 - probability]]) {
      let held = 0;
      let count = 0;
      for (let b = 0; b < BUNDLES; b++) if (part(b)) (held += prob[b]), count++;
      for (let b = 0; b < BUNDLES; b++) if (part(b)) prob[b] = mass * (held > 0 ? prob[b] / held : 1 / count);
    }
  }
}
