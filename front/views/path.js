// Time: where the chosen power stood before and after each day, and which part of a day moved it.

import { behind, fill, h, s, table } from "../dom.js";
import { day, percent, points } from "../words.js";

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 36;
const SHOWN = [["weapons", 3], ["forces", 5]];
const NOTICED = 0.0005;

/** Fill the path of a crisis. */
export function path(place, crisis, document) {
  const chart = h("div");
  const list = h("ol", { class: "days" });
  const figures = h("div");
  fill(place, h("h2", {}, "Day by day"), chart, list, figures);
  if (!document?.days.length) {
    fill(place, h("h2", {}, "Day by day"), h("p", {}, "Nothing in this crisis is dated, so it has no path."));
    return { choose() {} };
  }
  const stops = [document.before, ...document.days.map((one) => one.after)];
  return {
    choose(power) {
      const row = document.roles.indexOf(power.role);
      const at = (n, k) => stops[n][row][k];
      const top = Math.max(0.1, ...stops.flatMap((_, n) => SHOWN.map(([, k]) => at(n, k))));
      const x = (n) => LEFT + (n * (WIDTH - LEFT - 110)) / (stops.length - 1 || 1);
      const y = (p) => HEIGHT - 24 - (p / top) * (HEIGHT - 44);
      const grid = [0, top / 2, top].map((p) => [s("line", { class: "grid", x1: LEFT, x2: WIDTH - 110, y1: y(p), y2: y(p) }), s("text", { class: "axis", x: LEFT - 4, y: y(p) + 4, "text-anchor": "end" }, percent(p))]);
      const lines = SHOWN.map(([name, k]) => {
        const d = stops.map((_, n) => (n ? `H${x(n).toFixed(1)}V${y(at(n, k)).toFixed(1)}` : `M${x(0).toFixed(1)},${y(at(0, k)).toFixed(1)}`)).join("");
        const end = stops.length - 1;
        const apart = k === SHOWN[1][1] && y(at(end, k)) - y(at(end, SHOWN[0][1])) < 13 ? y(at(end, SHOWN[0][1])) + 13 : y(at(end, k));
        return [s("path", { class: `line ${name}`, d }), s("text", { class: "axis", x: x(end) + 6, y: apart + 4 }, `${name}${name === "forces" ? "" : " or more"} ${percent(at(end, k))}`)];
      });
      const dates = document.days.map((one, n) => s("text", { class: "axis", x: x(n + 1), y: HEIGHT - 6, "text-anchor": "middle" }, one.date.slice(5)));
      const told = SHOWN.map(([name, k]) => `${name}${name === "forces" ? "" : " or more"} from ${percent(at(0, k))} to ${percent(at(stops.length - 1, k))}`).join("; ");
      fill(
        chart,
        h("p", { class: "verdict small" }, `${power.name}, from ${day(document.since)} on: ${told}.`),
        s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "chart", "aria-label": told }, grid, lines, dates),
      );
      fill(
        list,
        document.days.map((one) =>
          h(
            "li",
            {},
            h("b", {}, day(one.date)),
            h("ul", {}, one.parts.map((part) => h("li", {}, `${part.told}: `, moved(part.moves[power.role])))),
          ),
        ),
      );
      fill(
        figures,
        behind(
          "These figures as a table",
          table(
            "Chances after each day",
            ["Day", "Weapons or more", "Forces"],
            [["before", ...SHOWN.map(([, k]) => percent(at(0, k)))], ...document.days.map((one, n) => [one.date, ...SHOWN.map(([, k]) => percent(at(n + 1, k)))])],
            { numbers: [1, 2] },
          ),
        ),
      );
    },
  };
}

function moved(moves) {
  const said = SHOWN.filter(([, k]) => Math.abs(moves?.[k] ?? 0) >= NOTICED).map(([name, k]) => `${name} ${points(moves[k])} points`);
  return said.length ? said.join(", ") : "moved nothing here";
}
