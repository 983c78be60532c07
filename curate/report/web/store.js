// Where the pairs come from: blocks of this page, or scripts in the folder beside it.
// A page opened as a file may load a script from beside it, but may not read a file.

const PAIRS_A_CHUNK = 100;
const MOST_CHUNKS = 8;
const waiting = new Map();
const chunks = new Map();

/** What the scripts beside the page call. */
function listen(build) {
  const take = (name) => (from, ...rest) => {
    const data = rest.at(-1);
    const key = rest.length === 2 ? `${name}${rest[0]}` : name;
    const wish = waiting.get(key);
    if (!wish) return;
    if (from === build) wish.keep(data);
    else wish.refuse(new Error("report-pairs is of another build: write the report again"));
  };
  window.pairwright = Object.freeze({ index: take("index"), chunk: take("chunk") });
}

function load(key, file) {
  if (waiting.has(key)) return waiting.get(key).promise;
  const wish = {};
  wish.promise = new Promise((keep, refuse) => Object.assign(wish, { keep, refuse }));
  waiting.set(key, wish);
  const script = document.createElement("script");
  script.src = `report-pairs/${file}.js`;
  script.onerror = () =>
    wish.refuse(new Error(`report-pairs/${file}.js is missing: keep the folder beside this page`));
  document.head.append(script);
  const leave = () => {
    script.remove();
    waiting.delete(key);
  };
  wish.promise.then(leave, leave);
  return wish.promise;
}

async function readIndex(beside) {
  if (beside) return load("index", "index");
  return JSON.parse(document.getElementById("pair-index").textContent);
}

/** The pair at a place of the index, with the small pictures of its chunk. */
async function readPair(place, beside) {
  const number = Math.floor(place / PAIRS_A_CHUNK);
  const chunk = beside ? await nearChunk(number) : insideChunk(number);
  return { pair: chunk.pairs[place % PAIRS_A_CHUNK], pictures: chunk.pictures };
}

function insideChunk(number) {
  if (!chunks.has(number)) {
    const block = document.getElementsByClassName("pair-chunk")[number];
    chunks.set(number, JSON.parse(block.textContent));
  }
  return chunks.get(number);
}

async function nearChunk(number) {
  const known = chunks.get(number);
  const chunk = known ?? (await load(`chunk${number}`, String(number).padStart(4, "0")));
  chunks.delete(number);
  chunks.set(number, chunk);
  if (chunks.size > MOST_CHUNKS) chunks.delete(chunks.keys().next().value);
  return chunk;
}
