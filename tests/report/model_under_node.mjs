// Runs the page's model under node: reads cases from standard input, writes what it answers.
import { readFileSync } from "node:fs";

const { front, kernel, about, draws, moves, splits, verdicts } = JSON.parse(readFileSync(0, "utf8"));
const { load } = await import(`${front}/model/crisis.js`);
const words = await import(`${front}/words.js`);

const packed = Uint8Array.from(atob(draws), (letter) => letter.charCodeAt(0));
const module = await WebAssembly.compile(readFileSync(kernel));
const model = await load(module, about, packed.buffer);

const answers = moves.map((one) => {
  model.answer(one, about.first); // as the page does: some draws first
  return model.answer(one);
});
const whys = splits.map(({ role, statistic, moves: moved }) => {
  const steps = model.why(role, statistic, moved);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
});
const again = model.answer({});
const said = verdicts.map(({ words: named, powers }) => ({
  gists: Object.entries(named).map(([side, whom]) => words.gist(whom, powers.filter((one) => one.side === side))),
  verdicts: powers.map((one) => words.verdict(named[one.side], one)),
}));
const present = about.roles.map(({ name }) => model.present(name));
process.stdout.write(JSON.stringify({ answers, whys, again, said, present, unsettled: model.unsettled }));
