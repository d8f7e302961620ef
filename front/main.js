// Where a page begins: what it shows stands in its body.

import { showCompare } from "./compare.js";
import { showCrisis } from "./crisis.js";
import { showIndex } from "./crises.js";

const views = { crisis: showCrisis, index: showIndex, compare: showCompare };

views[document.body.dataset.view]().catch((error) => {
  const note = document.getElementById("trouble");
  note.hidden = false;
  note.textContent = `This page could not be shown: ${error.message}`;
  throw error;
});
