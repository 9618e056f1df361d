// The workbench: htmx and Alpine for the pages, and the behaviours of src/behaviours/.
import "@tabler/core/dist/css/tabler.css";
import "./styles/index.css";

import Alpine from "alpinejs";
import htmx from "htmx.org";

window.htmx = htmx;
window.Alpine = Alpine;
Alpine.start();
