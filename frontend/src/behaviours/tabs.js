// A row of tabs wider than the screen starts where the reader is, not at its first tab.
import { ready } from "../dom.js";

ready(".tabs > [aria-current]", (tab) => {
  const row = tab.parentElement.getBoundingClientRect();
  const here = tab.getBoundingClientRect();
  tab.parentElement.scrollLeft += here.left + here.width / 2 - (row.left + row.width / 2);
});
