// The browser of pairs: filters, list, keys, and the pair that is open.

const detail = document.getElementById("pair-detail");
const form = document.getElementById("filters");
const beside = Number(detail.dataset.beside ?? 0);
const state = { index: null, found: [], page: 0, current: null, asked: 0 };
const say = (text) => document.getElementById("pair-status").replaceChildren(shown(text));

async function start() {
  listen(detail.dataset.build);
  state.index = await readIndex(beside);
  fillFilters(form, state.index);
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(() => (allowDifference(form), filter())));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("page-back").addEventListener("click", () => turn(-1));
  document.getElementById("page-on").addEventListener("click", () => turn(1));
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", openNamed);
  filter();
  openNamed();
}

/** Find anew; the pair that is open stays where it is still found, but not in another order. */
function filter(event) {
  if (event?.target === form.elements.order) state.current = null;
  state.found = matches(form, state.index);
  const place = state.found.indexOf(state.current);
  open(place >= 0 ? state.current : state.found[0] ?? null);
}

/** Open the pair that the address names, e.g. report.html#pair-1a2b3c4d5e6f. */
function openNamed() {
  const id = /^#pair-([0-9a-f]{6,12})/.exec(window.location.hash)?.[1];
  if (!id) return;
  const place = state.index.id.findIndex((one) => one.startsWith(id));
  if (place < 0) return;
  if (!state.found.includes(place)) {
    form.reset();
    state.found = matches(form, state.index);
  }
  open(place);
  document.getElementById("pairs").scrollIntoView();
}

function turn(by) {
  state.page += by;
  list();
}

/** Move to the next or the previous pair of those found. */
function step(by) {
  const next = state.found[state.found.indexOf(state.current) + by];
  if (next !== undefined) open(next);
}

function list() {
  const pages = Math.max(1, Math.ceil(state.found.length / ROWS));
  showList(document.getElementById("pair-list"), state.index, state.found, state.page, state.current, (place) => {
    open(place);
    if (getComputedStyle(document.querySelector(".back")).display !== "none") detail.scrollIntoView();
  });
  document.getElementById("page-place").textContent = `page ${counted(state.page + 1)} of ${counted(pages)}`;
  document.getElementById("page-back").disabled = state.page === 0;
  document.getElementById("page-on").disabled = state.page + 1 >= pages;
}

async function open(place) {
  state.current = place;
  const at = state.found.indexOf(place);
  state.page = Math.max(0, Math.floor(at / ROWS));
  list();
  const all = state.found.length === state.index.count ? "" : `, out of ${counted(state.index.count)}`;
  if (place === null) {
    say(`No pair passes these filters${all}`);
    detail.replaceChildren(make("p", { class: "soft" }, "Nothing to show: loosen a filter."));
    return;
  }
  say(`Pair ${counted(at + 1)} of ${counted(state.found.length)}${all}`);
  const asked = (state.asked += 1);
  try {
    const { pair, pictures } = await readPair(place, beside);
    if (asked === state.asked) detail.replaceChildren(head(pair, at), ...showPair(pair, pictures));
  } catch (error) {
    if (asked === state.asked) detail.replaceChildren(make("p", {}, error.message));
  }
}

function head(pair, at) {
  const button = (text, by) => {
    const made = make("button", { type: "button" }, text);
    made.disabled = state.found[at + by] === undefined;
    made.addEventListener("click", () => step(by));
    return made;
  };
  const name = pair.id.slice(0, 12);
  return make(
    "div",
    { class: "detail-head" },
    make("h3", {}, make("a", { href: `#pair-${name}`, class: "mono" }, name)),
    make("div", {}, make("a", { href: "#pair-list-part", class: "back small" }, "to the list"), " ", button("Previous", -1), " ", button("Next", 1)),
  );
}

/** Single keys, unless they are switched off, typed into a field, or part of a chord. */
function onKey(event) {
  if (event.key === "Escape" && event.target === form.elements.find) form.elements.find.blur();
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  const chord = event.ctrlKey || event.metaKey || event.altKey;
  if (typing || chord || !document.getElementById("pair-keys").checked) return;
  const actions = { j: () => step(1), k: () => step(-1), "/": () => form.elements.find.focus() };
  if (!actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
}

start().catch((error) => say(error.message));
