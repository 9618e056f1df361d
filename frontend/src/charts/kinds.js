// One idea a chart. Each kind turns plain data {x, series: [{name, values, tone}], unit, names} into ECharts' options.
import { number, told } from "./look.js";

const isLong = (x) => x.length > 14;

function base(data, l) {
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily: l.font, fontSize: l.size, color: l.quiet },
    grid: { left: 8, right: 16, top: 14, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      trigger: "axis", confine: true, backgroundColor: l.paper, borderColor: l.line, textStyle: { color: l.ink, fontSize: l.size, fontFamily: l.font },
      valueFormatter: (value) => told(value, data.unit ?? ""), axisPointer: { lineStyle: { color: l.faint }, shadowStyle: { color: l.line, opacity: 0.35 } },
    },
  };
}

const names = (x, l) => ({
  type: "category", data: x, axisTick: { show: false }, axisLine: { lineStyle: { color: l.line } },
  axisLabel: { color: l.quiet, fontSize: l.size * 0.9, hideOverlap: true },
});
const values = (data, l) => ({
  type: "value", max: data.max, min: data.min, minInterval: data.unit === "%" ? undefined : 1, splitNumber: 3, splitLine: { lineStyle: { color: l.line } },
  axisLabel: { color: l.quiet, fontSize: l.size * 0.9, formatter: (value) => number(value, data.unit) },
});

// The name stands at the end of its line: nobody has to look up a legend.
function line(data, l) {
  const many = data.series.length > 1;
  const room = many ? Math.max(...data.series.map(({ name }) => name.length)) * l.size + 18 : 16;
  return {
    ...base(data, l), grid: { ...base(data, l).grid, right: room }, xAxis: { ...names(data.x, l), boundaryGap: false }, yAxis: values(data, l),
    series: data.series.map(({ name, values: said, tone, dashed, area }, index) => ({
      type: "line", name, data: said, showSymbol: false, symbolSize: 7, connectNulls: false, emphasis: { focus: "series" },
      color: l.tone(tone, index), lineStyle: { width: 2.5, type: dashed ? "dashed" : "solid" }, areaStyle: area ? { opacity: 0.12 } : undefined,
      endLabel: { show: many, formatter: name, color: l.tone(tone, index), fontSize: l.size, distance: 8 }, labelLayout: { moveOverlap: "shiftY" },
      markLine: index === 0 && data.mark != null ? { silent: true, symbol: "none", lineStyle: { color: l.faint, type: "dashed" }, label: { formatter: data.markName ?? "", color: l.quiet, position: "insideStartTop" }, data: [{ yAxis: data.mark }] } : undefined,
    })),
  };
}

// Columns: numbers on top where there is room for them, else on touch.
function columns(data, l) {
  const several = data.series.length > 1;
  return {
    ...base(data, l), grid: { ...base(data, l).grid, top: several ? 34 : 20 }, xAxis: names(data.x, l), yAxis: values(data, l),
    legend: { show: several, top: 0, right: 8, itemWidth: 12, itemHeight: 12, textStyle: { color: l.quiet, fontSize: l.size * 0.9 } },
    series: data.series.map(({ name, values: said, tone }, index) => ({
      type: "bar", name, data: said, color: l.tone(tone, index), barMaxWidth: 28, barGap: "10%", stack: data.stacked ? "all" : undefined,
      label: { show: !isLong(data.x) && !data.stacked && data.series.length < 3, position: "top", color: l.quiet, fontSize: l.size * 0.9, formatter: ({ value }) => number(value, data.unit) },
    })),
  };
}

// Lying bars, the longest first, each with its number: for ranks and shares.
function bars(data, l) {
  const several = data.series.length > 1;
  return {
    ...base(data, l), grid: { ...base(data, l).grid, top: 2, right: 58 },
    xAxis: { type: "value", show: false, max: data.max },
    yAxis: { ...names(data.x, l), inverse: true, axisLine: { show: false }, axisLabel: { color: l.ink, fontSize: l.size, width: l.size * Math.min(13, Math.max(...data.x.map((name) => name.length), 4)), overflow: "truncate" } },
    series: data.series.map(({ name, values: said, tone, tones }, index) => ({
      type: "bar", name, barMaxWidth: 16, barMinHeight: 2, color: l.tone(tone, index), itemStyle: { borderRadius: 2 },
      data: said.map((value, n) => ({ value, itemStyle: tones?.[n] ? { color: l.tone(tones[n]) } : undefined })),
      label: { show: !several || index === data.series.length - 1, position: "right", distance: 8, color: l.ink, fontSize: l.size, formatter: ({ value }) => number(value, data.unit) },
    })),
  };
}

// Hours by weekdays and the like: x and y are names, values are [x, y, value].
function heat(data, l) {
  const most = Math.max(1, ...data.cells.map((cell) => cell[2] ?? 0));
  return {
    ...base(data, l), tooltip: { ...base(data, l).tooltip, trigger: "item", formatter: ({ value }) => `${data.y[value[1]]} ${data.x[value[0]]}：${told(value[2], data.unit)}` },
    xAxis: names(data.x, l), yAxis: { ...names(data.y, l), inverse: true },
    visualMap: { show: false, min: 0, max: most, inRange: { color: [l.paper, l.tone("civic")] } },
    series: [{ type: "heatmap", data: data.cells, itemStyle: { borderColor: l.paper, borderWidth: 1 } }],
  };
}

// From whom to whom: nodes [{name}], links [{source, target, value}].
function flow(data, l) {
  return {
    ...base(data, l), tooltip: { ...base(data, l).tooltip, trigger: "item" },
    series: [{ type: "sankey", data: data.nodes, links: data.links, left: 4, right: data.room ?? 120, top: 8, bottom: 8, nodeGap: 10, nodeWidth: 12, draggable: false, color: [l.tone("civic")], lineStyle: { color: "source", opacity: 0.28 }, label: { color: l.ink, fontSize: l.size } }],
  };
}

// One mark a thing: values are [x, y, name].
function dots(data, l) {
  return {
    ...base(data, l), tooltip: { ...base(data, l).tooltip, trigger: "item", formatter: ({ value }) => `${value[2]}：${number(value[0])}，${told(value[1], data.unit)}` },
    xAxis: { ...values({}, l), name: data.xName, nameLocation: "middle", nameGap: 28 }, yAxis: values(data, l),
    series: [{ type: "scatter", data: data.cells, symbolSize: 9, color: l.tone("civic"), label: { show: data.cells.length <= 40, formatter: ({ value }) => value[2], position: "right", color: l.quiet, fontSize: l.size * 0.85 }, labelLayout: { hideOverlap: true } }],
  };
}

export const KINDS = { line, columns, bars, heat, flow, dots };
