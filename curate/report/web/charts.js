// Charts in the page's own colours, drawn when they come into view and anew in the other theme.

const specs = JSON.parse(document.getElementById("chart-data").textContent);
const drawn = new Map();
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function theme() {
  const [ink, soft, line, plain] = ["ink", "soft", "line", "plain"].map(colour);
  return {
    background: null,
    font: "system-ui, sans-serif",
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, titleFontWeight: 500, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12 },
    legend: { labelColor: ink, titleColor: soft, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 500 },
    bar: { color: plain, cornerRadiusEnd: 2 },
    line: { color: plain, strokeWidth: 2 },
    point: { color: plain },
    rule: { color: soft },
    tick: { color: soft },
    range: {
      category: ["human", "judge", "source"].map(colour),
      heatmap: ["heat-low", "heat-middle", "heat-high"].map(colour),
      ramp: ["heat-low", "heat-middle", "heat-high"].map(colour),
    },
  };
}

const tip = make("div", { class: "tip", hidden: true });
document.body.append(tip);

/** A tooltip of lines of text, where the pointer is. */
function showTip(_handler, event, _item, value) {
  tip.hidden = !value;
  if (!value) return;
  tip.textContent = shown(
    typeof value === "object" ? Object.entries(value).map(([name, it]) => `${name}: ${it}`).join("\n") : value,
  );
  tip.style.left = `${Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(event.clientY + 14, window.innerHeight - tip.offsetHeight - 8)}px`;
}

/** Room for a chart before it is drawn, so that nothing below it moves. */
function reserve(place) {
  const spec = specs[place.dataset.chart];
  place.style.minHeight = `${spec.height + (JSON.stringify(spec).includes('"orient":"top"') ? 82 : 52)}px`;
}

/** Draw one chart. Expressions are interpreted: the page's policy lets no text become code. */
async function draw(place) {
  drawn.get(place)?.finalize();
  const made = await window.vegaEmbed(place, structuredClone(specs[place.dataset.chart]), {
    mode: "vega-lite",
    ast: true,
    actions: false,
    defaultStyle: false,
    renderer: "svg",
    config: theme(),
    tooltip: showTip,
  });
  drawn.set(place, made);
  place.style.minHeight = `${place.offsetHeight}px`;
}

const watcher = new IntersectionObserver(
  (seen) => {
    for (const one of seen.filter((it) => it.isIntersecting)) {
      watcher.unobserve(one.target);
      draw(one.target);
    }
  },
  { rootMargin: "400px" },
);
const places = [...document.querySelectorAll(".chart")];
places.forEach(reserve);
places.forEach((place) => watcher.observe(place));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => [...drawn.keys()].forEach(draw));
