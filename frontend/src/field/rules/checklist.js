// What an officer has said about the lines of a check-list. Every step makes a new state, so that one can be taken back.

// lines: [{ n, … }] → { verdicts: { n: "pass" | "fail" | "na" }, rest: [n] of the last "all the rest pass" }
export const begun = () => ({ verdicts: {}, rest: [] });

export function marked(state, n, verdict) {
  const verdicts = { ...state.verdicts };
  // The same button once more takes the verdict back.
  if (verdicts[n] === verdict) delete verdicts[n];
  else verdicts[n] = verdict;
  return { verdicts, rest: state.rest.filter((one) => one !== n) };
}

export const open = (state, lines) => lines.filter(({ n }) => !state.verdicts[n]);

export function restPassed(state, lines) {
  const rest = open(state, lines).map(({ n }) => n);
  return { verdicts: { ...state.verdicts, ...Object.fromEntries(rest.map((n) => [n, "pass"])) }, rest };
}

// Takes back what "all the rest pass" has said; what was said by hand since then stays.
export function restUndone(state) {
  const verdicts = Object.fromEntries(Object.entries(state.verdicts).filter(([n]) => !state.rest.includes(Number(n))));
  return { verdicts, rest: [] };
}

export const failed = (state, lines) => lines.filter(({ n }) => state.verdicts[n] === "fail");

export function counts(state, lines) {
  const of = (verdict) => lines.filter(({ n }) => state.verdicts[n] === verdict).length;
  return { pass: of("pass"), fail: of("fail"), na: of("na"), open: open(state, lines).length, all: lines.length };
}

// The list for premises: by kind, then the narrowest of class and grade. A list without classes is for every class.
export function listFor(lists, { kind, klass, grade, list = "" }) {
  const named = lists.find((one) => one.code === list);
  if (named) return named;
  const fits = (given, mine) => !given?.length || given.map(String).includes(String(mine));
  const narrow = (one) => (one.classes?.length ? 2 : 0) + (one.grades?.length ? 1 : 0);
  return lists.filter((one) => String(one.kind) === String(kind) && fits(one.classes, klass) && fits(one.grades, grade)).sort((one, other) => narrow(other) - narrow(one))[0] ?? null;
}

// The day the rules set for the next look: the nearest one of all lines that were not as they should be.
export function revisitDay(state, lines, today) {
  const days = failed(state, lines).filter((line) => !line.settled).map((line) => Math.max(1, line.revisit_days || 0)); // never on the same day
  return days.length ? laterDay(today, Math.min(...days)) : null;
}

export function laterDay(day, days) {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// The results as they are sent. extras: { n: { note, report } }
export const results = (state, lines, extras = {}) =>
  lines.filter(({ n }) => state.verdicts[n]).map(({ n }) => ({
    n, verdict: state.verdicts[n], note: extras[n]?.note ?? "", ...(extras[n]?.report && { report: extras[n].report }),
  }));
