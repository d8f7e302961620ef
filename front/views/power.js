// One power: the verdict on it, what it says against what it does, what it can bring.

import { fill, h } from "../dom.js";
import { percent, verdict } from "../words.js";

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

function gap({ say, do: deed, low, high }) {
  const at = (x) => `${(100 * x).toFixed(1)}%`;
  const line = h("div", { class: "gap-line", role: "img", "aria-label": `On a scale from 0 to 1 it says ${say.toFixed(2)} and does ${deed.toFixed(2)}.` });
  const between = h("span", { class: "between" });
  between.style.left = at(Math.min(say, deed));
  between.style.width = at(Math.abs(say - deed));
  const dot = (kind, x, text) => {
    const one = h("span", { class: `dot ${kind}` }, h("span", { class: "what" }, text));
    one.style.left = at(x);
    return one;
  };
  line.append(between, dot("does", deed, `does ${deed.toFixed(2)}`), dot("says", say, `says ${say.toFixed(2)}`));
  return h(
    "div",
    { class: "gap" },
    h("h3", {}, "Says and does"),
    line,
    h("p", { class: "aside" }, `The gap is ${(say - deed).toFixed(2)} (80% range ${low.toFixed(2)} to ${high.toFixed(2)}), as assessed.`),
  );
}

function reach({ best, t_per_day: lift, arrival }) {
  const arriving = Object.entries(arrival).map(([name, { share, by }]) => `${percent(share)} of ${name}${by ? ` (by ${by})` : ""}`);
  const way = best
    ? `Its best way goes by ${best.means}: ${best.length_km === null ? "length unknown" : `${whole.format(best.length_km)} km`}, open and safe with a chance of ${percent(best.open_prob)}; all ways together carry ${whole.format(lift)} t a day.`
    : "No way there is known.";
  const blocked = best?.blocked_by.length ? ` Against it stands: ${best.blocked_by.join(", ")}.` : "";
  return h("div", { class: "reach" }, h("h3", {}, "What could arrive"), h("p", {}, `${arriving.join(", ")}. ${way}${blocked}`));
}

/** Fill the heading and the sentences about the chosen power. */
export function power(place, crisis) {
  const title = h("h2", {});
  const sentence = h("p", { class: "verdict", "aria-live": "polite" });
  const heard = h("p", {});
  const words = h("div", { class: "pair" });
  const overridden = h("p", { class: "note" });
  fill(place, title, sentence, heard, overridden, words);
  return {
    choose(one) {
      title.textContent = `${one.name}, for ${crisis.words[one.side]}`;
      heard.textContent = one.heard;
      overridden.textContent = one.overridden
        .map((by) => `Your own chance stands in: ${by.rung}${by.at_least ? " or more" : ""} ${percent(by.probability)}.`)
        .join(" ");
      fill(words, gap(one.signal), reach(one.reach));
    },
    show(now) {
      sentence.textContent = verdict(crisis.words[now.side], now);
    },
  };
}
