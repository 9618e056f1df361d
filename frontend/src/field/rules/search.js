// Finding by a few letters, on the device: items by name and synonyms, premises by name, address and code.

const plain = (text) => String(text ?? "").toLowerCase().normalize("NFKC").replace(/[\s,，.。、·()（）-]/g, "");

// 0: not at all. The whole word, its beginning, a part of it, all its letters in order.
export function likeness(text, asked) {
  const said = plain(text);
  const wanted = plain(asked);
  if (!said || !wanted) return 0;
  if (said === wanted) return 100;
  if (said.startsWith(wanted)) return 80;
  if (said.includes(wanted)) return 60;
  return wanted.length > 1 && inOrder(said, wanted) ? 20 : 0;
}

function inOrder(said, wanted) {
  let at = -1;
  return [...wanted].every((letter) => (at = said.indexOf(letter, at + 1)) >= 0);
}

// Voice says a whole sentence: the item whose words stand in it.
const spoken = (text, sentence) => (plain(text).length > 1 && plain(sentence).includes(plain(text)) ? 50 + plain(text).length : 0);

export function foundItems(items, asked, most = 30) {
  if (!plain(asked)) return [];
  const score = (item) => {
    const names = [item.name, ...(item.synonyms ?? [])];
    const own = Math.max(...names.map((name, n) => Math.max(likeness(name, asked), spoken(name, asked)) - (n ? 5 : 0)));
    return Math.max(own, likeness(item.class_name, asked) - 45);
  };
  return best(items.map((item) => [item, score(item), -(item.popular_rank || 9999)]), most);
}

export function foundPremises(premises, asked, most = 50) {
  const words = String(asked).trim().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const one = (row, word) => Math.max(likeness(row.name, word), likeness(row.address, word) - 5, likeness(row.code, word) - 1);
  return best(premises.map((row) => {
    const scores = words.map((word) => one(row, word));
    return [row, Math.min(...scores) > 0 ? scores.reduce((sum, score) => sum + score, 0) : 0, 0];
  }), most);
}

const best = (scored, most) =>
  scored.filter(([, score]) => score > 0).sort((one, other) => other[1] - one[1] || other[2] - one[2]).slice(0, most).map(([row]) => row);
