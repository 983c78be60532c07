// One pair: what was asked, both answers with their differences, every vote, where it came from.

function showPair(pair, pictures) {
  const marked = differences(pair.chosen.text, pair.rejected.text);
  return [
    make("ul", { class: "badges", "aria-label": "About the pair" }, badges(pair)),
    asked(pair, pictures),
    make(
      "div",
      { class: "sides" },
      side("chosen", pair.chosen, marked && marked[0]),
      side("rejected", pair.rejected, marked && marked[1]),
    ),
    marked ? null : make("p", { class: "soft small" }, "Too different, or too long, to mark word by word."),
    scores(pair),
    votes(pair),
    reasons(pair),
    pair.reference
      ? make("details", {}, make("summary", {}, "Reference answer"), textOf(pair.reference))
      : null,
    provenance(pair),
  ].filter(Boolean);
}

function badges(pair) {
  const said = [
    pair.margin === null ? "by rank alone" : `margin ${counted(pair.margin)}`,
    pair.tier_gap === null ? null : `${counted(pair.tier_gap)} tiers apart`,
    `decided by ${pair.level}`,
    `${pair.raters} ${pair.raters === 1 ? "rater" : "raters"}, agreement ${counted(pair.agreement)}`,
    pair.split,
    pair.similarity === null ? null : `similarity ${counted(pair.similarity)}`,
  ];
  return said.filter(Boolean).map((text) => make("li", {}, text));
}

function asked(pair, pictures) {
  const seen = pair.media.map((medium, place) => {
    const source = medium.sha256 && pictures[medium.sha256];
    if (!source) return make("span", { class: "soft small" }, `${medium.kind} not shown`);
    const size = medium.width ? `, ${medium.width} by ${medium.height} pixels` : "";
    const frames = medium.frames ? `, first of ${medium.frames} frames` : "";
    return make("img", { src: source, alt: `picture ${place + 1} of the question${size}${frames}` });
  });
  const turns = pair.turns.map((turn) =>
    make("div", { class: "text", dir: "auto" }, make("b", {}, `${turn.role}: `), words(turn.parts)),
  );
  return make(
    "div",
    { class: "asked" },
    seen.length ? make("div", { class: "pictures" }, seen) : null,
    make("div", { class: "turns" }, turns),
  );
}

function words(parts) {
  return parts
    .map((part) => (part.type === "text" ? part.text : `[picture ${part.media_index + 1}]`))
    .join(" ");
}

function side(name, answer, marked) {
  const text = marked
    ? marked.map((run) => (run.differs ? make("mark", {}, run.text) : shown(run.text)))
    : [answer.text];
  const models = answer.models.length ? answer.models.join(", ") : "no model named";
  return make(
    "section",
    { class: `side ${name}` },
    make("h4", {}, name),
    make("div", { class: "text", dir: "auto", tabindex: "0" }, text),
    make(
      "div",
      { class: "soft small" },
      make("bdi", {}, models),
      `, ${counted([...answer.text].length)} characters`,
    ),
  );
}

function textOf(text) {
  return make("div", { class: "text", dir: "auto" }, text);
}

function scores(pair) {
  const metrics = Object.keys(pair.chosen.scores);
  if (metrics.length === 0) return null;
  const rows = metrics.map((metric) => {
    const [one, other] = [pair.chosen.scores[metric], pair.rejected.scores[metric]];
    const told = (value) => (value === undefined ? "" : Math.round(value * 1000) / 1000);
    return [metric, told(one), told(other), other === undefined ? "" : told(one - other)];
  });
  return makeTable("Scores", ["scores", "chosen", "rejected", "difference"], rows);
}

