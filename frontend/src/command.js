// The command screens: the map with its live board, the big screen, the composer. Heavy parts come when they are needed.
import "@tabler/core/dist/css/tabler.css";
import "./styles/index.css";
import "./styles/command.css";

import "./command/words.js"; // before whatever says something
import "./common.js";
import "./command/board.js";
import { ready } from "./dom.js";

ready("[data-screen]", async (root) => {
  const { Screen } = await import("./command/screen.js");
  new Screen(root).start();
});
ready("[data-compose]", async (root) => {
  const { Composer } = await import("./command/compose.js");
  new Composer(root).start();
});
