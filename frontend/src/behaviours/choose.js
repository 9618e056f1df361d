// Chosen rows and chosen columns.
import { kept, make, on, ready } from "../dom.js";
import { t } from "../words.js";

const boxesOf = (form) => [...form.elements].filter((box) => box.type === "checkbox" && !box.dataset.bulkAll);

function count(form) {
  const boxes = boxesOf(form);
  const n = boxes.filter((box) => box.checked).length;
  form.hidden = n === 0;
  const said = form.querySelector("[data-bulk-said]");
  if (said) said.textContent = t("{n} chosen", { n });
  for (const all of document.querySelectorAll(`[data-bulk-all="${CSS.escape(form.id)}"]`)) {
    all.checked = n > 0 && n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
  }
}

document.addEventListener("change", ({ target }) => {
  if (target.dataset.bulkAll) {
    const form = document.getElementById(target.dataset.bulkAll);
    for (const box of boxesOf(form)) box.checked = target.checked;
    count(form);
  } else if (target.form?.matches("[data-bulk]")) {
    count(target.form);
  }
});
ready("form[data-bulk]", count);
on("click", "[data-bulk-none]", (_event, button) => {
  for (const box of boxesOf(button.form)) box.checked = false;
  count(button.form);
});

function hide(table, hidden) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, index) => {
    if (!head.dataset.column) return;
    for (const row of table.rows) if (row.cells[index]) row.cells[index].hidden = hidden.includes(head.dataset.column);
  });
}

ready("table[data-columns]", (table) => {
  const name = `columns:${table.dataset.columns}`;
  const place = document.querySelector(`[data-columns-for="${CSS.escape(table.dataset.columns)}"]`);
  let hidden = kept.get(name) ?? [...table.querySelectorAll("th[data-column-off]")].map((head) => head.dataset.column);
  hide(table, hidden);
  if (!place) return;
  const list = make("div", { class: "menu-list" });
  for (const head of table.querySelectorAll("th[data-column]")) {
    const column = head.dataset.column;
    const box = make("input", { type: "checkbox", checked: !hidden.includes(column) });
    box.addEventListener("change", () => {
      hidden = box.checked ? hidden.filter((one) => one !== column) : [...hidden, column];
      kept.set(name, hidden);
      hide(table, hidden);
    });
    list.append(make("label", {}, box, head.textContent.trim()));
  }
  place.replaceChildren(make("details", { class: "menu", "data-menu": "" }, make("summary", { class: "btn small" }, t("Columns")), list));
});
