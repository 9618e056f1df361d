// What scripts say, in the page's language. English is the key; values stand in {braces}.
const CHINESE = {
  "Close": "关闭",
  "Cancel": "取消",
  "Yes, go on": "确定",
  "Please confirm": "请确认",
  "No network. What you typed is kept; try again once the network is back.": "网络不通。已填内容保留在本机，网络恢复后请重试。",
  "The network is back.": "网络已恢复。",
  "You were signed out. Sign in again; what you typed is kept.": "登录已失效，请重新登录，已填内容保留在本机。",
  "This is not here, or not yours to see.": "没有找到，或不在您的权限范围内。",
  "This cannot be done now. Reload the page and look again.": "现在不能这样操作，请刷新页面后再看。",
  "The page was open for too long. Reload it; what you typed is kept.": "页面打开太久已失效，请刷新，已填内容保留在本机。",
  "That is too large to send.": "内容太大，无法发送。",
  "Too many requests. Please wait a minute.": "操作太频繁，请等一分钟。",
  "Something broke on our side. Nothing was lost; try again in a moment.": "系统出了故障，内容没有丢失，请稍后重试。",
  "The answer took too long. Try again.": "等待超时，请重试。",
  "Reload": "刷新",
  "What you typed on {when} was restored.": "已恢复 {when} 未提交的内容。",
  "Discard it": "清除",
  "Already being sent. Please wait.": "正在提交，请稍候。",
  "Please wait until every file has arrived.": "文件还在上传，请稍候。",
  "This file did not arrive: {name}. {why}": "“{name}”没有传上去：{why}",
  "The network broke.": "网络中断。",
  "Try again": "重试",
  "Remove {name}": "移除 {name}",
  "At most {n} files.": "最多 {n} 个文件。",
  "The file is empty.": "文件是空的。",
  "{n} chosen": "已选 {n} 件",
  "Columns": "显示列",
  "Type to search": "输入以查找",
  "Nothing fits.": "没有相符的选项",
  "Copied: {text}": "已复制 {text}",
  "Copy it by hand: {text}": "请手动复制：{text}",
  "Previous photo": "上一张",
  "Next photo": "下一张",
  "{d} days {h} h left": "剩 {d} 天 {h} 小时",
  "{h} h {m} min left": "剩 {h} 小时 {m} 分",
  "{m} min left": "剩 {m} 分",
  "{d} days {h} h late": "超时 {d} 天 {h} 小时",
  "{h} h {m} min late": "超时 {h} 小时 {m} 分",
  "{m} min late": "超时 {m} 分",
  "The place was taken from the photo. Please check it.": "已按照片填入位置，请核对。",
  "In time": "时限内",
  "Due soon": "将到期",
  "Overdue": "超时",
  "Paused": "已暂停",
  "Done": "已办结",
  "{n} here": "共 {n} 件",
  "Open": "打开",
  "The map could not be loaded. Try again in a moment.": "地图没有加载成功，请稍后重试。",
  "This device cannot draw the map; here is the list.": "本机不能显示地图，以下为列表。",
  "Nothing here.": "这里没有内容。",
  "Longitude": "经度",
  "Latitude": "纬度",
  "Use my position": "使用我的位置",
  "Your position is not known: {why}": "无法取得位置：{why}",
  "permission was refused": "未获得定位许可",
  "the device gave no answer": "设备没有返回位置",
  "Accurate to {n} m.": "精度约 {n} 米。",
  "Move the pin to the place, or tap the map.": "拖动图钉或点击地图选择位置。",
  "Back": "上一步",
  "Next": "下一步",
  "Progress": "填写进度",
  "Step {n} of {all}": "第 {n} 步，共 {all} 步",
  "Zoom in": "放大",
  "Zoom out": "缩小",
  "Map": "地图",
  "Place": "位置",
};

const isChinese = document.documentElement.lang.startsWith("zh");

export const language = isChinese ? "zh-CN" : "en";
export const zone = document.querySelector("meta[name=time-zone]")?.content || undefined;

export function t(text, values = {}) {
  const said = isChinese ? (CHINESE[text] ?? text) : text;
  return said.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const fullDate = new Intl.DateTimeFormat(language, {
  dateStyle: "full", timeStyle: "short", timeZone: zone,
});
export const shortDate = new Intl.DateTimeFormat(language, {
  month: isChinese ? "long" : "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone,
});
