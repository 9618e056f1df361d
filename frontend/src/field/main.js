// Starts the app: the words, the key, the data, then the screen that was asked for.
import "../glyphs.js"; // a web font where the device has no Chinese one
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/controls.css";
import "../styles/parts.css";
import "../styles/field.css";

import { start } from "./start.js";
import { learn } from "./core/words.js";

const dictionaries = import.meta.glob("./words/*.js", { eager: true, import: "default" });
for (const dictionary of Object.values(dictionaries)) learn(dictionary);
import.meta.glob("./screens/*.js", { eager: true }); // each registers its own screens

start();
