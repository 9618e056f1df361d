// The workbench: htmx and Alpine for the pages, and every behaviour.
import "@tabler/core/dist/css/tabler.css";
import "./styles/index.css";

import Alpine from "alpinejs";

import "./common.js";
import "./behaviours/lists.js";
import "./behaviours/choose.js";
import "./behaviours/regions.js";
import "./behaviours/search-select.js";
import "./behaviours/sets.js";

window.Alpine = Alpine;
Alpine.start();
