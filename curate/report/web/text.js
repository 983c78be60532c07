// Text of others becomes text nodes and nothing else: no function here takes markup.

const STEERING = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const KEPT = "\n\t\u200c\u200d";

/** The text without what turns it around or hides in it; emoji and Persian words stay whole. */
function shown(text) {
  return String(text)
    .replaceAll("\r\n", "\n")
    .replace(STEERING, (sign) => (KEPT.includes(sign) ? sign : "\ufffd"));
}

/** An element with these attributes; what is no element among `inside` becomes text. */
function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  const parts = inside.flat(2).filter((part) => part !== null && part !== undefined && part !== "");
  made.append(...parts.map((part) => (part instanceof Node ? part : shown(part))));
  return made;
}

/** A table in a box that scrolls by itself; rows are lists of texts or numbers. */
function makeTable(caption, columns, rows) {
  const cell = (value, place) => {
    const numeric = typeof value === "number";
    const tag = place === 0 && !numeric ? "th" : "td";
    const scope = tag === "th" ? { scope: "row" } : {};
    return make(tag, { ...scope, class: numeric ? "n" : null }, make("bdi", {}, value ?? ""));
  };
  const heads = columns.map((name, place) => {
    const numeric = rows.length > 0 && typeof rows[0][place] === "number";
    return make("th", { scope: "col", class: numeric ? "n" : null }, name);
  });
  return make(
    "div",
    { class: "scroll", role: "group", tabindex: "0", "aria-label": caption },
    make(
      "table",
      {},
      make("caption", { class: "unseen" }, caption),
      make("thead", {}, make("tr", {}, heads)),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map(cell)))),
    ),
  );
}

/** A number with at most three decimals and thousands apart. */
function counted(number) {
  return number.toLocaleString("en-US", { maximumFractionDigits: 3 });
}
