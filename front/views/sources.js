// Where the figures come from, what is assumed, what is missing, and what to cite.

import { behind, fill, h, table } from "../dom.js";
import { day } from "../words.js";

const list = (items) => h("ul", {}, items.map((one) => h("li", {}, one)));
const figure = (value) => (typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value ?? ""));

/** Fill the part on sources. */
export function sources(place, crisis) {
  const { meta, model, cite } = crisis;
  const made = `Model ${model.version}, parameters ${model.parameters}, ${model.draws} draws, seed ${model.seed}, as of ${day(crisis.as_of)}${crisis.facts_as_of ? `; the oldest figure in use is of ${day(crisis.facts_as_of)}` : ""}.`;
  fill(
    place,
    h("h2", {}, "Sources, and what is missing"),
    h("p", {}, made),
    crisis.old.length ? h("p", { class: "note" }, `${crisis.old.length} figures are more than 18 months old.`) : null,
    crisis.dropped.length ? h("p", { class: "note" }, `Left out, because published later: ${crisis.dropped.join("; ")}.`) : null,
    h("p", {}, crisis.missing.length ? `${crisis.missing.length} facts are missing; each widens the ranges.` : "No fact is missing."),
    crisis.old.length ? behind("Which figures are old", list(crisis.old)) : null,
    behind("What is missing", crisis.missing.length ? list(crisis.missing) : h("p", {}, "Nothing.")),
    behind(`What is assumed (${crisis.assumed.length})`, list(crisis.assumed)),
    behind(`Figures and their sources (${crisis.sources.length})`, table("Figures in use", ["What", "Value", "Unit", "Of", "Source"], crisis.sources.map((one) => [one.what, figure(one.value), one.unit, one.date ?? "", one.source]), { numbers: [1] })),
    behind("What to cite", list([cite.software, ...cite.datasets.map((one) => `${one.citation}. ${one.terms ?? ""}`), ...cite.documents.map((one) => `${one.title}, ${one.date}. ${one.locator ?? ""}`)])),
    h("p", { class: "aside" }, `Data vintages: ${Object.entries(meta.vintages).map(([name, of]) => `${name} ${of}`).join(", ") || "none"}.`),
  );
}
