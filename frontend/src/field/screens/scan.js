// The label on the door: found on the device, it opens the visit. Without a camera its code may be typed, or the premises picked.
import { fill, go, h, icon, screen, sheet, store, t, toast } from "../core/app.js";
import { closeCamera, openCamera } from "../device/camera.js";
import { codeInPicture, watch } from "../device/qr.js";
import { TROUBLE } from "../parts/camera.js";
import { pickPremises } from "../parts/place.js";
import { codeOf } from "../rules/labels.js";
import { top } from "../ui/top.js";

export function pathOf(code) {
  const task = store.part("work").tasks.find((one) => one.premises === code);
  return task ? `/visit/${encodeURIComponent(code)}?task=${task.id}` : `/visit/${encodeURIComponent(code)}`;
}

screen("/scan", async () => {
  const video = h("video", { playsinline: true, muted: true, autoplay: true, "aria-label": t("What the camera sees") });
  const view = h("div", { class: "scan-view" }, video, h("span", { class: "scan-frame", "aria-hidden": "true" }));
  const said = h("p", { class: "scan-said", role: "status" }, t("Hold the label of the door into the frame."));
  let stream = null;
  let eye = null;
  let isAsking = false;
  let isOver = false;

  const found = async (text) => {
    if (isAsking) return;
    const code = codeOf(text);
    if (code && store.find("premises", code)) {
      isAsking = true;
      navigator.vibrate?.(60);
      go(pathOf(code), { replace: true });
      return;
    }
    isAsking = true;
    await unknown(code);
    isAsking = false;
  };
  const pick = async () => {
    const row = await pickPremises();
    if (row) go(pathOf(row.code), { replace: true });
  };
  const form = h("form", { class: "with-button", onsubmit: (event) => {
    event.preventDefault();
    found(new FormData(form).get("code"));
  } },
  h("div", { class: "field" }, h("label", { for: "code" }, t("Code on the label")), h("input", { id: "code", name: "code", autocomplete: "off", autocapitalize: "characters", maxlength: 200 })),
  h("button", { class: "btn big", type: "submit" }, t("Open")));

  const node = h("section", { class: "page scan" },
    top(t("Scan the label"), { otherwise: "/patrol" }),
    view, said, form,
    h("div", { class: "two-ways" }, photoOfLabel(found), h("button", { class: "btn big", type: "button", onclick: pick }, icon("list-search"), t("Pick from the list"))));
  node.leave = () => {
    isOver = true;
    eye?.stop();
    closeCamera(stream);
  };

  openCamera({ large: false }).then((opened) => {
    if (isOver) return closeCamera(opened.stream);
    if (opened.trouble) {
      fill(view, icon("camera-off"));
      view.classList.add("none");
      said.textContent = `${TROUBLE[opened.trouble]()} ${t("You can type the code, or pick the premises.")}`;
      return undefined;
    }
    stream = opened.stream;
    video.srcObject = stream;
    eye = watch(video, found);
    return eye.end.catch(() => { said.textContent = t("Codes cannot be read on this device now. Type the code, or pick the premises."); });
  });
  return node;
}, { tab: "patrol" });

function photoOfLabel(found) {
  const input = h("input", { type: "file", accept: "image/*", class: "unseen" });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const text = await codeInPicture(file).catch(() => "");
    if (text) found(text);
    else toast(t("No code was found in this photo."), { tone: "warn" });
  });
  return h("label", { class: "btn big file-btn" }, icon("photo"), h("span", {}, t("Photo of the label")), input);
}

async function unknown(code) {
  const answer = await sheet({
    title: code ? t("{code} is not in your grids", { code }) : t("This is no label of ours"),
    body: code ? t("Perhaps it lies in another grid, or was added after the last download. Look whether the code is right.") : t("The code leads somewhere else. Labels of premises begin with the city's address."),
    acts: [{ label: t("Scan again"), value: "again", tone: "primary" }, { label: t("Report something here"), value: "report" }],
  });
  if (answer === "report") go("/report");
}
