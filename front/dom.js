// Elements from plain calls. Text is always text: nothing that a crisis file says is ever markup.

const SVG = "http://www.w3.org/2000/svg";

function made(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

/** An HTML element: h("p", {class: "note"}, "text", h("b", {}, "more")). */
export const h = (tag, attributes, ...children) => made(document.createElement(tag), attributes, children);

/** An SVG element. */
export const s = (tag, attributes, ...children) => made(document.createElementNS(SVG, tag), attributes, children);

/** Put new children in place of an element's own. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

/** A table: head cells, then rows; the first cell of a row is its heading. */
export function table(caption, head, rows, { numbers = [] } = {}) {
  const kind = (n) => (numbers.includes(n) ? "number" : null);
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, head.map((cell, n) => h("th", { scope: "col", class: kind(n) }, cell)))),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h("tr", {}, row.map((cell, n) => (n ? h("td", { class: kind(n) }, cell) : h("th", { scope: "row" }, cell)))),
        ),
      ),
    ),
  );
}

/** A chart's numbers behind a button that everybody can reach. */
export const behind = (summary, ...children) => h("details", { class: "behind" }, h("summary", {}, summary), children);
