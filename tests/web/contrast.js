// The texts of a page whose contrast with what lies behind them is below 4.5 (WCAG 2.2, 1.4.3).
() => {
  const light = (color) => {
    const [r, g, b] = color.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const parse = (text) => {
    const [r, g, b, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { color: [r, g, b], alpha };
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const { color, alpha } = parse(getComputedStyle(e).backgroundColor);
      if (alpha === 1) return color;
    }
    return [255, 255, 255];
  };
  const says = (e) => [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const faint = (e) => {
    const [high, low] = [light(parse(getComputedStyle(e).color).color), light(ground(e))].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05) < 4.5;
  };
  const seen = [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && !e.closest("option"));
  return seen.filter(says).filter(faint).map((e) => e.outerHTML.slice(0, 120));
};
