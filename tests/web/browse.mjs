// Looks at pages in a real browser and says what it saw, as JSON. Given: what to look at, a JSON
// object on standard input.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const given = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${given.modules}/`);
const { chromium } = require("playwright-core");

const WAIT = { timeout: 180000 };
const settled = (page) =>
  page.waitForFunction(() => document.body.dataset.state === "settled" && document.body.dataset.why !== "asked", null, WAIT);

async function opened(url, { width = 1320, height = 900, offline = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, offline });
  const page = await context.newPage();
  const seen = { errors: [], requests: [] };
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.errors.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("request", (request) => seen.requests.push(request.url()));
  await page.goto(url, WAIT);
  await settled(page);
  return { page, seen, context };
}

const text = (page, selector) => page.locator(selector).first().innerText();

const looks = {
  /** Does it render, without an error, sideways scroll or a request to elsewhere? */
  async renders({ urls, width }) {
    const found = {};
    for (const url of urls) {
      const { page, seen, context } = await opened(url, { width });
      found[url] = {
        ...seen,
        kernel: await page.evaluate(() => document.body.dataset.kernel ?? null),
        title: await page.title(),
        gist: await text(page, "main h1"),
        powers: await page.locator("input[name=power]").count(),
        land: await page.locator("svg.map path.land").count(),
        sideways: await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        scripts: await page.evaluate(() => window.hacked ?? null),
        effect: await page.locator(".effect").allInnerTexts(),
      };
      await context.close();
    }
    return found;
  },

  /** What crosses the wire until the page has settled? */
  async weighs({ url }) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    let bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(url);
    await settled(page);
    return { bytes };
  },

  /** What does axe find, on every view given? */
  async axe({ urls, width }) {
    const source = readFileSync(`${given.modules}/axe-core/axe.min.js`, "utf8");
    const found = {};
    for (const url of urls) {
      const { page, context } = await opened(url, { width });
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await page.evaluate(`${source}; 0`);
      const { violations, passes } = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      );
      found[url] = { passes: passes.length, violations: violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html)]) };
      await context.close();
    }
    return found;
  },

  /** How many tab stops to the first lever; do keys alone choose a power and move a lever? */
  async keyboard({ url }) {
    const { page } = await opened(url);
    let stops = 0;
    for (; stops < 30; stops++) {
      if (await page.evaluate(() => document.activeElement.type === "range")) break;
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement.type === "radio")) {
        const before = await text(page, "#power h2");
        await page.keyboard.press("ArrowDown");
        await page.waitForFunction((old) => document.querySelector("#power h2").innerText !== old, before);
      }
    }
    const before = await text(page, ".effect");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((old) => document.querySelector(".effect").innerText !== old, before);
    await settled(page);
    return { stops, power: await text(page, "#power h2"), before, after: await text(page, ".effect"), address: page.url() };
  },

  /** What do the kernel in the page and the server say of the same levers? */
  async agrees({ url, hashes }) {
    const answers = [];
    for (const hash of hashes) {
      for (const query of ["", "?kernel=server"]) {
        const { page, context } = await opened(`${url}${query}#${hash}`);
        answers.push({
          kernel: await page.evaluate(() => document.body.dataset.kernel),
          figures: await page.locator("table.ladder tbody td.odds").allInnerTexts(),
          bars: await page.locator("table.ladder .bar").evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.style.width))),
          why: await text(page, "#why .verdict"),
          effect: await text(page, ".effect"),
          exact: await page.evaluate(() => window.sidelinesAnswer ?? null),
        });
        await context.close();
      }
    }
    return answers;
  },

  /** Do the figures of the waterfall add up, and those of its sentence? */
  async waterfall({ url, count }) {
    const { page } = await opened(url);
    const found = [];
    const picks = page.locator("input[name=power]");
    for (let n = 0; n < Math.min(count, await picks.count()); n++) {
      await picks.nth(n).check();
      await settled(page);
      found.push({
        sentence: await text(page, "#why .verdict"),
        steps: await page.locator("#why .step").evaluateAll((all) => all.map((one) => [one.querySelector(".label").innerText, one.querySelector(".figure").innerText, one.classList.contains("part")])),
      });
    }
    return found;
  },

  /** Is the address enough to see the same again; does a reset put it back? */
  async remembers({ url }) {
    const { page } = await opened(url);
    const figures = () => page.locator("table.ladder tbody td.odds").allInnerTexts();
    const before = await figures();
    await page.locator("#lever-commitment").fill("60");
    await page.waitForTimeout(400);
    await settled(page);
    const moved = await figures();
    const { page: again } = await opened(page.url());
    const reloaded = await again.locator("table.ladder tbody td.odds").allInnerTexts();
    const listed = await again.locator(".changed li").allInnerTexts();
    await again.getByRole("button", { name: "Reset all levers" }).click();
    await again.waitForTimeout(400);
    await settled(again);
    return { before, moved, reloaded, listed, reset: await again.locator("table.ladder tbody td.odds").allInnerTexts() };
  },

  /** What leaves the page: every button's file. */
  async takes({ url }) {
    const { page } = await opened(url);
    const files = {};
    for (const name of ["Table (CSV)", "Figures (JSON)", "Ways (GeoJSON)", "Map (SVG)", "Map (PNG)"]) {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      files[download.suggestedFilename()] = readFileSync(await download.path()).toString("base64");
    }
    return files;
  },

  /** How long from a moved lever to the first and to the last repaint [ms]? */
  async answers({ url, moves }) {
    const { page } = await opened(url);
    return page.evaluate(async (count) => {
      const levers = [...document.querySelectorAll(".lever input")];
      const first = [];
      const last = [];
      const until = (state) =>
        new Promise((resolve) => {
          const watch = new MutationObserver(() => state.includes(document.body.dataset.state) && (watch.disconnect(), requestAnimationFrame(() => resolve(performance.now()))));
          watch.observe(document.body, { attributes: true });
        });
      for (let n = 0; n < count; n++) {
        const lever = levers[n % levers.length];
        lever.value = String(((n * 37) % 40) * 5 - 95);
        const start = performance.now();
        const early = until(["provisional"]);
        lever.dispatchEvent(new Event("input"));
        first.push((await early) - start);
        last.push((await until(["settled"])) - start);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      return { first, last };
    }, moves);
  },

  /** A page for the printer: how many sheets of A4? */
  async prints({ url }) {
    const { page } = await opened(url);
    const pdf = await page.pdf({ format: "A4" });
    return { bytes: pdf.length, pages: (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length };
  },
};

const browser = await chromium.launch({ executablePath: given.chromium, args: ["--no-sandbox"] });
try {
  process.stdout.write(JSON.stringify(await looks[given.look](given)));
} finally {
  await browser.close();
}
