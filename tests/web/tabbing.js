// Notes every element that gets the focus: which one, whether one sees it, whether something lies over it.
() => {
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.getClientRects().length > 0;
  const first = (e) => e.tagName !== "SUMMARY" || e.parentElement.querySelector("summary") === e;
  const name = (e) => e.outerHTML.replace(/value="[^"]{20,}"/g, "").slice(0, 110);
  const place = (e) => {
    const box = e.getBoundingClientRect();
    return { left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY };
  };
  const floats = (e) => {
    for (let up = e; up; up = up.parentElement) if (["fixed", "sticky"].includes(getComputedStyle(up).position)) return true;
    return false;
  };
  const all = [...document.querySelectorAll(controls)].filter((e) => shown(e) && first(e));
  const walked = new Map();
  const note = (e) => {
    if (walked.has(e)) return;
    const style = getComputedStyle(e);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const box = e.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + Math.min(box.width, 40) / 2, box.top + box.height / 2);
    const seen = over !== null && (e.contains(over) || over.contains(e) || over.closest("label")?.contains(e));
    walked.set(e, { ring, seen: seen || box.height <= 1, floats: floats(e), main: Boolean(e.closest("main")), ...place(e) });
  };
  document.addEventListener("focusin", (event) => note(event.target));
  const dates = all.filter((e) => e.type === "date").length;
  window.tabbed = () => {
    const wrong = all.filter((e) => !walked.has(e)).map((e) => `not reached: ${name(e)}`);
    let before = null;
    for (const [e, how] of walked) {
      if (!how.ring) wrong.push(`no ring: ${name(e)}`);
      if (!how.seen) wrong.push(`covered: ${name(e)}`);
      if (before?.main && how.main && !before.floats && !how.floats && how.bottom <= before.top && how.left < before.right)
        wrong.push(`jumps back up: ${name(e)}`);
      before = how;
    }
    return wrong;
  };
  window.left = () => all.filter((e) => !walked.has(e)).length;
  return all.length + 4 * dates + 2;
};
