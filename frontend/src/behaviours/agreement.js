// The agreement: rows of obligations and instalments with their sums, and the field in which somebody signs.
import { on, ready } from "../dom.js";

const cents = (text) => {
  const value = Number(text.replace(/[,，元¥\s]/g, ""));
  return Number.isFinite(value) ? Math.round(value * 100) : 0;
};
const yuan = (value) => (value / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function sumUp(form) {
  let total = 0;
  for (const row of form.querySelectorAll("[data-obligation]")) {
    const amount = cents(row.querySelector("[data-obligation-amount]").value);
    total += amount;
    const parts = [...row.querySelectorAll("[data-instalments] input[inputmode=decimal]")].map((input) => cents(input.value));
    const sum = parts.reduce((left, right) => left + right, 0);
    const said = row.querySelector("[data-instalment-sum]");
    said.textContent = sum ? `Σ ${yuan(sum)}${amount && sum !== amount ? ` ≠ ${yuan(amount)}` : ""}` : "";
    said.classList.toggle("text-late", Boolean(sum && amount && sum !== amount));
  }
  form.querySelector("[data-agreement-total]").textContent = yuan(total);
}

ready("form[data-agreement]", (form) => {
  sumUp(form);
  form.addEventListener("input", () => sumUp(form));
});

on("click", "[data-obligation-add]", async (_event, button) => {
  const list = button.closest("[data-obligations]");
  const places = [...list.querySelectorAll("[data-obligation]")].map((row) => Number(row.id.slice(3)));
  const place = Math.max(-1, ...places) + 1;
  button.disabled = true;
  try {
    await window.htmx.ajax("GET", `${list.dataset.row}?place=${place}`, { target: button, swap: "beforebegin" });
  } finally {
    button.disabled = false;
  }
  document.getElementById(`ob-${place}-kind`)?.focus();
});
on("click", "[data-obligation-remove]", (_event, button) => {
  const form = button.form;
  const row = button.closest("[data-obligation]");
  if (form.querySelectorAll("[data-obligation]").length > 1) row.remove();
  else for (const input of row.querySelectorAll("input, textarea")) { if (input.type === "checkbox") input.checked = false; else input.value = ""; }
  sumUp(form);
});
on("click", "[data-instalment-add]", (_event, button) => {
  const list = button.parentElement.querySelector("[data-instalments]");
  const next = list.lastElementChild.cloneNode(true);
  for (const input of next.querySelectorAll("input")) input.value = "";
  list.append(next);
  next.querySelector("input").focus();
});

// The path of a signature is whole numbers in the field's own measure, so that it can be printed at any size.
ready("[data-sign-pad]", (pad) => {
  const field = pad.querySelector("svg");
  const line = field.querySelector("path");
  const sent = pad.querySelector("[data-sign-path]");
  let strokes = [];
  const draw = () => {
    const path = strokes.filter((stroke) => stroke.length > 1).map((stroke) => stroke.map(([x, y], at) => `${at ? "L" : "M"}${x} ${y}`).join(" ")).join(" ");
    line.setAttribute("d", path);
    sent.value = path;
  };
  const place = (event) => {
    const box = field.getBoundingClientRect();
    const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    return [within(((event.clientX - box.left) / box.width) * 600, 600), within(((event.clientY - box.top) / box.height) * 200, 200)];
  };
  field.addEventListener("pointerdown", (event) => {
    field.setPointerCapture(event.pointerId);
    strokes.push([place(event)]);
    event.preventDefault();
  });
  field.addEventListener("pointermove", (event) => {
    if (!field.hasPointerCapture(event.pointerId)) return;
    const stroke = strokes.at(-1);
    const next = place(event);
    const [x, y] = stroke.at(-1);
    if (Math.abs(next[0] - x) + Math.abs(next[1] - y) < 3 || stroke.length >= 2000) return;
    stroke.push(next);
    draw();
  });
  pad.querySelector("[data-sign-clear]").addEventListener("click", () => { strokes = []; draw(); });
});
