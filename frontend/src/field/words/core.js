// The core's own words.
export default {
  "Gongzhi for officers": "共治·网格员",
};