function votes(pair) {
  if (pair.votes.length === 0) return null;
  const scored = (vote, name) => (vote[name] && vote[name].scores) || {};
  const metrics = [
    ...new Set(pair.votes.flatMap((vote) => ["chosen", "rejected"].flatMap((name) => Object.keys(scored(vote, name))))),
  ].sort();
  const rows = pair.votes.map((vote) => [
    vote.rater,
    vote.kind,
    vote.counted ? "yes" : "no",
    order(vote),
    ...metrics.map((metric) => {
      const both = [scored(vote, "chosen")[metric], scored(vote, "rejected")[metric]];
      return both.every((value) => value === undefined)
        ? ""
        : both.map((value) => (value === undefined ? "-" : counted(value))).join(" : ");
    }),
  ]);
  return make(
    "div",
    {},
    make("h4", { class: "unseen" }, "Votes"),
    makeTable("Votes, chosen : rejected", ["votes", "kind", "counted", "order", ...metrics], rows),
  );
}

/** What a rater's order says of the two answers, and what else the vote is. */
function order(vote) {
  const [one, other] = [vote.chosen_tier, vote.rejected_tier];
  const ranked = one === null || other === null
    ? ""
    : one === other ? "equal" : one < other ? "chosen first" : "rejected first";
  const more = [
    vote.verdict && vote.verdict !== "ranked" ? vote.verdict.replace("_", " ") : "",
    ranked && !vote.confirmed ? "not touched" : "",
    vote.final ? "final" : "",
    ...(vote.flags ?? []),
  ];
  return [ranked, ...more].filter(Boolean).join(", ");
}

/** What each rater wrote, under the answer it is about. */
function reasons(pair) {
  const written = (vote, name) =>
    Object.entries((vote[name] && vote[name].rationales) || {})
      .filter(([, text]) => text)
      .map(([metric, text]) =>
        make("div", { class: "text", dir: "auto" }, metric === "overall" ? "" : make("span", { class: "soft" }, `${metric}: `), text),
      );
  const told = pair.votes.map((vote) => [vote, written(vote, "chosen"), written(vote, "rejected")]);
  const blocks = told
    .filter(([vote, one, other]) => vote.reason || one.length || other.length)
    .map(([vote, one, other]) =>
      make(
        "div",
        { class: "reason" },
        make("b", {}, make("bdi", {}, vote.rater)),
        vote.reason ? make("div", { class: "text", dir: "auto" }, make("span", { class: "soft" }, "order: "), vote.reason) : null,
        one.length || other.length
          ? make("div", { class: "sides" }, reasoned("chosen", one), reasoned("rejected", other))
          : null,
      ),
    );
  if (blocks.length === 0) return null;
  return make("details", { open: true }, make("summary", {}, "Reasons"), blocks);
}

function reasoned(name, written) {
  return make("div", { class: `side ${name}` }, make("span", { class: "unseen" }, `on the ${name}: `), written);
}

function provenance(pair) {
  const facts = {
    "pair": pair.id,
    "prompt": pair.prompt,
    "chosen, rejected": `${pair.chosen.id}, ${pair.rejected.id}`,
    "votes that count": pair.provenance.join(", "),
    "judges' versions": [...new Set(pair.votes.map((vote) => vote.version).filter(Boolean))].join(", "),
    "source": [pair.source, pair.key].filter(Boolean).join(", key "),
    "licence": pair.licence,
    "policy": pair.policy,
    "margin as a share": pair.share,
    "delta": pair.delta === null ? null : `${counted(pair.delta)} by ${pair.delta_source}`,
    "weights": `prompt ${counted(pair.prompt_weight ?? 1)}, length ${counted(pair.length_weight ?? 1)}`,
    ...pair.attributes,
  };
  const told = Object.entries(facts).filter(([, value]) => value !== null && value !== "");
  return make(
    "details",
    {},
    make("summary", {}, "Where it came from"),
    make("dl", {}, told.map(([name, value]) => [make("dt", {}, name), make("dd", { class: "mono" }, value)])),
    make("p", { class: "mono soft" }, `curate show ${pair.id.slice(0, 12)}`),
  );
}
