// Which pairs are wanted, and in which order: places in the columns of the index.

/** Fill the selects with what the index has; a choice of one is no choice, so it goes. */
function fillFilters(form, index) {
  const coded = { source: index.source, level: index.level, split: index.split, category: index.category };
  for (const [name, column] of Object.entries(coded)) {
    fillSelect(form.elements[name], column.names, "all");
  }
  fillSelect(form.elements.model, index.models, "all");
  fillSelect(form.elements.metric, Object.keys(index.differences), "any metric", 0);
  form.elements.metric.addEventListener("change", () => allowDifference(form));
}

function fillSelect(select, names, all, fewest = 1) {
  select.append(make("option", { value: "" }, all));
  names.forEach((name, code) => select.append(make("option", { value: code }, name || "(none)")));
  if (names.length <= fewest) select.parentElement.hidden = true;
}

function allowDifference(form) {
  const chosen = form.elements.metric.value !== "";
  form.elements.low.disabled = !chosen;
  form.elements.high.disabled = !chosen;
}

/** Places of the pairs that pass all filters of the form, in its order. */
function matches(form, index) {
  const tests = [...codeTests(form, index), ...rangeTests(form, index), ...wordTests(form, index)];
  const found = [];
  for (let place = 0; place < index.count; place += 1) {
    if (tests.every((test) => test(place))) found.push(place);
  }
  return sorted(found, form.elements.order.value, index);
}

function codeTests(form, index) {
  const tests = [];
  for (const name of ["source", "level", "split", "category"]) {
    const value = form.elements[name].value;
    if (value !== "") tests.push((place) => index[name].codes[place] === Number(value));
  }
  const model = form.elements.model.value;
  if (model !== "") {
    const code = Number(model);
    tests.push((place) => index.chosen[place] === code || index.rejected[place] === code);
  }
  return tests;
}

function rangeTests(form, index) {
  const { least, most, low, high, metric } = form.elements;
  const tests = within(index.margin, least.value, most.value);
  if (metric.value === "") return tests;
  const column = Object.values(index.differences)[Number(metric.value)];
  const told = low.value !== "" || high.value !== "";
  if (!told) return [...tests, (place) => Boolean(column[place])];
  return [...tests, ...within(column, low.value, high.value)];
}

function within(column, least, most) {
  const tests = [];
  if (least !== "") tests.push((place) => column[place] !== null && column[place] >= Number(least));
  if (most !== "") tests.push((place) => column[place] !== null && column[place] <= Number(most));
  return tests;
}

function wordTests(form, index) {
  const sought = form.elements.find.value.trim().toLowerCase();
  if (sought === "") return [];
  const id = /^[0-9a-f]{6,32}$/.test(sought) ? sought.slice(0, 12) : null;
  return [
    (place) =>
      (id !== null && index.id[place].startsWith(id)) ||
      index.words[place].toLowerCase().includes(sought),
  ];
}

function sorted(places, order, index) {
  const last = (value, empty) => (value === null ? empty : value);
  const keys = {
    narrow: (place) => last(index.margin[place], Infinity),
    wide: (place) => -last(index.margin[place], -Infinity),
    doubtful: (place) => index.agreement[place],
  };
  const key = keys[order];
  return key ? places.sort((one, other) => key(one) - key(other) || one - other) : places;
}
