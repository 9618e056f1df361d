// What the app says. English is the key; the dictionaries of words/ are learned at the start.
const CHINESE = {};

const chosen = () => {
  try { return localStorage.getItem("gongzhi-language"); } catch { return null; }
};
const isChinese = (chosen() ?? document.documentElement.lang ?? "zh").startsWith("zh");

export const language = isChinese ? "zh-CN" : "en";
export const zone = document.querySelector("meta[name=time-zone]")?.content || undefined;

export const learn = (dictionary) => { Object.assign(CHINESE, dictionary); };

export function t(text, values = {}) {
  const said = isChinese ? (CHINESE[text] ?? text) : text;
  return said.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Marks words of a table that t() says later: { label: say("Today") }.
export const say = (text) => text;

const format = (options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
const DAY = format({ month: isChinese ? "long" : "short", day: "numeric" });
const TIME = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const WEEKDAY = format({ weekday: isChinese ? "short" : "long" });
const KEY = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });

export const dayOf = (when) => KEY.format(new Date(when)); // 2026-11-22, the city's day
export const shownDay = (when) => DAY.format(new Date(String(when).length === 10 ? `${when}T12:00` : when));
export const shownTime = (when) => TIME.format(new Date(when));
export const shownWeekday = (when) => WEEKDAY.format(new Date(when));
export const shownMoment = (when) => (dayOf(when) === dayOf(Date.now()) ? shownTime(when) : `${shownDay(when)} ${shownTime(when)}`);

export function shownSize(bytes) {
  if (bytes >= 1 << 30) return `${(bytes / (1 << 30)).toFixed(1)} GB`;
  if (bytes >= 1 << 20) return `${(bytes / (1 << 20)).toFixed(1)} MB`;
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} kB` : `${bytes} B`;
}
export function shownDistance(metres) {
  if (metres == null) return "";
  if (metres >= 1000) return t("{n} km", { n: (metres / 1000).toFixed(1) });
  return t("{n} m", { n: Math.max(10, Math.round(metres / 10) * 10) });
}
