// Charts on a page: <figure class="chart" data-chart="line"><script type="application/json">{…}</script>…</figure>.
// Fetched when the first chart arrives; the table beside it says the same to whoever cannot see it.
import echarts from "./charts/library.js";
import { KINDS } from "./charts/kinds.js";
import { look } from "./charts/look.js";
import { ready } from "./dom.js";
import { glyphsFor } from "./glyphs.js";

export function drawChart(box, kind, data) {
  const stage = box.querySelector(".chart-stage") ?? box;
  // Lying bars need their room: as many rows, so tall.
  if (kind === "bars") stage.style.height = `${Math.max(120, data.x.length * 27 + 16)}px`;
  const chart = echarts.getInstanceByDom(stage) ?? echarts.init(stage, null, { renderer: "svg" });
  chart.setOption(KINDS[kind](data, look(box)), { notMerge: true });
  const hrefs = data.hrefs;
  stage.classList.toggle("opens", Boolean(hrefs));
  chart.off("click");
  if (hrefs) chart.on("click", ({ dataIndex }) => { if (hrefs[dataIndex]) location.assign(hrefs[dataIndex]); });
  return chart;
}

export function followSize(box, chart) {
  const watch = new ResizeObserver(() => { if (box.isConnected) chart.resize(); else { watch.disconnect(); chart.dispose(); } });
  watch.observe(box);
}

ready("[data-chart]", async (box) => {
  const source = box.querySelector("script[type='application/json']");
  if (!source || !KINDS[box.dataset.chart]) return;
  const data = JSON.parse(source.textContent);
  await glyphsFor(source.textContent);
  const draw = () => drawChart(box, box.dataset.chart, data);
  followSize(box, draw());
  document.addEventListener("look-changed", draw);
});
