// The worker: holds the model, answers the newest question first, and is never in anybody's way.

import { load } from "./crisis.js";

let model;
let newest = 0;

/** Let newer messages in. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

const tasks = {
  async load({ kernel, about, draws }) {
    model = await load(await WebAssembly.compile(kernel), about, draws);
    const first = model.answer({}, about.first);
    return { unsettled: model.unsettled, first, base: model.answer({}), present: about.roles.map(({ name }) => model.present(name)) };
  },
  async move({ moves, first }, id, tell) {
    tell({ provisional: true, ...model.answer(moves, first) });
    await breathe();
    return id === newest ? model.answer(moves) : null;
  },
  async why({ role, statistic, moves }, id, tell) {
    const steps = model.why(role, statistic, moves);
    for (let n = 0; ; n++) {
      const { done, value } = steps.next();
      if (done) return value;
      if (n % 4 === 3) {
        await breathe();
        if (newest > id) {
          steps.return();
          return null;
        }
        tell({ progress: value });
      }
    }
  },
};

let queue = Promise.resolve();

self.onmessage = ({ data: { id, task, ...given } }) => {
  if (task === "move") newest = id;
  queue = queue.then(async () => {
    if (task === "move" && id !== newest) return self.postMessage({ id, dropped: true });
    const tell = (part) => self.postMessage({ id, part });
    try {
      self.postMessage({ id, result: await tasks[task](given, id, tell) });
    } catch (error) {
      self.postMessage({ id, error: String(error) });
    }
  });
};
