// Colours, letters and numbers of every chart: the same things have the same colours everywhere.
import { language } from "../words.js";

const TONES = { civic: "--civic", ok: "--ok-fill", warn: "--warn-fill", late: "--late-fill", calm: "--calm-fill" };
const ORDER = ["civic", "ok", "warn", "late", "calm"];

export function look(box) {
  const read = getComputedStyle(box);
  const token = (name) => read.getPropertyValue(name).trim();
  return {
    ink: token("--ink"), quiet: token("--ink-2"), faint: token("--ink-3"), line: token("--line"), paper: token("--paper"),
    font: read.fontFamily, size: parseFloat(read.fontSize) || 14,
    tone: (name, index = 0) => token(TONES[name] ?? TONES[ORDER[index % ORDER.length]]),
  };
}

const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
export const number = (value, unit = "") => (value == null ? "–" : `${whole.format(value)}${unit === "%" ? "%" : ""}`);
export const told = (value, unit) => (value == null ? "–" : `${whole.format(value)} ${unit}`.trim().replace(" %", "%"));
