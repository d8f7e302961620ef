// How far to trust it: how the same forecast did on like cases, and whether its chances held.

import { behind, fill, h, s, table } from "../dom.js";
import { INSTRUMENTS } from "../model/ladder.js";
import { percent } from "../words.js";

const SIZE = 260;
const EDGE = 34;
const count = new Intl.NumberFormat("en-GB");
const plain = (name) => name.replace(/^(wide|mid)-/, "").replaceAll("-", " ");
const at = (p) => EDGE + p * (SIZE - EDGE - 8);
const range = ({ low, high }) => (low === undefined ? "" : `${signed(low)} to ${signed(high)}`);
const signed = (x) => `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(2)}`;

function calibration(task) {
  const top = Math.max(0.2, ...task.calibration.flatMap(([, forecast, observed]) => [forecast, observed]));
  const most = Math.max(...task.calibration.map(([n]) => n));
  const spot = (p) => at(p / top);
  const up = (p) => SIZE - spot(p);
  const marks = [0, top / 2, top];
  return s(
    "svg",
    { viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img", class: "chart calibration", "aria-label": task.calibration.map(([n, f, o]) => `forecast ${percent(f)}, happened ${percent(o)} of ${n}`).join("; ") },
    s("line", { class: "grid", x1: spot(0), y1: up(0), x2: spot(top), y2: up(top) }),
    marks.map((p) => [
      s("text", { class: "axis", x: spot(p), y: SIZE - 16, "text-anchor": "middle" }, percent(p)),
      s("text", { class: "axis", x: EDGE - 6, y: up(p) + 4, "text-anchor": "end" }, percent(p)),
    ]),
    s("text", { class: "axis", x: SIZE / 2 + 14, y: SIZE - 2, "text-anchor": "middle" }, "forecast"),
    s("text", { class: "axis", x: EDGE, y: 12 }, "happened"),
    task.calibration.map(([n, forecast, observed]) => {
      const spread = 1.64 * Math.sqrt(Math.max(observed * (1 - observed), 0.25 / n) / n);
      const low = Math.max(0, observed - spread);
      const high = Math.min(top, observed + spread);
      return [
        s("line", { class: "spread", x1: spot(forecast), x2: spot(forecast), y1: up(low), y2: up(high) }),
        s("circle", { class: "bin", cx: spot(forecast), cy: up(observed), r: 2 + 3 * Math.sqrt(n / most) }),
      ];
    }),
  );
}

/** Fill the record: of the chosen power by rung, and of all powers by task and period. */
export function trust(place, crisis, record) {
  const own = h("div");
  const names = Object.keys(record.tasks);
  const pick = h("select", { id: "trust-task", onchange: () => show() }, names.map((name) => h("option", { value: name }, record.tasks[name].what)));
  const period = h("select", { id: "trust-span", onchange: () => show() });
  const body = h("div");
  fill(
    place,
    h("h2", {}, "How far to trust it"),
    own,
    h("h3", {}, "All past crises"),
    h("p", { class: "ask" }, h("label", { for: "trust-task" }, "Cases: "), pick, " ", h("label", { for: "trust-span" }, "Years: "), period),
    body,
    behind("Years that no model had seen", h("ul", {}, record.held_out.map((one) => h("li", {}, one)))),
  );
  function show() {
    const task = record.tasks[pick.value];
    if (period.dataset.of !== pick.value) {
      fill(period, task.spans.map((one, n) => h("option", { value: n }, `${one.first}–${one.last}`)));
      period.dataset.of = pick.value;
    }
    const span = task.spans[Number(period.value)] ?? task.spans[0];
    const scores = Object.entries(span.scores);
    const rows = scores.map(([name, one]) => [
      name === task.model ? `${plain(name)} (the answer's)` : plain(name),
      count.format(span.n), count.format(one.positives), one.log_loss.toFixed(3), one.brier.toFixed(3), one.roc_auc === null ? "" : one.roc_auc.toFixed(2),
    ]);
    const skills = Object.entries(task.skill).map(([name, one]) => `${signed(one.value)} (90% range ${range(one)}) over the ${plain(name)}`);
    fill(
      body,
      h("p", {}, `Skill, all years: ${skills.join("; ") || "not scored"}. ${record.development}.`),
      h(
        "div",
        { class: "pair" },
        h("figure", {}, calibration(task), h("figcaption", { class: "aside" }, "On the line, chances held; the size of a dot is its number of cases, the bar a 90% range.")),
        h(
          "div",
          {},
          table(`${span.first} to ${span.last}`, ["Forecast", "Cases", "Happened", "Log loss", "Brier", "AUC"], rows, { numbers: [1, 2, 3, 4, 5] }),
          behind("Calibration as a table", table("All years", ["Forecast", "Happened", "Cases"], task.calibration.map(([n, f, o]) => [percent(f), percent(o), count.format(n)]), { numbers: [1, 2] })),
        ),
      ),
      h("p", { class: "aside" }, task.source),
    );
  }
  show();
  return {
    choose(power) {
      const rows = INSTRUMENTS.map((rung, n) => {
        const one = power.trust[n];
        return [rung, one.like ?? "none", one.n ? count.format(one.n) : "0", one.n ? count.format(one.positives ?? 0) : "0", one.skill === undefined ? "" : signed(one.skill), range(one), one.status];
      });
      fill(own, h("p", {}, `${power.name}: history's forecast weighs ${percent(power.history)} in its answer where it weighs most.`), table(`Like cases of ${power.name}, rung by rung`, ["Rung", "Like cases", "Cases", "Happened", "Skill", "90% range", "So"], rows, { numbers: [2, 3, 4] }));
    },
  };
}
