// The finder: full screen, one large button. Without a camera, or without leave to use it, it says so and takes a file.
import { fill, h, icon, store, t, toast } from "../core/app.js";
import { withZone } from "../core/outbox.js";
import { closeCamera, openCamera, shot, torchOf } from "../device/camera.js";
import { NotAPhoto, prepared } from "../device/photo.js";

export const TROUBLE = {
  denied: () => t("You have not allowed this app to use the camera. Allow it in the settings of the browser, or use the phone's own camera."),
  missing: () => t("No camera was found. Use the phone's own camera, or choose a photo."),
  busy: () => t("The camera is in use elsewhere. Close the other app, or choose a photo."),
};

const wanted = () => store.part("me").photo;

async function madeOf(files, known) {
  const made = [];
  for (const file of files) {
    try {
      made.push({ ...(await prepared(file, wanted(), known)), from: known ? "camera" : "file" });
    } catch (error) {
      if (!(error instanceof NotAPhoto)) throw error;
      toast(t("“{name}” is not a photo this device can read.", { name: file.name }), { tone: "late" });
    }
  }
  return made;
}

export function fileButton({ words, icon: name, capture = false, many = false, quiet = false, take }) {
  const input = h("input", { type: "file", accept: "image/*", class: "unseen", ...(capture && { capture: "environment" }), ...(many && { multiple: true }) });
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    if (files.length) take(await madeOf(files));
  });
  return h("label", { class: `btn big file-btn ${quiet ? "quiet" : ""}` }, icon(name), h("span", {}, words), input);
}

// Photos that were taken: []. quick: closes by itself as soon as there are `most`.
export function takePhotos({ words = "", most = 1, quick = most === 1 } = {}) {
  return new Promise((done) => {
    const taken = [];
    let stream = null;
    let why = "";
    const video = h("video", { playsinline: true, muted: true, autoplay: true, "aria-label": t("What the camera sees") });
    const view = h("div", { class: "finder-view" }, video);
    const foot = h("div", { class: "finder-foot" });
    const dialog = h("dialog", { class: "finder", "aria-label": words || t("Take photos") },
      h("div", { class: "finder-head" }, h("b", {}, words || t("Take photos")), h("button", { class: "btn quiet square", type: "button", "aria-label": t("Close the camera"), onclick: () => dialog.close() }, icon("x"))),
      view, foot);
    const add = (photos) => {
      taken.push(...photos.slice(0, most - taken.length));
      if (taken.length >= most || (quick && taken.length)) dialog.close();
      else if (stream) drawFoot();
      else drawTrouble(why);
    };
    const press = async (event) => {
      const button = event.currentTarget;
      if (button.getAttribute("aria-busy")) return;
      button.setAttribute("aria-busy", "true");
      const file = await shot(video);
      if (file) add(await madeOf([file], { taken_at: withZone(new Date()).replace(/\.\d+/, "") }));
      button.removeAttribute("aria-busy");
    };
    const drawFoot = () => fill(foot,
      fileButton({ words: t("Album"), icon: "photo", many: most > 1, quiet: true, take: add }),
      h("button", { class: "shutter", type: "button", "aria-label": t("Take a photo"), onclick: press }, h("i", {})),
      taken.length ? h("button", { class: "btn big primary", type: "button", onclick: () => dialog.close() }, t("Done ({n})", { n: taken.length })) : torchButton(stream));
    const drawTrouble = (trouble) => {
      why = trouble;
      fill(view, h("div", { class: "finder-trouble" }, icon("camera-off"), h("p", { role: "status" }, TROUBLE[trouble]()),
        fileButton({ words: t("The phone's own camera"), icon: "camera", capture: true, take: add }),
        fileButton({ words: t("Choose from the album"), icon: "photo", many: most > 1, take: add }),
        h("button", { class: `btn big ${taken.length ? "primary" : "quiet"}`, type: "button", onclick: () => dialog.close() }, taken.length ? t("Done ({n})", { n: taken.length }) : t("Go on without a photo"))));
      fill(foot);
    };
    dialog.addEventListener("close", () => {
      closeCamera(stream);
      dialog.remove();
      done(taken);
    });
    document.body.append(dialog);
    dialog.showModal();
    openCamera().then(({ stream: opened, trouble }) => {
      if (!dialog.open) return closeCamera(opened);
      if (trouble) return drawTrouble(trouble);
      stream = opened;
      video.srcObject = opened;
      drawFoot();
      return foot.querySelector(".shutter").focus();
    });
  });
}

function torchButton(stream) {
  const light = torchOf(stream);
  if (!light) return h("span", {});
  return h("button", { class: "btn big quiet", type: "button", "aria-pressed": "false", onclick: (event) => {
    const isOn = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(isOn));
    light(isOn);
  } }, icon("bulb"), t("Light"));
}
