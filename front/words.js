// Numbers in words, as sidelines/report/words.py has them; tests hold the two together.

import { RUNGS } from "./model/ladder.js";

const BANDS = [
  [0.05, "almost no chance"],
  [0.2, "very unlikely"],
  [0.45, "unlikely"],
  [0.55, "roughly even odds"],
  [0.8, "likely"],
  [0.95, "very likely"],
];
const DEEDS = {
  words: "speak up or do more",
  diplomatic: "give diplomatic cover or more",
  money: "send money or more",
  weapons: "send weapons or more",
  advisers: "send advisers or more",
  forces: "fight",
};
const RECORD = {
  words: "words",
  diplomatic: "diplomatic cover",
  money: "money",
  weapons: "weapons",
  advisers: "advisers, intelligence or access",
};
const MOST_NAMED = 4;
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** The ICD 203 words for a probability. */
export const likelihood = (p) => BANDS.find(([top]) => p < top)?.[1] ?? "almost certain";

/** A whole number, halves to even. */
function whole(value) {
  const floor = Math.floor(value);
  const gap = value - floor;
  return gap < 0.5 || (gap === 0.5 && floor % 2 === 0) ? floor : floor + 1;
}

/** A probability in whole per cent; the ends are never rounded away. */
export function percent(p) {
  if (p > 0 && p < 0.01) return "<1%";
  if (p > 0.99 && p < 1) return ">99%";
  return `${whole(100 * p)}%`;
}

/** A range in whole per cent; empty where both ends are the same. */
export function percentRange(low, high) {
  const [from, to] = [whole(100 * low), whole(100 * high)];
  return from === to ? "" : `${from}–${to}%`;
}

/** A difference of probabilities in points, signed. */
export function points(difference) {
  const shown = (Math.round(1000 * difference) / 10 + 0).toFixed(1);
  return difference < 0 && shown !== "0.0" && shown !== "-0.0" ? shown.replace("-", "−") : `+${shown.replace("-", "")}`;
}

/** "a, b and c". */
export function joined(words) {
  const most = words.slice(0, -1);
  return most.length ? `${most.join(", ")} and ${words.at(-1)}` : (words[0] ?? "");
}

/** A day in words: 4 March 2026. */
export function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  const name = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2000, month - 1, 1)));
  return `${date} ${name} ${year}`;
}

const reach = (power, rung) => power.atLeast[RUNGS.indexOf(rung) - 1].p;

function named(powers, rung) {
  const said = powers.slice(0, MOST_NAMED).map((one) => {
    const p = reach(one, rung);
    return `${one.words.the} (${likelihood(p)}, ${percent(p)})`;
  });
  const left = powers.length - said.length;
  return joined(left ? [...said, `${left} more`] : said);
}

function atOdds(powers, rung) {
  return powers.filter((one) => reach(one, rung) >= 0.5).sort((a, b) => reach(b, rung) - reach(a, rung));
}

/** The whole answer for one side in a sentence or two. */
export function gist(whom, mine) {
  const fighting = mine.filter((one) => one.done.includes("forces"));
  const rest = mine.filter((one) => !fighting.includes(one));
  const already = `Forces of ${joined(fighting.map((one) => one.words.the))} are fighting for ${whom} already`;
  if (!rest.length) return fighting.length ? `${already}.` : `Nobody may step in for ${whom}.`;
  const likely = atOdds(rest, "forces");
  const start = fighting.length ? `${already}; ` : "";
  const nobody = fighting.length ? "nobody else is" : "nobody is";
  const nearest = rest.reduce((best, one) => (reach(one, "forces") > reach(best, "forces") ? one : best));
  const fights = likely.length
    ? `likely to fight for ${whom}: ${named(likely, "forces")}`
    : `${nobody} likely to fight for ${whom}: ${named([nearest], "forces")} comes nearest`;
  const sending = atOdds(rest, "weapons").filter(
    (one) => !likely.includes(one) && !one.done.some((deed) => deed === "weapons" || deed === "advisers"),
  );
  const arms = sending.length ? ` Likely to send weapons or more: ${named(sending, "weapons")}.` : "";
  return `${capital(`${start}${fights}.`)}${arms}`;
}

/** One sentence: how far a power likely goes, and whether it fights. */
export function verdict(whom, power) {
  const { the: who, it } = power.words;
  const done = power.done.at(-1) ?? null;
  if (done === "forces") return `Forces of ${who} are fighting for ${whom} already.`;
  const reached = RUNGS.slice(1).filter((rung) => reach(power, rung) >= 0.5);
  const further = reached.length && reached.at(-1) !== done ? reached.at(-1) : null;
  const parts = [];
  if (further) parts.push([reach(power, further), `that ${who} will ${DEEDS[further]} for ${whom}`]);
  else if (!done) parts.push([1 - reach(power, "words"), `that ${who} will do nothing for ${whom}`]);
  const told = RUNGS.indexOf(further ?? done ?? "nothing");
  for (const rung of ["weapons", "forces"]) {
    if (RUNGS.indexOf(rung) > told) parts.push([reach(power, rung), `that ${parts.length ? it : who} will ${DEEDS[rung]}`]);
  }
  const said = parts.map(([p, text]) => `${likelihood(p)} (${percent(p)}) ${text}`).join("; ");
  return done ? `With ${RECORD[done]} for ${whom} on record already, ${said}.` : `${capital(said)}.`;
}

/**
 * Round parts so that they add up to their rounded total: by largest remainders.
 *
 * @returns {number[]} in units of `step`, the total last
 */
export function addingUp(parts, step = 0.001) {
  const total = Math.round(parts.reduce((sum, one) => sum + one, 0) / step);
  const floors = parts.map((one) => Math.floor(one / step));
  const order = parts.map((one, n) => [one / step - floors[n], n]).sort((a, b) => b[0] - a[0]);
  let left = total - floors.reduce((sum, one) => sum + one, 0);
  for (const [, n] of order) if (left-- > 0) floors[n] += 1;
  return [...floors, total];
}
