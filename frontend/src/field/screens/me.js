import { h, screen, store, t } from "../core/app.js";

screen("/me", async () => h("section", { class: "page" }, h("h1", {}, store.part("me").user.name || t("Me"))), { tab: "me" });
