// The officers' app at /field. Its parts are in field/.
import "./field/main.js";
