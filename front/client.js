// Who answers a slider: a worker with the kernel in it; the server where there is none.

import { ask, bytes, isFile } from "./parts.js";

const source = () => document.getElementById("worker-source")?.textContent;

function start() {
  const text = source();
  return new Worker(text ? URL.createObjectURL(new Blob([text], { type: "text/javascript" })) : new URL("worker.js", import.meta.url));
}

/** Return a worker that has loaded the draws, or the server in its place. */
export async function connect(about) {
  const wanted = new URLSearchParams(location.search).get("kernel");
  try {
    if (wanted === "server") throw new Error("asked for the server");
    if (typeof WebAssembly === "undefined") throw new Error("no WebAssembly");
    return await viaWorker(about);
  } catch (error) {
    if (isFile) throw error;
    return viaServer();
  }
}

async function viaWorker(about) {
  const worker = start();
  const open = new Map();
  let last = 0;
  worker.onmessage = ({ data: { id, part, result, error, dropped } }) => {
    const call = open.get(id);
    if (part) return call.tell(part);
    open.delete(id);
    if (error) call.reject(new Error(error));
    else call.resolve(dropped ? null : result);
  };
  const call = (task, given = {}, tell = () => {}) =>
    new Promise((resolve, reject) => {
      open.set(++last, { resolve, reject, tell });
      worker.postMessage({ id: last, task, ...given });
    });
  const failed = new Promise((_, reject) => {
    worker.onerror = (event) => reject(new Error(event.message || "the worker did not start"));
  });
  const [kernel, draws] = await Promise.all([bytes("kernel"), bytes("draws")]);
  const base = await Promise.race([call("load", { kernel, about, draws }), failed]);
  return {
    kind: "worker",
    base,
    move: (moves, tell) => call("move", { moves, first: about.first }, tell),
    why: (role, statistic, moves, tell) => call("why", { role, statistic, moves }, tell),
  };
}

async function viaServer() {
  const base = await ask("answer", { moves: {} });
  return {
    kind: "server",
    base: { base, present: base.present },
    move: (moves) => ask("answer", { moves }),
    why: (role, statistic, moves) => ask("why", { role, statistic, moves }),
  };
}
