// One crisis as a batch of games: as assessed, with levers moved, with factors removed.

import { unpack } from "./draws.js";
import { adjust, override } from "./headline.js";
import { batch } from "./kernel.js";
import { BUNDLES, CARRIED, INSTRUMENTS, LEVELS, RUNGS, TALK, eachBundle, holds, rungOf, tops } from "./ladder.js";
import { merge, strengthOf, tables, worthOf } from "./payoffs.js";

/** The levers, and the input that each one moves. */
export const LEVERS = {
  stake: "stake",
  commitment: "commitment",
  arrival: "arrival",
  overstretch: "overstretch",
  caution: "danger",
  exposure: "exposure",
  rents: "rents",
};

const RUNG_OF = eachBundle(rungOf);
const PROBIT = 1;

/** Move a value by a share of the way to one (above zero) or to nothing (below zero). */
const towards = (value, share) => (share > 0 ? value + share * (1 - value) : value + share * value);

/** The chance that a share of sorted values lies below, as numpy reckons quantiles. */
export function quantile(sorted, share) {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}

const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

/**
 * Return the model of a crisis.
 *
 * @param {WebAssembly.Module} module the kernel
 * @param {Object} about the document of the draws: counts, roles, scales, layout, starts
 * @param {ArrayBuffer} buffer the draws themselves
 */
