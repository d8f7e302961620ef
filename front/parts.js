// The parts of a page: from the server that serves it, or out of the file that holds them all.

const embedded = (name) => document.getElementById(`part-${name}`);

async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** Whether this page is one file, with no server behind it. */
export const isFile = Boolean(embedded("crisis"));

const address = (name) => new URL(`parts/${name}${location.search}`, document.baseURI);

/** The bytes of a part. */
export async function bytes(name) {
  const here = embedded(name);
  if (here) return unpacked(here.textContent);
  const reply = await fetch(address(name));
  if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
  return reply.arrayBuffer();
}

/** A part that is a document. */
export const part = async (name) => JSON.parse(new TextDecoder().decode(await bytes(name)));

/** Ask the server what the page cannot reckon itself. */
export async function ask(name, body) {
  const reply = await fetch(address(name), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
  return reply.json();
}
