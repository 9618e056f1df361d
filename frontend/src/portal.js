// A resident's pages and the bare ones: light, and complete without scripts.
import "@tabler/core/dist/css/tabler.css";
import "./styles/index.css";

import "./common.js";
import "./behaviours/account.js";
import "./behaviours/later.js";
