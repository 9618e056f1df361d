// [data-upload]: chosen, dropped or pasted files go to the server at once; the form carries their tokens.
import { make, ready, token } from "../dom.js";
import { t } from "../words.js";
import { dropPhoto, keepPhoto, photoOf } from "./later-store.js";
import { sentenceFor } from "./net.js";
import { toast } from "./toast.js";

const changed = (box) => box.dispatchEvent(new CustomEvent("files-changed", { bubbles: true }));

function drop(box, item) {
  dropPhoto(item.dataset.photo);
  item.remove();
  changed(box);
  box.querySelector("input[type=file]").focus();
}

const removal = (box, item, name) =>
  make("button", { type: "button", "aria-label": t("Remove {name}", { name }), onclick: () => drop(box, item) }, "×");

function show(box, item, file) {
  item.className = "upload-item";
  item.dataset.token = file.token;
  item.dataset.name = file.name ?? "";
  item.replaceChildren(
    file.thumb_url ? make("img", { src: file.thumb_url, alt: file.name ?? "" }) : make("span", { class: "name" }, file.name ?? ""),
    make("input", { type: "hidden", name: box.dataset.upload, value: file.token }),
    removal(box, item, file.name ?? ""),
  );
}

function fail(box, item, file, why) {
  item.className = "upload-item wrong";
  item.setAttribute("role", "alert");
  item.replaceChildren(
    make("span", {}, t("This file did not arrive: {name}. {why}", { name: file.name, why }), " ",
      make("a", { href: "#", onclick: (event) => { event.preventDefault(); send(box, file, item); } }, t("Try again"))),
    removal(box, item, file.name),
  );
}

// Without a network: the photo stays on the device, is shown from there, and goes when the network is back.
function hold(box, item, file) {
  item.className = "upload-item kept";
  delete item.dataset.token;
  item.dataset.name = file.name;
  const picture = file.type.startsWith("image/") ? make("img", { src: URL.createObjectURL(file), alt: file.name }) : make("span", { class: "name" }, file.name);
  item.replaceChildren(picture, make("b", { class: "kept-word" }, t("On this device, not sent yet")), removal(box, item, file.name));
  changed(box);
}

// Sends the held photos of a form; resolves when each has arrived or failed again.
export async function retryKept(form) {
  for (const item of form.querySelectorAll(".upload-item.kept[data-photo]")) {
    const file = await photoOf(item.dataset.photo);
    if (file) await send(item.closest("[data-upload]"), file, item);
  }
}
addEventListener("online", () => { for (const form of document.querySelectorAll("form[data-outbox]")) retryKept(form); });

function received(box, answer) {
  changed(box);
  box.dispatchEvent(new CustomEvent("file-received", { bubbles: true, detail: answer }));
  if (answer.lon == null || answer.lat == null) return;
  const suggestion = new CustomEvent("place-suggested", { bubbles: true, cancelable: true, detail: { lon: answer.lon, lat: answer.lat } });
  box.dispatchEvent(suggestion);
  if (suggestion.defaultPrevented) toast(t("The place was taken from the photo. Please check it."), { tone: "ok" });
}

function answerOf(request) {
  try { return JSON.parse(request.responseText); } catch { return {}; }
}

function send(box, file, item = make("li", {})) {
  const bar = make("progress", { max: 100, value: 0, "aria-label": file.name });
  item.className = "upload-item";
  item.removeAttribute("role");
  item.replaceChildren(make("span", { class: "name" }, file.name), bar);
  if (!item.isConnected) box.querySelector(".upload-items").append(item);
  if (file.size === 0) return Promise.resolve(fail(box, item, file, t("The file is empty.")));
  const body = new FormData();
  body.append("file", file);
  if (box.dataset.purpose) body.append("purpose", box.dataset.purpose);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", box.dataset.url);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100; };
    request.onload = () => {
      const answer = answerOf(request);
      if (request.status < 300 && answer.token) {
        show(box, item, answer);
        received(box, answer);
      } else {
        fail(box, item, file, answer.message || sentenceFor(request.status));
      }
      done();
    };
    request.onerror = () => {
      if (item.dataset.photo) hold(box, item, file);
      else fail(box, item, file, t("The network broke."));
      done();
    };
    request.send(body);
  });
}

async function take(box, files) {
  const most = Number(box.dataset.most || 6);
  const room = most - box.querySelectorAll(".upload-item:not(.wrong)").length;
  if (files.length > room) toast(t("At most {n} files.", { n: most }), { tone: "warn" });
  // One after the other: a phone's uplink is narrow, and the first thumb comes sooner.
  const draft = box.closest("form[data-outbox]")?.dataset.outbox;
  for (const file of files.slice(0, Math.max(room, 0))) {
    const item = make("li", {});
    if (draft && file.size) {
      const id = await keepPhoto(draft, file);
      if (id) item.dataset.photo = id;
    }
    await send(box, file, item);
  }
}

async function restoreFile(box, file) {
  const item = make("li", {});
  if (file.photo) item.dataset.photo = file.photo;
  if (file.token && file.isFresh) {
    box.querySelector(".upload-items").append(item);
    return void show(box, item, { token: file.token, thumb_url: file.thumb || `/files/${file.token}/thumb`, name: file.said });
  }
  const blob = await photoOf(file.photo);
  if (blob) await send(box, blob, item);
}

ready("[data-upload]", (box) => {
  const input = box.querySelector("input[type=file]");
  input.addEventListener("change", () => { take(box, [...input.files]); input.value = ""; });
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("over");
    take(box, [...event.dataTransfer.files]);
  });
  const form = box.closest("form");
  form?.addEventListener("paste", (event) => { if (event.clipboardData.files.length) take(box, [...event.clipboardData.files]); });
  form?.addEventListener("draft-files", ({ detail }) => {
    for (const file of detail.filter((one) => one.name === box.dataset.upload)) {
      if (file.token && box.querySelector(`[data-token="${CSS.escape(file.token)}"]`)) continue;
      restoreFile(box, file);
    }
  });
  for (const item of box.querySelectorAll("[data-token]")) item.append(removal(box, item, item.dataset.name ?? ""));
});
