// Take it away: tables, ways, pictures and print, each with what it means and how to cite it.

import { fill, h } from "../dom.js";
import { INSTRUMENTS, RUNGS } from "../model/ladder.js";

const MEANING = {
  rung: "chance that this is the highest rung the power reaches for the side",
  "at least": "chance that the power reaches this rung or a higher one",
  low: "lower end of the 80% range over draws of the chance to reach this rung or a higher one",
  high: "upper end of the 80% range over draws of the chance to reach this rung or a higher one",
  uses: "chance that the power uses this instrument",
};

function save(name, type, content) {
  const link = h("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** What every file says of itself. */
export function about(crisis, moves) {
  return {
    crisis: crisis.id,
    title: crisis.title,
    as_of: crisis.as_of,
    version: crisis.meta.version,
    parameters: crisis.model.parameters,
    draws: crisis.model.draws,
    seed: crisis.meta.seed,
    vintages: crisis.meta.vintages,
    changed_levers: moves,
    cite: crisis.cite.software,
    dictionary: MEANING,
  };
}

const cell = (value) => {
  const text = String(value ?? "");
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** All chances as lines that a spreadsheet opens; every line says what it measures. */
export function csv(crisis, answers, moves) {
  const rows = [["crisis", "as_of", "power", "name", "side", "measure", "of", "value", "meaning"]];
  for (const one of answers) {
    const add = (measure, of, value) => rows.push([crisis.id, crisis.as_of, one.id, one.name, one.side, measure, of, value, MEANING[measure]]);
    RUNGS.forEach((rung, r) => add("rung", rung, one.rungs[r]));
    INSTRUMENTS.forEach((name, n) => {
      add("at least", name, one.atLeast[n].p);
      add("low", name, one.atLeast[n].low);
      add("high", name, one.atLeast[n].high);
      add("uses", name, one.instruments[n]);
    });
  }
  const { dictionary, ...made } = about(crisis, moves);
  for (const [key, value] of Object.entries(made)) rows.push([crisis.id, crisis.as_of, "", "", "", "about", key, typeof value === "object" ? JSON.stringify(value) : value, ""]);
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Ways and bases as GeoJSON. */
export function geojson(crisis, ways) {
  const lonLat = ([lat, lon]) => [lon, lat];
  const unwound = (points) => points.map(lonLat).map((point, n, all) => {
    for (let m = 1; n && m <= n; m++) {
      const gap = all[m][0] - all[m - 1][0];
      if (Math.abs(gap) > 180) all[m] = [all[m][0] - Math.sign(gap) * 360, all[m][1]];
    }
    return all[n];
  });
  const lines = Object.entries(ways.powers).flatMap(([role, { courses }]) =>
    courses.filter((one) => one.points.length > 1).map(({ points, ...properties }) => ({
      type: "Feature", geometry: { type: "LineString", coordinates: unwound(points) }, properties: { kind: "way", role, ...properties },
    })),
  );
  const bases = ways.bases.flatMap((one) => one.points.map((point, n) => ({
    type: "Feature", geometry: { type: "Point", coordinates: lonLat(point) }, properties: { kind: "base", of: one.id, place: one.places[n] },
  })));
  const { dictionary, ...made } = about(crisis, {});
  return { type: "FeatureCollection", about: { ...made, dictionary: { km: "length of the way [km]", points: "degrees", threats: "what is dangerous on it", blocked_by: "who would have to open" } }, features: [...lines, ...bases] };
}

const DRAWN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "paint-order", "text-anchor"];

/** A chart as a file of its own: every style written out, with a line that says what it is. */
function picture(svg, crisis) {
  const copy = svg.cloneNode(true);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const originals = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((one, n) => {
    const style = getComputedStyle(originals[n]);
    for (const name of DRAWN) one.setAttribute(name, style.getPropertyValue(name));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `0 0 ${width} ${height + 20}`);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height + 20);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "text");
  line.setAttribute("x", 4);
  line.setAttribute("y", height + 14);
  line.setAttribute("font-size", 9);
  line.setAttribute("font-family", "sans-serif");
  line.textContent = `${crisis.title}, as of ${crisis.as_of}. Sidelines ${crisis.meta.version}, seed ${crisis.meta.seed}.`;
  copy.append(line);
  const text = new XMLSerializer().serializeToString(copy);
  return { text, width, height: height + 20 };
}

async function png(svg, crisis, name) {
  const { text, width, height } = picture(svg, crisis);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = h("canvas", { width: 2 * width, height: 2 * height });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(name, "image/png", blob));
}

/** Fill the buttons; `now()` gives everybody's answer, `ways()` the ways once they are known. */
export function takeaway(place, crisis, { now, moves, ways }) {
  const map = () => document.querySelector("svg.map");
  const button = (text, act) => h("button", { type: "button", onclick: act }, text);
  fill(
    place,
    h("h2", {}, "Take it away"),
    h(
      "p",
      { class: "tools" },
      button("Table (CSV)", () => save(`${crisis.id}.csv`, "text/csv", csv(crisis, [...now().values()], moves()))),
      button("Figures (JSON)", () => save(`${crisis.id}.json`, "application/json", JSON.stringify({ about: about(crisis, moves()), powers: [...now().values()].map(({ assessed, ...one }) => one) }, null, 1))),
      button("Ways (GeoJSON)", () => ways() && save(`${crisis.id}.geojson`, "application/geo+json", JSON.stringify(geojson(crisis, ways())))),
      button("Map (SVG)", () => map() && save(`${crisis.id}-map.svg`, "image/svg+xml", picture(map(), crisis).text)),
      button("Map (PNG)", () => map() && png(map(), crisis, `${crisis.id}-map.png`)),
      button("Print or PDF", () => window.print()),
    ),
    h("p", { class: "aside" }, "Every file carries a data dictionary, the citation, version, seed and data vintages. The address of this page holds what you changed."),
  );
}
