// Why not further: a waterfall in percentage points that adds up, in figures and in words.

import { behind, fill, h, table } from "../dom.js";
import { INSTRUMENTS } from "../model/ladder.js";
import { addingUp, joined, percent } from "../words.js";

const FACTORS = ["geography", "overstretch", "caution", "economy", "commitment"];
const NAMES = {
  geography: "geography",
  overstretch: "overstretch",
  caution: "fear of a wider war",
  economy: "economic exposure",
  commitment: "lack of commitment",
};
const OF_GEOGRAPHY = { distance: "distance", access: "want of leave", safety: "danger on the way", bases: "want of bases", lift: "want of lift" };
export const STATISTICS = [
  ...INSTRUMENTS.slice(2).map((rung) => [rung, rung === "forces" ? "forces" : `${rung} or more`]),
  ...INSTRUMENTS.slice(2).map((rung) => [`instrument:${rung}`, `${rung} used at all`]),
];

const tenths = (n) => `${n < 0 ? "−" : ""}${(Math.abs(n) / 10).toFixed(1)}`;
const signed = (n) => (n < 0 ? tenths(n) : `+${tenths(n)}`);

function step(label, { from, to, kind, value, tags = [], small = false }) {
  const bar = h("span", { class: `block ${kind}` });
  const at = (x) => `${Math.max(0, Math.min(100, x / 10)).toFixed(2)}%`;
  bar.style.left = at(Math.min(from, to));
  bar.style.width = `max(1px, ${at(Math.abs(to - from))})`;
  return h(
    "div",
    { class: `step${small ? " part" : ""}` },
    h("span", { class: "label" }, label, tags.map((tag) => h("span", { class: "tag" }, tag))),
    h("span", { class: "track" }, bar),
    h("span", { class: "figure" }, value),
  );
}

/** Fill the split; `headline` is the answer's own chance of the statistic. */
export function why(place, crisis, { pick, geography }) {
  const choice = h(
    "select",
    { id: "why-on", onchange: () => pick(choice.value) },
    STATISTICS.map(([value, text]) => h("option", { value }, text)),
  );
  const sentence = h("p", { class: "verdict small", role: "status" });
  const chart = h("div", { class: "waterfall" });
  const notes = h("div");
  fill(place, h("h3", {}, "Why not further"), h("p", { class: "ask" }, h("label", { for: "why-on" }, "What holds back: "), choice), sentence, chart, notes);

  function show(power, split, headline) {
    const parts = FACTORS.map((name) => split.factors[name]);
    const whole = addingUp([split.from, ...parts]);
    const [from, ...shares] = whole;
    const to = shares.pop();
    const all = Math.round(1000 * headline);
    const steps = [
      step("The answer", { from: 0, to: all, kind: "answer", value: `${tenths(all)}%` }),
      step("History adjustment, taken out", { from: all, to: from, kind: "history", value: signed(from - all) }),
      step("By the game alone", { from: 0, to: from, kind: "answer", value: `${tenths(from)}%` }),
    ];
    let sum = from;
    FACTORS.forEach((name, n) => {
      const tags = crisis.learned[name].status.startsWith("assumed") ? [crisis.learned[name].status] : [];
      steps.push(step(`Without ${NAMES[name]}`, { from: sum, to: sum + shares[n], kind: shares[n] < 0 ? "down" : "up", value: signed(shares[n]), tags }));
      if (name === "geography") steps.push(...obstacles(power, shares[n], sum));
      sum += shares[n];
    });
    steps.push(step("If none of the five held it back", { from: 0, to, kind: "answer", value: `${tenths(to)}%` }));
    fill(chart, steps);
    sentence.textContent = told(power, shares, from, to);
    fill(notes, sets(split), rents(split), figures(from, shares, to, all), removals());
  }

  function obstacles(power, whole, sum) {
    const shares = geography(power.role);
    if (!shares || !whole) return [];
    const names = Object.keys(OF_GEOGRAPHY).filter((name) => shares[name] > 0);
    const parts = addingUp(names.map((name) => (shares[name] * whole) / 1000)).slice(0, -1);
    let at = sum;
    return names.map((name, n) => {
      const one = step(`of which ${OF_GEOGRAPHY[name]}`, { from: at, to: at + parts[n], kind: "up", value: signed(parts[n]), small: true });
      at += parts[n];
      return one;
    });
  }

  function told(power, shares, from, to) {
    const order = FACTORS.map((name, n) => [shares[n], NAMES[name]]).sort((a, b) => b[0] - a[0]);
    const holding = order.filter(([share]) => share > 0).map(([share, name]) => `${name} ${tenths(share)}`);
    const pushing = order.filter(([share]) => share < 0).map(([share, name]) => `${name} ${tenths(share)}`);
    if (from === to && !holding.length) return `None of the five holds ${power.words.the} back here.`;
    const against = pushing.length ? `, and the other way ${joined(pushing)}` : "";
    return `What holds ${power.words.the} back, in points: ${joined(holding)}${against}; together ${tenths(to - from)}, from ${tenths(from)}% to ${tenths(to)}%.`;
  }

  function sets({ minimalSets }) {
    if (!minimalSets.length) return h("p", {}, "Even without all five together it would stay below even odds.");
    if (!minimalSets[0].factors.length) return h("p", {}, "It stands at even odds or better as things are.");
    return h(
      "div",
      {},
      h("p", {}, "Even odds would take one of these, all of its parts together:"),
      h("ul", {}, minimalSets.slice(0, 4).map((one) => h("li", {}, `${joined(one.factors.map((name) => crisis.removals[name]))} (${percent(one.p)})`))),
    );
  }

  const rents = (split) =>
    Math.abs(split.rents) >= 0.0005
      ? h("p", { class: "aside" }, `What it earns by arms and oil ${split.rents > 0 ? "lifts" : "lowers"} the chance by ${tenths(Math.abs(Math.round(1000 * split.rents)))} points; the figures above hold it already.`)
      : null;

  const removals = () =>
    behind("What taking a factor away means", h("dl", {}, FACTORS.map((name) => [h("dt", {}, NAMES[name]), h("dd", {}, `${crisis.removals[name]}; slope ${crisis.learned[name].status}`)])));

  const figures = (from, shares, to, all) =>
    behind(
      "These figures as a table",
      table(
        "Percentage points",
        ["Step", "Points"],
        [
          ["the answer", tenths(all)],
          ["history adjustment, taken out", signed(from - all)],
          ["by the game alone", tenths(from)],
          ...FACTORS.map((name, n) => [`without ${NAMES[name]}`, signed(shares[n])]),
          ["without all five", tenths(to)],
        ],
        { numbers: [1] },
      ),
    );

  return {
    show,
    choose(statistic) {
      choice.value = statistic;
    },
    wait(share) {
      sentence.textContent = share === null ? "" : `Solving without each set of factors… ${Math.round(100 * share)}%`;
      if (!share) fill(chart), fill(notes);
    },
  };
}
