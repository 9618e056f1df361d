// From the city down to the grid without leaving the map: the panels are exchanged, the map flies on.
import { on } from "../dom.js";
import { toast } from "../behaviours/toast.js";
import { t } from "../words.js";
import { read } from "./board.js";

const PARTS = ["command-crumbs", "command-left", "command-right", "command-settings", "command-board"];

function drawsWebGL() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

export async function start(root, box, board) {
  let map = null;
  const go = async (address, isBack = false) => {
    root.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.getElementById("command-settings")) return location.assign(address);
      if (!isBack) history.pushState({}, "", address);
      for (const id of PARTS) document.getElementById(id)?.replaceWith(document.importNode(page.getElementById(id), true));
      document.title = page.title;
      board.open(read("command-settings"), read("command-board"));
      map?.show(board.settings);
      document.querySelector("#command-crumbs [aria-current]")?.focus({ preventScroll: true });
    } catch {
      toast(t("This area could not be opened. Try again."), { tone: "late" });
    } finally {
      root.removeAttribute("aria-busy");
    }
    return undefined;
  };
  on("click", "a[data-drill]", (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    link.closest("[data-found]")?.replaceChildren();
    go(link.getAttribute("href"));
  });
  addEventListener("popstate", () => go(location.pathname, true));
  if (!drawsWebGL()) {
    root.classList.add("no-map");
    box.replaceChildren(Object.assign(document.createElement("p"), { className: "muted", textContent: t("This device cannot draw the map; here is the list.") }));
    return;
  }
  try {
    const { CommandMap } = await import("./map.js");
    map = new CommandMap(root, box, board.settings, go);
    await map.start();
  } catch (error) {
    console.error(error);
    root.classList.add("no-map");
    box.replaceChildren(Object.assign(document.createElement("p"), { className: "muted", textContent: t("The map could not be loaded. Try again in a moment.") }));
  }
}
