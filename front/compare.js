// Two crises side by side: only what differs.

import { behind, fill, h, table } from "./dom.js";
import { part } from "./parts.js";

/** Show what differs between two crises. */
export async function showCompare() {
  const found = await part("comparison");
  const at = (id) => document.getElementById(id);
  const title = (one) => `${one.title}, as of ${one.meta.as_of}`;
  fill(at("gist"), h("h1", {}, `${found.differences.length} figures differ, ${found.alike} are alike.`), h("p", { class: "second" }, `${title(found.a)}, and ${title(found.b)}.`));
  const answers = found.differences.filter((one) => one.what.startsWith("P("));
  const inputs = found.differences.filter((one) => !one.what.startsWith("P("));
  const rows = (some) => some.map((one) => [one.what, one.a, one.b]);
  fill(
    at("differences"),
    h("h2", {}, "What the answers say"),
    answers.length ? table("Chances that differ", ["Chance", found.a.id, found.b.id], rows(answers), { numbers: [1, 2] }) : h("p", {}, "The answers are the same."),
    h("h2", {}, "What the files say"),
    behind(`${inputs.length} inputs differ`, table("Inputs that differ", ["Input", found.a.id, found.b.id], rows(inputs), { numbers: [1, 2] })),
  );
  at("page").hidden = false;
  document.body.dataset.state = "settled";
}
