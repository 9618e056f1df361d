// What every page has.
import htmx from "htmx.org";

import { run } from "./behaviours/clock.js";
import "./behaviours/agreement.js";
import "./behaviours/device.js";
import "./behaviours/upload.js"; // before the drafts, which hand restored files to it
import "./behaviours/draft.js";
import { configure, listen } from "./behaviours/net.js";
import "./behaviours/once.js";
import "./behaviours/overlays.js";
import "./behaviours/photo-place.js";
import "./behaviours/room.js";
import "./behaviours/signing.js";
import "./behaviours/tabs.js";
import "./behaviours/toast.js";
import "./behaviours/wizard.js";
import { ready, startWithin } from "./dom.js";
import "./glyphs.js";

window.htmx = htmx;
configure(htmx);
listen();
run();
// A part that htmx brings may hold the page's first map.
ready("[data-map]", () => import("./map.js"));
ready("[data-chart]", () => import("./charts.js"));
// Our own parts start when an element arrives: with the page, and with whatever htmx brings.
document.addEventListener("htmx:load", ({ detail }) => startWithin(detail.elt));
const startPage = () => startWithin(document.documentElement);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startPage);
else startPage();
