// A resident's pages: light, and complete without scripts.
import "@tabler/core/dist/css/tabler.css";
import "./styles/index.css";

import htmx from "htmx.org";

window.htmx = htmx;
