// Where two answers differ, word by word: the most words that both have in one order stay unmarked.

const MOST_CELLS = 4_000_000;
const LEAST_SHARED = 0.2;
const WORTH = 16; // spaces a word is worth: else texts would be matched by their spaces
const WORD = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

/** Both texts as lists of {text, differs}; null where they are too long or share too little. */
function differences(one, other) {
  const first = shown(one).match(WORD) ?? [];
  const second = shown(other).match(WORD) ?? [];
  let head = 0;
  while (head < Math.min(first.length, second.length) && first[head] === second[head]) head += 1;
  let tail = 0;
  const room = Math.min(first.length, second.length) - head;
  while (tail < room && first[first.length - 1 - tail] === second[second.length - 1 - tail]) tail += 1;
  const left = first.slice(head, first.length - tail);
  const right = second.slice(head, second.length - tail);
  if (left.length * right.length > MOST_CELLS) return null;
  const kept = commonPlaces(left, right);
  const same = [...first.slice(0, head), ...kept.map(([place]) => left[place]), ...first.slice(first.length - tail)];
  if (solid(same) < LEAST_SHARED * Math.max(solid(first), solid(second))) return null;
  return [
    runs(first, head, left.length, new Set(kept.map(([place]) => place))),
    runs(second, head, right.length, new Set(kept.map(([, place]) => place))),
  ];
}

/** How many are no mere spaces. */
function solid(words) {
  return words.filter((word) => word.trim() !== "").length;
}

/** Pairs of places in a common subsequence of the greatest worth. */
function commonPlaces(left, right) {
  const width = right.length + 1;
  const best = new Uint16Array((left.length + 1) * width);
  const worth = left.map((word) => (word.trim() === "" ? 1 : WORTH));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      best[i * width + j] =
        left[i] === right[j]
          ? best[(i + 1) * width + j + 1] + worth[i]
          : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const found = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) found.push([i++, j++]);
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/** The words joined to runs that differ or do not; a lone space between two marks is marked too. */
function runs(words, head, length, kept) {
  const found = [];
  const differs = words.map((_, place) => {
    const inside = place - head;
    return inside >= 0 && inside < length && !kept.has(inside);
  });
  words.forEach((word, place) => {
    const bridged = /^\s+$/.test(word) && differs[place - 1] && differs[place + 1];
    const marked = differs[place] || Boolean(bridged);
    const last = found.at(-1);
    if (last && last.differs === marked) last.text += word;
    else found.push({ text: word, differs: marked });
  });
  return found;
}
