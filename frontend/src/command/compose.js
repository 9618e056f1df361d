// The composer of big screens: tiles are drawn from the list onto the page, moved, sized and taken off; every save is a version.
import "gridstack/dist/gridstack.min.css";

import { GridStack } from "gridstack";
import { ask } from "../behaviours/overlays.js";
import { toast } from "../behaviours/toast.js";
import { make, token } from "../dom.js";
import { t } from "../words.js";
import { read } from "./board.js";
import { preview } from "./wall.js";

export class Composer {
  constructor(root) {
    this.root = root;
    this.settings = read("command-settings");
    this.definitions = read("command-board").definitions;
    this.pages = read("screen-layout").pages;
    this.at = 0;
    this.stage = root.querySelector("[data-stage]");
  }

  start() {
    const { columns, rows } = this.settings;
    this.grid = GridStack.init({ column: columns, row: rows, maxRow: rows, cellHeight: `${100 / rows}%`, margin: 4, float: true, acceptWidgets: ".compose-tile", columnOpts: { breakpoints: [] } }, this.stage);
    this.sized();
    new ResizeObserver(() => this.sized()).observe(this.stage);
    GridStack.setupDragIn(".compose-tile", { helper: (tile) => this.ghostOf(tile), appendTo: "body" });
    this.grid.on("dropped", (_event, _old, node) => this.dropped(node));
    this.grid.on("change added removed", () => this.changed());
    for (const button of this.root.querySelectorAll("[data-add-tile]")) button.addEventListener("click", () => this.add(button.dataset.addTile));
    const acts = { "page-add": () => this.addPage(), "page-remove": () => this.removePage(), save: () => this.save() };
    for (const [name, act] of Object.entries(acts)) this.root.querySelector(`[data-${name}]`).addEventListener("click", act);
    this.seconds = this.root.querySelector("[data-seconds]");
    this.seconds.addEventListener("change", () => { this.pages[this.at].seconds = Math.min(3600, Math.max(5, Number(this.seconds.value) || 30)); this.seconds.value = this.pages[this.at].seconds; this.changed(); });
    document.addEventListener("keydown", (event) => this.byKey(event));
    addEventListener("beforeunload", (event) => { if (this.isChanged) event.preventDefault(); });
    this.show(0);
    this.isChanged = false;
    this.tell();
  }

  // What follows the pointer from the list onto the page.
  ghostOf({ dataset: { tileCode: code } }) {
    const { title, w, h } = this.definitions[code];
    return make("div", { class: "grid-stack-item compose-ghost", "data-tile-code": code, "gs-w": w, "gs-h": h }, make("div", { class: "grid-stack-item-content" }, make("b", {}, title)));
  }

  sized() {
    this.grid.cellHeight(Math.floor(this.stage.clientHeight / this.settings.rows));
  }

  show(n) {
    this.at = n;
    this.isShowing = true;
    this.grid.removeAll();
    for (const tile of this.pages[n].tiles) this.place(tile);
    this.isShowing = false;
    this.seconds.value = this.pages[n].seconds;
    this.tabs();
  }

  place({ code, x, y, w, h }) {
    const definition = this.definitions[code];
    const widget = this.grid.addWidget({ x, y, w, h, id: code });
    this.dress(widget, code, definition);
    return widget;
  }

  // What a tile is called, and how it is moved without a mouse.
  dress(widget, code, definition) {
    widget.dataset.code = code;
    widget.tabIndex = 0;
    widget.setAttribute("aria-label", `${definition?.title ?? code}：${t("arrow keys move, with Shift they size, Delete takes off")}`);
    const off = make("button", { type: "button", class: "compose-off", "aria-label": t("Take {name} off", { name: definition?.title ?? code }), onclick: () => this.grid.removeWidget(widget) }, "×");
    widget.querySelector(".grid-stack-item-content").replaceChildren(definition ? preview(definition) : code, off);
  }

  dropped({ el }) {
    const code = el.dataset.tileCode;
    el.classList.remove("compose-ghost");
    this.dress(el, code, this.definitions[code]);
    this.changed();
  }

  // The first free place, the tile made smaller when there is no room for all of it.
  add(code) {
    const { w, h } = this.definitions[code];
    const { columns, rows } = this.settings;
    for (const [wide, high] of [[w, h], [Math.min(w, 3), Math.min(h, 2)], [2, 1], [1, 1]]) {
      for (let y = 0; y + high <= rows; y += 1) for (let x = 0; x + wide <= columns; x += 1) {
        if (this.grid.isAreaEmpty(x, y, wide, high)) { this.place({ code, x, y, w: wide, h: high }).focus(); return; }
      }
    }
    toast(t("This page is full. Take a tile off or add a page."), { tone: "warn" });
  }

  byKey(event) {
    const widget = event.target.closest?.(".grid-stack-item");
    if (!widget || event.target.closest("button")) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); this.grid.removeWidget(widget); return; }
    if (!step) return;
    event.preventDefault();
    const { x, y, w, h } = widget.gridstackNode;
    const [dx, dy] = step;
    const wanted = event.shiftKey ? { x, y, w: Math.max(1, w + dx), h: Math.max(1, h + dy) } : { x: Math.max(0, x + dx), y: Math.max(0, y + dy), w, h };
    if (wanted.x + wanted.w <= this.settings.columns && wanted.y + wanted.h <= this.settings.rows) this.grid.update(widget, wanted);
  }

  changed() {
    if (this.isShowing) return;
    this.pages[this.at].tiles = this.grid.getGridItems().map((item) => { const { x, y, w, h } = item.gridstackNode; return { code: item.dataset.code, x, y, w, h }; }).filter(({ code }) => code);
    this.isChanged = true;
    this.tell();
  }

  tell(words) {
    this.root.querySelector("[data-said]").textContent = words ?? (this.isChanged ? t("Not saved yet") : t("Version {n}, saved", { n: this.settings.version }));
    this.root.querySelector("[data-save]").disabled = !this.isChanged;
  }

  tabs() {
    const box = this.root.querySelector("[data-page-tabs]");
    box.replaceChildren(...this.pages.map((_page, n) => make("button", { type: "button", "aria-pressed": String(n === this.at), onclick: () => this.show(n) }, t("Page {n}", { n: n + 1 }))));
    this.root.querySelector("[data-page-remove]").disabled = this.pages.length < 2;
  }

  addPage() {
    if (this.pages.length >= 12) return toast(t("A screen has at most 12 pages."), { tone: "warn" });
    this.pages.splice(this.at + 1, 0, { seconds: 30, tiles: [] });
    this.show(this.at + 1);
    return this.changed();
  }

  async removePage() {
    if (this.pages[this.at].tiles.length && !(await ask(t("Page {n} and its tiles are taken off.", { n: this.at + 1 })))) return;
    this.pages.splice(this.at, 1);
    this.show(Math.max(0, this.at - 1));
    this.changed();
  }

  async save() {
    const button = this.root.querySelector("[data-save]");
    button.setAttribute("aria-busy", "true");
    this.tell(t("Saving"));
    try {
      const answer = await fetch(this.settings.save, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token(), "HX-Request": "true" }, credentials: "same-origin", body: JSON.stringify({ layout: { pages: this.pages }, version: this.settings.version }) });
      if (!answer.ok) throw new Error(new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim() || t("This did not arrive. Try again."));
      this.settings.version = (await answer.json()).version;
      this.isChanged = false;
      toast(t("Saved as version {n}.", { n: this.settings.version }), { tone: "ok" });
    } catch (error) {
      toast(error.message, { tone: "late" });
    } finally {
      button.removeAttribute("aria-busy");
      this.tell();
    }
  }
}
