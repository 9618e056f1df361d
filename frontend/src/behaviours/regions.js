// [data-regions]: boxes over a photo, drawn from the rows of numbers below it; dragging adds a row, so that
// the numbers stay the one truth and everything works without a pointer too.
import { ready } from "../dom.js";

const NAMES = ["left", "top", "width", "height"];
const SLIP = 0.8; // percent: a shorter drag is a click

ready("[data-regions]", (stage) => {
  const rows = stage.closest("form").querySelector("[data-regions-rows]");
  const empty = rows.querySelector("[data-regions-new]");
  const pattern = empty.cloneNode(true);
  pattern.removeAttribute("data-regions-new");
  empty.remove();

  const inputsOf = (row) => NAMES.map((name) => row.querySelector(`[name=${name}]`));
  function draw() {
    for (const old of stage.querySelectorAll("i")) old.remove();
    for (const row of rows.children) {
      const box = document.createElement("i");
      NAMES.forEach((name, index) => { box.style[name] = `${inputsOf(row)[index].value || 0}%`; });
      row.onmouseenter = row.onfocusin = () => box.classList.add("on");
      row.onmouseleave = row.onfocusout = () => box.classList.remove("on");
      stage.append(box);
    }
  }
  function add(values) {
    const row = pattern.cloneNode(true);
    inputsOf(row).forEach((input, index) => { input.value = values[index].toFixed(1); });
    rows.append(row);
    rows.closest("details").open = true;
    draw();
    return row;
  }

  const percent = (event) => {
    const frame = stage.getBoundingClientRect();
    const inside = (value) => Math.min(100, Math.max(0, value));
    return [inside(((event.clientX - frame.left) / frame.width) * 100), inside(((event.clientY - frame.top) / frame.height) * 100)];
  };
  let start, ghost;
  const around = ([x, y]) => [Math.min(x, start[0]), Math.min(y, start[1]), Math.abs(x - start[0]), Math.abs(y - start[1])];
  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    start = percent(event);
    ghost = document.createElement("i");
    ghost.className = "on";
    stage.append(ghost);
  });
  stage.addEventListener("pointermove", (event) => {
    if (!start) return;
    around(percent(event)).forEach((value, index) => { ghost.style[NAMES[index]] = `${value}%`; });
  });
  const stop = (event) => {
    if (!start) return;
    const box = around(percent(event));
    start = undefined;
    ghost.remove();
    if (event.type === "pointerup" && box[2] > SLIP && box[3] > SLIP) add(box);
  };
  stage.addEventListener("pointerup", stop);
  stage.addEventListener("pointercancel", stop);
  rows.addEventListener("input", draw);
  rows.addEventListener("click", (event) => {
    const button = event.target.closest("[data-regions-remove]");
    if (!button) return;
    button.closest("tr").remove();
    draw();
  });
  const more = document.createElement("button");
  more.type = "button";
  more.className = "btn quiet small";
  more.textContent = stage.dataset.add;
  more.addEventListener("click", () => add([40, 40, 20, 20]).querySelector("input").focus());
  rows.closest("details").append(more);
  draw();
});