export async function load(module, about, buffer) {
  const { draws, roles, scales } = about;
  const columns = unpack(buffer, about);
  const at = tables(scales);
  const salvo = about.salvo;
  const games = await batch(module, { draws, roles: roles.length, link: salvo ? PROBIT : 0 });
  const shares = new Float64Array(draws * roles.length * BUNDLES);
  const slopes = Array.from({ length: draws }, (_, d) =>
    Object.fromEntries(about.slopes.map((name) => [name, columns[`slope.${name}`][0][d]])),
  );
  const parties = Array.from({ length: draws }, (_, d) => ({
    attackStrength: columns.attack_strength[0][d],
    targetStrength: columns.target_strength[0][d],
    salvo: salvo && { perBattery: salvo.per_battery[d], sure: salvo.sure[d] },
  }));
  const sides = roles.map((role) => (role.side === "target" ? 1 : -1));
  const worth = new Float64Array(BUNDLES);
  const rowOf = (name) => roles.findIndex((role) => role.name === name);

  /** One role's inputs in one draw, with levers moved and values set. */
  function inputsOf(i, d, moves, set) {
    const value = (name) => columns[name][i][d];
    const own = {
      strength: value("strength"),
      overstretch: value("overstretch"),
      stake: value("stake"),
      commitment: value("commitment"),
      danger: value("danger"),
      exposure: value("exposure"),
      rents: value("rents"),
      said: value("said"),
      reserved: value("reserved"),
      batteries: value("batteries"),
      arrival: CARRIED.map((_, k) => columns.arrival[i * CARRIED.length + k][d]),
      flow: INSTRUMENTS.map((_, k) => columns.flow[i * INSTRUMENTS.length + k][d]),
    };
    for (const [lever, share] of Object.entries(moves)) {
      const name = LEVERS[lever];
      own[name] = name === "arrival" ? own.arrival.map((one) => towards(one, share)) : towards(own[name], share);
    }
    for (const [name, change] of Object.entries(set)) {
      own[name] = name === "arrival" ? own.arrival.map(change) : change(own[name]);
    }
    return own;
  }

  /** Write one role's payoffs into the games of the first draws. */
  function place(i, count, moves = {}, set = {}) {
    for (let d = 0; d < count; d++) {
      const own = inputsOf(i, d, moves, set);
      const here = d * roles.length + i;
      const levels = (name) => games[name].subarray(here * LEVELS, (here + 1) * LEVELS);
      worthOf(own, slopes[d], at, roles[i].done, worth);
      merge(worth, levels("own"), shares.subarray(here * BUNDLES, (here + 1) * BUNDLES));
      strengthOf(own, sides[i], parties[d], slopes[d], at, levels("strength"));
      games.gain[here] = slopes[d].stake * own.stake * sides[i];
      levels("heat").set(at.heat);
      levels("joining").set(at.joining);
      const dread = levels("dread");
      for (let l = 0; l < LEVELS; l++) dread[l] = slopes[d].caution * own.danger * at.heat[l];
    }
  }

  /** Where everybody starts: at nothing more than is done; in a few draws where the answer stands. */
  function quiet() {
    games.start.fill(0);
    for (let d = 0; d < draws; d++) {
      roles.forEach((role, i) => {
        games.start[(d * roles.length + i) * LEVELS + (role.done >> TALK)] = 1;
      });
      const given = about.starts[d];
      if (given) games.start.set(given.flat(), d * roles.length * LEVELS);
    }
  }

  games.side.set(sides);
  for (let d = 0; d < draws; d++) {
    const slope = slopes[d];
    games.entrapment[d] = slope.entrapment;
    games.complementarity[d] = slope.complementarity;
    const standing = salvo
      ? salvo.standing[d]
      : slope.decisiveness * Math.log(parties[d].targetStrength / parties[d].attackStrength);
    games.exchange.set(
      [
        standing, salvo ? salvo.spread[d] : 0,
        columns.attack_resolve[0][d], columns.target_resolve[0][d],
        slope.attacker_cost, slope.target_cost, slope.attacker_precision, slope.target_precision,
      ],
      8 * d,
    );
  }
  roles.forEach((_, i) => place(i, draws));
  quiet();
  const unsettled = games.solve(draws);
  const branch = games.prob.slice();
  games.start.set(branch);

  /** The structural chances of a role's bundles in a draw, as solved last. */
  function structural(i, d, out) {
    const here = d * roles.length + i;
    for (let b = 0; b < BUNDLES; b++) out[b] = games.prob[here * LEVELS + (b >> TALK)] * shares[here * BUNDLES + b];
  }

  const prob = new Float64Array(BUNDLES);

  /** What is answered for a role over the first draws: chances of rungs and instruments, the gap. */
  function summary(i, count) {
    const rungs = RUNGS.map(() => new Float64Array(count));
    const used = INSTRUMENTS.map(() => new Float64Array(count));
    for (let d = 0; d < count; d++) {
      structural(i, d, prob);
      adjust(prob, roles[i].headline);
      override(prob, roles[i].overrides);
      for (let b = 0; b < BUNDLES; b++) {
        rungs[RUNG_OF[b]][d] += prob[b];
        for (let k = 0; k < INSTRUMENTS.length; k++) used[k][d] += holds(b, k) * prob[b];
      }
    }
    const reached = new Float64Array(count);
    const atLeast = [];
    for (let r = RUNGS.length - 1; r > 0; r--) {
      for (let d = 0; d < count; d++) reached[d] += rungs[r][d];
      const sorted = reached.slice().sort();
      atLeast.unshift({ p: mean(reached), low: quantile(sorted, 0.1), high: quantile(sorted, 0.9) });
    }
    return { rungs: rungs.map(mean), instruments: used.map(mean), atLeast };
  }

  const perBundle = (statistic) => {
    const [kind, word] = statistic.includes(":") ? statistic.split(":") : ["rung", statistic];
    const wanted = INSTRUMENTS.indexOf(word);
    return eachBundle((b) => (kind === "instrument" ? holds(b, wanted) : RUNG_OF[b] > wanted ? 1 : 0));
  };

  /** A structural statistic of a role, per draw, as solved last. */
  function read(i, wanted) {
    return Float64Array.from({ length: draws }, (_, d) => {
      structural(i, d, prob);
      return prob.reduce((sum, chance, b) => sum + chance * wanted[b], 0);
    });
  }

  let astray = new Set(); // roles whose payoffs are not, in every draw, as assessed

  /** Put the first games to how they stand with some moves, and with no others. */
  function rearrange(moves, count) {
    const touched = new Set([...astray, ...Object.keys(moves)]);
    for (const name of touched) place(rowOf(name), count, moves[name]);
    astray = count === draws ? new Set(Object.keys(moves)) : touched;
  }

  /**
   * Return everybody's answer with some levers moved, over the first `count` draws.
   *
   * @param {Object<string, Object<string, number>>} moves by role ("RUS.target"), then by lever:
   *   the share of the way to all (above zero) or to nothing (below zero)
   */
  function answer(moves, count = draws) {
    rearrange(moves, count);
    const left = games.solve(count);
    return { draws: count, unsettled: left, roles: roles.map((_, i) => summary(i, count)) };
  }

  const REMOVED = {
    geography: ["arrival", (x) => Math.max(x, 1)],
    overstretch: ["overstretch", (x) => Math.min(x, 0)],
    caution: ["danger", (x) => Math.min(x, 0)],
    economy: ["exposure", (x) => Math.min(x, 0)],
    commitment: ["commitment", (x) => Math.max(x, 1)],
  };
  const FACTORS = Object.keys(REMOVED);

  /** Return what holds a role back: Shapley values of five factors, minimal sets, rents. */
  function* why(name, statistic, moves = {}) {
    const i = rowOf(name);
    const wanted = perBundle(statistic);
    rearrange(moves, draws);
    const own = moves[name] ?? {};
    const values = [];
    const solved = (set) => {
      place(i, draws, own, set);
      games.solve(draws);
      return read(i, wanted);
    };
    try {
      for (let some = 0; some < 1 << FACTORS.length; some++) {
        values.push(solved(Object.fromEntries(FACTORS.filter((_, f) => holds(some, f)).map((f) => REMOVED[f]))));
        yield some / (1 << FACTORS.length);
      }
      const poorer = mean(solved({ rents: () => 0 }));
      return { ...split(values.map(mean), values), rents: mean(values[0]) - poorer };
    } finally {
      place(i, draws, own); // also where nobody waits for the end any more
    }
  }

  /** The Shapley split of the mean, and the smallest sets that lift the chance to even odds. */
  function split(means, values) {
    const factorial = [1, 1, 2, 6, 24, 120];
    const count = FACTORS.length;
    const size = (set) => FACTORS.reduce((sum, _, f) => sum + holds(set, f), 0);
    const factors = {};
    FACTORS.forEach((factor, f) => {
      let share = 0;
      means.forEach((value, set) => {
        if (holds(set, f)) return;
        const weight = (factorial[size(set)] * factorial[count - size(set) - 1]) / factorial[count];
        share += weight * (means[set | (1 << f)] - value);
      });
      factors[factor] = share;
    });
    const lifted = means.map((value) => value >= 0.5);
    const smaller = (set) => lifted.some((yes, other) => yes && other !== set && (other & set) === other);
    const sets = means.map((_, set) => set).filter((set) => lifted[set] && !smaller(set));
    return {
      from: means[0],
      to: means.at(-1),
      factors,
      minimalSets: sets
        .sort((one, other) => size(one) - size(other))
        .map((set) => ({
          factors: FACTORS.filter((_, f) => holds(set, f)),
          p: means[set],
          shareOfDraws: mean(values[set].map((x) => (x >= 0.5 ? 1 : 0))),
        })),
    };
  }

  const present = (name) => {
    const i = rowOf(name);
    return Object.fromEntries(
      Object.entries(LEVERS).map(([lever, input]) => {
        const values = input === "arrival" ? columns.arrival[i * CARRIED.length + CARRIED.length - 1] : columns[input][i];
        return [lever, mean(values)];
      }),
    );
  };

  return { answer, why, present, unsettled, draws };
}
