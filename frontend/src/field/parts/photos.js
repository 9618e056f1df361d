// A row of photos with a button for the next one; a tap on one shows it large, to take it again or take it out.
import { h, icon, sheet, t } from "../core/app.js";
import { takePhotos } from "./camera.js";

const shown = new WeakMap(); // blob → its address; gone with the blob's last reader
export function addressOf(blob) {
  if (!shown.has(blob)) shown.set(blob, URL.createObjectURL(blob));
  return shown.get(blob);
}

export function photoRow({ photos, most, words, change, key = "photo", small = false }) {
  const add = async () => {
    const taken = await takePhotos({ words, most: most - photos.length, quick: false });
    if (taken.length) change([...photos, ...taken]);
  };
  const open = async (photo) => {
    const answer = await sheet({
      title: words || t("Photo"),
      body: h("img", { class: "large-photo", src: addressOf(photo.blob), alt: t("Photo {n}", { n: photos.indexOf(photo) + 1 }) }),
      acts: [{ label: t("Take it again"), value: "again", tone: "primary" }, { label: t("Take it out"), value: "out", tone: "danger" }],
    });
    if (answer === "out") change(photos.filter((one) => one !== photo));
    if (answer !== "again") return;
    const [fresh] = await takePhotos({ words, most: 1 });
    if (fresh) change(photos.map((one) => (one === photo ? fresh : one)));
  };
  return h("div", { class: `photo-row${small ? " small" : ""}` },
    photos.map((photo, n) => h("button", { class: "shot", type: "button", "data-key": `${key}-${n}`, "aria-label": t("Photo {n}: look, take again or take out", { n: n + 1 }), onclick: () => open(photo) }, h("img", { src: addressOf(photo.blob), alt: "" }))),
    photos.length < most && h("button", { class: "shot add", type: "button", "data-key": `${key}-add`, onclick: add }, icon("camera"), h("span", {}, photos.length ? t("Another") : t("Take photos"))));
}
