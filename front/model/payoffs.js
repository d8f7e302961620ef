// From inputs and slopes to what each act is worth, delivers and risks, for one power in one draw.
// The same terms in the same order as sidelines/assess/payoffs.py, which is the definition.

import { BUNDLES, CARRIED, INSTRUMENTS, LEVELS, TALK, eachBundle, holds, tops, totals } from "./ladder.js";

const FIRST_CARRIED = INSTRUMENTS.indexOf(CARRIED[0]);
const WEAPONS = INSTRUMENTS.indexOf("weapons");
const MATERIAL = INSTRUMENTS.length - TALK;
const ARMED = [WEAPONS - TALK, INSTRUMENTS.indexOf("forces") - TALK];

/** What does not change from draw to draw: the scales, per bundle and per level. */
export function tables(scales) {
  const material = eachBundle((b) => (b >> TALK ? 1 : 0));
  const company = totals(scales.company).map((sum, b) => sum * material[b]);
  const atLevels = (scale) => tops(scale).filter((_, b) => b % (1 << TALK) === 0);
  return {
    scales,
    material,
    company,
    inertia: totals(scales.inertia),
    haul: totals(scales.haul),
    duty: tops(scales.duty),
    offence: tops(scales.offence),
    loudness: tops(scales.loudness),
    deed: tops(scales.deed),
    heat: atLevels(scales.heat),
    joining: atLevels(scales.joining),
  };
}

/** The worth of every bundle of one power in one draw, whatever the others do [log-odds]. */
export function worthOf(own, slope, at, done, out) {
  const missing = CARRIED.map((_, k) => slope.geography * (1 - own.arrival[k]) * at.scales.haul[FIRST_CARRIED + k]);
  for (let b = 0; b < BUNDLES; b++) {
    let worth = -slope.inertia * at.inertia[b];
    missing.forEach((cost, k) => {
      worth -= cost * holds(b, FIRST_CARRIED + k);
    });
    worth -= slope.overstretch * own.overstretch * at.haul[b];
    worth -= slope.neutrality * own.reserved * at.material[b];
    worth += slope.accompaniment * at.company[b];
    worth += slope.commitment * own.commitment * at.duty[b];
    worth -= slope.economy * own.exposure * at.offence[b];
    worth += slope.rents * own.rents * holds(b, WEAPONS);
    own.flow.forEach((flowed, i) => {
      worth += slope.flow * flowed * holds(b, i);
    });
    worth -= slope.audience * Math.max(0, Math.max(at.loudness[b], own.said) - at.deed[b]);
    out[b] = (b & done) === done ? worth : -Infinity;
  }
}

/**
 * What each level of one power adds for the target, net of sign.
 *
 * In log-odds; where salvos decide, in standard deviations of the exchange.
 */
export function strengthOf(own, side, parties, slope, at, out) {
  if (parties.salvo) {
    const arriving = own.batteries * own.arrival[CARRIED.indexOf("weapons")];
    const stopping = Math.min(arriving * parties.salvo.perBattery, parties.salvo.sure);
    for (let l = 0; l < LEVELS; l++) out[l] = ARMED.some((i) => holds(l, i)) ? stopping : 0;
    return;
  }
  const base = side > 0 ? parties.targetStrength : parties.attackStrength;
  const sent = new Float64Array(MATERIAL);
  for (let i = 0; i < MATERIAL; i++) {
    const carried = i + TALK - FIRST_CARRIED;
    sent[i] = own.strength * at.scales.strength[i + TALK];
    sent[i] *= 1 - at.scales.haul[i + TALK] * own.overstretch;
    if (carried >= 0) sent[i] *= own.arrival[carried];
  }
  for (let l = 0; l < LEVELS; l++) {
    let amount = 0;
    for (let i = 0; i < MATERIAL; i++) amount += sent[i] * holds(l, i);
    out[l] = side * slope.decisiveness * Math.log1p(amount / base);
  }
}

/** Merge the bundles of each level: its worth, and each bundle's share of it. */
export function merge(worth, levels, shares) {
  const size = 1 << TALK;
  for (let l = 0; l < LEVELS; l++) {
    let top = -Infinity;
    for (let b = l * size; b < (l + 1) * size; b++) top = Math.max(top, worth[b]);
    let sum = 0;
    for (let b = l * size; b < (l + 1) * size; b++) sum += top === -Infinity ? 0 : Math.exp(worth[b] - top);
    levels[l] = sum > 0 ? top + Math.log(sum) : -Infinity;
    for (let b = l * size; b < (l + 1) * size; b++) shares[b] = sum > 0 ? Math.exp(worth[b] - levels[l]) : 0;
  }
}
