// Large type and dark theme are kept per device; set before the first paint so that nothing jumps.
try {
  for (const name of ["size", "theme"]) {
    const kept = localStorage.getItem(`gongzhi-${name}`);
    if (kept && !document.documentElement.dataset[name]) document.documentElement.dataset[name] = kept;
  }
} catch {
  // A browser that keeps nothing for us still shows the page in its usual size.
}
