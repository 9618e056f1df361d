// Noto Sans SC in unicode-range parts; only machines without a Chinese font come here.
import "@fontsource-variable/noto-sans-sc/index.css";
