// The list of pairs found, a page at a time.

const ROWS = 20;

/** One row a pair: its question's first words, its models and its margin. */
function showList(list, index, found, page, current, open) {
  const rows = found.slice(page * ROWS, (page + 1) * ROWS).map((place) => {
    const button = make(
      "button",
      { type: "button", "aria-current": place === current ? "true" : null, "data-place": place },
      make("span", { class: "words", dir: "auto" }, index.words[place] || "(no words)"),
      make("span", { class: "about" }, about(index, place)),
    );
    button.addEventListener("click", () => open(place));
    return make("li", {}, button);
  });
  list.replaceChildren(...rows);
}

function about(index, place) {
  const margin = index.margin[place];
  const models = [index.chosen, index.rejected].map((side) => index.models[side[place]]);
  const width = margin === null ? "by rank" : `margin ${counted(margin)}`;
  if (!models.some(Boolean)) return width;
  return `${width}, ${models.map((name) => name || "no model named").join(" over ")}`;
}
